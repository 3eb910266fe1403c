import EthosModel
import EthosText

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same identities everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Makes identities at random from the schemas, changes them at random, and lays them out otherwise.
///
/// The pools are small, so that two draws often agree, contradict, or name one another.
struct IdentityGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func identity() -> Snapshot {
    var documents: [Document] = []
    if chance(80) { documents.append(document(.charter, "")) }
    for kind in Kind.allCases where kind != .charter {
      for id in ids where chance(45) { documents.append(document(kind, id)) }
    }
    return Snapshot(documents: documents)
  }

  /// Another identity that has most of its entries from this one, some changed, some gone, some new.
  mutating func successor(of identity: Snapshot) -> Snapshot {
    var documents: [Document] = []
    for key in identity.keys {
      guard let document = identity[key] else { continue }
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<8: continue
      case 8..<14:
        // The same content under another id, as when an id is renamed.
        guard key.kind != .charter, let id = ids.randomElement(using: &random) else { continue }
        var fields = document.fields
        fields["id"] = .text(id)
        documents.append(Document(key: EntryKey(key.kind, id), path: "renamed/\(id).yaml", fields: fields))
      case 14..<50: documents.append(document)
      case 50..<56: documents.append(retired(document))
      default: documents.append(changed(document))
      }
    }
    for kind in Kind.allCases where chance(20) {
      documents.append(self.document(kind, kind == .charter ? "" : ids.randomElement(using: &random) ?? "a"))
    }
    return Snapshot(documents: documents)
  }

  /// The same meaning in another layout: keys, sets and unordered items shuffled and repeated, white space, paths.
  mutating func laidOutOtherwise(_ identity: Snapshot) -> Snapshot {
    Snapshot(
      documents: identity.keys.compactMap { key in
        guard let document = identity[key] else { return nil }
        var fields = laidOut(.record(document.fields), .record(Schema.of(key.kind).fields)).record ?? Record()
        if let rules = fields["rules"]?.list, !Meaning.hitPolicy(of: fields).heedsOrder {
          fields["rules"] = .list(rules.shuffled(using: &random))
        }
        return Document(key: key, path: "moved/\(document.path)", fields: fields)
      })
  }

  // MARK: - Drawing

  private let ids = ["a", "b", "c", "d"]

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

  private mutating func document(_ kind: Kind, _ id: String) -> Document {
    var fields = record(Schema.of(kind).fields)
    if kind != .charter { fields["id"] = .text(id) }
    if chance(15) { fields["x-note"] = .text(pick(["one", "two"])) }
    return Document(key: EntryKey(kind, id), path: "\(kind.folder ?? "ethos")/\(id).yaml", fields: fields)
  }

  private mutating func record(_ fields: [FieldSchema]) -> Record {
    var entries: [Record.Entry] = []
    for field in fields where field.isRequired || chance(55) {
      entries.append(Record.Entry(field.name, node(field.type, name: field.name)))
    }
    return Record(entries)
  }

  private mutating func node(_ type: FieldType, name: String = "") -> Node {
    switch type {
    case .identifier, .id, .office: .text(pick(ids))
    case .line: .text(pick(lines(name)))
    case .prose: .text((0..<Int.random(in: 1...3, using: &random)).map { _ in pick(sentences) }.joined(separator: " "))
    case .expression: .text(pick(["> cap", "> 60", "< 5", "\"low\"", "cap * 2 + other", "-"]))
    case .number: .number(DecimalNumber(Int.random(in: 0...2, using: &random)))
    case .quantity: chance(80) ? .number(DecimalNumber(Int.random(in: 1...4, using: &random))) : .day(day())
    case .boolean: .boolean(chance(50))
    case .day: .day(day())
    case .choice(let choices): .text(pick(choices))
    case .reference(let kinds): .text("\(kinds.randomElement(using: &random) ?? .limit)/\(pick(ids))")
    case .release: .text("release/\(pick(ids))/\(pick(["1", "2"]))")
    case .period: .text(pick(["1 day", "30 days", "365 days"]))
    case .sequence(let item), .set(let item): list { generator in generator.node(item, name: name) }
    case .items(_, let fields, _, _): list { generator in .record(generator.record(fields)) }
    case .record(let fields): .record(record(fields))
    case .map(let value): .record(map(value, name: name))
    case .rules: list { generator in .record(generator.rule()) }
    case .plain: .text(pick(["one", "two"]))
    }
  }

  private mutating func list(_ item: (inout IdentityGenerator) -> Node) -> Node {
    .list((0..<Int.random(in: 0...4, using: &random)).map { _ in item(&self) })
  }

  private mutating func map(_ value: FieldType, name: String) -> Record {
    var entries: [Record.Entry] = []
    let names = name == "severity" ? ["value-reworded", "limit-loosened", "unknown"] : ["cap", "other", "third name"]
    for name in names where chance(50) { entries.append(Record.Entry(name, node(value))) }
    return Record(entries)
  }

  private mutating func rule() -> Record {
    var entries: [Record.Entry] = []
    if chance(60) { entries.append(Record.Entry("id", .text(pick(["r1", "r2", "r3", "r4", "r5", "r6"])))) }
    for column in ["risk", "country", "caf\u{E9}", "cafe\u{301}", "route"] where chance(70) {
      entries.append(Record.Entry(column, node(.expression)))
    }
    for column in RuleColumn.annotations.dropFirst() where chance(30) {
      entries.append(Record.Entry(column.name, node(column.type)))
    }
    return Record(entries)
  }

  private mutating func day() -> Day { Day(daysSinceEpoch: 20_000 + Int.random(in: 0...2, using: &random)) }

  private func lines(_ name: String) -> [String] {
    switch name {
    case "rank", "ranks": ["root", "system", "guideline", "other"]
    case "change": ["value", "limit", "*"]
    default: ["caf\u{E9}", "cafe\u{301}", "days to decision", "slower work", "clients"]
    }
  }

  private let sentences = [
    "We must ask.", "We should ask.", "We never ask twice.", "Nobody waits more than 30 days.", "Clients come first.",
    "Not all clients are the same.", "From 2026-02-01 on we are selective.", "caf\u{E9}", "cafe\u{301}",
  ]
}

// MARK: - Changing

extension IdentityGenerator {
  private mutating func changed(_ document: Document) -> Document {
    var fields = changed(document.fields, Schema.of(document.kind).fields)
    fields["id"] = document.fields["id"]
    return Document(key: document.key, path: document.path, fields: fields)
  }

  private mutating func changed(_ record: Record, _ schema: [FieldSchema]) -> Record {
    var result = record
    for field in schema where chance(20) {
      if !field.isRequired, chance(25) {
        result[field.name] = nil
      } else if let value = record[field.name], chance(60) {
        result[field.name] = changed(value, field.type, name: field.name)
      } else {
        result[field.name] = node(field.type, name: field.name)
      }
    }
    return result
  }

  /// The same value with one thing changed within it.
  private mutating func changed(_ value: Node, _ type: FieldType, name: String) -> Node {
    switch (type, value.content) {
    case (.items(_, let fields, _, _), .list(let items)):
      changedList(items, of: type) { generator, item in
        .record(generator.changed(item.record ?? Record(), fields))
      }
    case (.set(.record(let fields)), .list(let items)):
      changedList(items, of: type) { generator, item in
        .record(generator.changed(item.record ?? Record(), fields))
      }
    case (.rules, .list(let items)):
      changedList(items, of: type) { generator, item in
        var rule = item.record ?? Record()
        guard let column = rule.names.randomElement(using: &generator.random) else { return item }
        rule[column] = generator.chance(30) ? nil : generator.node(.expression)
        return .record(rule)
      }
    case (.sequence, .list(let items)), (.set, .list(let items)):
      changedList(items, of: type) { generator, item in generator.node(type.itemType, name: name) }
    case (.map(let inner), .record(let record)): .record(changedMap(record, inner))
    default: node(type, name: name)
    }
  }

  private mutating func changedMap(_ map: Record, _ value: FieldType) -> Record {
    var map = map
    for name in map.names where chance(40) { map[name] = chance(30) ? nil : node(value) }
    return map
  }

  private mutating func changedList(
    _ items: [Node], of type: FieldType, _ change: (inout IdentityGenerator, Node) -> Node
  ) -> Node {
    var items = items
    switch Int.random(in: 0..<5, using: &random) {
    case 0: items.shuffle(using: &random)
    case 1: if !items.isEmpty { items.remove(at: Int.random(in: items.indices, using: &random)) }
    case 2:
      let added = node(type).list ?? []
      items.insert(contentsOf: added, at: Int.random(in: 0...items.count, using: &random))
    default:
      for index in items.indices where chance(50) { items[index] = change(&self, items[index]) }
    }
    return .list(items)
  }

  private mutating func retired(_ document: Document) -> Document {
    var fields =
      chance(50) ? document.fields : Record(document.fields.entries.filter { ["id", "title"].contains($0.name) })
    fields["status"] = .text("retired")
    fields["because"] = .text(pick(sentences))
    return Document(key: document.key, path: document.path, fields: fields)
  }
}

// MARK: - Laying out

extension IdentityGenerator {
  private mutating func laidOut(_ value: Node, _ type: FieldType) -> Node {
    switch (type, value.content) {
    case (.line, .text(let text)), (.prose, .text(let text)): .text(spaced(text))
    case (.sequence(let item), .list(let items)): .list(items.map { laidOut($0, item) })
    case (.set(let item), .list(let items)):
      .list((items + items.prefix(1)).map { laidOut($0, item) }.shuffled(using: &random))
    case (.items(_, let fields, let isOrdered, _), .list(let items)):
      .list(shuffled(items.map { laidOut($0, .record(fields)) }, unless: isOrdered))
    case (.record(let fields), .record(let record)):
      .record(
        Record(
          record.entries.map { entry in
            Record.Entry(entry.name, laidOut(entry.value, fields.first { $0.name == entry.name }?.type ?? .plain))
          }.shuffled(using: &random)))
    case (.map(let inner), .record(let record)):
      .record(
        Record(record.entries.map { Record.Entry($0.name, laidOut($0.value, inner)) }.shuffled(using: &random)))
    default: value
    }
  }

  private mutating func shuffled(_ items: [Node], unless isOrdered: Bool) -> [Node] {
    isOrdered ? items : items.shuffled(using: &random)
  }

  private mutating func spaced(_ text: String) -> String {
    text.replacing(" ", with: pick(["  ", " \u{A0}", " "]))
  }
}
