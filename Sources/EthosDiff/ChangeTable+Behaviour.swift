import EthosModel

/// What a decision decides, compared case by case; its text is `structure`.
extension ChangeKind {
  package static let behaviourTightened = ChangeKind(
    "behaviour-tightened", .tightened, .behaviour, inverse: "behaviour-loosened", .major,
    "Some cases are decided more strictly, and none more permissively, by the order of the answers.")
  package static let behaviourLoosened = ChangeKind(
    "behaviour-loosened", .loosened, .behaviour, inverse: "behaviour-tightened", .critical,
    "Some cases are decided more permissively, and none more strictly.")
  package static let behaviourChanged = ChangeKind(
    "behaviour-changed", .changed, .behaviour, inverse: "behaviour-changed", .critical,
    "Some cases are decided otherwise, some of them more permissively or in no order that is declared.")
  /// What is not proved counts as the worst: else a table could be made too hard to compare.
  package static let behaviourUnsettled = ChangeKind(
    "behaviour-unsettled", .changed, .behaviour, inverse: "behaviour-unsettled", .critical,
    "Whether some cases are decided otherwise was not settled.")

  static let behaviourRows: [ChangeKind] = [
    behaviourTightened, behaviourLoosened, behaviourChanged, behaviourUnsettled,
  ]

  /// The row of a difference of behaviour; nil where there is none.
  static func of(_ difference: BehaviourDifference) -> ChangeKind? {
    switch (difference.verdict, difference.direction) {
    // Whether a fact under another name is the same fact, nobody but a person can say.
    case (.equivalent, _): difference.isAssumed ? behaviourUnsettled : nil
    case (.undecided, _): behaviourUnsettled
    // Only all regions together can say that nothing became more permissive.
    case (.different, .tightened): difference.isComplete ? behaviourTightened : behaviourChanged
    case (.different, .loosened): difference.isComplete ? behaviourLoosened : behaviourChanged
    case (.different, .changed): behaviourChanged
    }
  }

  /// Edits of a table that mean nothing where every case is decided as before.
  static let behaviourOnly: Set<ChangeKind> = [
    ruleAdded, ruleRemoved, ruleChanged, rulesReordered, defaultChanged, hitPolicyChanged,
  ]
}

extension Change {
  /// Whether this is an edit of a table that was proved to decide every case as before.
  package var isBehaviourKept: Bool {
    behaviour?.verdict == .equivalent && behaviour?.isAssumed == false && ChangeKind.behaviourOnly.contains(kind)
  }
}
