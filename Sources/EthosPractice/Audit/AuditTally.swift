import EthosDecision
import EthosText

/// What one worker counted of a log.
package struct AuditTally: Sendable {
  /// Cases that are alike in all that an audit asks of them.
  struct Kind: Hashable, Sendable {
    var actual: Outcome
    /// What was in force on their day.
    var inForce: StateInForce
    /// What each state answers; nil where it needs a fact that is missing, or refuses one.
    var verdicts: [Verdict?]
    /// Whether the state in force refuses a fact.
    var isRefused: Bool
    /// The first day of their quarter, where days are known.
    var quarter: Day?
    /// Whether a reason for an override stands beside them.
    var hasReason: Bool
    /// The exception that accepts their departure, by its place among those of the state in force.
    var exception: Int?

    /// The state in force, where it can read the log.
    var side: Int? {
      if case .side(let side) = inForce { side } else { nil }
    }

    /// Whether they were decided otherwise than the rules in force say, and nothing accepts it.
    var departs: Bool {
      guard let side, let verdict = verdicts[side] else { return false }
      return exception == nil && verdict.outcome != actual
    }
  }

  struct Count: Sendable {
    var kind: Kind
    var count: Int
    var first: ReplayTally.Position
    /// The facts of the first of them, where they are shown and it departs.
    var facts: [(name: String, text: String)]
  }

  /// Cases of one kind with one value in a column, or with one in each of several.
  struct Segment: Sendable {
    /// The columns, by their places, with their values.
    var values: [(column: Int, value: [UInt8])]
    /// The kind, by its place among the counts.
    var kind: Int
    var count: Int
  }

  /// A departure, with its row.
  struct Listed: Sendable {
    var kind: Int
    var position: ReplayTally.Position
    var line: Int
    var day: Int64?
    var facts: [(name: String, text: String)]
  }

  var pieces: [ReplayTally.Piece] = []
  var counts: [Count] = []
  var segments: [Segment] = []
  var crossed: [Segment] = []
  var listed: [Listed] = []
  /// Cases that were not asked about, and those of which the condition says neither yes nor no.
  var excluded = 0
  var unsettled = 0
  /// For each side and friction what was measured of the cases on its days.
  var frictions: [[FrictionMeter]] = []
  /// For each side the first case of which it refuses a fact, and why.
  var refusals: [Int: (position: ReplayTally.Position, reason: String)] = [:]
  var missing: [String: ReplayTally.Missing] = [:]
  var malformed: [ReplayTally.Malformed] = []
  var malformedCount = 0
}
