package import EthosModel
package import EthosText

/// Something that one table says of itself: a case that nobody thought of, a rule that does nothing.
package struct TableFinding: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A case to which no rule applies, where there is no default.
    case gap = "decision-gap"
    /// Two rules that apply together and may not.
    case conflict = "rule-conflict"
    /// A rule that cannot be evaluated in some case that it might decide: nothing is decided then.
    case failingRule = "rule-cannot-be-evaluated"
    /// An input that may have no value: no case can be decided.
    case emptyInput = "input-allows-nothing"
    /// A rule that never answers.
    case deadRule = "rule-never-applies"
    /// Two rules that say the same of neighbouring cases.
    case mergeable = "rules-mergeable"
    /// A condition without which the table decides the same.
    case idleCondition = "condition-not-needed"
    /// A question that was not settled, with the reason.
    case unknown = "analysis-incomplete"
  }

  package var kind: Kind
  package var message: String
  package var help: String?
  /// The cell, the rule, or nothing for the whole table.
  package var span: Span?
  /// A case that shows it.
  package var witness: [BehaviourRegion.Term]
  /// The rules that it is about, by their index in the table.
  package var rules: [Int]

  package init(
    _ kind: Kind, _ message: String, help: String? = nil, span: Span? = nil, witness: [BehaviourRegion.Term] = [],
    rules: [Int] = []
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.span = span
    self.witness = witness
    self.rules = rules
  }
}
