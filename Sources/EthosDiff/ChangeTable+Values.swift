/// The rows of values and of the limits and exceptions around them.
extension ChangeKind {
  package static let valueReworded = ChangeKind(
    "value-reworded", .reworded, .statement, inverse: "value-reworded", .undecided,
    "The statement of a value is worded otherwise, given or left out.")

  package static let rankRaised = ChangeKind(
    "rank-raised", .raised, .priority, inverse: "rank-lowered", .major, "A value moves to a higher rank.")
  package static let rankLowered = ChangeKind(
    "rank-lowered", .lowered, .priority, inverse: "rank-raised", .major, "A value moves to a lower rank.")
  package static let rankChanged = ChangeKind(
    "rank-changed", .changed, .priority, inverse: "rank-changed", .major,
    "A value moves between ranks that the charter does not order, or from or to none.")
  package static let outranksAdded = ChangeKind(
    "outranks-added", .added, .priority, inverse: "outranks-removed", .major, "A value now outranks another.")
  package static let outranksRemoved = ChangeKind(
    "outranks-removed", .removed, .priority, inverse: "outranks-added", .major, "A value outranks another no longer.")
  package static let priorityReversed = ChangeKind(
    "priority-reversed", .reversed, .priority, inverse: "priority-reversed", .critical,
    "Of two values the one that gave way now outranks the other.")
  package static let servesAdded = ChangeKind(
    "serves-added", .added, .value, inverse: "serves-removed", .minor, "A commitment serves one more value.")
  package static let servesRemoved = ChangeKind(
    "serves-removed", .removed, .value, inverse: "serves-added", .major, "A commitment serves a value no longer.")

  package static let frictionAdded = ChangeKind(
    "friction-added", .added, .friction, inverse: "friction-removed", .major, "A further loss is accepted.")
  package static let frictionRemoved = ChangeKind(
    "friction-removed", .removed, .friction, inverse: "friction-added", .major, "A loss is accepted no longer.")
  package static let frictionChanged = ChangeKind(
    "friction-changed", .changed, .friction, inverse: "friction-changed", .major,
    "How much of a loss is accepted, or how it is measured, is said otherwise.")

  package static let audienceWidened = ChangeKind(
    "audience-widened", .widened, .audience, inverse: "audience-narrowed", .major, "A value addresses more.")
  package static let audienceNarrowed = ChangeKind(
    "audience-narrowed", .narrowed, .audience, inverse: "audience-widened", .major, "A value addresses fewer.")
  package static let audienceChanged = ChangeKind(
    "audience-changed", .changed, .audience, inverse: "audience-changed", .major, "A value addresses others.")

  package static let exampleAdded = ChangeKind(
    "example-added", .added, .example, inverse: "example-removed", .minor, "An example is added.")
  package static let exampleRemoved = ChangeKind(
    "example-removed", .removed, .example, inverse: "example-added", .major, "An example is gone.")
  package static let exampleReworded = ChangeKind(
    "example-reworded", .reworded, .example, inverse: "example-reworded", .undecided,
    "What a value's example expects is worded otherwise.")
  package static let exampleChanged = ChangeKind(
    "example-changed", .changed, .example, inverse: "example-changed", .major,
    "A decision's example expects another answer, or another reason is given for it.")

  static let valueRows: [ChangeKind] = [
    valueReworded, rankRaised, rankLowered, rankChanged, outranksAdded,
    outranksRemoved, priorityReversed, servesAdded, servesRemoved, frictionAdded, frictionRemoved, frictionChanged,
    audienceWidened, audienceNarrowed, audienceChanged, exampleAdded, exampleRemoved, exampleReworded, exampleChanged,
  ]
}

extension ChangeKind {
  package static let limitTightened = ChangeKind(
    "limit-tightened", .tightened, .limit, inverse: "limit-loosened", .major, "A limit accepts less.")
  package static let limitLoosened = ChangeKind(
    "limit-loosened", .loosened, .limit, inverse: "limit-tightened", .critical, "A limit accepts more.")
  package static let limitReversed = ChangeKind(
    "limit-reversed", .reversed, .limit, inverse: "limit-reversed", .critical,
    "A limit bounds from the other side: the most becomes the least.")
  package static let limitChanged = ChangeKind(
    "limit-changed", .changed, .limit, inverse: "limit-changed", .critical,
    "A limit's quantity is replaced by one that cannot be compared with it.")
  package static let unitChanged = ChangeKind(
    "unit-changed", .changed, .limit, inverse: "unit-changed", .critical, "A limit counts something else.")

  package static let exceptionWidened = ChangeKind(
    "exception-widened", .widened, .exception, inverse: "exception-narrowed", .critical,
    "An exception lasts longer or covers more cases.")
  package static let exceptionNarrowed = ChangeKind(
    "exception-narrowed", .narrowed, .exception, inverse: "exception-widened", .major,
    "An exception ends earlier or covers fewer cases.")
  package static let exceptionChanged = ChangeKind(
    "exception-changed", .changed, .exception, inverse: "exception-changed", .critical,
    "An exception covers other cases or gives another answer.")
  package static let exceptionMoved = ChangeKind(
    "exception-moved", .moved, .exception, inverse: "exception-moved", .critical,
    "An exception deviates from another commitment.")

  static let limitRows: [ChangeKind] = [
    limitTightened, limitLoosened, limitReversed, limitChanged, unitChanged, exceptionWidened, exceptionNarrowed,
    exceptionChanged, exceptionMoved,
  ]
}

/// The rows that entries of several kinds share.
extension ChangeKind {
  package static let ownerReassigned = ChangeKind(
    "owner-reassigned", .reassigned, .owner, inverse: "owner-reassigned", .major, "Another office owns an entry.")
  package static let reasonReworded = ChangeKind(
    "reason-reworded", .reworded, .statement, inverse: "reason-reworded", .minor,
    "The reason of an entry or of one of its parts is worded otherwise, given or left out.")
  package static let sinceChanged = ChangeKind(
    "since-changed", .changed, .structure, inverse: "since-changed", .minor,
    "The day from which a status holds is another.")
  package static let fieldChanged = ChangeKind(
    "field-changed", .changed, .structure, inverse: "field-changed", .minor,
    "A field that ethos gives no meaning to (`x-…`) is added, removed or changed.")

  static let sharedRows: [ChangeKind] = [ownerReassigned, reasonReworded, sinceChanged, fieldChanged]
}
