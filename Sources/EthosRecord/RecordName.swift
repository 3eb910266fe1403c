import EthosModel
import EthosText

/// The names that a proposal may have: one component of a branch name, of letters that every file system keeps.
package enum ProposalName {
  /// Letters, digits, `-`, `_` and `.`, at most 100; it begins with a letter or digit, has no `..`, and does not end as a
  /// lock file of git's does or with a point.
  package static func isValid(_ name: String) -> Bool {
    guard (1...100).contains(name.utf8.count), !name.holds(".."), !name.ends(with: "."),
      !name.lowercased().ends(with: ".lock")
    else { return false }
    for (index, byte) in name.utf8.enumerated() {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: continue
      case 0x2D, 0x2E, 0x5F: if index == 0 { return false }
      default: return false
      }
    }
    return true
  }
}

/// The name of a release: the cycle that made it and its number there, `renewal-2026/2`.
package struct ReleaseName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The id of the leadership cycle.
  package let cycle: String
  /// From 1 to 999,999,999.
  package let number: Int

  package init?(cycle: String, number: Int) {
    guard EntryKey.isID(cycle), (1...999_999_999).contains(number) else { return nil }
    self.cycle = cycle
    self.number = number
  }

  /// Reads `CYCLE/N` or `release/CYCLE/N`.
  package init?(_ text: String) {
    let parts = text.parts(at: "/")
    let named = parts.count == 3 && parts[0] == "release" ? parts.dropFirst() : parts[...]
    guard named.count == 2, let cycle = named.first, let digits = named.last, let number = Int(digits),
      String(number).utf8.elementsEqual(digits.utf8)
    else { return nil }
    self.init(cycle: String(cycle), number: number)
  }

  package var description: String { "\(cycle)/\(number)" }

  package static func < (left: ReleaseName, right: ReleaseName) -> Bool {
    (left.cycle, left.number) < (right.cycle, right.number)
  }
}
