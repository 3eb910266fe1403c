import EthosDecision
import EthosFEEL

/// The coders of all sides: one for each input, with where it stands in the file and how it is read.
struct CoderSet {
  struct Key: Hashable {
    var input: String
    /// The field that gives it; nil where the cases lack it.
    var column: Int?
    var type: FEELType
    var step: FEELNumber?
    var translations: [String: String]
  }

  private var keys: [Key] = []
  private var numbers: [Set<FEELNumber>] = []
  private var texts: [Set<FEELText>] = []

  private mutating func number(of key: Key, _ cuts: CompiledDecision.FactCuts?) -> Int {
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

  private func coders(usesDecimalComma: Bool) -> [FactCoder] {
    keys.indices.map { place in
      let key = keys[place]
      return FactCoder(
        input: key.input, column: key.column, type: key.type, step: key.step, numbers: numbers[place].sorted(),
        texts: texts[place].map(\.string).sorted(by: FEELText.precedes), translations: key.translations,
        usesDecimalComma: usesDecimalComma)
    }
  }

  /// First what each side asks, so that coders know the constants of all; then the sides over them.
  ///
  /// Each side has its own mapping; `column` says where an input of a side stands.
  mutating func ready(
    _ read: [SideReading], _ mappings: [CaseMapping], column: (_ side: Int, _ input: String) -> Int?
  ) -> (coders: [FactCoder], sides: [RuleSide]) {
    var numbers: [[Int]] = []
    for (side, one) in read.enumerated() {
      numbers.append(
        one.inputs.indices.map { place in
          let input = one.inputs[place]
          let key = Key(
            input: input.name, column: column(side, input.name), type: input.type, step: input.step,
            translations: mappings[side].translations[input.name] ?? [:])
          return number(of: key, one.compiled?.cuts(ofFact: place))
        })
    }
    let coders = coders(usesDecimalComma: mappings.first?.usesDecimalComma ?? false)
    let sides = zip(read, numbers).map { one, numbers in
      if let compiled = one.compiled {
        return RuleSide(one.side, one.decision, inputs: one.inputs, coders: numbers, all: coders, compiled: compiled)
      }
      return RuleSide(one.side, one.decision, inputs: one.inputs, coders: numbers, all: coders)
    }
    return (coders, sides)
  }
}

/// One revision of the decision as it is read, before columns and facts are known.
struct SideReading {
  var side: DecisionSide
  var decision: Decision
  /// The facts that it asks for; in the order of the grid, where there is one.
  var inputs: [DecisionTable.Input]
  var compiled: CompiledDecision?
  /// Why there is no grid.
  var obstacle: String?

  static func all(_ sides: [DecisionSide]) throws(CaseProblem) -> [SideReading] {
    var read: [SideReading] = []
    for side in sides { read.append(try SideReading(side)) }
    return read
  }

  init(_ side: DecisionSide) throws(CaseProblem) {
    var graph = side.graph
    guard let decision = graph.decision(side.key) else { throw CaseProblem("`\(side.key)` cannot be read") }
    self.side = side
    self.decision = decision
    do { compiled = try CompiledDecision(side) } catch {
      if case .notReducible(let reason) = error { obstacle = reason }
    }
    let asked = graph.facts(of: side.key)
    let inputs = compiled.map { compiled in compiled.factNames.compactMap { name in asked.first { $0.name == name } } }
    if inputs?.count != compiled?.factNames.count { compiled = nil }
    self.inputs = compiled == nil ? asked : inputs ?? asked
  }

  /// The inputs of all sides.
  ///
  /// One that one revision may miss and the other not is needed.
  static func inputs(of read: [SideReading]) -> [DecisionTable.Input] {
    var inputs: [DecisionTable.Input] = []
    for input in read.flatMap(\.inputs) {
      if let known = inputs.firstIndex(where: { $0.name == input.name }) {
        inputs[known].isNullable = inputs[known].isNullable && input.isNullable
      } else {
        inputs.append(input)
      }
    }
    return inputs
  }
}
