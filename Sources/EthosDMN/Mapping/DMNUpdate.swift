package import EthosModel
import EthosText

/// Brings a decision that came from a model up to date with it, and keeps what people added.
///
/// What the model says as it did before stays as people have it. Of what it says otherwise, only what it says changes:
/// the parts of columns that DMN does not know stay with their columns, what is said of a rule with that rule.
package struct DMNUpdate {
  /// The fields that the decision is to have.
  package private(set) var fields: Record
  /// What a person should look at, a sentence each.
  package private(set) var notes: [String] = []

  private let said: Record
  private let before: Record?
  private let memory: String?
  /// The columns that have another name now, by the one before.
  private var renamed: [String: String] = [:]

  /// The record before is what the model would have said of the decision as it is; without it the memory in the file
  /// tells what has changed.
  package init(_ document: Document, saying decision: DMNImportPlan.Decision, before: Record? = nil) {
    fields = document.fields
    said = decision.fields
    self.before = before
    memory = document.fields[DMNMemory.field]?.text
    let changed = DMNImportPlan.ownFields.filter { !isUnchanged($0) }
    findRenamed()
    for field in changed {
      switch field {
      case "question" where decision.isQuestionMade: continue
      case "inputs", "outputs": updateColumns(field)
      case "rules": updateRules()
      case "uses": updateUses()
      case "default": updateDefault()
      default: fields[field] = said[field]
      }
    }
    renameInCases()
    if document.fields[DMNImportPlan.sourceField] != nil { fields[DMNMemory.field] = .text(DMNMemory.text(of: said)) }
  }

  private func isUnchanged(_ field: String) -> Bool {
    if let before { return before[field] == said[field] }
    return DMNMemory.isUnchanged(field, said, since: memory) ?? (fields[field] == said[field])
  }

  // MARK: - Columns

  private static func columns(_ fields: Record, _ field: String) -> [(name: String, record: Record)] {
    (fields[field]?.list ?? []).compactMap { node in
      guard let record = node.record, let name = record["name"]?.text else { return nil }
      return (Prose.collapsed(name), record)
    }
  }

  private mutating func findRenamed() {
    for field in ["inputs", "outputs"] {
      let now = Self.columns(said, field)
      let earlier = Self.columns(before ?? fields, field)
      let gone = earlier.filter { column in !now.contains { $0.name == column.name } }
      let new = now.filter { column in !earlier.contains { $0.name == column.name } }
      for column in new {
        let alike = gone.filter { renamed[$0.name] == nil && $0.record["type"] == column.record["type"] }
        let same = alike.filter { cells($0.name, before ?? fields) == cells(column.name, said) }
        let only = same.count == 1 ? same : gone.count == 1 && new.count == 1 ? alike : []
        guard let old = only.first else { continue }
        renamed[old.name] = column.name
        notes.append("`\(visibleText(old.name))` is called `\(visibleText(column.name))` in the model now")
      }
    }
  }

  private func cells(_ column: String, _ fields: Record) -> [String?] {
    (fields["rules"]?.list ?? []).map { Self.cell($0.record?[column]) }
  }

  private mutating func updateColumns(_ field: String) {
    let earlier = Self.columns(fields, field)
    var result: [Node] = []
    for (name, model) in Self.columns(said, field) {
      let old = earlier.first { ($0.name == name && renamed[name] == nil) || renamed[$0.name] == name }
      guard var column = old?.record else {
        result.append(.record(model))
        continue
      }
      column["name"] = .text(name)
      if column["type"] != model["type"] {
        column["type"] = model["type"]
        // What was said of values of the other type is said of none now.
        for part in ["allowed", "step"] where column[part] != nil {
          notes.append("`\(part)` of `\(visibleText(name))` is gone, for its type is another now")
          column[part] = nil
        }
      }
      let base = before.flatMap { Self.columns($0, field).first { $0.name == old?.name } }?.record["allowed"]
      if let allowed = model["allowed"], before == nil || base != allowed {
        column["allowed"] = allowed
      } else if before != nil, base != nil, model["allowed"] == nil {
        column["allowed"] = nil
      }
      result.append(.record(column))
    }
    let names = Set(result.compactMap { $0.record?["name"]?.text })
    for column in earlier where !names.contains(column.name) && renamed[column.name] == nil {
      notes.append("`\(visibleText(column.name))` is no column of the model, and is gone")
    }
    fields[field] = .list(result)
  }

  private mutating func updateUses() {
    var uses = said["uses"]?.record ?? Record()
    let cells = (said["rules"]?.list ?? []) + (fields["rules"]?.list ?? [])
    let inputs = Set(Self.columns(said, "inputs").map(\.name))
    for entry in fields["uses"]?.record?.entries ?? [] where uses[entry.name] == nil && !inputs.contains(entry.name) {
      let isNamed = cells.contains { rule in
        rule.record?.entries.contains { $0.name == entry.name || $0.value.text?.holds(entry.name) == true } ?? false
      }
      if isNamed { uses[entry.name] = entry.value }
    }
    for entry in uses.entries {
      let known = fields["uses"]?.record?[entry.name]
      if before?["uses"]?.record?[entry.name] == entry.value, let known { uses[entry.name] = known }
    }
    fields["uses"] = uses.isEmpty ? nil : .record(uses)
  }

  private mutating func updateDefault() {
    // Nothing is what a model says that has no default; one that people gave is taken away by a model that had one.
    if said["default"] == nil, before == nil, memory == nil { return }
    fields["default"] = said["default"]
  }

  // MARK: - Rules

  private static let annotations = ["enacts", "over", "because"]

  private static func cell(_ node: Node?) -> String? {
    guard let text = node?.text.map(Prose.collapsed), !text.isEmpty, text != "-" else { return nil }
    return text
  }

  private func rules(_ list: [Node], outputs: Set<String>, isEarlier: Bool) -> [DMNRuleMatch.Rule] {
    list.map { node in
      var rule = DMNRuleMatch.Rule(id: node.record?["id"]?.text, tests: [:], answers: [:])
      for entry in node.record?.entries ?? [] where entry.name != "id" && !Self.annotations.contains(entry.name) {
        let name = isEarlier ? renamed[entry.name] ?? entry.name : entry.name
        guard let cell = Self.cell(entry.value) else { continue }
        if outputs.contains(name) { rule.answers[name] = cell } else { rule.tests[name] = cell }
      }
      return rule
    }
  }

  private mutating func updateRules() {
    let own = fields["rules"]?.list ?? []
    let base = before?["rules"]?.list.flatMap { $0.count == own.count ? $0 : nil } ?? own
    let outputs = Set(Self.columns(said, "outputs").map(\.name))
    let now = said["rules"]?.list ?? []
    let earlier = rules(base, outputs: outputs, isEarlier: true)
    let later = rules(now, outputs: outputs, isEarlier: false)
    let match = DMNRuleMatch(earlier, later)
    var ids = Set(own.compactMap { $0.record?["id"]?.text })
    var result: [Node] = []
    for (index, node) in now.enumerated() {
      guard var rule = node.record else { continue }
      if let place = match.earlier[index], let known = own[place].record {
        rule = merged(known, base[place].record ?? known, rule)
        if match.changed.contains(index), Self.annotations.contains(where: { known[$0] != nil }) {
          notes.append(
            "the rule `\(name(known, place))` is another in the model now: see that what is said of it still holds")
        }
      } else {
        rule["id"] = .text(Self.freeID(rule["id"]?.text, &ids))
      }
      result.append(.record(rule))
    }
    for place in match.gone {
      guard let rule = own[place].record else { continue }
      let lost = Self.annotations.filter { rule[$0] != nil }.map { "`\($0)`" }
      let what = lost.isEmpty ? "" : ", with its \(lost.joined(separator: ", "))"
      notes.append("the rule `\(name(rule, place))` is not in the model, and is gone\(what)")
    }
    fields["rules"] = .list(result)
  }

  private func name(_ rule: Record, _ place: Int) -> String {
    rule["id"]?.text.map { visibleText($0) } ?? "#\(place + 1)"
  }

  /// A rule as people have it, with the cells that the model says otherwise than before.
  private func merged(_ own: Record, _ base: Record, _ model: Record) -> Record {
    var result = Record()
    let names = Dictionary(renamed.map { ($0.value, $0.key) }) { first, _ in first }
    result["id"] = own["id"] ?? model["id"]
    for entry in model.entries where entry.name != "id" && !Self.annotations.contains(entry.name) {
      let name = names[entry.name] ?? entry.name
      let isSame = Self.cell(base[name]) == Self.cell(entry.value)
      result[entry.name] = isSame ? own[name] ?? entry.value : entry.value
    }
    for name in Self.annotations {
      if let text = model[name], before == nil || base[name] != text {
        result[name] = text
      } else if before != nil, base[name] != nil, model[name] == nil {
        continue
      } else {
        result[name] = own[name]
      }
    }
    return result
  }

  private static func freeID(_ wanted: String?, _ taken: inout Set<String>) -> String {
    var id = wanted ?? "r1"
    var number = 1
    while !taken.insert(id).inserted {
      id = "r\(number)"
      number += 1
    }
    return id
  }

  // MARK: - What names columns elsewhere

  /// Examples, assertions and the default name columns; they go along with one that has another name.
  private mutating func renameInCases() {
    if renamed.isEmpty { return }
    for field in ["examples", "assert"] {
      guard let items = fields[field]?.list else { continue }
      fields[field] = .list(items.map { $0.record.map { .record(Record($0.entries.map { renaming($0) })) } ?? $0 })
    }
    if let record = fields["default"]?.record { fields["default"] = .record(Record(record.entries.map(renamingKey))) }
  }

  private func renaming(_ entry: Record.Entry) -> Record.Entry {
    guard let record = entry.value.record else { return entry }
    return Record.Entry(entry.name, .record(Record(record.entries.map(renamingKey))))
  }

  private func renamingKey(_ entry: Record.Entry) -> Record.Entry {
    Record.Entry(renamed[entry.name] ?? entry.name, entry.value)
  }
}

extension DMNUpdate {
  /// Whether a decision of a model may be the one of a file that has its mark.
  ///
  /// Tools give the same ids in every file, and one namespace to all. The same title and a column, or half of the columns,
  /// or the same cells in a rule tell that it is; a decision that shares nothing is another, and rewrites nothing.
  package static func isKin(_ document: Document, _ decision: DMNImportPlan.Decision) -> Bool {
    let memory = document.fields[DMNMemory.field]?.text
    if let memory, memory == DMNMemory.text(of: decision.fields) { return true }
    let inputs = (columns(document.fields, "inputs").map(\.name), columns(decision.fields, "inputs").map(\.name))
    let outputs = (columns(document.fields, "outputs").map(\.name), columns(decision.fields, "outputs").map(\.name))
    let shared = (Set(inputs.0).intersection(inputs.1).count, Set(outputs.0).intersection(outputs.1).count)
    let all = max(inputs.0.count + outputs.0.count, inputs.1.count + outputs.1.count)
    let isTitled =
      document.fields["title"] == decision.fields["title"]
      || DMNMemory.isUnchanged("title", decision.fields, since: memory) == true
    func cells(_ fields: Record) -> Set<[String]> {
      Set(
        (fields["rules"]?.list ?? []).map { node in
          (node.record?.entries ?? []).filter { $0.name != "id" && !annotations.contains($0.name) }
            .compactMap { cell($0.value) }.sorted(by: utf8Precedes)
        })
    }
    if !isTitled { return (shared.0 + shared.1) * 2 > all }
    if shared.0 > 0 || inputs.0.isEmpty && inputs.1.isEmpty { return true }
    return !cells(document.fields).isDisjoint(with: cells(decision.fields))
  }
}
