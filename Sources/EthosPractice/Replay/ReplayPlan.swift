package import EthosDecision
import EthosFEEL
import EthosModel

/// Everything that is fixed before the first case is read: columns, facts, and both revisions of the decision.
package struct ReplayPlan: Sendable {
  package let file: String
  let format: CaseFormat
  /// The columns of the file.
  let columns: [String]
  /// The columns that are read from JSON records, in the order of their fields; all of those of a table.
  let fields: [String]
  let coders: [FactCoder]
  let sides: [RuleSide]
  /// The columns by which cases are grouped, as fields.
  let segments: [Int]
  package let segmentNames: [String]
  /// Whether the values of malformed and witness cases are kept.
  let showsCases: Bool

  /// The field of a column that is read beside the facts.
  func field(of column: String) -> Int? { fields.firstIndex(of: column) }

  /// The column that holds a fact, or else the one of a name.
  func column(of name: String) -> Int? {
    if let coder = coders.first(where: { $0.input == name }) { return coder.column }
    return field(of: name)
  }

  /// Puts columns and facts together; throws where a column is not there, or an input has none.
  package init(
    _ blocks: CaseBlocks, file: String, sides: [DecisionSide], mapping: CaseMapping, by: [String] = [],
    reading more: [String] = [], showsCases: Bool = false
  ) throws(CaseProblem) {
    self.file = file
    format = blocks.format
    columns = blocks.columns
    self.showsCases = showsCases
    segmentNames = by
    var read: [(side: DecisionSide, decision: Decision, inputs: [DecisionTable.Input], compiled: CompiledDecision?)] =
      []
    for side in sides {
      var graph = side.graph
      guard let decision = graph.decision(side.key) else { throw CaseProblem("`\(side.key)` cannot be read") }
      var compiled: CompiledDecision?
      do { compiled = try CompiledDecision(side) } catch { compiled = nil }
      let asked = graph.facts(of: side.key)
      let inputs = compiled.map { compiled in compiled.factNames.compactMap { name in asked.first { $0.name == name } }
      }
      if inputs?.count != compiled?.factNames.count { compiled = nil }
      read.append((side, decision, compiled == nil ? asked : inputs ?? asked, compiled))
    }
    // An input that one revision may miss and the other not is needed.
    var inputs: [DecisionTable.Input] = []
    for input in read.flatMap(\.inputs) {
      if let known = inputs.firstIndex(where: { $0.name == input.name }) {
        inputs[known].isNullable = inputs[known].isNullable && input.isNullable
      } else {
        inputs.append(input)
      }
    }
    let places = try mapping.places(of: inputs, in: blocks.columns, file: file)
    var used = places.compactMap(\.self)
    var segments: [Int] = []
    for name in by {
      let place = try CaseMapping.place(of: name, in: blocks.columns, file: file)
      segments.append(place)
      used.append(place)
    }
    for name in more { used.append(try CaseMapping.place(of: name, in: blocks.columns, file: file)) }
    // Of a JSON record only what is asked for becomes a field.
    var fieldOfColumn: [Int: Int] = [:]
    if case .csv = blocks.format {
      fields = blocks.columns
      for column in blocks.columns.indices { fieldOfColumn[column] = column }
    } else {
      var fields: [String] = []
      for column in used where fieldOfColumn[column] == nil {
        fieldOfColumn[column] = fields.count
        fields.append(blocks.columns[column])
      }
      self.fields = fields
    }
    self.segments = segments.compactMap { fieldOfColumn[$0] }
    var made = CoderSet()
    for (input, place) in zip(inputs, places) {
      made.columns[input.name] = place.flatMap { fieldOfColumn[$0] }
    }
    // First what each side asks, so that coders know the constants of both; then the sides over them.
    let numbers = read.map { one in
      one.inputs.indices.map { made.number(of: one.inputs[$0], one.compiled?.cuts(ofFact: $0)) }
    }
    let coders = made.coders(mapping)
    self.coders = coders
    self.sides = zip(read, numbers).map { one, numbers in
      if let compiled = one.compiled {
        return RuleSide(one.side, one.decision, inputs: one.inputs, coders: numbers, all: coders, compiled: compiled)
      }
      return RuleSide(one.side, one.decision, inputs: one.inputs, coders: numbers, all: coders)
    }
  }
}

/// The coders of all sides: one for each input, type and step.
private struct CoderSet {
  struct Key: Hashable {
    var input: String
    var type: FEELType
    var step: FEELNumber?
  }

  var columns: [String: Int] = [:]
  private var keys: [Key] = []
  private var numbers: [Set<FEELNumber>] = []
  private var texts: [Set<FEELText>] = []

  mutating func number(of input: DecisionTable.Input, _ cuts: CompiledDecision.FactCuts?) -> Int {
    let key = Key(input: input.name, type: input.type, step: input.step)
    let place = keys.firstIndex(of: key) ?? keys.count
    if place == keys.count {
      keys.append(key)
      numbers.append([])
      texts.append([])
    }
    numbers[place].formUnion(cuts?.numbers ?? [])
    texts[place].formUnion((cuts?.texts ?? []).map(FEELText.init))
    return place
  }

  func coders(_ mapping: CaseMapping) -> [FactCoder] {
    keys.indices.map { place in
      let key = keys[place]
      return FactCoder(
        input: key.input, column: columns[key.input], type: key.type, step: key.step,
        numbers: numbers[place].sorted(), texts: texts[place].map(\.string).sorted(by: FEELText.precedes),
        translations: mapping.translations[key.input] ?? [:], usesDecimalComma: mapping.usesDecimalComma)
    }
  }
}
