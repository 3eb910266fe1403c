/// The levels that authority is asked for.
enum ModelLevel: Int, Comparable {
  case editorial, minor, major, critical

  static func < (left: ModelLevel, right: ModelLevel) -> Bool { left.rawValue < right.rawValue }
}

/// A row of the authority, as DESIGN has it.
///
/// Written from the design alone: what these tests expect shares no code with what they judge.
struct ModelRow: Hashable {
  var change: [String]
  var level: ModelLevel
  /// Seats by `owner`, `anyone` or an office.
  var quorum: [String: Int]
  var selfApproval = false
  var veto: [String] = []

  func covers(_ subject: String, _ level: ModelLevel) -> Bool {
    (change.contains("*") || change.contains(subject)) && level <= self.level
  }

  fileprivate var text: String {
    let kinds = change.map { $0 == "*" ? "\"*\"" : $0 }.joined(separator: ", ")
    let seats = quorum.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    var parts = ["change: [\(kinds)]", "level: \(level)", "quorum: {\(seats)}"]
    if selfApproval { parts.append("selfApproval: true") }
    if !veto.isEmpty { parts.append("veto: [\(veto.joined(separator: ", "))]") }
    return "  - {\(parts.joined(separator: ", "))}"
  }
}

/// The charter of a generated identity.
struct ModelCharter: Hashable {
  var format = "1"
  var signaturesRequired: Bool
  var zone = "UTC"
  /// The highest level that the secretary may record; nil for any.
  var recorderLevel: ModelLevel?
  var rows: [ModelRow]
  var note = ""

  /// All but the comment.
  var meaning: ModelCharter {
    var copy = self
    copy.note = ""
    return copy
  }

  /// The rows that a change must meet: the lowest that cover it.
  func rows(covering subject: String, _ level: ModelLevel) -> [ModelRow] {
    let covering = rows.filter { $0.covers(subject, level) }
    let lowest = covering.map(\.level).min()
    return covering.filter { $0.level == lowest }
  }

  var text: String {
    """
    \(note.isEmpty ? "" : "# \(note)\n")ethos: \(format)
    organisation: Northgate
    timeZone: \(zone)
    branch: main
    defaultOwner: chief-executive
    signatures: \(signaturesRequired ? "required" : "optional")
    recorders: [\(recorderLevel.map { "{office: secretary, level: \($0)}" } ?? "secretary")]
    authority:
    \(rows.map(\.text).joined(separator: "\n"))

    """
  }
}

/// Who holds an office, and who stands in.
struct ModelHolder: Hashable {
  var person: String
  var deputy: String?
}

struct ModelCycle: Hashable {
  var id: String
  var from: Int
  var until: Int?
  var offices: [String: [ModelHolder]]

  var text: String {
    let list = offices.sorted { $0.key < $1.key }.map { office, holders in
      let items = holders.map { holder in
        holder.deputy.map { "{person: \(holder.person), deputy: \($0)}" } ?? "{person: \(holder.person)}"
      }
      return "  \(office): [\(items.joined(separator: ", "))]"
    }
    return """
      id: \(id)
      title: The cycle \(id)
      from: \(ModelDay.text(from))
      \(until.map { "until: \(ModelDay.text($0))\n" } ?? "")offices:
      \(list.joined(separator: "\n"))

      """
  }
}

struct ModelPerson: Hashable {
  struct Key: Hashable {
    var publicKey: String
    var from: Int?
    var until: Int?
  }

  var id: String
  var name: String
  var emails: [String]
  var keys: [Key]

  var text: String {
    let list = keys.map { key in
      let parts =
        ["key: \(key.publicKey)"] + [key.from.map { "from: \(ModelDay.text($0))" }].compactMap(\.self)
        + [key.until.map { "until: \(ModelDay.text($0))" }].compactMap(\.self)
      return "  - {\(parts.joined(separator: ", "))}\n"
    }
    return "id: \(id)\nname: \(name)\nemails: [\(emails.joined(separator: ", "))]\n"
      + (list.isEmpty ? "" : "keys:\n\(list.joined())")
  }
}

/// Days as numbers since 1970, in UTC.
enum ModelDay {
  static func of(_ seconds: Int64) -> Int { Int(seconds.quotientAndRemainder(dividingBy: 86_400).quotient) }

  /// `2026-02-01`, by Howard Hinnant's `civil_from_days`.
  static func text(_ day: Int) -> String {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let inEra = shifted - era * 146_097
    let yearOfEra = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365
    let dayOfYear = inEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))"
  }
}
