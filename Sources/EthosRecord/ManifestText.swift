import EthosModel
import EthosText

/// The one way in which a manifest is written: YAML that every YAML reader reads alike, and this one line by line.
///
///     ethos: "release/1"
///     cycle: "renewal-2026"
///     number: 2
///     effective: "2026-02-01"
///     retroactive: null
///     ruleset: 1
///     level: "critical"
///     commit: "…"
///     tree: "…"
///     previous: null
///     bundle: "…"
///     offices:
///       - office: "board"
///         holders: ["ada-obi", "jane-doe"]
///     changes:
///       - change: "limit-loosened"
///         level: "critical"
///         entry: "limit/client-risk"
///         field: "atMost"
///         before: "e1:…"
///         after: null
///     approvals:
///       - person: "ada-obi"
///         commit: "…"
///
/// Every text is in double quotes as JSON writes it, with all that is not to be seen escaped; an empty list is `[]`. Only
/// `approvals` is left out where it is empty: manifests were written before there were any.
struct ManifestText {
  private var lines: ArraySlice<String>

  init(_ lines: ArraySlice<String>) { self.lines = lines }

  // MARK: - writing

  static func lines(of manifest: ReleaseManifest) -> String {
    var text = """
      ethos: "release/1"
      cycle: \(quoted(manifest.cycle))
      number: \(manifest.number)
      effective: \(quoted(manifest.effective.description))
      retroactive: \(quoted(manifest.retroactive))
      ruleset: \(manifest.ruleset)
      level: \(quoted(manifest.level))
      commit: \(quoted(manifest.commit.hex))
      tree: \(quoted(manifest.tree.hex))
      previous: \(quoted(manifest.previous?.hex))
      bundle: \(quoted(manifest.bundle))
      offices:\(manifest.offices.isEmpty ? " []" : "")

      """
    for office in manifest.offices {
      text += """
          - office: \(quoted(office.office))
            holders: [\(office.holders.map { quoted($0) }.joined(separator: ", "))]

        """
    }
    text += "changes:\(manifest.changes.isEmpty ? " []" : "")\n"
    for change in manifest.changes {
      text += """
          - change: \(quoted(change.id))
            level: \(quoted(change.level))
            entry: \(quoted(change.entry.description))
            field: \(quoted(change.field))
            before: \(quoted(change.before?.description))
            after: \(quoted(change.after?.description))

        """
    }
    if !manifest.approvals.isEmpty { text += "approvals:\n" }
    for approval in manifest.approvals {
      text += """
          - person: \(quoted(approval.person))
            commit: \(quoted(approval.commit.hex))

        """
    }
    return text
  }

  private static func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if isHidden(scalar) {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Controls, marks of direction and what YAML does not count as printable, all of four digits.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  // MARK: - reading

  mutating func manifest(summary: String) -> ReleaseManifest? {
    guard string("ethos: ") == "release/1", let cycle = string("cycle: "), let number = integer("number: "),
      let name = ReleaseName(cycle: cycle, number: number), let effective = string("effective: ").flatMap({ Day($0) }),
      let retroactive = optional("retroactive: "), let ruleset = integer("ruleset: "), let level = string("level: "),
      let commit = string("commit: ").flatMap({ ObjectID(hex: $0) }),
      let tree = string("tree: ").flatMap({ ObjectID(hex: $0) }), let before = optional("previous: "),
      let bundle = string("bundle: "), let offices = list("offices:", { $0.office() }),
      let changes = list("changes:", { $0.change() }),
      let approvals = lines.isEmpty ? [] : list("approvals:", { $0.approval() }), lines.isEmpty
    else { return nil }
    var previous: ObjectID?
    if let before {
      guard let id = ObjectID(hex: before) else { return nil }
      previous = id
    }
    return ReleaseManifest(
      summary: summary, name: name, effective: effective, retroactive: retroactive, ruleset: ruleset, level: level,
      commit: commit, tree: tree, previous: previous, bundle: bundle, offices: offices, changes: changes,
      approvals: approvals)
  }

  private mutating func office() -> ReleaseManifest.Office? {
    guard let office = string("  - office: "), let text = take("    holders: "), text.begins(with: "["),
      text.ends(with: "]")
    else { return nil }
    var rest = text.dropFirst().dropLast()
    var holders: [String] = []
    while !rest.isEmpty {
      guard let (holder, length) = ManifestText.unquoted(rest) else { return nil }
      holders.append(holder)
      rest =
        rest.utf8.dropFirst(length).starts(with: ", ".utf8)
        ? Substring(rest.utf8.dropFirst(length + 2)) : Substring(rest.utf8.dropFirst(length))
    }
    return ReleaseManifest.Office(office: office, holders: holders)
  }

  private mutating func change() -> ReleaseManifest.Change? {
    guard let id = string("  - change: "), let level = string("    level: "),
      let entry = string("    entry: ").flatMap({ try? Reference(parsing: $0) }), entry.path.isEmpty,
      let field = string("    field: "), let before = fingerprint("    before: "),
      let after = fingerprint("    after: ")
    else { return nil }
    return ReleaseManifest.Change(id: id, level: level, entry: entry.key, field: field, before: before, after: after)
  }

  private mutating func approval() -> ReleaseManifest.Approval? {
    guard let person = string("  - person: "), let commit = string("    commit: ").flatMap({ ObjectID(hex: $0) }) else {
      return nil
    }
    return ReleaseManifest.Approval(person: person, commit: commit)
  }

  private mutating func list<Item>(_ key: String, _ item: (inout ManifestText) -> Item?) -> [Item]? {
    guard let rest = take(key) else { return nil }
    if rest == " []" { return [] }
    guard rest.isEmpty else { return nil }
    var items: [Item] = []
    while let line = lines.first, line.begins(with: "  - ") {
      guard let read = item(&self) else { return nil }
      items.append(read)
    }
    return items
  }

  /// What follows a key in the next line; nil, and nothing is taken, where the line begins otherwise.
  private mutating func take(_ key: String) -> Substring? {
    guard let line = lines.first, line.utf8.starts(with: key.utf8) else { return nil }
    lines.removeFirst()
    return Substring(line.utf8.dropFirst(key.utf8.count))
  }

  private mutating func integer(_ key: String) -> Int? { take(key).flatMap { Int($0) } }

  private mutating func string(_ key: String) -> String? {
    guard let text = take(key), let (value, length) = ManifestText.unquoted(text), length == text.utf8.count else {
      return nil
    }
    return value
  }

  private mutating func optional(_ key: String) -> String?? {
    if lines.first == key + "null" {
      lines.removeFirst()
      return .some(nil)
    }
    return string(key).map { .some($0) }
  }

  private mutating func fingerprint(_ key: String) -> Fingerprint?? {
    guard let text = optional(key) else { return nil }
    guard let text else { return .some(nil) }
    guard text.begins(with: "e1:"), let print = readFingerprint(text.dropFirst(3)) else { return nil }
    return .some(print)
  }

  /// Reads a quoted text from its opening quote on, with the number of bytes that it took.
  private static func unquoted(_ text: Substring) -> (value: String, length: Int)? {
    var scalars = text.unicodeScalars[...]
    guard scalars.popFirst() == "\"" else { return nil }
    var result = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"": return (String(result), text.utf8.count - Substring(scalars).utf8.count)
      case "\\":
        switch scalars.popFirst() {
        case "\"": result.append("\"")
        case "\\": result.append("\\")
        case "n": result.append("\n")
        case "t": result.append("\t")
        case "u":
          guard let value = UInt32(String(Substring(scalars.prefix(4))), radix: 16), let escaped = Unicode.Scalar(value)
          else { return nil }
          result.append(escaped)
          scalars = scalars.dropFirst(4)
        default: return nil
        }
      default: result.append(scalar)
      }
    }
    return nil
  }
}
