import EthosDecision
import EthosText

extension AuditResult {
  /// Joins what the workers counted. Counting is the same in any order; what is met first has the least place in the file.
  package init(_ tallies: [AuditTally], plan: AuditPlan, headerLines: Int) {
    let places = PieceStarts(tallies.flatMap(\.pieces), headerLines: headerLines)
    cases = places.rows
    malformed = tallies.reduce(0) { $0 + $1.malformedCount }
    described = places.described(tallies.flatMap(\.malformed))
    missing = places.missing(tallies.map(\.missing))
    hasDays = plan.hasDays
    var count = AuditCount(plan, places)
    for item in tallies.flatMap(\.counts) { count.add(item) }
    count.finish(&self)
    let reached = Set(rules.map(\.side))
    unapplied = plan.unapplied.filter { reached.contains($0.side) }
    best = evidence(tallies)
    let grouped = AuditResult.segments(tallies, plan)
    segments = grouped.filter { $0.place != plan.systemSegment }.map(\.segment)
    systems = grouped.filter { $0.place == plan.systemSegment }.map(\.segment)
    for (side, frictions) in plan.frictions.enumerated() {
      self.frictions.append([])
      guard reached.contains(side) else { continue }
      for (place, friction) in frictions.enumerated() {
        var meter = FrictionMeter()
        for tally in tallies { meter.merge(tally.frictions[side][place]) }
        self.frictions[side].append((friction, meter))
      }
    }
  }

  /// The state that the log agrees with best over the cases that all of them decide; of equal ones the last.
  private func evidence(_ tallies: [AuditTally]) -> Evidence? {
    let ranked = common.indices.filter { common[$0].of > 0 }.sorted {
      (common[$0].count, $0) > (common[$1].count, $1)
    }
    guard let best = ranked.first else { return nil }
    // The next is the best of those that decide some case of the log otherwise.
    var evidence = Evidence(best: best)
    let kinds = tallies.flatMap(\.counts).filter { !$0.kind.verdicts.contains(nil) }
    evidence.next = ranked.dropFirst().first { other in
      kinds.contains { $0.kind.verdicts[best]?.outcome != $0.kind.verdicts[other]?.outcome }
    }
    guard let next = evidence.next else { return evidence }
    for item in kinds {
      guard let first = item.kind.verdicts[best]?.outcome, let second = item.kind.verdicts[next]?.outcome,
        first != second
      else { continue }
      evidence.differ += item.count
      if first == item.kind.actual { evidence.asBest += item.count }
      if second == item.kind.actual { evidence.asNext += item.count }
    }
    return evidence
  }

  private static func segments(_ tallies: [AuditTally], _ plan: AuditPlan) -> [(place: Int, segment: Segment)] {
    struct Key: Hashable {
      var column: Int
      var value: [UInt8]
    }
    struct Answer: Hashable {
      var side: Int
      var expected: Outcome
    }
    struct Group {
      var agree = Share(0, of: 0)
      var sides: [Share]
      var answers: [Answer: Share] = [:]
    }
    let none = Group(sides: Array(repeating: Share(0, of: 0), count: plan.cases.sides.count))
    var groups: [Key: Group] = [:]
    for item in tallies.flatMap(\.segments) {
      let kind = item.kind
      guard let side = kind.inForce, let verdict = kind.verdicts[side] else { continue }
      var group = groups[Key(column: item.column, value: item.value)] ?? none
      let agrees = verdict.outcome == kind.actual
      group.agree.add(item.count, counts: agrees)
      for (side, verdict) in kind.verdicts.enumerated() {
        if let verdict { group.sides[side].add(item.count, counts: verdict.outcome == kind.actual) }
      }
      group.answers[Answer(side: side, expected: verdict.outcome), default: Share(0, of: 0)]
        .add(item.count, counts: !agrees && kind.exception == nil)
      groups[Key(column: item.column, value: item.value)] = group
    }
    return groups.sorted { left, right in
      if left.key.column != right.key.column { return left.key.column < right.key.column }
      if left.value.agree.of != right.value.agree.of { return left.value.agree.of > right.value.agree.of }
      return left.key.value.lexicographicallyPrecedes(right.key.value)
    }.map { key, group in
      let answers = group.answers.map { (expected: $0.key.expected, side: $0.key.side, departed: $0.value) }
        .sorted { left, right in
          if left.side != right.side { return left.side < right.side }
          if left.departed.of != right.departed.of { return left.departed.of > right.departed.of }
          return "\(left.expected)" < "\(right.expected)"
        }
      return (
        key.column,
        Segment(
          column: plan.cases.segmentNames[key.column], value: String(decoding: key.value, as: UTF8.self),
          agree: group.agree, sides: group.sides, answers: answers)
      )
    }
  }
}

/// Counts cases by what they are asked of.
private struct AuditCount {
  private struct DepartureKey: Hashable {
    var side: Int
    var verdict: Verdict
    var actual: Outcome
    var exception: Int?
  }

  private struct RuleKey: Hashable {
    var side: Int
    var verdict: Verdict
  }

  private let plan: AuditPlan
  private let places: PieceStarts
  private var sides: [Share]
  private var common: [Share]
  private var departures: [DepartureKey: AuditResult.Departure] = [:]
  private var rules: [RuleKey: AuditResult.RuleShare] = [:]
  private var quarters: [Day: AuditResult.Quarter] = [:]
  private var actuals: [Outcome: Int] = [:]
  private var commonActuals: [Outcome: Int] = [:]
  private var order: OrderReading
  private var inForce = Share(0, of: 0)
  private var (beforeFirst, incomplete, excepted) = (0, 0, 0)

  init(_ plan: AuditPlan, _ places: PieceStarts) {
    self.plan = plan
    self.places = places
    sides = Array(repeating: Share(0, of: 0), count: plan.cases.sides.count)
    common = sides
    order = OrderReading(plan.cases.sides)
  }

  mutating func add(_ item: AuditTally.Count) {
    let (kind, cases) = (item.kind, item.count)
    let isCommon = !kind.verdicts.contains(nil)
    for (side, verdict) in kind.verdicts.enumerated() {
      guard let verdict else { continue }
      sides[side].add(cases, counts: verdict.outcome == kind.actual)
      if isCommon { common[side].add(cases, counts: verdict.outcome == kind.actual) }
    }
    if isCommon { commonActuals[kind.actual, default: 0] += cases }
    guard let side = kind.inForce else {
      beforeFirst += cases
      return
    }
    guard let verdict = kind.verdicts[side] else {
      incomplete += cases
      return
    }
    let agrees = verdict.outcome == kind.actual
    inForce.add(cases, counts: agrees)
    actuals[kind.actual, default: 0] += cases
    addQuarter(item, agrees)
    let key = RuleKey(side: side, verdict: verdict)
    var rule =
      rules[key]
      ?? AuditResult.RuleShare(
        side: side, rules: verdict.rules, expected: verdict.outcome, departed: Share(0, of: 0), excepted: 0)
    rule.departed.add(cases, counts: !agrees && kind.exception == nil)
    if kind.exception != nil { rule.excepted += cases }
    rules[key] = rule
    // What was agreed beforehand says nothing of what prevails where nothing was.
    if kind.exception == nil { order.add(verdict, actual: kind.actual, side: side, cases: cases) }
    if !agrees { addDeparture(item, side, verdict) }
  }

  private mutating func addQuarter(_ item: AuditTally.Count, _ agrees: Bool) {
    guard let from = item.kind.quarter else { return }
    let none = Array(repeating: Share(0, of: 0), count: sides.count)
    var quarter = quarters[from] ?? AuditResult.Quarter(from: from, agree: Share(0, of: 0), sides: none)
    quarter.agree.add(item.count, counts: agrees)
    for (side, verdict) in item.kind.verdicts.enumerated() {
      if let verdict { quarter.sides[side].add(item.count, counts: verdict.outcome == item.kind.actual) }
    }
    quarters[from] = quarter
  }

  private mutating func addDeparture(_ item: AuditTally.Count, _ side: Int, _ verdict: Verdict) {
    let kind = item.kind
    if kind.exception != nil { excepted += item.count }
    let key = DepartureKey(side: side, verdict: verdict, actual: kind.actual, exception: kind.exception)
    let row = places.row(item.first)
    var departure =
      departures[key]
      ?? AuditResult.Departure(
        side: side, rules: verdict.rules, expected: verdict.outcome, actual: kind.actual, cases: 0, overridden: 0,
        row: row, exception: kind.exception.map { plan.exceptions[side][$0].rule.key })
    departure.cases += item.count
    departure.overridden += kind.hasReason ? item.count : 0
    departure.row = min(departure.row, row)
    departures[key] = departure
  }

  func finish(_ result: inout AuditResult) {
    result.sides = sides
    result.common = common
    result.beforeFirst = beforeFirst
    result.incomplete = incomplete
    result.inForce = inForce
    result.excepted = excepted
    result.constant = AuditCount.constant(actuals, of: inForce.of)
    result.commonConstant = AuditCount.constant(commonActuals, of: commonActuals.values.reduce(0, +))
    result.departures = departures.values.sorted { ($0.cases, $1.row) > ($1.cases, $0.row) }
    result.rules = rules.values.sorted {
      if $0.side != $1.side { return $0.side < $1.side }
      if $0.rules != $1.rules { return $0.rules.lexicographicallyPrecedes($1.rules) }
      return "\($0.expected)" < "\($1.expected)"
    }
    result.quarters = quarters.values.sorted { $0.from < $1.from }
    result.priorities = order.found
  }

  private static func constant(_ actuals: [Outcome: Int], of all: Int) -> AuditResult.Constant? {
    let most = actuals.max { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }
    return most.map { AuditResult.Constant(outcome: $0.key, share: Share($0.value, of: all)) }
  }
}
