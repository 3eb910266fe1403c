import EthosText

/// What a file of an identity states; the folder that holds the file gives it.
package enum Kind: String, Hashable, Sendable, CaseIterable, Comparable {
  case charter, value, decision, limit, exception, cycle, person, system

  /// The top-level folder of the files of this kind; the charter is the one file `ethos.yaml`.
  package var folder: String? {
    switch self {
    case .charter: nil
    case .value: "values"
    case .decision: "decisions"
    case .limit: "limits"
    case .exception: "exceptions"
    case .cycle: "cycles"
    case .person: "people"
    case .system: "systems"
    }
  }

  /// Whether files of this kind bind the organisation: values, decisions, limits and exceptions.
  package var isCommitment: Bool {
    switch self {
    case .value, .decision, .limit, .exception: true
    case .charter, .cycle, .person, .system: false
    }
  }

  package static let charterPath = "ethos.yaml"

  /// The kind of the file at a path from the root of the repository, or nil where the path is none of the identity's.
  package init?(path: String) {
    if path == Kind.charterPath {
      self = .charter
      return
    }
    guard path.ends(with: ".yaml"), let slash = path.unicodeScalars.firstIndex(of: "/") else { return nil }
    let folder = path[..<slash]
    guard let kind = Kind.allCases.first(where: { $0.folder.map { $0 == folder } ?? false }) else { return nil }
    self = kind
  }

  package static func < (left: Kind, right: Kind) -> Bool { left.order < right.order }

  private var order: Int { Kind.allCases.firstIndex(of: self) ?? 0 }
}

/// The name of one file of an identity: its kind and its id, `limit/client-risk`.
package struct EntryKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let kind: Kind
  /// The id; empty for the charter, of which there is one.
  package let id: String

  package init(_ kind: Kind, _ id: String) {
    self.kind = kind
    self.id = kind == .charter ? "" : id
  }

  package static let charter = EntryKey(.charter, "")

  package var description: String { kind == .charter ? "charter" : "\(kind.rawValue)/\(id)" }

  package static func < (left: EntryKey, right: EntryKey) -> Bool {
    (left.kind, left.id) < (right.kind, right.id)
  }

  /// Whether a text may be an id: `[A-Za-z0-9][A-Za-z0-9_-]*`, at most 200 bytes.
  package static func isID(_ text: String) -> Bool {
    guard (1...200).contains(text.utf8.count) else { return false }
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: continue
      case 0x2D, 0x5F: if index == 0 { return false }
      default: return false
      }
    }
    return true
  }
}
