import EthosFEEL
import EthosModel

/// Why a comparison cannot be reduced to a grid.
struct NotReducible: Error, Hashable {
  let reason: String
}

/// One decision on the way to the one that is compared: its table under every set of answers that the decisions which
/// it uses can give.
struct Layer {
  let decision: Decision
  /// The layers of the decisions that it uses, by their place.
  let used: [Int]
  /// The table under each set of answers, by the numbers of the answers; nil where one of them is no answer.
  private(set) var tables: [[TableAnswer]: ReducedTable] = [:]
  /// Everything that it can answer.
  private(set) var answers: [TableAnswer] = []

  /// Most sets of answers of used decisions.
  static let maximumSets = 1_000

  init(
    _ decision: Decision, used: [Int], _ layers: [Layer], limits: [(name: String, value: FEELValue)],
    rows: [Int]?, cutsMoments: Bool, fact: (String) -> Int?, _ conditions: inout Conditions
  ) throws(NotReducible) {
    self.decision = decision
    self.used = used
    var found: [TableAnswer] = []
    for set in try Layer.sets(used, layers) {
      guard let constants = Layer.constants(set, decision, used, layers) else {
        found.append(.outcome(.failed))
        continue
      }
      var reduction = TableReduction(decision, constants: limits + constants, cutsMoments: cutsMoments)
      let table = reduction.run(rows, fact, &conditions)
      if let obstacle = reduction.obstacle { throw NotReducible(reason: obstacle) }
      tables[set] = table
      found += table.rows.map(\.answer) + [table.fallback]
      if table.rows.contains(where: \.isFailing) || !table.rows.allSatisfy({ $0.conditions.isEmpty }) {
        found.append(.outcome(.failed))
      }
    }
    switch decision.table.hitPolicy {
    case .unique, .any: found.append(.outcome(.conflict))
    case .priority, .first, .collectMin, .collectMax, .ruleOrder, .outputOrder, .collect, .collectSum, .collectCount:
      break
    }
    found.append(.outcome(.failed))
    var seen: Set<TableAnswer> = []
    answers = found.filter { seen.insert($0).inserted }
  }

  /// Every set of answers of the used decisions, the last changing fastest.
  private static func sets(_ used: [Int], _ layers: [Layer]) throws(NotReducible) -> [[TableAnswer]] {
    var sets: [[TableAnswer]] = [[]]
    for index in used {
      let layer = layers[index]
      guard layer.decision.table.hitPolicy.hasFirstForm else {
        throw NotReducible(reason: "`\(layer.decision.key)`, which it uses, collects the answers of several rules")
      }
      guard layer.answers.allSatisfy(\.isConstant) else {
        throw NotReducible(reason: "`\(layer.decision.key)`, which it uses, answers with an expression over facts")
      }
      guard sets.count * layer.answers.count <= maximumSets else {
        throw NotReducible(reason: "the decisions that it uses have more than \(maximumSets) sets of answers")
      }
      sets = sets.flatMap { set in layer.answers.map { set + [$0] } }
    }
    return sets
  }

  /// What the names of used outputs stand for under a set of answers; nil where an answer is missing.
  private static func constants(
    _ set: [TableAnswer], _ decision: Decision, _ used: [Int], _ layers: [Layer]
  ) -> [(name: String, value: FEELValue)]? {
    var result: [(name: String, value: FEELValue)] = []
    for use in decision.uses {
      guard case .output(let key, let output) = use.source else { continue }
      // A sum is an axis, and no constant.
      if layers.contains(where: { $0.decision.key == key && $0.decision.isScore }) { continue }
      guard let place = used.firstIndex(where: { layers[$0].decision.key == key }),
        case .outcome(.decided(let answer)) = set[place],
        let value = layers[used[place]].decision.answers(answer).first(where: { $0.output == output })?.value
      else { return nil }
      result.append((use.name, value))
    }
    return result
  }
}

extension HitPolicy {
  /// Whether the answer is that of the first rule that holds, once rules are sorted and conflicts put in front.
  var hasFirstForm: Bool {
    switch self {
    case .unique, .any, .priority, .first, .collectMin, .collectMax: true
    case .ruleOrder, .outputOrder, .collect, .collectSum, .collectCount: false
    }
  }

  /// How the rules of a grid combine under this policy, after `RuleOrder` has sorted them.
  var combination: GridCombination {
    switch self {
    case .first, .priority, .collectMin, .collectMax: .first
    case .unique: .unique
    case .any: .any
    case .ruleOrder, .outputOrder, .collect: .sequence
    case .collectSum: .sum
    case .collectCount: .count
    }
  }
}
