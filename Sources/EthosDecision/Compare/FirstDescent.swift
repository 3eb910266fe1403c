/// The search under `first`, for one changed rule: where it is the rule that answers on its side, and the other side
/// answers otherwise.
///
/// At every input that is decided otherwise at least one of the two rules that answer is a changed one (see `Alignment`),
/// so the searches for all changed rules find every difference; a place where both are changed belongs to the rule
/// before. A box is left as soon as an earlier rule covers it, or the other side cannot but answer the same.
///
/// Where an earlier rule does not hold, the unchanged rule on the other side that it is does not either: those are left
/// out from the start, and what is left on the other side is little where little changed.
///
/// INVARIANT: the last rule of both tables holds everywhere; it stands for the default.
struct FirstDescent {
  private let pair: GridPair
  private let side: GridSide
  private let own: GridTable
  private let other: GridTable
  private let target: Int32
  var limits: DescentLimits
  private(set) var leaves: [GridLeaf] = []

  /// The work of a box beside that on its rules.
  private static let nodeWork = 20

  init(_ pair: GridPair, side: GridSide, target: Int32, limits: DescentLimits) {
    self.pair = pair
    self.side = side
    own = pair.table(side)
    other = pair.table(side.other)
    self.target = target
    self.limits = limits
  }

  mutating func run() -> DescentEnd {
    guard let box = own.box(of: target, within: GridBox(pair.axes)) else { return .complete }
    var earlier: [Int32] = []
    for rule in 0..<target where !own.isDisjoint(rule, from: box) { earlier.append(rule) }
    let partners = pair.partners(side.other)
    var others: [Int32] = []
    for rule in 0..<Int32(other.count) {
      if !partners.isEmpty, (0..<target).contains(partners[Int(rule)]) { continue }
      if other.isDisjoint(rule, from: box) { continue }
      others.append(rule)
      if other.covers(rule, box) { break }
    }
    limits.work -= earlier.count + others.count
    return explore(box, earlier, others)
  }

  private mutating func explore(_ box: GridBox, _ earlier: [Int32], _ others: [Int32]) -> DescentEnd {
    limits.work -= earlier.count + FirstDescent.nodeWork
    for rule in earlier where own.covers(rule, box) { return .complete }
    let answer = own.outcomes[Int(target)]
    var relevant: [Int32] = []
    var lastOther = 0
    for rule in others {
      limits.work -= 1
      relevant.append(rule)
      if counts(rule, answer) { lastOther = relevant.count }
      if other.covers(rule, box) { break }
    }
    // What follows the last rule that makes a difference makes none.
    guard lastOther > 0 else { return .complete }
    let isDecided = earlier.isEmpty && other.covers(relevant[0], box)
    if isDecided {
      leaves.append(leaf(box, relevant[0]))
      return leaves.count >= limits.leaves ? .enough : .complete
    }
    guard limits.work > 0 else { return .exhausted }
    let asked = relevant[..<lastOther]
    guard let axis = pair.axisToCut(box, [(side, earlier[...]), (side.other, asked)]) else { return .complete }
    let mine = box.sides[axis]
    let split = AxisSplit(
      side: mine,
      accepted: pair.accepted(earlier, side, axis: axis, mine) + pair.accepted(asked, side.other, axis: axis, mine))
    limits.work -= split.work
    return descend(split, axis, box, earlier, relevant, asked.count)
  }

  private mutating func descend(
    _ split: AxisSplit, _ axis: Int, _ box: GridBox, _ earlier: [Int32], _ relevant: [Int32], _ asked: Int
  ) -> DescentEnd {
    var children: [(earlier: [Int32], others: [Int32], set: AtomSet)] = []
    children.reserveCapacity(split.parts.count)
    for part in split.parts {
      var alive: [Int32] = []
      alive.reserveCapacity(earlier.count)
      for (index, rule) in earlier.enumerated() where split.isAlive(index, in: part) { alive.append(rule) }
      // Those behind the last that makes a difference were not asked about; they stay, and are dropped when met.
      var others: [Int32] = []
      others.reserveCapacity(relevant.count)
      for (index, rule) in relevant.enumerated()
      where index >= asked || split.isAlive(earlier.count + index, in: part) {
        others.append(rule)
      }
      children.append((alive, others, part.set))
    }
    limits.work -= (earlier.count + relevant.count) * children.count / 8
    // Where fewer earlier rules are alive a difference is found sooner.
    children.sort { $0.earlier.count < $1.earlier.count }
    var inner = box
    for child in children {
      inner.sides[axis] = child.set
      let others = relevant.count > asked ? child.others.filter { !other.isDisjoint($0, from: inner) } : child.others
      let end = explore(inner, child.earlier, others)
      if case .complete = end { continue }
      return end
    }
    return .complete
  }

  /// Whether an answer of the other side's rule would be a difference that belongs to this target.
  private func counts(_ rule: Int32, _ answer: OutcomeID) -> Bool {
    guard other.outcomes[Int(rule)] != answer else { return false }
    return side == .before || !pair.isChanged(rule, .before)
  }

  private func leaf(_ box: GridBox, _ rule: Int32) -> GridLeaf {
    let (old, new) = side == .before ? (target, rule) : (rule, target)
    return GridLeaf(
      box: box, before: pair.before.outcomes[Int(old)], after: pair.after.outcomes[Int(new)], rulesBefore: [old],
      rulesAfter: [new])
  }
}
