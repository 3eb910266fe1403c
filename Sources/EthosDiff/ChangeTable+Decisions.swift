/// The rows of decisions: what their tables say, rule by rule and cell by cell.
///
/// What a changed table then decides is `behaviour` and no matter of these rows.
extension ChangeKind {
  package static let questionReworded = ChangeKind(
    "question-reworded", .reworded, .statement, inverse: "question-reworded", .undecided,
    "The question of a decision is worded otherwise.")

  package static let enforcementStrengthened = ChangeKind(
    "enforcement-strengthened", .strengthened, .structure, inverse: "enforcement-weakened", .major,
    "A decision binds more: strict before override-with-reason before guideline.")
  package static let enforcementWeakened = ChangeKind(
    "enforcement-weakened", .weakened, .structure, inverse: "enforcement-strengthened", .critical,
    "A decision binds less.")
  package static let enforcementChanged = ChangeKind(
    "enforcement-changed", .changed, .structure, inverse: "enforcement-changed", .major,
    "How binding a decision is was not said, or is said no longer.")

  package static let limitBypassed = ChangeKind(
    "limit-bypassed", .removed, .limit, inverse: "limit-applied", .critical, isFixed: true,
    "A decision uses a limit no longer, or something else in its place.")
  package static let limitApplied = ChangeKind(
    "limit-applied", .added, .limit, inverse: "limit-bypassed", .major, "A decision now uses a limit.")
  package static let useAdded = ChangeKind(
    "use-added", .added, .structure, inverse: "use-removed", .major, "A decision gives a name to what it uses.")
  package static let useRemoved = ChangeKind(
    "use-removed", .removed, .structure, inverse: "use-added", .major,
    "A decision drops a name, and no limit goes out of use with it.")
  package static let useChanged = ChangeKind(
    "use-changed", .changed, .structure, inverse: "use-changed", .major,
    "A name stands for another output, or for another part of the same entry.")

  package static let inputAdded = ChangeKind(
    "input-added", .added, .structure, inverse: "input-removed", .major, "A decision asks for a further fact.")
  package static let inputRemoved = ChangeKind(
    "input-removed", .removed, .structure, inverse: "input-added", .major, "A decision asks for a fact no longer.")
  package static let inputChanged = ChangeKind(
    "input-changed", .changed, .structure, inverse: "input-changed", .major,
    "The type, the allowed values, the step or the necessity of an input is another.")
  package static let outputAdded = ChangeKind(
    "output-added", .added, .structure, inverse: "output-removed", .major, "A decision gives a further answer.")
  package static let outputRemoved = ChangeKind(
    "output-removed", .removed, .structure, inverse: "output-added", .major, "A decision gives an answer no longer.")
  package static let outputChanged = ChangeKind(
    "output-changed", .changed, .structure, inverse: "output-changed", .major,
    "The type of an output, its allowed values or their order is another.")
  /// What is stricter than what is said by these; whoever may say so otherwise may call a loosening tightened.
  package static let outputOrderChanged = ChangeKind(
    "output-order-changed", .changed, .structure, inverse: "output-order-changed", .critical,
    "The allowed answers of an output, their order, or which end of them is the strictest is another.")
  package static let outputsReordered = ChangeKind(
    "outputs-reordered", .moved, .structure, inverse: "outputs-reordered", .major, "The outputs stand in another order."
  )
  package static let hitPolicyChanged = ChangeKind(
    "hit-policy-changed", .changed, .structure, inverse: "hit-policy-changed", .major,
    "Rules that apply together combine otherwise.")

  package static let ruleAdded = ChangeKind(
    "rule-added", .added, .structure, inverse: "rule-removed", .major, "A rule is added.")
  package static let ruleRemoved = ChangeKind(
    "rule-removed", .removed, .structure, inverse: "rule-added", .major, "A rule is gone.")
  package static let ruleChanged = ChangeKind(
    "rule-changed", .changed, .structure, inverse: "rule-changed", .major,
    "A condition or an answer of a rule is another.")
  package static let ruleRenamed = ChangeKind(
    "rule-renamed", .renamed, .structure, inverse: "rule-renamed", .minor, "A rule is the same under another id.")
  package static let ruleValuesChanged = ChangeKind(
    "rule-values-changed", .changed, .priority, inverse: "rule-values-changed", .major,
    "The values that a rule enacts, or is prepared to cost, are others.")
  package static let rulesReordered = ChangeKind(
    "rules-reordered", .moved, .structure, inverse: "rules-reordered", .major,
    "Rules stand in another order under a hit policy that heeds it.")
  package static let defaultChanged = ChangeKind(
    "default-changed", .changed, .structure, inverse: "default-changed", .major,
    "The answer where no rule applies is added, removed or another.")

  package static let assertionAdded = ChangeKind(
    "assertion-added", .added, .structure, inverse: "assertion-removed", .minor, "An assertion is added.")
  package static let assertionRemoved = ChangeKind(
    "assertion-removed", .removed, .structure, inverse: "assertion-added", .critical, "An assertion is gone.")
  package static let assertionChanged = ChangeKind(
    "assertion-changed", .changed, .structure, inverse: "assertion-changed", .critical,
    "An assertion holds of other cases.")
  package static let casesChanged = ChangeKind(
    "cases-changed", .changed, .structure, inverse: "cases-changed", .minor,
    "Other recorded cases are named for reviews.")

  static let decisionRows: [ChangeKind] = [
    questionReworded, enforcementStrengthened, enforcementWeakened, enforcementChanged, limitBypassed, limitApplied,
    useAdded, useRemoved, useChanged, inputAdded, inputRemoved, inputChanged, outputAdded, outputRemoved, outputChanged,
    outputOrderChanged, outputsReordered, hitPolicyChanged, ruleAdded, ruleRemoved, ruleChanged, ruleRenamed,
    ruleValuesChanged,
    rulesReordered, defaultChanged, assertionAdded, assertionRemoved, assertionChanged, casesChanged,
  ]
}
