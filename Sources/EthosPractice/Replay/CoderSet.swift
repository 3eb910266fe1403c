import EthosDecision
import EthosFEEL

/// The coders of all sides: one for each input, type and step.
struct CoderSet {
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

  /// First what each side asks, so that coders know the constants of both; then the sides over them.
  mutating func ready(_ read: [SideReading], _ mapping: CaseMapping) -> (coders: [FactCoder], sides: [RuleSide]) {
    var numbers: [[Int]] = []
    for one in read {
      numbers.append(one.inputs.indices.map { number(of: one.inputs[$0], one.compiled?.cuts(ofFact: $0)) })
    }
    let coders = coders(mapping)
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
    for side in sides {
      var graph = side.graph
      guard let decision = graph.decision(side.key) else { throw CaseProblem("`\(side.key)` cannot be read") }
      var compiled: CompiledDecision?
      var obstacle: String?
      do { compiled = try CompiledDecision(side) } catch {
        if case .notReducible(let reason) = error { obstacle = reason }
      }
      let asked = graph.facts(of: side.key)
      let inputs = compiled.map { compiled in compiled.factNames.compactMap { name in asked.first { $0.name == name } }
      }
      if inputs?.count != compiled?.factNames.count { compiled = nil }
      read.append(
        SideReading(
          side: side, decision: decision, inputs: compiled == nil ? asked : inputs ?? asked, compiled: compiled,
          obstacle: obstacle))
    }
    return read
  }

  /// The inputs of all sides. One that one revision may miss and the other not is needed.
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
