import EthosDecision
import EthosText

extension AuditResult {
  /// Joins what the workers counted.
  ///
  /// Counting is the same in any order; what is met first has the least place in the file.
  package init(_ tallies: [AuditTally], plan: AuditPlan, headerLines: Int) {
    let places = PieceStarts(tallies.flatMap(\.pieces), headerLines: headerLines)
    cases = places.rows
    malformed = tallies.reduce(0) { $0 + $1.malformedCount }
    excluded = tallies.reduce(0) { $0 + $1.excluded }
    unsettled = tallies.reduce(0) { $0 + $1.unsettled }
    described = places.described(tallies.flatMap(\.malformed))
    missing = places.missing(tallies.map(\.missing))
    hasDays = plan.hasDays
    refusals = plan.cases.sides.indices.map { side in
      tallies.compactMap { $0.refusals[side] }.min { $0.position < $1.position }?.reason
    }
    var groups = AuditGroups(plan)
    var count = AuditCount(plan, places)
    for tally in tallies {
      for item in tally.counts { count.add(item) }
      groups.add(tally)
    }
    count.finish(&self)
    let reached = Set(rules.map(\.side))
    unapplied = plan.unapplied.filter { reached.contains($0.side) }
    groups.finish(&self)
    for (side, frictions) in plan.frictions.enumerated() {
      self.frictions.append([])
      guard reached.contains(side) else { continue }
      for (place, friction) in frictions.enumerated() {
        var meter = FrictionMeter()
        for tally in tallies { meter.merge(tally.frictions[side][place]) }
        self.frictions[side].append((friction, meter))
      }
    }
    for tally in tallies {
      for item in tally.listed {
        let kind = tally.counts[item.kind].kind
        guard let side = kind.side else { continue }
        listed.append(
          Listed(
            row: places.row(item.position), line: places.line(item.position, item.line),
            day: item.day.map { Day(daysSinceEpoch: Int($0)) }, side: side, rules: kind.verdicts[side]?.rules ?? [],
            expected: kind.verdicts[side]?.outcome, actual: kind.actual, hasReason: kind.hasReason, facts: item.facts))
      }
    }
    listed.sort { $0.row < $1.row }
  }
}

/// Counts cases by the rules in force.
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
  private var departures: [DepartureKey: AuditResult.Departure] = [:]
  private var rules: [RuleKey: AuditResult.RuleShare] = [:]
  private var actuals: [Outcome: Int] = [:]
  private var order: OrderReading
  private var inForce = Share(0, of: 0)
  private var unread: [Int: Int] = [:]
  private var (beforeFirst, incomplete, refused, excepted) = (0, 0, 0, 0)

  init(_ plan: AuditPlan, _ places: PieceStarts) {
    self.plan = plan
    self.places = places
    order = OrderReading(plan.cases.sides)
  }

  mutating func add(_ item: AuditTally.Count) {
    let (kind, cases) = (item.kind, item.count)
    let side: Int
    switch kind.inForce {
    case .nothing:
      beforeFirst += cases
      return
    case .unread(let state):
      unread[state, default: 0] += cases
      return
    case .side(let place): side = place
    }
    guard let verdict = kind.verdicts[side] else {
      if kind.isRefused { refused += cases } else { incomplete += cases }
      return
    }
    let agrees = verdict.outcome == kind.actual
    inForce.add(cases, counts: agrees)
    actuals[kind.actual, default: 0] += cases
    let key = RuleKey(side: side, verdict: verdict)
    var rule =
      rules[key]
      ?? AuditResult.RuleShare(
        side: side, rules: verdict.rules, expected: verdict.outcome, departed: Share(0, of: 0), excepted: 0)
    rule.departed.add(cases, counts: kind.departs)
    if kind.exception != nil { rule.excepted += cases }
    rules[key] = rule
    // What was agreed beforehand says nothing of what prevails where nothing was.
    if kind.exception == nil { order.add(verdict, actual: kind.actual, side: side, cases: cases) }
    if !agrees { addDeparture(item, side, verdict) }
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
        row: row, exception: kind.exception.map { plan.exceptions[side][$0].rule.key }, facts: item.facts)
    departure.cases += item.count
    departure.overridden += kind.hasReason ? item.count : 0
    if row < departure.row { (departure.row, departure.facts) = (row, item.facts) }
    departures[key] = departure
  }

  func finish(_ result: inout AuditResult) {
    result.beforeFirst = beforeFirst
    result.unread = unread.map { (state: $0.key, cases: $0.value) }.sorted { $0.state < $1.state }
    result.incomplete = incomplete
    result.refused = refused
    result.inForce = inForce
    result.excepted = excepted
    result.constant = AuditResult.Constant(actuals)
    result.departures = departures.values.sorted { ($0.cases, $1.row) > ($1.cases, $0.row) }
    result.rules = rules.values.sorted {
      if $0.side != $1.side { return $0.side < $1.side }
      if $0.rules != $1.rules { return $0.rules.lexicographicallyPrecedes($1.rules) }
      return "\($0.expected)" < "\($1.expected)"
    }
    result.priorities = order.found
  }
}

extension AuditResult.Constant {
  /// The most frequent of some answers; nil of none.
  init?(_ actuals: [Outcome: Int]) {
    guard let most = actuals.max(by: { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }) else { return nil }
    self.init(outcome: most.key, share: Share(most.value, of: actuals.values.reduce(0, +)))
  }
}
