package import EthosDecision

/// What a replay found: who is decided otherwise under another revision.
package struct ReplayResult: Sendable {
  /// Cases that both sides decide as given.
  package struct Transition: Sendable {
    package var before: Outcome
    package var after: Outcome
    package var cases: Int
    /// The number of the first of them in the file.
    package var row: Int
    /// The facts of that case, where they are shown.
    package var facts: [(name: String, text: String)]
    /// Values that the rules after serve and those before did not, with the number of cases.
    package var gained: [(value: String, cases: Int)]
    /// Values that the rules before served and those after do not, or are prepared to cost.
    package var lost: [(value: String, cases: Int)]

    package var isFlip: Bool { before != after }
  }

  /// The cases with one value in a column.
  package struct Segment: Sendable {
    package var column: String
    package var value: String
    package var cases: Int
    package var flipped: Int
    package var incomplete: Int
    package var transitions: [(before: Outcome, after: Outcome, cases: Int)]
  }

  package struct Missing: Sendable {
    package var input: String
    package var cases: Int
    package var row: Int
  }

  /// All records, the malformed ones among them.
  package var cases = 0
  package var flipped = 0
  package var incomplete = 0
  package var malformed = 0
  package var transitions: [Transition] = []
  package var segments: [Segment] = []
  package var missing: [Missing] = []
  /// Facts that no column feeds, by the sides that ask for them.
  package var unfed: [UnfedFact] = []
  /// The first of the malformed records.
  package var described: [MalformedCase] = []

  /// Joins what the workers counted.
  ///
  /// It does not matter which of them had which piece.
  package init(_ tallies: [ReplayTally], plan: ReplayPlan, headerLines: Int) {
    let places = PieceStarts(tallies.flatMap(\.pieces), headerLines: headerLines)
    cases = places.rows
    malformed = tallies.reduce(0) { $0 + $1.malformedCount }
    described = places.described(tallies.flatMap(\.malformed))
    missing = places.missing(tallies.map(\.missing))
    unfed = plan.unfed
    var groups: [GroupKey: Group] = [:]
    for count in tallies.flatMap(\.counts) {
      groups[GroupKey(count.segment), default: Group()].add(count, plan.sides)
    }
    if let all = groups[GroupKey(nil)] {
      transitions = all.transitions.map { $0.value.transition($0.key, places) }
        .sorted { ($0.isFlip ? 0 : 1, -$0.cases, $0.row) < ($1.isFlip ? 0 : 1, -$1.cases, $1.row) }
      flipped = transitions.reduce(0) { $0 + ($1.isFlip ? $1.cases : 0) }
      incomplete = all.incomplete
    }
    for (key, group) in groups {
      guard let column = key.column, plan.segmentNames.indices.contains(column) else { continue }
      let transitions = group.transitions.map { (before: $0.key.before, after: $0.key.after, cases: $0.value.cases) }
      let firsts = Dictionary(uniqueKeysWithValues: group.transitions.map { ($0.key, $0.value.first) })
      segments.append(
        Segment(
          column: plan.segmentNames[column], value: String(decoding: key.value, as: UTF8.self),
          cases: transitions.reduce(group.incomplete) { $0 + $1.cases },
          flipped: transitions.reduce(0) { $0 + ($1.before != $1.after ? $1.cases : 0) }, incomplete: group.incomplete,
          transitions: transitions.sorted { left, right in
            let (first, second) = (
              firsts[Pair(before: left.before, after: left.after)],
              firsts[Pair(before: right.before, after: right.after)]
            )
            guard left.cases == right.cases, let first, let second else { return left.cases > right.cases }
            return first < second
          }))
    }
    let order = plan.segmentNames
    segments.sort { left, right in
      let places = (order.firstIndex(of: left.column) ?? 0, order.firstIndex(of: right.column) ?? 0)
      if places.0 != places.1 { return places.0 < places.1 }
      if left.cases != right.cases { return left.cases > right.cases }
      return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
    }
  }
}

extension ReplayResult {
  /// How many cases both sides decided.
  package var decided: Int { cases - incomplete - malformed }

  /// Why nothing can be said of how cases are decided; nil where some are.
  ///
  /// "None is decided otherwise" of no cases at all would let a gate pass that has read nothing.
  package var undecided: String? {
    if decided > 0 { return nil }
    if cases == 0 { return "there are no cases" }
    if malformed == cases { return "none of the \(cases) records can be read" }
    return "none of the \(cases) records is a case that can be decided"
  }
}

/// Which cases are counted together.
private struct GroupKey: Hashable {
  var column: Int?
  var value: [UInt8]

  init(_ segment: (column: Int, value: [UInt8])?) {
    column = segment?.column
    value = segment?.value ?? []
  }
}

private struct Pair: Hashable {
  var before: Outcome
  var after: Outcome
}

/// The cases of one group by what both sides answer.
private struct Group {
  struct Sum {
    var cases = 0
    var first: ReplayTally.Position
    var facts: [(name: String, text: String)]?
    var gained: [String: Int] = [:]
    var lost: [String: Int] = [:]

    func transition(_ pair: Pair, _ places: PieceStarts) -> ReplayResult.Transition {
      func sorted(_ values: [String: Int]) -> [(value: String, cases: Int)] {
        values.map { ($0.key, $0.value) }.sorted { ($0.cases, $1.value) > ($1.cases, $0.value) }
      }
      return ReplayResult.Transition(
        before: pair.before, after: pair.after, cases: cases, row: places.row(first), facts: facts ?? [],
        gained: sorted(gained), lost: sorted(lost))
    }
  }

  var transitions: [Pair: Sum] = [:]
  var incomplete = 0

  mutating func add(_ count: ReplayTally.Count, _ sides: [RuleSide]) {
    guard let verdicts = count.verdicts else {
      incomplete += count.count
      return
    }
    let pair = Pair(before: verdicts.before.outcome, after: verdicts.after.outcome)
    var sum = transitions[pair] ?? Sum(first: count.first)
    sum.cases += count.count
    if count.first <= sum.first {
      sum.first = count.first
      sum.facts = count.facts ?? sum.facts
    }
    if pair.before != pair.after {
      let (old, new) = (Group.values(verdicts.before, sides[0]), Group.values(verdicts.after, sides[1]))
      let gained = new.enacts.subtracting(old.enacts)
      let lost = old.enacts.subtracting(new.enacts).union(new.over.subtracting(old.over)).subtracting(gained)
      for value in gained { sum.gained[value, default: 0] += count.count }
      for value in lost { sum.lost[value, default: 0] += count.count }
    }
    transitions[pair] = sum
  }

  /// The values that the rules behind a verdict serve, and are prepared to cost.
  private static func values(_ verdict: Verdict, _ side: RuleSide) -> (enacts: Set<String>, over: Set<String>) {
    let rules = verdict.rules.filter { side.decision.table.rules.indices.contains($0) }
      .map { side.decision.table.rules[$0] }
    return (Set(rules.flatMap(\.enacts)), Set(rules.flatMap(\.over)))
  }
}
