package import EthosText

/// How two revisions of a decision differ in what they decide.
package struct BehaviourDifference: Sendable, Hashable {
  package enum Verdict: String, Sendable, Hashable {
    /// Proved: every case is decided as before.
    case equivalent
    /// There is a case that is decided otherwise, and here it is.
    case different
    /// Not proved either way; `reason` says why.
    case undecided
  }

  /// Which way the answers moved, by the order from strict to permissive that an output declares.
  package enum Direction: String, Sendable, Hashable {
    case tightened, loosened, changed
  }

  package var verdict: Verdict
  /// Why the verdict is `undecided`, or why the regions are not all.
  package var reason: String?
  package var direction: Direction
  /// The regions that are shown, the largest first.
  package var regions: [BehaviourRegion]
  /// How many regions there are beside those shown.
  package var moreRegions: Int
  /// Whether the regions are all that is decided otherwise.
  package var isComplete: Bool
  /// What part of the declared space of cases is decided otherwise.
  package var share: ShareOfSpace?
  /// Why there is no share.
  package var shareReason: String?
  /// What a person should know beside the verdict, a sentence each.
  package var notes: [String]
  /// Whether the verdict rests on a reading that somebody has to agree with, which the notes say.
  package var isAssumed = false

  package init(
    verdict: Verdict, reason: String? = nil, direction: Direction = .changed, regions: [BehaviourRegion] = [],
    moreRegions: Int = 0, isComplete: Bool = true, share: ShareOfSpace? = nil, shareReason: String? = nil,
    notes: [String] = []
  ) {
    self.verdict = verdict
    self.reason = reason
    self.direction = direction
    self.regions = regions
    self.moreRegions = moreRegions
    self.isComplete = isComplete
    self.share = share
    self.shareReason = shareReason
    self.notes = notes
  }

  /// The same difference seen from the other side.
  package var inverted: BehaviourDifference {
    var result = self
    result.direction =
      switch direction {
      case .tightened: .loosened
      case .loosened: .tightened
      case .changed: .changed
      }
    result.regions = regions.map(\.inverted)
    return result
  }
}

/// Cases that were decided one way and are decided another.
package struct BehaviourRegion: Sendable, Hashable {
  /// A fact with what its value satisfies, as FEEL unary tests; or, in a witness, with its value.
  package struct Term: Sendable, Hashable {
    package var input: String
    package var text: String

    package init(_ input: String, _ text: String) {
      self.input = input
      self.text = text
    }
  }

  /// What the facts satisfy; facts that may be anything are left out.
  package var when: [Term]
  /// The earlier rules that answer in parts of it, by name, where the exact places are too many to list.
  package var unless: [String]
  package var before: BehaviourOutcome
  package var after: BehaviourOutcome
  package var share: ShareOfSpace?
  /// A case in it, which was decided by rule on both sides; empty where none was found.
  package var witness: [Term]
  /// Whether the witness was found: where not, nobody knows whether a case of the region exists.
  package var isProven: Bool
  /// Whether every case of the region is decided as it says.
  ///
  /// Where an answer is a formula over the facts, and its cases are too many to be told one by one, the formulas stand
  /// in place of the answers, and some cases may be decided alike.
  package var isWhole = true
  /// What the witness gets on both sides, where the region is not whole.
  package var seen: Seen?
  package var rulesBefore: [String]
  package var rulesAfter: [String]

  package init(
    when: [Term], unless: [String] = [], before: BehaviourOutcome, after: BehaviourOutcome, share: ShareOfSpace? = nil,
    witness: [Term], isProven: Bool = true, rulesBefore: [String], rulesAfter: [String]
  ) {
    self.when = when
    self.unless = unless
    self.before = before
    self.after = after
    self.share = share
    self.witness = witness
    self.isProven = isProven
    self.rulesBefore = rulesBefore
    self.rulesAfter = rulesAfter
  }

  /// What one case gets on both sides.
  package struct Seen: Sendable, Hashable {
    package var before: BehaviourOutcome
    package var after: BehaviourOutcome

    package init(before: BehaviourOutcome, after: BehaviourOutcome) {
      self.before = before
      self.after = after
    }
  }

  var inverted: BehaviourRegion {
    var result = self
    if let seen { result.seen = Seen(before: seen.after, after: seen.before) }
    (result.before, result.after) = (after, before)
    (result.rulesBefore, result.rulesAfter) = (rulesAfter, rulesBefore)
    return result
  }
}

/// What is decided, for people and for programs.
package struct BehaviourOutcome: Sendable, Hashable {
  /// `approve`; `told board, hours 4`; `no decision (two rules collide)`.
  package var text: String
  /// The answer by output, numbers as exact text; `{"noDecision": …}` where nothing is decided.
  package var json: JSON

  package init(text: String, json: JSON) {
    self.text = text
    self.json = json
  }
}

/// A part of the declared space of cases, as an exact fraction by its digits.
package struct ShareOfSpace: Sendable, Hashable, CustomStringConvertible {
  /// Cases (or the volume) in the part and in all, as decimal text.
  package var numerator: String
  package var denominator: String
  /// The share in percent, for people: `18.2 %`, `< 0.1 %`.
  package var percent: String

  package init(numerator: String, denominator: String, percent: String) {
    self.numerator = numerator
    self.denominator = denominator
    self.percent = percent
  }

  package var description: String { "\(numerator)/\(denominator)" }
}
