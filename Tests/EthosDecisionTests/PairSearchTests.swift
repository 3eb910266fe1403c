import EthosFEEL
import EthosTestSupport
import Testing

@testable import EthosDecision

/// The search for pairs of rules against looking at every place of small grids.
@Suite struct PairSearchTests {
  private static func axes(_ random: inout SeededGenerator) -> [Axis] {
    (0..<Int.random(in: 1...4, using: &random)).map { index in
      Axis(
        name: "f\(index)", kind: .fact(.number, step: nil),
        atoms: (0..<Int.random(in: 1...5, using: &random)).map { .value(.number(FEELNumber($0))) }, weights: nil)
    }
  }

  private static func table(_ axes: [Axis], _ random: inout SeededGenerator) -> GridTable {
    var table = GridTable(axisCount: axes.count, combination: .first, fallback: 0)
    for row in 0..<Int.random(in: 0...7, using: &random) {
      var box = SparseBox()
      for (index, axis) in axes.enumerated() where Bool.random(using: &random) {
        let atoms = (0..<Int32(axis.atomCount)).filter { _ in Bool.random(using: &random) }
        let set = AtomSet(atoms.map { AtomSet.Range($0, $0) })
        if set != AtomSet(all: axis.atomCount) { box[index] = set }
      }
      table.append(box, outcome: Int32.random(in: 0..<3, using: &random), source: .row(row))
    }
    table.append([:], outcome: 0, source: .fallback)
    return table
  }

  private static func places(_ axes: [Axis]) -> [GridBox] {
    axes.reduce([[]]) { places, axis in
      places.flatMap { place in (0..<Int32(axis.atomCount)).map { place + [AtomSet($0, $0)] } }
    }.map(GridBox.init(sides:))
  }

  private struct Match: Hashable {
    var before: Int32
    var after: Int32
  }

  @Test(arguments: 0..<8) func `all pairs of rules are found, and no others`(worker: Int) {
    var random = SeededGenerator(seed: 52_000 + UInt64(worker))
    for _ in 0..<(150 * soakFactor) {
      let axes = PairSearchTests.axes(&random)
      let pair = GridPair.aligned(axes, PairSearchTests.table(axes, &random), PairSearchTests.table(axes, &random))
      var expected: Set<Match> = []
      for place in PairSearchTests.places(axes) {
        let match = Match(before: pair.before.holding(place)[0], after: pair.after.holding(place)[0])
        if pair.before.outcomes[Int(match.before)] != pair.after.outcomes[Int(match.after)] { expected.insert(match) }
      }
      var search = PairSearch(pair)
      var found: Set<Match> = []
      for side in [GridSide.before, .after] {
        for rule in pair.changed(side) {
          var budget = Int.max
          while case .found(let match) = search.next(rule, side, budget: &budget) {
            #expect(found.insert(Match(before: match.before, after: match.after)).inserted, "found twice")
            #expect((side == .before ? match.before : match.after) == rule)
            #expect(pair.before.holding(match.box).first == match.before)
            #expect(pair.after.holding(match.box).first == match.after)
          }
          #expect(budget > 0)
        }
      }
      #expect(found == expected, "\(pair)")
    }
  }

  @Test(arguments: 0..<4) func `a rule is reached, or rules leave a gap, where some place says so`(worker: Int) {
    var random = SeededGenerator(seed: 53_000 + UInt64(worker))
    for _ in 0..<(150 * soakFactor) {
      let axes = PairSearchTests.axes(&random)
      let table = PairSearchTests.table(axes, &random)
      let box = GridBox(
        sides: axes.map { axis in
          let low = Int32.random(in: 0..<Int32(axis.atomCount), using: &random)
          return AtomSet(low, Int32.random(in: low..<Int32(axis.atomCount), using: &random))
        })
      let inside = PairSearchTests.places(axes).filter { $0.isSubset(of: box) }
      let search = RuleSearch(axes, table, box: box)
      for rule in 0..<Int32(table.count) {
        var budget = Int.max
        let expected = inside.contains { table.holding($0).first == rule }
        switch search.place(rule, budget: &budget) {
        case .found(let place, let rules):
          #expect(expected && place.isSubset(of: box) && rules == [rule] && table.holding(place).first == rule)
        case .nowhere: #expect(!expected)
        case .unfinished: Issue.record("a budget without an end was spent")
        }
      }
      let end = Int32(table.count) - 1
      let gap = inside.contains { place in !(0..<end).contains { table.covers($0, place) } }
      var budget = Int.max
      switch RuleSearch(axes, table, end: end, box: box).place(nil, budget: &budget) {
      case .found(let place, _): #expect(gap && place.isSubset(of: box))
      case .nowhere: #expect(!gap)
      case .unfinished: Issue.record("a budget without an end was spent")
      }
    }
  }
}
