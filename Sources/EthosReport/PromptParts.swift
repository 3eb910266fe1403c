import EthosModel
import EthosText

/// The entries of an identity in a prompt, one by one.
struct PromptParts {
  let snapshot: Snapshot

  private func heading(_ document: Document) -> [String] {
    ["", "### \(PromptText.reference(document.key.description))", ""] + PromptText.words(document.title) + [""]
  }

  private func references(_ ids: [String]) -> String {
    ids.map { PromptText.reference("value/\($0)") }.joined(separator: ", ")
  }

  private func because(_ node: Node?) -> [String] {
    guard let text = node?.text, !text.isEmpty else { return [] }
    return ["", "Why:", ""] + PromptText.quotation(text)
  }

  // MARK: - Values

  func value(_ value: Document) -> [String] {
    var lines = heading(value)
    let fields = value.meaning
    if let text = fields["statement"]?.text { lines += ["It says:", ""] + PromptText.quotation(text) }
    lines += because(fields["because"])
    let serves = fields["serves"]?.texts ?? []
    if !serves.isEmpty { lines += ["", "It serves \(references(serves))."] }
    let friction = (fields["friction"]?.list ?? []).compactMap(\.record)
    if !friction.isEmpty {
      lines += ["", "What is accepted to be lost for its sake:", ""]
      for item in friction {
        lines.append(item["limit"]?.text.map { "- \(limitText($0)):" } ?? "- without a limit:")
        lines += PromptText.words(item["accept"]?.text ?? "", indent: 2)
      }
    }
    let examples = (fields["examples"]?.list ?? []).compactMap(\.record)
    if !examples.isEmpty { lines += ["", "Examples:"] }
    for (place, example) in examples.enumerated() {
      let number = "\(place + 1). "
      lines += ["", "\(number)Situation:", ""]
      lines += PromptText.quotation(example["situation"]?.text ?? "", indent: number.count)
      lines += ["", "\(String(repeating: " ", count: number.count))What is expected:", ""]
      lines += PromptText.quotation(example["expect"]?.text ?? "", indent: number.count)
    }
    return lines
  }

  // MARK: - Limits

  /// How much a limit says: `at most 60`.
  ///
  /// Its unit is a text of people, and stands in a quotation.
  private func quantity(_ limit: Document) -> String {
    let parts = [("atMost", "at most"), ("atLeast", "at least")].compactMap { field, words -> String? in
      guard let bound = limit.meaning[field], bound.number != nil || bound.day != nil else { return nil }
      return "\(words) \(bound.summaryText)"
    }
    return parts.joined(separator: ", ")
  }

  private func limitText(_ reference: String) -> String {
    guard let key = try? Reference(parsing: reference).key, let limit = snapshot[key], !limit.isRetired else {
      return PromptText.reference(reference)
    }
    let quantity = quantity(limit)
    return "\(quantity.isEmpty ? "" : "\(quantity) ")\(PromptText.reference(key.description))"
  }

  func limit(_ limit: Document) -> [String] {
    let quantity = quantity(limit)
    var lines = ["- \(PromptText.reference(limit.key.description))\(quantity.isEmpty ? "" : ": \(quantity)")"]
    let serves = limit.meaning["serves"]?.texts ?? []
    if !serves.isEmpty { lines[0] += ", for \(references(serves))" }
    lines += PromptText.words(limit.title, indent: 2)
    let unit = limit.meaning["unit"]?.text ?? ""
    if !unit.isEmpty { lines += ["", "  It is counted in:", ""] + PromptText.words(unit, indent: 2) }
    if let text = limit.meaning["because"]?.text {
      lines += ["", "  Why:", ""] + PromptText.quotation(text, indent: 2)
    }
    return lines + [""]
  }

  // MARK: - Decisions

  func decision(_ decision: Document) -> [String] {
    let fields = decision.meaning
    var lines = heading(decision)
    if let question = fields["question"]?.text { lines += ["Question:", ""] + PromptText.quotation(question) }
    lines += ["", PromptParts.binding(fields["enforcement"]?.text)]
    lines += because(fields["because"])
    let uses = decision.uses
    if !uses.isEmpty {
      lines += ["", "Names in the table:", ""]
      for use in uses {
        let text = fields["uses"]?.record?[use.name]?.text ?? ""
        let meant = use.key?.kind == .limit ? limitText(text) : "the answer of [\(PromptText.line(text))]"
        lines.append("> - \(PromptText.code(use.name)): \(meant)")
      }
    }
    // Cells and columns as they were written: people put spaces and an order where they help.
    let written = decision.fields
    let inputs = (written["inputs"]?.list ?? []).compactMap(\.record)
    if !inputs.isEmpty { lines += ["", "Facts that it needs:", ""] + inputs.map(input) }
    let outputs = (written["outputs"]?.list ?? []).compactMap(\.record)
    lines += ["", "What it answers:", ""] + outputs.map(input)
    lines += ["", PromptParts.policy(fields["hitPolicy"]?.text ?? "unique"), ""]
    lines += table(written["rules"]?.list ?? [], inputs.compactMap(name), outputs.compactMap(name))
    if let fallback = written["default"]?.record {
      lines += ["", "Where no rule applies:", "", "> \(answers(fallback))"]
    }
    for assertion in (written["assert"]?.list ?? []).compactMap(\.record) { lines += [""] + self.assertion(assertion) }
    return lines
  }

  private func name(_ field: Record) -> String? { field["name"]?.text.map(Prose.collapsed) }

  private func input(_ field: Record) -> String {
    var text = "> - \(PromptText.code(name(field) ?? "")): \(PromptText.line(field["type"]?.text ?? ""))"
    if let allowed = field["allowed"]?.text.map(Prose.collapsed) { text += ", allowed \(PromptText.code(allowed))" }
    if let step = field["step"]?.number { text += ", in steps of \(step)" }
    if field["nullable"]?.boolean == true { text += ", may be missing" }
    return text
  }

  /// The cells of one rule a line, all of it a quotation; what says nothing is `any`.
  private func table(_ rules: [Node], _ inputs: [String], _ outputs: [String]) -> [String] {
    let columns = ["rule"] + inputs + outputs.map { "→ \($0)" } + ["serves", "at the cost of", "why"]
    var lines = [PromptParts.row(columns.map(PromptText.line)), PromptParts.row(columns.map { _ in "---" })]
    for (place, rule) in rules.compactMap(\.record).enumerated() {
      func cell(_ column: String, _ empty: String) -> String {
        let text = Prose.collapsed(rule[column]?.text ?? "")
        return text.isEmpty || text == "-" ? empty : PromptText.code(text, inTable: true)
      }
      var cells = ["[\(PromptText.line(rule["id"]?.text.map(Prose.collapsed) ?? "row \(place + 1)"))]"]
      cells += inputs.map { cell($0, "any") } + outputs.map { cell($0, "") }
      cells += ["enacts", "over"].map { references(rule[$0]?.texts ?? []) }
      cells.append(PromptText.line(Prose.collapsed(rule["because"]?.text ?? "")))
      lines.append(PromptParts.row(cells))
    }
    return lines
  }

  private static func row(_ cells: [String]) -> String { "> | \(cells.joined(separator: " | ")) |" }

  private func answers(_ record: Record) -> String {
    record.entries.map { "\(PromptText.code($0.name)) is \(PromptText.code($0.value.summaryText))" }
      .joined(separator: ", ")
  }

  private func cases(_ record: Record?) -> String {
    let parts = (record?.entries ?? []).map {
      "\(PromptText.code($0.name)) is \(PromptText.code($0.value.summaryText))"
    }
    return parts.isEmpty ? "always" : "where \(parts.joined(separator: " and "))"
  }

  private func assertion(_ record: Record) -> [String] {
    var lines: [String] = []
    if let never = record["never"]?.record {
      lines = ["Never:", "", "> \(answers(never)), \(cases(record["when"]?.record))"]
    } else if let always = record["always"]?.record {
      lines = ["Always:", "", "> \(answers(always)), \(cases(record["when"]?.record))"]
    }
    return lines + because(record["because"])
  }

  private static func binding(_ enforcement: String?) -> String {
    switch enforcement {
    case "strict": "It binds strictly: its answer is followed."
    case "override-with-reason": "Its answer is followed, unless a person overrides it and gives the reason."
    case "guideline": "It is a guideline: its answer is advice."
    default: "How strictly it binds is not said."
    }
  }

  private static func policy(_ policy: String) -> String {
    switch policy {
    case "first": "The rules are asked in order; the first that holds answers."
    case "unique": "At most one rule holds in a case; that one answers. Where more hold, there is no answer."
    case "any": "Every rule that holds must answer the same. Where they differ, there is no answer."
    case "priority":
      "Of the rules that hold, the answer that stands first among the possible answers counts; of equal ones, the first rule's."
    case "rule order", "collect": "All rules that hold answer, in the order of the rules."
    case "output order":
      "All rules that hold answer, in the order of the possible answers; equal ones in the order of the rules."
    case "collect sum": "The answers of all rules that hold are added."
    case "collect min": "The least answer of the rules that hold counts."
    case "collect max": "The greatest answer of the rules that hold counts."
    case "collect count": "The answer is how many rules hold."
    default: "How its rules combine is not known: it gives no answer."
    }
  }

  // MARK: - Exceptions

  func exception(_ exception: Document) -> [String] {
    let fields = exception.meaning
    var lines = heading(exception)
    let until = fields["until"]?.day.map { ", up to and including \($0)" } ?? ""
    // A parse: what is no reference is an error of `check`, with which no prompt is written.
    let of = try? Reference(parsing: fields["of"]?.text ?? "")
    lines.append("From \(PromptText.reference(of?.key.description ?? "?"))\(until).")
    if let of, !of.path.isEmpty { lines += ["", "It is of this part:", ""] + PromptText.words(of.path.description) }
    if let when = fields["when"]?.record { lines += ["", "It holds:", "", "> \(cases(when))"] }
    if let outcome = fields["outcome"]?.record { lines += ["", "Then:", "", "> \(answers(outcome))"] }
    return lines + because(fields["because"])
  }
}
