import EthosModel

/// The names that the columns of a decision table may have.
struct TableColumns {
  private(set) var inputs: [String] = []
  private(set) var outputs: [String] = []
  /// The names of `uses` that stand for the output of another decision: a rule may ask for it in a column.
  private(set) var used: [String] = []
  /// Whether all names could be read; where not, an unknown column proves nothing.
  private(set) var isComplete = true

  init() {}

  /// Takes the names from a decision's fields as they were written, right or wrong.
  init(_ entries: [(key: Int, value: Int)], _ tree: YAMLTree) {
    for (field, path) in [("inputs", \TableColumns.inputs), ("outputs", \TableColumns.outputs)] {
      guard let entry = entries.first(where: { tree.elements[$0.key].text == field }) else {
        isComplete = false
        continue
      }
      let names = TableColumns.names(entry.value, tree)
      isComplete = isComplete && !names.contains(nil)
      self[keyPath: path] = names.compactMap { $0 }
    }
    guard let uses = entries.first(where: { tree.elements[$0.key].text == "uses" }) else { return }
    let map = tree.resolved(uses.value)
    guard tree.elements[map].shape == .mapping else { return }
    for entry in tree.entries(of: map) where TableColumns.isDecision(tree.elements[tree.resolved(entry.value)].text) {
      used.append(Prose.collapsed(tree.elements[entry.key].text))
    }
  }

  private static func isDecision(_ text: String) -> Bool { (try? Reference(parsing: text))?.key.kind == .decision }

  /// Takes the names from a decision's typed fields.
  init(_ fields: Record) {
    func names(_ field: String) -> [String] {
      (fields[field]?.list ?? []).compactMap { $0.record?["name"]?.text.map(Prose.collapsed) }
    }
    inputs = names("inputs")
    outputs = names("outputs")
    used = (fields["uses"]?.record?.entries ?? []).filter { TableColumns.isDecision($0.value.text ?? "") }
      .map { Prose.collapsed($0.name) }
  }

  private static func names(_ list: Int, _ tree: YAMLTree) -> [String?] {
    let list = tree.resolved(list)
    guard tree.elements[list].shape == .list else { return [nil] }
    return tree.children(of: list).map { item in
      let item = tree.resolved(item)
      guard tree.elements[item].shape == .mapping else { return nil }
      let name = tree.entries(of: item).first { tree.elements[$0.key].text == "name" }
      return name.map { tree.elements[tree.resolved($0.value)] }
        .flatMap { $0.shape == .scalar ? Prose.collapsed($0.text) : nil }
    }
  }

  /// The columns as fields of a rule.
  var fields: [FieldSchema] {
    (inputs + used + outputs).map { FieldSchema($0, .expression, "A cell of the table.") } + RuleColumn.annotations
  }

  /// Whether a name may head a column of cells.
  func asksOrAnswers(_ name: String) -> Bool {
    inputs.contains(name) || used.contains(name) || outputs.contains(name)
  }

  var all: [String] { inputs + used + outputs + RuleColumn.annotations.map(\.name) }
}
