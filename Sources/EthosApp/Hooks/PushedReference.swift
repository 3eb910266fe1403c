package import EthosGovernance
package import EthosRecord

/// One reference that a push would move.
package struct PushedReference: Hashable, Sendable {
  package let name: String
  /// Nil where it is new, or would go.
  package let before: ObjectID?
  package let after: ObjectID?

  package init(_ name: String, from before: ObjectID?, to after: ObjectID?) {
    self.name = name
    self.before = before
    self.after = after
  }

  /// Whether the name is exactly this one.
  ///
  /// Swift takes two spellings of `é` for equal, which git does not.
  func isNamed(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }

  /// Whether the name lies in a folder of references, as `refs/tags/closed/`.
  func lies(in folder: String) -> Bool { name.utf8.starts(with: folder.utf8) }

  /// What the name says after a folder; nil where it lies elsewhere.
  func name(in folder: String) -> String? {
    lies(in: folder) ? String(decoding: name.utf8.dropFirst(folder.utf8.count), as: UTF8.self) : nil
  }

  /// The name as people type it: `main`, `closed/lower`.
  var shortName: String { EthosApp.shortName(of: name) }

  // MARK: - what git tells its hooks

  /// Reads the lines `OLD NEW NAME` that git gives `pre-receive` and `post-receive`.
  ///
  /// An id of zeros is none.
  ///
  /// A line that says anything else is no line less: the push that it is about would go unlooked at.
  package static func received(_ bytes: [UInt8]) throws -> [PushedReference] {
    let push = try lines(bytes).map { line -> PushedReference in
      let words = line.split(separator: blank, maxSplits: 2, omittingEmptySubsequences: false)
      guard words.count == 3, let reference = reference(words[2], words[0], words[1]) else { throw unreadable(line) }
      return reference
    }
    guard !push.isEmpty else {
      throw Failure.cannot("git names no reference of the push to this hook, though it asks about one at least")
    }
    return push
  }

  /// Reads the lines `LOCAL-NAME NEW NAME OLD` that git gives `pre-push`.
  ///
  /// The local name is what was typed, blanks and all.
  package static func pushing(_ bytes: [UInt8]) throws -> [PushedReference] {
    try lines(bytes).map { line in
      let words = line.split(separator: blank, omittingEmptySubsequences: false)
      guard words.count >= 4,
        let reference = reference(words[words.count - 2], words[words.count - 1], words[words.count - 3])
      else { throw unreadable(line) }
      return reference
    }
  }

  private static let blank = UInt8(ascii: " ")

  private static func lines(_ bytes: [UInt8]) throws -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // Git ends each line; what follows the last end was cut short.
    if let rest = lines.popLast(), !rest.isEmpty { throw unreadable(rest) }
    var names: Set<ArraySlice<UInt8>> = []
    for line in lines where !names.insert(line).inserted { throw unreadable(line) }
    return lines
  }

  private static func reference(
    _ name: ArraySlice<UInt8>, _ before: ArraySlice<UInt8>, _ after: ArraySlice<UInt8>
  ) -> PushedReference? {
    guard name.starts(with: "refs/".utf8), !name.contains(blank), !name.contains(0),
      let text = String(validating: name, as: UTF8.self), let before = id(before), let after = id(after),
      before.bytes.count == after.bytes.count
    else { return nil }
    return PushedReference(text, from: before.isZero ? nil : before, to: after.isZero ? nil : after)
  }

  private static func id(_ digits: ArraySlice<UInt8>) -> ObjectID? {
    ObjectID(hex: String(decoding: digits, as: UTF8.self))
  }

  private static func unreadable(_ line: ArraySlice<UInt8>) -> Failure {
    Failure.cannot(
      "a line that git gave the hook cannot be read: `\(String(decoding: line.prefix(200), as: UTF8.self))`",
      help: "a reference is two ids and a name in UTF-8: push it under such a name")
  }
}

extension ObjectID {
  /// Whether it is the id that git writes for no object.
  var isZero: Bool { bytes.allSatisfy { $0 == 0 } }
}

/// The name of a branch or a tag as people type it; of another reference, the whole of it.
func shortName(of reference: String) -> String {
  for folder in ["refs/heads/", "refs/tags/"] where reference.utf8.starts(with: folder.utf8) {
    return String(decoding: reference.utf8.dropFirst(folder.utf8.count), as: UTF8.self)
  }
  return reference
}

/// What the name of a reference says after a folder that it lies in.
func shortName(of reference: String, in folder: String) -> String {
  String(decoding: reference.utf8.dropFirst(folder.utf8.count), as: UTF8.self)
}

/// Why a push is refused: the reference, and what is wrong with it.
package struct PushRefusal: Sendable {
  package var reference: String
  package var finding: Finding
}
