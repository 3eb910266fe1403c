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
    /// The facts of the first of them, where they are shown.
    package var facts: [(name: String, text: String)]
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

  /// The cases with one value in a column, or with one in each of several.
  package struct Segment: Sendable {
    package var columns: [String]
    package var values: [String]
    package var agree: Share
    /// Which states they speak for.
    package var judgement: ReleaseJudgement
    /// By what the rules in force say, the cases that were decided otherwise; what exceptions accept is not among them.
    package var answers: [(expected: Outcome, side: Int, departed: Share)]
    /// The same by rule.
    package var rules: [(rules: [Int], side: Int, departed: Share)]

    package var column: String { columns.joined(separator: " × ") }
    package var value: String { values.joined(separator: ", ") }
    /// The agreement with each state of the rules.
    package var sides: [Share] { judgement.agree }
  }

  package struct Quarter: Sendable {
    /// Its first day.
    package var from: Day
    package var agree: Share
    /// Which states its cases speak for.
    package var judgement: ReleaseJudgement
    /// The agreement with each state of the rules.
    package var sides: [Share] { judgement.agree }
  }

  /// A departure, with where it stands.
  package struct Listed: Sendable {
    package var row: Int
    package var line: Int
    package var day: Day?
    package var side: Int
    package var rules: [Int]
    /// What the rules say; nil where they allow no such case.
    package var expected: Outcome?
    package var actual: Outcome
    package var hasReason: Bool
    package var facts: [(name: String, text: String)]
  }

  /// What was decided most often, whatever the case: so much of every agreement has who never reads one.
  package struct Constant: Sendable {
    package var outcome: Outcome
    package var share: Share
  }

  package var cases = 0
  package var malformed = 0
  /// Cases that were not asked about.
  package var excluded = 0
  /// Cases of which the condition says neither yes nor no; they are not counted.
  package var unsettled = 0
  /// Cases of days before any state was in force.
  package var beforeFirst = 0
  /// Cases of days on which a state was in force that cannot read the log, by its place among all states.
  package var unread: [(state: Int, cases: Int)] = []
  /// Cases that lack a fact which the rules in force need.
  package var incomplete = 0
  /// Cases with a fact that the rules in force do not allow, and another state does.
  package var refused = 0
  /// For each side why it refuses a case, of the first that it does; nil where it refuses none.
  package var refusals: [String?] = []
  package var inForce = Share(0, of: 0)
  /// Departures from what was in force that an exception accepts.
  package var excepted = 0
  /// The one answer that agrees with most of the cases which what was in force decides.
  package var constant: Constant?
  /// Which states the log speaks for, over the cases that every two of them decide.
  package var judgement = ReleaseJudgement(agree: [])
  /// The one answer that agrees with most of the cases which the first of the best states decides.
  package var bestConstant: Constant?
  package var rules: [RuleShare] = []
  package var departures: [Departure] = []
  package var segments: [Segment] = []
  /// The cases by all columns together, where there are several.
  package var crossed: [Segment] = []
  /// The cases by the system that decided.
  package var systems: [Segment] = []
  package var quarters: [Quarter] = []
  /// Where a comparison of two groups turns round within what is alike.
  package var reversals: [Reversal] = []
  package var priorities = RevealedOrder()
  /// For each side what its values accept to be lost, with what the log measured on its days.
  package var frictions: [[(friction: Friction, meter: FrictionMeter)]] = []
  /// Exceptions of states in force of which the log does not tell which cases they are about.
  package var unapplied: [UnappliedException] = []
  /// Every departure with its row, in the order of the file, where they were asked for.
  package var listed: [Listed] = []
  /// Whether each case is held to its day.
  package var hasDays = false
  package var missing: [ReplayResult.Missing] = []
  package var described: [MalformedCase] = []

  /// So many departures, drawn at random: the same for the same seed.
  package func sample(_ count: Int, seed: UInt64) -> [Listed] {
    guard count < listed.count else { return listed }
    var places = Array(listed.indices)
    var state = seed
    for place in 0..<max(count, 0) {
      // splitmix64; what is left over by the division favours no place by more than one in 2^32.
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      let random = mixed ^ (mixed >> 31)
      places.swapAt(place, place + Int(random % UInt64(places.count - place)))
    }
    return places.prefix(max(count, 0)).sorted().map { listed[$0] }
  }

  /// The agreement with each state, of the cases that it decides.
  package var sides: [Share] { judgement.agree }
  /// Whether a case departs from the rules in force, or was decided though they do not allow it, and nothing accepts it.
  package var hasDepartures: Bool { refused > 0 || departures.contains { $0.exception == nil } }
}
