import EthosDecision
import EthosText

/// What one worker counted of a log.
package struct AuditTally: Sendable {
  /// Cases that are alike in all that an audit asks of them.
  struct Kind: Hashable, Sendable {
    var actual: Outcome
    /// The state of the rules in force on their day; nil where none was.
    var inForce: Int?
    /// What each state answers; nil where it needs a fact that is missing.
    var verdicts: [Verdict?]
    /// The first day of their quarter, where days are known.
    var quarter: Day?
    /// Whether a reason for an override stands beside them.
    var hasReason: Bool
    /// The exception that accepts their departure, by its place among those of the state in force.
    var exception: Int?
  }

  struct Count: Sendable {
    var kind: Kind
    var count: Int
    var first: ReplayTally.Position
  }

  /// Cases of one kind with one value in a column.
  struct Segment: Sendable {
    var column: Int
    var value: [UInt8]
    var kind: Kind
    var count: Int
  }

  var pieces: [ReplayTally.Piece] = []
  var counts: [Count] = []
  var segments: [Segment] = []
  /// For each side and friction what was measured of the cases on its days.
  var frictions: [[FrictionMeter]] = []
  var missing: [String: ReplayTally.Missing] = [:]
  var malformed: [ReplayTally.Malformed] = []
  var malformedCount = 0
}
