/// A condition of a rule on one axis.
struct GridConstraint {
  var axis: Int32
  /// The atoms that satisfy it, by their bounds; all of them where `set` is negative.
  var low: Int32
  var high: Int32
  /// The index of the exact set among the axis' sets with holes; negative where there are no holes.
  var set: Int32
}

/// How the rules of a grid that hold together answer.
enum GridCombination: Hashable, Sendable {
  /// The first that holds.
  case first
  /// The only one that holds.
  case unique
  /// Any, where all that hold answer alike.
  case any
  /// All answers in the order of the rules.
  case sequence
  /// The sum of all answers, or their number.
  case sum, count

  /// Whether the order of the rules means something.
  var heedsOrder: Bool { self == .first || self == .sequence }
}

/// A decision table over atoms: every rule is a box of a grid, with the number of its answer.
///
/// Both revisions of a decision share the axes, the answers and their numbers. Rules keep only the conditions that
/// exclude something; a rule's conditions stand side by side, by axis.
struct GridTable {
  let axisCount: Int
  var combination: GridCombination
  /// The answer where no rule holds.
  var fallback: OutcomeID
  /// Where a rule's constraints start; one more than there are rules.
  private(set) var starts: [Int32] = [0]
  private(set) var constraints: [GridConstraint] = []
  private(set) var outcomes: [OutcomeID] = []
  /// What each rule came from: the index of the rule in the source table, or a negative number for what no row says.
  private(set) var sources: [RuleSource] = []
  /// A number for each rule that equal rules share, whatever table they are in.
  private(set) var hashes: [UInt64] = []
  /// Sets with holes, all axes together.
  private(set) var sets: [AtomSet] = []
  /// Rules at the start that refuse a case, whatever the combination: what is missing or not allowed.
  private(set) var guardCount = 0

  init(axisCount: Int, combination: GridCombination, fallback: OutcomeID) {
    self.axisCount = axisCount
    self.combination = combination
    self.fallback = fallback
  }

  var count: Int { outcomes.count }

  /// Adds a rule by its box; axes where the box is all atoms are no condition.
  ///
  /// A box with an empty side never holds and is left out.
  mutating func append(_ box: SparseBox, outcome: OutcomeID, source: RuleSource, isGuard: Bool = false) {
    guard !box.isEmpty else { return }
    var hash = Hasher64(UInt64(bitPattern: Int64(outcome)))
    for side in box.sides {
      let (axis, set) = (side.axis, side.set)
      hash.combine(UInt64(axis))
      var index: Int32 = -1
      if set.isRange {
        hash.combine(set.low, set.high)
      } else {
        for range in set.ranges { hash.combine(range.low, range.high) }
        index = Int32(sets.count)
        sets.append(set)
      }
      constraints.append(GridConstraint(axis: Int32(axis), low: set.low, high: set.high, set: index))
    }
    starts.append(Int32(constraints.count))
    hashes.append(hash.value)
    outcomes.append(outcome)
    sources.append(source)
    // INVARIANT: guards are appended before all other rules.
    if isGuard { guardCount += 1 }
  }

  /// Whether two rules have the same box and the same answer.
  func isSameRule(_ rule: Int32, _ other: GridTable, _ otherRule: Int32) -> Bool {
    guard hashes[Int(rule)] == other.hashes[Int(otherRule)],
      (Int(rule) < guardCount) == (Int(otherRule) < other.guardCount),
      outcomes[Int(rule)] == other.outcomes[Int(otherRule)]
    else { return false }
    let (mine, theirs) = (constraints(of: rule), other.constraints(of: otherRule))
    return mine.count == theirs.count
      && zip(mine, theirs).allSatisfy { left, right in
        left.axis == right.axis && left.low == right.low && left.high == right.high
          && (left.set < 0) == (right.set < 0) && (left.set < 0 || set(left) == other.set(right))
      }
  }

  /// The atoms that satisfy one constraint.
  func set(_ constraint: GridConstraint) -> AtomSet {
    constraint.set < 0 ? AtomSet(constraint.low, constraint.high) : sets[Int(constraint.set)]
  }

  /// Some rules that stand together, with a last one that holds everywhere and answers nothing that a rule can.
  func part(_ rules: Range<Int>) -> GridTable {
    var result = GridTable(axisCount: axisCount, combination: combination, fallback: fallback)
    for rule in rules {
      result.append(sparseBox(of: Int32(rule)), outcome: outcomes[rule], source: sources[rule])
    }
    result.append([:], outcome: GridTable.nothing, source: .fallback)
    return result
  }

  /// The table with one condition of a rule wider, or left out.
  func widening(_ rule: Int32, axis: Int, to set: AtomSet?) -> GridTable {
    var result = GridTable(axisCount: axisCount, combination: combination, fallback: fallback)
    for other in 0..<Int32(count) {
      var box = sparseBox(of: other)
      if other == rule { box[axis] = set }
      result.append(
        box, outcome: outcomes[Int(other)], source: sources[Int(other)], isGuard: Int(other) < guardCount)
    }
    return result
  }

  func sparseBox(of rule: Int32) -> SparseBox {
    var box = SparseBox()
    for constraint in constraints(of: rule) { box.narrow(Int(constraint.axis), set(constraint)) }
    return box
  }

  /// An answer that no table has.
  static let nothing: OutcomeID = -1

  /// The constraints of a rule, by axis.
  func constraints(of rule: Int32) -> ArraySlice<GridConstraint> {
    constraints[Int(starts[Int(rule)])..<Int(starts[Int(rule) + 1])]
  }

  /// The atoms of an axis that satisfy a rule, or nil where it has no condition there.
  func set(of rule: Int32, on axis: Int) -> AtomSet? {
    for constraint in constraints(of: rule) where constraint.axis == axis { return set(constraint) }
    return nil
  }

  func isDisjoint(_ rule: Int32, from box: GridBox) -> Bool {
    for index in Int(starts[Int(rule)])..<Int(starts[Int(rule) + 1]) {
      let constraint = constraints[index]
      let side = box.sides[Int(constraint.axis)]
      if constraint.high < side.low || side.high < constraint.low { return true }
      if constraint.set >= 0 || !side.isRange, !set(constraint).intersects(side) { return true }
    }
    return false
  }

  /// Whether a rule holds everywhere in a box.
  func covers(_ rule: Int32, _ box: GridBox) -> Bool {
    for index in Int(starts[Int(rule)])..<Int(starts[Int(rule) + 1]) {
      let constraint = constraints[index]
      let side = box.sides[Int(constraint.axis)]
      if side.low < constraint.low || constraint.high < side.high { return false }
      if constraint.set >= 0, !side.isSubset(of: sets[Int(constraint.set)]) { return false }
    }
    return true
  }

  /// The rules that hold everywhere in a box, in their order; under `first` the first of them alone.
  func holding(_ box: GridBox) -> [Int32] {
    var rules: [Int32] = []
    for rule in 0..<Int32(count) where covers(rule, box) {
      rules.append(rule)
      if combination == .first { break }
    }
    return rules
  }

  /// Whether two rules, of this table and of one with the same axes, can hold together.
  func overlaps(_ rule: Int32, _ other: GridTable, _ otherRule: Int32) -> Bool {
    var left = Int(starts[Int(rule)])
    var right = Int(other.starts[Int(otherRule)])
    let leftEnd = Int(starts[Int(rule) + 1])
    let rightEnd = Int(other.starts[Int(otherRule) + 1])
    while left < leftEnd, right < rightEnd {
      let (mine, theirs) = (constraints[left], other.constraints[right])
      if mine.axis == theirs.axis {
        if mine.high < theirs.low || theirs.high < mine.low { return false }
        if mine.set >= 0 || theirs.set >= 0, !set(mine).intersects(other.set(theirs)) { return false }
        left += 1
        right += 1
      } else if mine.axis < theirs.axis {
        left += 1
      } else {
        right += 1
      }
    }
    return true
  }

  /// The box of a rule within another box; nil where they do not meet.
  func box(of rule: Int32, within box: GridBox) -> GridBox? {
    var result = box
    for constraint in constraints(of: rule) {
      let side = box.sides[Int(constraint.axis)].intersection(set(constraint))
      if side.isEmpty { return nil }
      result.sides[Int(constraint.axis)] = side
    }
    return result
  }
}

/// The number of an answer; see `OutcomeTable`.
typealias OutcomeID = Int32

/// Where a rule of a grid comes from.
enum RuleSource: Hashable, Sendable {
  /// The row of the table with this index.
  case row(Int)
  /// The refusal of cases that miss an input or have a value that is not allowed.
  case refusal
  /// A row of this table under a row of a decision that it uses.
  indirect case composed(Int, upstream: RuleSource)
  /// No row of this table applies, under a row of a decision that it uses.
  case fallback
  /// A decision that it uses has no answer, so that no row of this table is asked.
  case upstream

  /// The row of the table itself; nil where no row of it is behind the rule.
  var row: Int? {
    switch self {
    case .row(let row), .composed(let row, _): row
    case .refusal, .fallback, .upstream: nil
    }
  }
}

/// A part of the grid: on each axis some atoms.
struct GridBox: Hashable, Sendable {
  var sides: [AtomSet]

  init(sides: [AtomSet]) { self.sides = sides }

  /// The whole grid.
  init(_ axes: [Axis]) { sides = axes.map { AtomSet(all: $0.atomCount) } }

  func intersects(_ other: GridBox) -> Bool {
    for (left, right) in zip(sides, other.sides) where !left.intersects(right) { return false }
    return true
  }

  func isSubset(of other: GridBox) -> Bool {
    for (left, right) in zip(sides, other.sides) where !left.isSubset(of: right) { return false }
    return true
  }
}

/// A hash that is the same in every run and every table (the multiplication and shift of splitmix64).
private struct Hasher64 {
  private(set) var value: UInt64

  init(_ seed: UInt64) { value = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func combine(_ low: Int32, _ high: Int32) {
    combine(UInt64(UInt32(bitPattern: low)) << 32 | UInt64(UInt32(bitPattern: high)))
  }

  mutating func combine(_ word: UInt64) {
    var mixed = (value ^ word) &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    value = mixed ^ (mixed >> 31)
  }
}
