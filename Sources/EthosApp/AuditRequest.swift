package import EthosDecision
package import EthosModel
package import EthosPractice
import EthosText

/// A log of what was decided, and how it is held to the rules.
package struct AuditRequest: Sendable {
  package var cases: CaseRequest
  package var decision: String
  /// The column of the day; what the decision's file says, else `day`.
  package var day: String?
  /// The columns of the answers as they were typed: `column=output`.
  package var outcomes: [String]
  /// Columns of inputs of one release as they were typed: `release:column=input`.
  package var mapsFor: [String]
  /// The column of the reason of an override.
  package var reason: String?
  /// One state of the rules for all cases, whatever their day.
  package var at: String?
  /// A table outside of the repository, for all cases: a decision's file, or a model of DMN.
  package var against: String?
  /// The column of the system that decided.
  package var system: String?
  /// Whether something waits for the verdict: then the newest state that is known has to give it.
  package var isGate = false
  /// Whether a release counts from its effective day, also before it was made.
  package var hasHindsight: Bool
  /// A condition of FEEL over facts and columns.
  package var condition: String?
  /// The first day of the cases that are meant.
  package var since: String?
  /// A limit that is tried out: `limit/id`, or `limit/id=from..to`.
  package var sweep: String?
  /// The file that departures are written to.
  package var list: String?
  /// How many departures are drawn, and the seed.
  package var sample: Int?
  package var seed: UInt64

  package init(
    cases: CaseRequest, decision: String, day: String? = nil, outcomes: [String] = [], mapsFor: [String] = [],
    reason: String? = nil, at: String? = nil, against: String? = nil, system: String? = nil,
    hasHindsight: Bool = false, condition: String? = nil, since: String? = nil, sweep: String? = nil,
    list: String? = nil, sample: Int? = nil, seed: UInt64 = 1
  ) {
    self.cases = cases
    self.decision = decision
    self.day = day
    self.outcomes = outcomes
    self.mapsFor = mapsFor
    self.reason = reason
    self.at = at
    self.against = against
    self.system = system
    self.hasHindsight = hasHindsight
    self.condition = condition
    self.since = since
    self.sweep = sweep
    self.list = list
    self.sample = sample
    self.seed = seed
  }
}

/// What a log shows.
package struct AuditAnswer: Sendable {
  /// A state of the rules that the log was held to.
  package struct State: Sendable {
    /// `release/growth-2019/1`, or a revision as typed.
    package var name: String
    /// The leadership cycle of a release.
    package var cycle: String?
    package var decision: Decision
  }

  /// A state that cannot read the log, and takes no part.
  package struct Left: Sendable {
    package var name: String
    package var cycle: String?
    package var reason: String
    package var help: String?
    /// The cases of days on which it was in force.
    package var cases: Int
  }

  package var file: String
  package var states: [State]
  package var left: [Left]
  /// Facts that no column feeds.
  package var unfed: [UnfedFact]
  package var result: AuditResult
  /// For each pair of values that rules put in order, what the identity says of the two in the same state.
  package var stated: [AuditAnswer.Stated]
  /// The state of the rules for all cases, where one was asked for.
  package var at: String?
  /// The systems that the identity describes.
  package var systems: [Document]
  package var sweep: LimitSweep?
  /// The departures that were drawn, where a sample was asked for.
  package var sample: [AuditResult.Listed]?

  /// That one value outranks another in a state of the identity, by the place of the state.
  package struct Stated: Sendable, Hashable {
    package var side: Int
    package var over: String
    package var under: String
  }

  /// Why a gate cannot say that the log follows the rules; nil where it can.
  package var undecided: String? {
    let read = result.cases - result.malformed
    if result.cases == 0 { return "the log has no cases" }
    if read == 0 { return "none of the \(result.cases) records can be read" }
    if read == result.excluded + result.unsettled { return "no case is left to ask about" }
    if result.inForce.of == 0 { return "no case of the log could be decided by the rules in force" }
    if let left = left.first(where: { $0.cases > 0 }) {
      return "\(left.cases) of the cases are of days on which `\(left.name)` was in force, which cannot read the log"
    }
    return nil
  }
}
