/// How the rules that apply together combine into one answer (DMN 1.5, 8.2.8), and what their order says then.
///
/// This is the one place that knows it: evaluation, comparison, merge, differences, fingerprints, SQL and the advice of
/// findings ask here.
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

  /// What the rules that apply give together.
  package enum Answer: Sendable, Hashable {
    /// The answer of one rule.
    case one
    /// The answers of all of them.
    case list
    /// A value that is made of all answers.
    case aggregate
  }

  package var answer: Answer {
    switch self {
    case .unique, .any, .priority, .first: .one
    case .ruleOrder, .outputOrder, .collect: .list
    case .collectSum, .collectMin, .collectMax, .collectCount: .aggregate
    }
  }

  /// What the order of the rules says.
  package enum Order: Sendable, Hashable {
    /// Nothing: the same rules in another order decide every case alike.
    case nothing
    /// Of the rules that apply the first comes first.
    case ofRules
    /// Answers come by the order of the outputs' allowed values; of answers with the same place there, the rule that
    /// comes first.
    case ofEqualAnswers
  }

  /// `collect` gives a list, and a list of FEEL has an order.
  ///
  /// The standard leaves that order open; here, as in the engines that there are, it is the order of the rules.
  package var order: Order {
    switch self {
    case .unique, .any, .collectSum, .collectMin, .collectMax, .collectCount: .nothing
    case .first, .ruleOrder, .collect: .ofRules
    case .priority, .outputOrder: .ofEqualAnswers
    }
  }

  /// Whether the answer is the answer of one rule; else it is a list or an aggregate.
  package var isSingle: Bool { answer == .one }

  /// Whether answers are added up, or counted.
  package var isAdditive: Bool { self == .collectSum || self == .collectCount }

  /// Whether the order of the rules can make a difference.
  package var heedsOrder: Bool { order != .nothing }
}
