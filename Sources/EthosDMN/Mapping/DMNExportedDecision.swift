import EthosDecision
import EthosModel
import EthosText

/// A decision's file, as far as an export asks for it.
struct DMNExportedDecision {
  struct Input {
    var name: String
    var type: String
    var allowed: String?
    var hasStep: Bool
    var isNullable: Bool
  }

  struct Output {
    var name: String
    var type: String
    var allowed: String?
    var fallback: String?
  }

  struct Use {
    var name: String
    var reference: Reference?
  }

  struct Rule {
    var id: String?
    var cells: [String: String]
    var enacts: [String]
    var over: [String]
    var because: String?
  }

  let document: Document
  let inputs: [Input]
  let outputs: [Output]
  let uses: [Use]
  let policy: HitPolicy
  let rules: [Rule]

  init(_ document: Document) {
    self.document = document
    let fields = document.fields
    func text(_ node: Node?) -> String? { node?.text.map(Prose.collapsed) }
    inputs = (fields["inputs"]?.list ?? []).compactMap { node in
      guard let record = node.record, let name = text(record["name"]) else { return nil }
      return Input(
        name: name, type: text(record["type"]) ?? "Any", allowed: record["allowed"]?.text,
        hasStep: record["step"] != nil, isNullable: record["nullable"]?.boolean ?? false)
    }
    outputs = (fields["outputs"]?.list ?? []).compactMap { node in
      guard let record = node.record, let name = text(record["name"]) else { return nil }
      return Output(
        name: name, type: text(record["type"]) ?? "Any", allowed: record["allowed"]?.text,
        fallback: fields["default"]?.record?[name]?.text)
    }
    uses = (fields["uses"]?.record?.entries ?? []).map { entry in
      Use(name: Prose.collapsed(entry.name), reference: entry.value.text.flatMap { try? Reference(parsing: $0) })
    }
    policy = text(fields["hitPolicy"]).flatMap { HitPolicy(name: $0) } ?? .unique
    rules = (fields["rules"]?.list ?? []).compactMap { node in
      guard let record = node.record else { return nil }
      var cells: [String: String] = [:]
      for entry in record.entries { cells[Prose.collapsed(entry.name)] = entry.value.text }
      return Rule(
        id: text(record["id"]), cells: cells, enacts: record["enacts"]?.texts ?? [], over: record["over"]?.texts ?? [],
        because: text(record["because"]))
    }
  }

  var key: EntryKey { document.key }
  var title: String { document.title }
  var question: String? { document.meaning["question"]?.text }
  var because: String? { document.fields["because"]?.text.map(Prose.collapsed) }

  /// What it may be called in a model, the best first.
  var candidates: [String] {
    let words = key.id.replacingScalar("-", with: " ").replacingScalar("_", with: " ")
    return [title, words, "\(words) decision"]
  }
}
