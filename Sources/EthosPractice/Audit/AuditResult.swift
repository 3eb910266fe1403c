package import EthosDecision
import EthosFEEL
package import EthosText

/// A part of some cases, with what it can be by chance.
package struct Share: Sendable, Hashable {
  package var count: Int
  package var of: Int

  package init(_ count: Int, of: Int) {
    self.count = count
    self.of = of
  }

  /// The bounds between which the rate behind it lies with 95 % (Wilson's score interval); nil of no cases.
  package var interval: (low: Double, high: Double)? {
    guard of > 0 else { return nil }
    let (n, z) = (Double(of), 1.959_963_984_540_054)
    let rate = Double(count) / n
    let middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    return (max(0, middle - half), min(1, middle + half))
  }
}

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
  }

  package struct Segment: Sendable {
    package var column: String
    package var value: String
    package var agree: Share
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

  package var cases = 0
  package var malformed = 0
  /// Cases of days before any state was in force.
  package var beforeFirst = 0
  /// Cases that lack a fact which the rules in force need.
  package var incomplete = 0
  package var inForce = Share(0, of: 0)
  /// The agreement with each state, of the cases that it decides.
  package var sides: [Share] = []
  /// The same over the cases that all states decide, by which they are compared.
  package var common: [Share] = []
  package var best: Evidence?
  package var departures: [Departure] = []
  package var segments: [Segment] = []
  package var quarters: [Quarter] = []
  package var priorities = RevealedOrder()
  package var missing: [ReplayResult.Missing] = []
  package var described: [MalformedCase] = []

  package init(_ tallies: [AuditTally], plan: AuditPlan, headerLines: Int) {
    let places = PieceStarts(tallies.flatMap(\.pieces), headerLines: headerLines)
    cases = places.rows
    malformed = tallies.reduce(0) { $0 + $1.malformedCount }
    described = places.described(tallies.flatMap(\.malformed))
    missing = places.missing(tallies.map(\.missing))
    let count = plan.cases.sides.count
    sides = Array(repeating: Share(0, of: 0), count: count)
    common = sides
    var departures: [DepartureKey: Departure] = [:]
    var quarters: [Day: Quarter] = [:]
    var order = OrderReading(plan.cases.sides)
    // Counting is the same in any order; what is met first has the least place in the file.
    for item in tallies.flatMap(\.counts) {
      let kind = item.kind
      let isCommon = !kind.verdicts.contains(nil)
      for side in 0..<count {
        guard let verdict = kind.verdicts[side] else { continue }
        let agrees = verdict.outcome == kind.actual ? item.count : 0
        sides[side] = Share(sides[side].count + agrees, of: sides[side].of + item.count)
        if isCommon { common[side] = Share(common[side].count + agrees, of: common[side].of + item.count) }
      }
      guard let inForce = kind.inForce else {
        beforeFirst += item.count
        continue
      }
      guard let verdict = kind.verdicts[inForce] else {
        incomplete += item.count
        continue
      }
      let agrees = verdict.outcome == kind.actual
      self.inForce = Share(self.inForce.count + (agrees ? item.count : 0), of: self.inForce.of + item.count)
      if let from = kind.quarter {
        var quarter =
          quarters[from]
          ?? Quarter(from: from, agree: Share(0, of: 0), sides: Array(repeating: Share(0, of: 0), count: count))
        quarter.agree = Share(quarter.agree.count + (agrees ? item.count : 0), of: quarter.agree.of + item.count)
        for side in 0..<count {
          guard let other = kind.verdicts[side] else { continue }
          quarter.sides[side] = Share(
            quarter.sides[side].count + (other.outcome == kind.actual ? item.count : 0),
            of: quarter.sides[side].of + item.count)
        }
        quarters[from] = quarter
      }
      order.add(verdict, actual: kind.actual, side: inForce, cases: item.count)
      guard !agrees else { continue }
      let key = DepartureKey(side: inForce, verdict: verdict, actual: kind.actual)
      let row = places.row(item.first)
      var departure =
        departures[key]
        ?? Departure(
          side: inForce, rules: verdict.rules, expected: verdict.outcome, actual: kind.actual, cases: 0, overridden: 0,
          row: row)
      departure.cases += item.count
      departure.overridden += kind.hasReason ? item.count : 0
      departure.row = min(departure.row, row)
      departures[key] = departure
    }
    self.departures = departures.values.sorted { ($0.cases, $1.row) > ($1.cases, $0.row) }
    self.quarters = quarters.values.sorted { $0.from < $1.from }
    priorities = order.found
    best = evidence(tallies)
    segments = AuditResult.segments(tallies, plan)
  }

  private struct DepartureKey: Hashable {
    var side: Int
    var verdict: Verdict
    var actual: Outcome
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

  private static func segments(_ tallies: [AuditTally], _ plan: AuditPlan) -> [Segment] {
    struct Key: Hashable {
      var column: Int
      var value: [UInt8]
    }
    var shares: [Key: Share] = [:]
    for tally in tallies {
      for (segment, count) in tally.segments {
        guard let agrees = segment.agrees else { continue }
        let key = Key(column: segment.column, value: segment.value)
        let known = shares[key] ?? Share(0, of: 0)
        shares[key] = Share(known.count + (agrees ? count : 0), of: known.of + count)
      }
    }
    return shares.sorted { left, right in
      if left.key.column != right.key.column { return left.key.column < right.key.column }
      if left.value.of != right.value.of { return left.value.of > right.value.of }
      return left.key.value.lexicographicallyPrecedes(right.key.value)
    }.map { key, share in
      Segment(
        column: plan.cases.segmentNames[key.column], value: String(decoding: key.value, as: UTF8.self), agree: share)
    }
  }
}
