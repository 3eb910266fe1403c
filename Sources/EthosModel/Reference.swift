import EthosText

/// The path of a value inside an entry: `.atMost`, `.rules[r1].'risk score'`.
package struct FieldPath: Hashable, Sendable, Comparable, CustomStringConvertible {
  package enum Segment: Hashable, Sendable {
    /// A named field: `.atMost` or `.'risk score'`.
    case name(String)
    /// An item of a list, by its key or, where the list has none, by its content: `[r1]`.
    case item(String)
  }

  package var segments: [Segment]

  package init(_ segments: [Segment] = []) { self.segments = segments }
  package init(_ name: String) { segments = [.name(name)] }

  package func appending(_ segment: Segment) -> FieldPath { FieldPath(segments + [segment]) }
  package func appending(_ name: String) -> FieldPath { appending(.name(name)) }

  package var isEmpty: Bool { segments.isEmpty }

  /// The name of the top-level field.
  package var field: String? { if case .name(let name) = segments.first { name } else { nil } }

  /// The path as it is written after an id, without the leading point.
  package var description: String {
    var result = ""
    for segment in segments {
      switch segment {
      case .name(let name):
        if !result.isEmpty { result += "." }
        result += FieldPath.isPlain(name) ? name : "'\(name.replacingScalar("'", with: "''"))'"
      case .item(let key):
        result += "[\(FieldPath.isPlainKey(key) ? key : "'\(key.replacingScalar("'", with: "''"))'")]"
      }
    }
    return result
  }

  package static func < (left: FieldPath, right: FieldPath) -> Bool { left.description < right.description }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }

  private static func isPlainKey(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.first != 0x27
      && !key.unicodeScalars.contains { $0 == "]" || $0 == "[" || $0 == "\n" || $0 == "@" }
  }
}

/// A place in an identity, as people write it: `kind/id[.path][@rev]`, `charter[.path][@rev]`.
package struct Reference: Hashable, Sendable, CustomStringConvertible {
  package var key: EntryKey
  package var path: FieldPath
  /// Anything git resolves, a release, or a day; nil for the state at hand.
  package var revision: String?

  package init(_ key: EntryKey, path: FieldPath = FieldPath(), revision: String? = nil) {
    self.key = key
    self.path = path
    self.revision = revision
  }

  package var description: String {
    let tail = path.segments.isEmpty ? "" : (path.description.utf8.first == 0x5B ? "" : ".") + path.description
    return "\(key)\(tail)\(revision.map { "@\($0)" } ?? "")"
  }

  /// What is wrong with a text that is no reference.
  package struct ParseError: Error, Equatable {
    package var message: String
    package var help: String
  }

  /// Reads a reference.
  ///
  /// The text is split at the first `@` that stands outside quotes.
  package init(parsing text: String) throws(ParseError) {
    var scanner = ReferenceScanner(text)
    self = try scanner.reference()
  }
}

/// A hand-written scanner for the little grammar of references.
private struct ReferenceScanner {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private let whole: String

  init(_ text: String) {
    whole = text
    scalars = Array(text.unicodeScalars)
  }

  mutating func reference() throws(Reference.ParseError) -> Reference {
    let kindName = take { $0 != "/" && $0 != "." && $0 != "@" && $0 != "[" }
    guard let kind = Kind(rawValue: kindName) else {
      let near = nearestKind(kindName)
      throw failure("`\(kindName)` is no kind", help: near.map { "did you mean `\($0)`?" } ?? ReferenceScanner.kinds)
    }
    var id = ""
    if kind != .charter {
      guard accept("/") else { throw failure("the id is missing", help: "write `\(kindName)/ID`") }
      id = take { $0 != "." && $0 != "@" && $0 != "[" }
      guard EntryKey.isID(id) else {
        throw failure(
          "`\(id)` is no id", help: "an id is letters, digits, `-` and `_`, and begins with a letter or digit")
      }
    }
    let path = try fieldPath()
    var revision: String?
    if accept("@") {
      let rest = take { _ in true }
      guard !rest.isEmpty else { throw failure("nothing follows the `@`", help: "name a revision, a release or a day") }
      revision = rest
    }
    guard index == scalars.count else {
      throw failure("`\(take { _ in true })` is not understood", help: ReferenceScanner.form)
    }
    return Reference(EntryKey(kind, id), path: path, revision: revision)
  }

  private mutating func fieldPath() throws(Reference.ParseError) -> FieldPath {
    var segments: [FieldPath.Segment] = []
    while index < scalars.count {
      if accept(".") {
        let name = peek == "'" ? try quoted() : take { $0 != "." && $0 != "@" && $0 != "[" }
        guard !name.isEmpty else { throw failure("a field name is missing after `.`", help: ReferenceScanner.form) }
        segments.append(.name(name))
      } else if accept("[") {
        let key = peek == "'" ? try quoted() : take { $0 != "]" }
        guard accept("]") else { throw failure("`[` is not closed", help: "write `[KEY]`") }
        segments.append(.item(key))
      } else {
        break
      }
    }
    return FieldPath(segments)
  }

  private mutating func quoted() throws(Reference.ParseError) -> String {
    index += 1
    var name = String.UnicodeScalarView()
    while index < scalars.count {
      if accept("'") {
        guard accept("'") else { return String(name) }
        name.append("'")
      } else {
        name.append(scalars[index])
        index += 1
      }
    }
    throw failure("the quoted name is not closed", help: "write `'NAME'`, with `''` for a quote")
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private mutating func take(while test: (Unicode.Scalar) -> Bool) -> String {
    var taken = String.UnicodeScalarView()
    while let scalar = peek, test(scalar) {
      taken.append(scalar)
      index += 1
    }
    return String(taken)
  }

  private func failure(_ message: String, help: String) -> Reference.ParseError {
    Reference.ParseError(message: "`\(whole)` is no reference: \(message)", help: help)
  }

  private func nearestKind(_ name: String) -> String? {
    nearestName(to: name, among: Kind.allCases.map(\.rawValue))
  }

  private static let form = "the form is `kind/id[.path][@rev]`, as in `limit/client-risk.atMost`"
  private static let kinds = "the kinds are \(Kind.allCases.map(\.rawValue).joined(separator: ", "))"
}
