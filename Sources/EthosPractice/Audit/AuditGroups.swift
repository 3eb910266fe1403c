import EthosDecision
import EthosText

/// Counts cases by what they are grouped by, and judges for which states each group speaks.
struct AuditGroups {
  /// One kind of cases, with the numbers of its answers.
  private struct Kind {
    var kind: AuditTally.Kind
    var answers: [Int32]
    var actual: Int32
  }

  private struct Key: Hashable {
    var columns: [Int]
    var values: [[UInt8]]

    init(_ segment: AuditTally.Segment) {
      columns = segment.values.map(\.column)
      values = segment.values.map(\.value)
    }
  }

  private struct Answer: Hashable {
    var side: Int
    var expected: Outcome
  }

  private struct Rule: Hashable {
    var side: Int
    var rules: [Int]
  }

  private struct Group {
    var agree = Share(0, of: 0)
    var states: StateAgreement
    var answers: [Answer: Share] = [:]
    var rules: [Rule: Share] = [:]
  }

  private let plan: AuditPlan
  private var outcomes: [Outcome: Int32] = [:]
  private var whole: Group
  private var counts: [(kind: Kind, count: Int)] = []
  private var quarters: [Day: Group] = [:]
  private var segments: [Key: Group] = [:]
  private var crossed: [Key: Group] = [:]
  private let none: Group

  init(_ plan: AuditPlan) {
    self.plan = plan
    none = Group(states: StateAgreement(states: plan.cases.sides.count))
    whole = none
  }

  private mutating func number(_ outcome: Outcome) -> Int32 {
    if let known = outcomes[outcome] { return known }
    let number = Int32(outcomes.count)
    outcomes[outcome] = number
    return number
  }

  mutating func add(_ tally: AuditTally) {
    var kinds: [Kind] = []
    for item in tally.counts {
      let kind = Kind(
        kind: item.kind, answers: item.kind.verdicts.map { $0.map { number($0.outcome) } ?? -1 },
        actual: number(item.kind.actual))
      kinds.append(kind)
      counts.append((kind, item.count))
      AuditGroups.add(kind, item.count, to: &whole)
      if let from = item.kind.quarter { AuditGroups.add(kind, item.count, to: &quarters[from, default: none]) }
    }
    for item in tally.segments {
      AuditGroups.add(kinds[item.kind], item.count, to: &segments[Key(item), default: none])
    }
    for item in tally.crossed { AuditGroups.add(kinds[item.kind], item.count, to: &crossed[Key(item), default: none]) }
  }

  private static func add(_ kind: Kind, _ cases: Int, to group: inout Group) {
    group.states.add(kind.answers, actual: kind.actual, cases: cases)
    guard let side = kind.kind.side, let verdict = kind.kind.verdicts[side] else { return }
    group.agree.add(cases, counts: kind.answers[side] == kind.actual)
    let departs = kind.kind.departs
    group.answers[Answer(side: side, expected: verdict.outcome), default: Share(0, of: 0)].add(cases, counts: departs)
    group.rules[Rule(side: side, rules: verdict.rules), default: Share(0, of: 0)].add(cases, counts: departs)
  }

  func finish(_ result: inout AuditResult) {
    result.judgement = ReleaseJudgement.judge([whole.states])[0]
    if let best = result.judgement.best.first {
      var actuals: [Outcome: Int] = [:]
      for (kind, cases) in counts where kind.answers[best] >= 0 { actuals[kind.kind.actual, default: 0] += cases }
      result.bestConstant = AuditResult.Constant(actuals)
    }
    let days = quarters.keys.sorted()
    let judged = ReleaseJudgement.judge(days.compactMap { quarters[$0]?.states })
    result.quarters = zip(days, judged).map { day, judgement in
      AuditResult.Quarter(from: day, agree: quarters[day]?.agree ?? Share(0, of: 0), judgement: judgement)
    }
    // Each column is a section of its own.
    for column in plan.cases.segmentNames.indices {
      let found = listed(segments.filter { $0.key.columns == [column] })
      if column == plan.systemSegment { result.systems = found } else { result.segments += found }
    }
    result.crossed = listed(crossed)
    result.reversals = Reversal.all(
      in: result.segments, crossed: result.crossed, columns: plan.question.by)
  }

  private func listed(_ groups: [Key: Group]) -> [AuditResult.Segment] {
    let sorted = groups.sorted { left, right in
      if left.value.agree.of != right.value.agree.of { return left.value.agree.of > right.value.agree.of }
      for (one, other) in zip(left.key.values, right.key.values) where one != other {
        return one.lexicographicallyPrecedes(other)
      }
      return false
    }
    let judgements = ReleaseJudgement.judge(sorted.map(\.value.states))
    return zip(sorted, judgements).map { item, judgement in
      AuditResult.Segment(
        columns: item.key.columns.map { plan.cases.segmentNames[$0] },
        values: item.key.values.map { String(decoding: $0, as: UTF8.self) }, agree: item.value.agree,
        judgement: judgement,
        answers: item.value.answers.map { (expected: $0.key.expected, side: $0.key.side, departed: $0.value) }
          .sorted { left, right in
            if left.side != right.side { return left.side < right.side }
            if left.departed.of != right.departed.of { return left.departed.of > right.departed.of }
            return "\(left.expected)" < "\(right.expected)"
          },
        rules: item.value.rules.map { (rules: $0.key.rules, side: $0.key.side, departed: $0.value) }
          .sorted { left, right in
            left.side != right.side ? left.side < right.side : left.rules.lexicographicallyPrecedes(right.rules)
          })
    }
  }
}
