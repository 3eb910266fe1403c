/// A part of the grid in which both sides answer, and answer otherwise.
struct GridLeaf: Sendable {
  var box: GridBox
  var before: OutcomeID
  var after: OutcomeID
  /// The rules whose answers these are.
  var rulesBefore: [Int32]
  var rulesAfter: [Int32]
}

/// One of the two sides of a comparison.
enum GridSide: Hashable, Sendable {
  case before, after

  var other: GridSide { self == .before ? .after : .before }
}

/// Two tables over the same grid, with what changed between them.
struct GridPair {
  let axes: [Axis]
  let before: GridTable
  let after: GridTable
  /// Which rules changed; see `Alignment`.
  var changedBefore: [Bool]
  var changedAfter: [Bool]
  /// For each rule the unchanged one on the other side that it is, negative where there is none; empty where nobody
  /// looked.
  var partnersBefore: [Int32] = []
  var partnersAfter: [Int32] = []
  /// Whether all unchanged rules stand in the same order on both sides.
  var isInOrder = true

  /// Two tables with everything that they share set aside.
  ///
  /// Costs a pass over both; see `Alignment`.
  static func aligned(_ axes: [Axis], _ before: GridTable, _ after: GridTable) -> GridPair {
    guard before.combination == after.combination else {
      return GridPair(
        axes: axes, before: before, after: after, changedBefore: Array(repeating: true, count: before.count),
        changedAfter: Array(repeating: true, count: after.count))
    }
    let alignment = Alignment(before, after)
    return GridPair(
      axes: axes, before: before, after: after, changedBefore: alignment.changedBefore,
      changedAfter: alignment.changedAfter, partnersBefore: alignment.partner,
      partnersAfter: alignment.partnerAfter(after.count), isInOrder: alignment.isInOrder)
  }

  func table(_ side: GridSide) -> GridTable { side == .before ? before : after }
  func partners(_ side: GridSide) -> [Int32] { side == .before ? partnersBefore : partnersAfter }
  /// The changed rules of a side, in order.
  func changed(_ side: GridSide) -> [Int32] {
    let changed = side == .before ? changedBefore : changedAfter
    return changed.indices.compactMap { changed[$0] ? Int32($0) : nil }
  }
  func isChanged(_ rule: Int32, _ side: GridSide) -> Bool {
    side == .before ? changedBefore[Int(rule)] : changedAfter[Int(rule)]
  }
}

/// The search through a part of the grid for the places where two tables answer otherwise.
///
/// Work is counted in rules and words touched, not in seconds, so that a verdict depends on the tables alone.
struct DescentLimits {
  /// What is left of the budget.
  var work: Int
  /// Most leaves that are kept; the search ends at the last of them.
  var leaves: Int
}

/// How a search ended.
enum DescentEnd {
  /// Everything was looked at.
  case complete
  /// The limit of leaves was reached.
  case enough
  /// The work was spent.
  case exhausted
}

/// What the two kinds of descent share: the rules alive in a box, and the choice of the axis to cut.
struct AliveRules {
  var before: [Int32]
  var after: [Int32]

  subscript(side: GridSide) -> [Int32] { side == .before ? before : after }
}

extension GridPair {
  /// The axis on which most of these rules exclude a part of the box, or nil where none excludes any.
  func axisToCut(_ box: GridBox, _ groups: [(GridSide, ArraySlice<Int32>)]) -> Int? {
    var counts = [Int32](repeating: 0, count: axes.count)
    for (side, rules) in groups {
      let table = side == .before ? before : after
      for rule in rules {
        for constraint in table.constraints(of: rule) {
          let mine = box.sides[Int(constraint.axis)]
          if mine.low < constraint.low || constraint.high < mine.high
            || (constraint.set >= 0 && !mine.isSubset(of: table.sets[Int(constraint.set)]))
          {
            counts[Int(constraint.axis)] += 1
          }
        }
      }
    }
    var best: Int?
    for (axis, count) in counts.enumerated() where count > (best.map { counts[$0] } ?? 0) { best = axis }
    return best
  }

  /// The atoms that each rule accepts on an axis, nil where it accepts the whole side.
  func accepted(_ rules: some Sequence<Int32>, _ side: GridSide, axis: Int, _ mine: AtomSet) -> [AtomSet?] {
    let table = side == .before ? before : after
    return rules.map { rule in
      guard let set = table.set(of: rule, on: axis), !mine.isSubset(of: set) else { return nil }
      return set
    }
  }
}
