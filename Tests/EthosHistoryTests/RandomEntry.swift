import EthosModel
import EthosTestSupport

/// An entry of a random history: what it means, as text, and one of the many ways to write that.
struct RandomEntry: Hashable {
  struct Rule: Hashable {
    var id: String
    var score: String
    var route: String
    var because: String
  }

  let key: EntryKey
  var path: String
  /// Decides on comments, the order of keys, quotes and breaks: nothing that means anything.
  var style: UInt64
  /// Scalars, and the items of lists by `, `; a name that is missing has no value.
  private var fields: [String: String] = [:]
  /// What is accepted to be lost, with its measure, which may be empty.
  private var friction: [String: String] = [:]
  private var rules: [Rule] = []

  init(_ key: EntryKey, _ random: inout SeededGenerator) {
    self.key = key
    path = key.kind.folder.map { "\($0)/\(key.id).yaml" } ?? Kind.charterPath
    style = random.next()
    for name in Self.names(key.kind) { set(name, &random) }
  }

  // MARK: - Changes

  private static let lines = ["Risk", "no", "It's: a # risk", "Größe 60", "A risk that we take", "60"]
  private static let proses = [
    "We say so.", "We say so early, and we say it to everybody who asks.", "First: we ask.\n\nThen we \"act\".",
    "true", "A client is a person # and not a number.",
  ]
  private static let scores = [">10", ">20", "[5..10]", ""]
  private static let routes = ["refer", "approve", "decline"]

  private static func names(_ kind: Kind) -> [String] {
    switch kind {
    case .charter: ["organisation", "timeZone", "ranks"]
    case .value: ["title", "statement", "audience", "friction", "status"]
    case .limit: ["title", "atMost", "unit", "status"]
    default: ["question", "hitPolicy", "rules"]
    }
  }

  /// Gives one field a value, which may be the one that it has.
  mutating func change(_ random: inout SeededGenerator) { set(random.pick(Self.names(key.kind)), &random) }

  /// Takes some of the fields of another state of the entry.
  mutating func mix(_ other: RandomEntry, _ random: inout SeededGenerator) {
    for name in Self.names(key.kind) where random.happens(50) {
      switch name {
      case "friction": friction = other.friction
      case "rules": rules = other.rules
      default: fields[name] = other.fields[name]
      }
    }
  }

  private mutating func set(_ name: String, _ random: inout SeededGenerator) {
    switch name {
    case "organisation", "title", "question": fields[name] = random.pick(Self.lines)
    case "statement": fields[name] = random.pick([nil] + Self.proses)
    case "unit": fields[name] = random.pick([nil, "points", "days"])
    case "atMost": fields[name] = random.pick(["50", "60", "0.5"])
    // The defaults, written out or not.
    case "status": fields[name] = random.pick([nil, "active"])
    case "timeZone": fields[name] = random.pick([nil, "UTC", "Europe/Zurich"])
    case "hitPolicy": fields[name] = random.pick([nil, "unique", "first"])
    case "ranks": fields[name] = random.pick([nil, "root", "root, guideline", "guideline, root"])
    case "audience": fields[name] = random.pick([nil, "clients", "clients, staff", "staff"])
    case "friction": friction[random.pick(["slower", "dearer"])] = random.pick([nil, "", "days", "money"])
    default: changeRules(&random)
    }
  }

  private mutating func changeRules(_ random: inout SeededGenerator) {
    func rule(_ id: String, _ random: inout SeededGenerator) -> Rule {
      Rule(
        id: id, score: random.pick(Self.scores), route: random.pick(Self.routes),
        because: random.pick(["", "we were asked"]))
    }
    if rules.isEmpty { rules = ["r1", "r2"].map { rule($0, &random) } }
    switch random.pick([0, 1, 2, 3]) {
    case 0 where rules.count > 1: rules.remove(at: Int.random(in: rules.indices, using: &random))
    case 1: rules.shuffle(using: &random)
    default:
      let id = random.pick(["r1", "r2", "r3"])
      let place = rules.firstIndex { $0.id == id }
      let made = rule(id, &random)
      if let place { rules[place] = made } else { rules.append(made) }
    }
  }

  // MARK: - Meaning

  /// The places that are asked about: the whole, the fields, and some parts of lists, there or not.
  static func paths(of kind: Kind) -> [FieldPath] {
    var paths = [FieldPath()] + names(kind).map { FieldPath($0) }
    func item(_ field: String, _ key: String) -> FieldPath { FieldPath(field).appending(.item(key)) }
    if kind == .value { paths += [item("friction", "slower"), item("friction", "slower").appending("measure")] }
    if kind == .decision {
      paths += [item("rules", "r1"), item("rules", "r3"), item("rules", "r1").appending("route")]
    }
    return paths
  }

  /// What stands at a place, in one text for all that means the same; nil where nothing does.
  func value(_ path: FieldPath) -> String? {
    guard let name = path.field else { return whole }
    let rest = path.segments.dropFirst()
    switch name {
    case "friction":
      guard case .item(let item)? = rest.first else { return list(friction.sorted(by: <).map(text)) }
      guard let measure = friction[item] else { return nil }
      return rest.count == 1 ? text(key: item, value: measure) : measure.isEmpty ? nil : measure
    case "rules":
      guard case .item(let item)? = rest.first else { return list(canonicalRules.map(text)) }
      guard let rule = rules.first(where: { $0.id == item }) else { return nil }
      return rest.count == 1 ? text(rule) : rule.route
    case "ranks", "audience": return fields[name].map { "[\($0)]" }
    default: return fields[name]
    }
  }

  /// The whole, in which a default that is written out says no more than one that is not.
  private var whole: String {
    let defaults = ["status": "active", "timeZone": "UTC", "hitPolicy": "unique"]
    return Self.names(key.kind).compactMap { name in
      value(FieldPath(name)).flatMap { $0 == defaults[name] ? nil : "\(name)=\($0)" }
    }.joined(separator: ";")
  }

  /// The order of rules means something where the first one that applies answers, and there only.
  private var canonicalRules: [Rule] { fields["hitPolicy"] == "first" ? rules : rules.sorted { $0.id < $1.id } }

  private func list(_ items: [String]) -> String? { items.isEmpty ? nil : "[\(items.joined(separator: ", "))]" }

  private func text(key: String, value: String) -> String {
    value.isEmpty ? "{accept: \(key)}" : "{accept: \(key), measure: \(value)}"
  }

  private func text(_ rule: Rule) -> String {
    let cells = [("because", rule.because), ("id", rule.id), ("route", rule.route), ("score", rule.score)]
    return "{\(cells.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }.joined(separator: ", "))}"
  }
}

// MARK: - Text

extension RandomEntry {
  /// The file.
  var text: String {
    var random = SeededGenerator(seed: style)
    var parts = Self.names(key.kind).compactMap { written($0, &random) }
    parts.append(key.kind == .charter ? "ethos: 1\n" : "id: \(key.id)\n")
    if key.kind == .decision {
      parts.append("title: A decision\n")
      parts.append("inputs: [{name: score, type: number}]\n")
      parts.append("outputs:\n  - {name: route, type: string, allowed: '\"decline\", \"refer\", \"approve\"'}\n")
    }
    var text = ""
    if random.happens(60) { parts.shuffle(using: &random) }
    for part in parts {
      if random.happens(15) { text += "# A remark (\(Int.random(in: 0...99, using: &random)))\n" }
      if random.happens(10) { text += "\n" }
      text += part
    }
    return text
  }

  private func written(_ name: String, _ random: inout SeededGenerator) -> String? {
    switch name {
    case "friction":
      let items = friction.sorted(by: <).shuffled(using: &random).map { item in
        item.value.isEmpty
          ? random.pick([item.key, "{accept: \(item.key)}"]) : "{measure: \(item.value), accept: \(item.key)}"
      }
      return items.isEmpty ? nil : "friction:\n" + items.map { "  - \($0)\n" }.joined()
    case "rules": return table(&random)
    case "ranks", "audience":
      guard var items = fields[name]?.split(separator: ", ").map(String.init) else { return nil }
      if name == "audience" {
        items.shuffle(using: &random)
        if random.happens(20) { items.append(items[0]) }
      }
      if random.happens(50) { return "\(name): [\(items.joined(separator: ", "))]\n" }
      return "\(name):\n" + items.map { "  - \($0)\n" }.joined()
    case "atMost":
      guard let number = fields[name] else { return nil }
      return "\(name): \(number)\(random.pick(["", number.contains(".") ? "0" : ".0"]))\n"
    case "title", "question", "organisation", "statement":
      return fields[name].map { "\(name): \(scalar($0, isProse: name == "statement", &random))\n" }
    default: return fields[name].map { "\(name): \($0)\n" }
    }
  }

  /// A text in one of the forms that YAML has for it.
  private func scalar(_ text: String, isProse: Bool, _ random: inout SeededGenerator) -> String {
    let blocks = text.split(separator: "\n\n").map(String.init)
    func wrapped(_ block: String, _ random: inout SeededGenerator) -> String {
      var result = ""
      // A break before `#` would make a heading.
      for (index, word) in block.split(separator: " ").enumerated() {
        if index > 0 { result += word.first != "#" && random.happens(30) ? "\n  " : " " }
        result += word
      }
      return result
    }
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " }
    switch random.pick(isProse ? [0, 1, 2, 3, 4] : [0, 1, 2]) {
    case 0 where isPlain: return text
    case 1 where blocks.count == 1:
      return "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
    case 3: return "|\n  " + blocks.map { wrapped($0, &random) }.joined(separator: "\n\n  ")
    case 4: return ">-\n  " + blocks.map { wrapped($0, &random) }.joined(separator: "\n\n\n  ")
    default:
      var escaped = ""
      for character in text {
        switch character {
        case "\"": escaped += "\\\""
        case "\n": escaped += "\\n"
        case "ö": escaped += random.pick(["ö", "\\u00f6"])
        case " ": escaped += random.happens(10) && !isProse ? "  " : " "
        default: escaped.append(character)
        }
      }
      return "\"\(escaped)\""
    }
  }

  private func table(_ random: inout SeededGenerator) -> String {
    let columns = ["id", "score", "route", "because"].shuffled(using: &random)
    let width = Int.random(in: 0...14, using: &random)
    func row(_ cells: [String]) -> String {
      let padded = cells.map { cell in " \(cell)\(String(repeating: " ", count: max(0, width - cell.count))) " }
      return "  |\(padded.joined(separator: "|"))|\n"
    }
    let rows = hasOrder ? rules : rules.shuffled(using: &random)
    var text = "rules: |\n" + row(columns) + row(columns.map { _ in "---" })
    for rule in rows {
      let (empty, isWide) = (random.pick(["", "-"]), random.happens(50))
      text += row(
        columns.map { column in
          switch column {
          case "id": rule.id
          case "score": rule.score.isEmpty ? empty : isWide ? rule.score.replacing(">", with: "> ") : rule.score
          case "route": rule.route
          default: rule.because
          }
        })
    }
    return text
  }

  private var hasOrder: Bool { value(FieldPath("hitPolicy")) == "first" }
}
