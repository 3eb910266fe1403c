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
  }

  struct Count: Sendable {
    var kind: Kind
    var count: Int
    var first: ReplayTally.Position
  }

  /// Cases with one value in a column, by whether they agree with what was in force; nil where that is not known.
  struct Segment: Hashable, Sendable {
    var column: Int
    var value: [UInt8]
    var agrees: Bool?
  }

  var pieces: [ReplayTally.Piece] = []
  var counts: [Count] = []
  var segments: [Segment: Int] = [:]
  var missing: [String: ReplayTally.Missing] = [:]
  var malformed: [ReplayTally.Malformed] = []
  var malformedCount = 0
}
