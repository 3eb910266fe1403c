package import EthosDecision
package import EthosModel
package import EthosText

/// Whether a log follows the rules: those of its days, and those of every other state.
package struct AuditResult: Sendable {
  /// Cases that were decided otherwise than the rules in force say.
  package struct Departure: Sendable {
    /// The state of the rules, by its place among the sides.
    package var side: Int
    package var rules: [Int]
    package var expected: Outcome
    package var actual: Outcome
    package var cases: Int
    /// Those of them that have a reason beside them.
    package var overridden: Int
    package var row: Int
    /// The exception that accepts them; nil where none does.
    package var exception: EntryKey?
  }

  /// The cases that one rule of a state in force answers, or some together, and those that depart from it.
  package struct RuleShare: Sendable {
    package var side: Int
    package var rules: [Int]
    package var expected: Outcome
    package var departed: Share
    /// Departures that an exception accepts; they are not among those.
    package var excepted: Int
  }

  /// The cases with one value in a column.
  package struct Segment: Sendable {
    package var column: String
    package var value: String
    package var agree: Share
    /// The agreement with each state of the rules.
    package var sides: [Share]
    /// By what the rules in force say, the cases that were decided otherwise; what exceptions accept is not among them.
    package var answers: [(expected: Outcome, side: Int, departed: Share)]
  }

  package struct Quarter: Sendable {
    /// Its first day.
    package var from: Day
    package var agree: Share
    /// The agreement with each state of the rules.
    package var sides: [Share]
  }

  /// What tells the state that the log agrees with best from the next.
  package struct Evidence: Sendable {
    package var best: Int
    package var next: Int?
    /// The cases on which the two decide otherwise, and how they were decided.
    package var differ = 0
    package var asBest = 0
    package var asNext = 0
  }

  /// What was decided most often, whatever the case: so much of every agreement has who never reads one.
  package struct Constant: Sendable {
    package var outcome: Outcome
    package var share: Share
  }

  package var cases = 0
  package var malformed = 0
  /// Cases of days before any state was in force.
  package var beforeFirst = 0
  /// Cases that lack a fact which the rules in force need.
  package var incomplete = 0
  package var inForce = Share(0, of: 0)
  /// Departures from what was in force that an exception accepts.
  package var excepted = 0
  /// The one answer that agrees with most of the cases which what was in force decides.
  package var constant: Constant?
  /// The agreement with each state, of the cases that it decides.
  package var sides: [Share] = []
  /// The same over the cases that all states decide, by which they are compared.
  package var common: [Share] = []
  /// The one answer that agrees with most of those.
  package var commonConstant: Constant?
  package var best: Evidence?
  package var rules: [RuleShare] = []
  package var departures: [Departure] = []
  package var segments: [Segment] = []
  /// The cases by the system that decided.
  package var systems: [Segment] = []
  package var quarters: [Quarter] = []
  package var priorities = RevealedOrder()
  /// For each side what its values accept to be lost, with what the log measured on its days.
  package var frictions: [[(friction: Friction, meter: FrictionMeter)]] = []
  /// Exceptions of states in force of which the log does not tell which cases they are about.
  package var unapplied: [UnappliedException] = []
  /// Whether the cases have days.
  package var hasDays = false
  package var missing: [ReplayResult.Missing] = []
  package var described: [MalformedCase] = []
}
