/// Which releases some cases of a log speak for, and which of them they cannot tell apart.
///
/// This is the only place that decides it; every form of the answer says what stands here. A release is left behind only
/// where an exact test, on the cases that it and another one decide differently, speaks for the other; what nothing leaves
/// behind cannot be told apart. Cases of which both or neither was followed say nothing of the two.
package struct ReleaseJudgement: Sendable {
  /// Two releases on the cases that both of them decide.
  package struct Pair: Sendable, Hashable {
    /// The states, by their places: the first is the one that more cases were decided like; of equal ones the earlier.
    package var first: Int
    package var second: Int
    /// Cases that both decide, and those of them that they decide differently.
    package var both = 0
    package var differ = 0
    /// Cases that were decided as the one has it and not as the other.
    package var asFirst = 0
    package var asSecond = 0
    /// The exact two-sided p of these two numbers; one where no case tells the two apart.
    package var p = 1.0
    /// The same by Holm's correction for all comparisons that were made with it.
    package var adjusted = 1.0
    /// The level of one comparison that is safe however the others come out.
    package var level = ReleaseJudgement.level

    /// The share of the cases that tell the two apart which speak for the first.
    package var share: Share { Share(asFirst, of: asFirst + asSecond) }
    /// Its exact bounds, of 95 %.
    package var interval: (low: Double, high: Double)? { ExactTest.interval(asFirst, of: asFirst + asSecond) }
    /// The least of these cases that had to speak for one side; nil where they are too few.
    package var needed: Int? { ExactTest.needed(of: asFirst + asSecond, level: level) }
    /// The least number of such cases that can tell anything.
    package var neededCases: Int { ExactTest.neededCases(level: level) }
    package var isDecided: Bool { adjusted <= ReleaseJudgement.level }
    /// Whether the two decide every case alike.
    package var isAlike: Bool { differ == 0 }
  }

  /// The states that no other leaves behind, by their places: those that the cases speak for and cannot tell apart.
  package var best: [Int] = []
  /// The comparisons of every two states that decide some case together.
  package var pairs: [Pair] = []
  /// The agreement with each state, of the cases that it decides.
  package var agree: [Share]
  /// How many comparisons were made with these, all of one section together, which the correction is for.
  package var comparisons = 0

  /// The level of a section: so likely is one wrong preference among all of its comparisons, at most.
  package static let level = 0.05

  package init(agree: [Share]) { self.agree = agree }

  /// The one state that all comparisons speak for.
  package var single: Int? { best.count == 1 ? best[0] : nil }

  /// What left a state behind: the comparison that speaks most clearly against it.
  package func reason(against state: Int) -> Pair? {
    pairs.filter { $0.second == state && $0.isDecided }.min {
      // Of equally clear ones that with a state that is not behind itself.
      ($0.adjusted, best.contains($0.first) ? 0 : 1, $0.first) < (
        $1.adjusted, best.contains($1.first) ? 0 : 1, $1.first
      )
    }
  }

  /// The state that is nearest to the best of those that are behind, with what left it there.
  package var next: Pair? {
    let behind = agree.indices.filter { agree[$0].of > 0 && !best.contains($0) }
    return behind.max { (agree[$0].rate, $0) < (agree[$1].rate, $1) }.flatMap(reason(against:))
  }

  /// Judges the groups of one section together.
  static func judge(_ groups: [StateAgreement]) -> [ReleaseJudgement] {
    var judgements = groups.map { ReleaseJudgement(agree: $0.agree) }
    let representatives = groups.map(\.representatives)
    var tested: [(group: Int, pair: Int)] = []
    for (group, agreement) in groups.enumerated() {
      judgements[group].pairs = agreement.pairs()
      for (place, pair) in judgements[group].pairs.enumerated() {
        judgements[group].pairs[place].p = ExactTest.p(pair.asFirst, pair.asSecond)
        // Of states that decide every case alike only the first is compared: the others would be the same comparison.
        let isNew = [pair.first, pair.second].allSatisfy { representatives[group][$0] == $0 }
        if isNew, pair.asFirst + pair.asSecond > 0 { tested.append((group, place)) }
      }
    }
    // Holm: the clearest first, each against the level by what is left, and none clearer than the one before it.
    var highest = 0.0
    tested.sort { left, right in
      let (one, other) = (judgements[left.group].pairs[left.pair].p, judgements[right.group].pairs[right.pair].p)
      return (one, left.group, left.pair) < (other, right.group, right.pair)
    }
    for (rank, place) in tested.enumerated() {
      highest = max(highest, min(1, judgements[place.group].pairs[place.pair].p * Double(tested.count - rank)))
      judgements[place.group].pairs[place.pair].adjusted = highest
    }
    for group in judgements.indices {
      judgements[group].finish(representatives[group], comparisons: tested.count)
    }
    return judgements
  }

  private mutating func finish(_ representatives: [Int], comparisons: Int) {
    self.comparisons = comparisons
    let level = ReleaseJudgement.level / Double(max(comparisons, 1))
    for place in pairs.indices {
      pairs[place].level = level
      // What was not compared itself is as that which decides alike.
      let ends = Set([pairs[place].first, pairs[place].second].map { representatives[$0] })
      if let same = pairs.first(where: {
        [$0.first, $0.second].allSatisfy { representatives[$0] == $0 } && Set([$0.first, $0.second]) == ends
      }) {
        pairs[place].adjusted = same.adjusted
      }
    }
    let behind = Set(pairs.filter(\.isDecided).map(\.second))
    let candidates = agree.indices.filter { agree[$0].of > 0 }
    best = candidates.filter { !behind.contains($0) }
    // Each may be behind another where they decide different cases: then nothing is told apart.
    if best.isEmpty { best = candidates }
  }
}

/// What some cases say of each state of the rules and of every two of them.
struct StateAgreement {
  private(set) var agree: [Share]
  private var kinds: [[Int32]: Int] = [:]

  init(states: Int) { agree = Array(repeating: Share(0, of: 0), count: states) }

  /// Counts cases that are alike: for each state the number of its answer, negative where it decides none, and the number of
  /// what was decided.
  mutating func add(_ answers: [Int32], actual: Int32, cases: Int) {
    for (state, answer) in answers.enumerated() where answer >= 0 { agree[state].add(cases, counts: answer == actual) }
    kinds[answers + [actual], default: 0] += cases
  }

  /// For each state the first that decides the same cases, and each alike.
  var representatives: [Int] {
    agree.indices.map { state in
      (0..<state).first { other in kinds.keys.allSatisfy { $0[state] == $0[other] } } ?? state
    }
  }

  /// Every two states that decide a case together.
  func pairs() -> [ReleaseJudgement.Pair] {
    var pairs: [ReleaseJudgement.Pair] = []
    let kinds = Array(kinds)
    for first in agree.indices where agree[first].of > 0 {
      for second in agree.indices where second > first && agree[second].of > 0 {
        var pair = ReleaseJudgement.Pair(first: first, second: second)
        for (kind, cases) in kinds where kind[first] >= 0 && kind[second] >= 0 {
          pair.both += cases
          guard kind[first] != kind[second] else { continue }
          pair.differ += cases
          if kind[first] == kind[agree.count] { pair.asFirst += cases }
          if kind[second] == kind[agree.count] { pair.asSecond += cases }
        }
        if pair.asSecond > pair.asFirst {
          (pair.first, pair.second) = (second, first)
          (pair.asFirst, pair.asSecond) = (pair.asSecond, pair.asFirst)
        }
        if pair.both > 0 { pairs.append(pair) }
      }
    }
    return pairs
  }
}
