/// How the rules that apply together combine into one answer (DMN 1.5, 8.2.8).
package enum HitPolicy: Sendable, Hashable, CaseIterable {
  case unique, any, priority, first
  case ruleOrder, outputOrder
  case collect, collectSum, collectMin, collectMax, collectCount

  /// The name in words, as the standard and an identity's files write it: `rule order`, `collect sum`.
  package var name: String {
    switch self {
    case .unique: "unique"
    case .any: "any"
    case .priority: "priority"
    case .first: "first"
    case .ruleOrder: "rule order"
    case .outputOrder: "output order"
    case .collect: "collect"
    case .collectSum: "collect sum"
    case .collectMin: "collect min"
    case .collectMax: "collect max"
    case .collectCount: "collect count"
    }
  }

  /// The policy of a name, or nil where there is none of it.
  package init?(name: String) {
    guard let policy = HitPolicy.allCases.first(where: { $0.name == name }) else { return nil }
    self = policy
  }

  /// Whether the answer is the answer of one rule; else it is a list or an aggregate.
  package var isSingle: Bool {
    switch self {
    case .unique, .any, .priority, .first: true
    case .ruleOrder, .outputOrder, .collect, .collectSum, .collectMin, .collectMax, .collectCount: false
    }
  }

  /// Whether answers are added up, or counted.
  package var isAdditive: Bool { self == .collectSum || self == .collectCount }

  /// Whether the order of the rules means something.
  package var heedsOrder: Bool { self == .first || self == .ruleOrder }
}
