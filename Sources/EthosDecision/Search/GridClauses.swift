/// Says in clauses which atoms facts have, and where rules hold.
///
/// An axis is a variable with many values. It is said by its bounds: for each place where a condition begins or ends
/// there is a variable that holds where the atom is at most there (the order encoding; Crawford and Baker 1994), so that a
/// condition on a range is two literals, and atoms that no condition tells apart are one.
struct GridClauses: ~Copyable {
  var solver: ClauseSolver
  private let axes: [Axis]
  /// By axis, the last atoms of what is told apart, all but the last of them; and the variables that say "at most".
  private let bounds: [[Int32]]
  private let atMost: [[Literal]]
  /// A literal that always holds.
  let always: Literal
  private var sets: [SetKey: Literal] = [:]
  private var boxes: [[Literal]: Literal] = [:]

  private struct SetKey: Hashable {
    var axis: Int32
    var set: AtomSet
  }

  /// The clauses of the axes that these tables cut, and of a box that will be asked about.
  init(_ axes: [Axis], _ tables: [GridTable], box: GridBox? = nil, keepsProof: Bool = false) {
    self.axes = axes
    var cuts = [Set<Int32>](repeating: [], count: axes.count)
    func cut(_ axis: Int, _ set: AtomSet) {
      for range in set.ranges {
        if range.low > 0 { cuts[axis].insert(range.low - 1) }
        if Int(range.high) < axes[axis].atomCount - 1 { cuts[axis].insert(range.high) }
      }
    }
    for table in tables {
      for constraint in table.constraints { cut(Int(constraint.axis), table.set(constraint)) }
    }
    for (axis, side) in (box?.sides ?? []).enumerated() { cut(axis, side) }
    var solver = ClauseSolver(keepsProof: keepsProof)
    always = solver.newVariable()
    solver.add([always])
    bounds = cuts.map { $0.sorted() }
    var atMost: [[Literal]] = []
    for bounds in bounds {
      var literals: [Literal] = []
      for _ in bounds {
        let literal = solver.newVariable()
        if let last = literals.last { solver.add([!last, literal]) }
        literals.append(literal)
      }
      atMost.append(literals)
    }
    self.atMost = atMost
    self.solver = solver
  }

  /// The literal that an atom is at most this one.
  private func atMost(_ atom: Int32, _ axis: Int) -> Literal {
    if atom < 0 { return !always }
    let bounds = bounds[axis]
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] < atom { low = middle + 1 } else { high = middle }
    }
    // INVARIANT: every end of a set that is asked about was cut, or is the end of the axis.
    return low < bounds.count ? atMost[axis][low] : always
  }

  /// The literals that hold together where an axis has an atom of a set.
  private mutating func literals(_ set: AtomSet, _ axis: Int) -> [Literal] {
    if set.isEmpty { return [!always] }
    if set.isRange {
      return [!atMost(set.low - 1, axis), atMost(set.high, axis)].filter { $0 != always }
    }
    let key = SetKey(axis: Int32(axis), set: set)
    if let known = sets[key] { return [known] }
    let literal = solver.newVariable()
    let ranges = set.ranges
    for range in ranges {
      solver.add([literal, atMost(range.low - 1, axis), !atMost(range.high, axis)])
    }
    for (left, right) in zip(ranges, ranges.dropFirst()) {
      solver.add([!literal, atMost(left.high, axis), !atMost(right.low - 1, axis)])
    }
    solver.add([!literal, !atMost(set.low - 1, axis)])
    solver.add([!literal, atMost(set.high, axis)])
    sets[key] = literal
    return [literal]
  }

  /// A literal that holds where a rule does; rules with the same box share it.
  mutating func rule(_ rule: Int32, _ table: GridTable) -> Literal {
    var literals: [Literal] = []
    for constraint in table.constraints(of: rule) {
      literals += self.literals(table.set(constraint), Int(constraint.axis))
    }
    return conjunction(literals)
  }

  /// A literal that holds where all of these do.
  mutating func conjunction(_ literals: [Literal]) -> Literal {
    if literals.isEmpty { return always }
    if literals.count == 1 { return literals[0] }
    if let known = boxes[literals] { return known }
    let all = solver.newVariable(isInner: true)
    for literal in literals { solver.add([!all, literal]) }
    solver.add([all] + literals.map { !$0 })
    boxes[literals] = all
    return all
  }

  /// The literals that hold together in a box.
  mutating func literals(_ box: GridBox) -> [Literal] {
    var found: [Literal] = []
    for (axis, side) in box.sides.enumerated() where side != AtomSet(all: axes[axis].atomCount) {
      found += literals(side, axis)
    }
    return found
  }

  /// The part of the grid that the case found last is in: no condition tells its atoms apart.
  var place: GridBox {
    GridBox(
      sides: axes.indices.map { axis in
        let first = atMost[axis].firstIndex { solver.holds($0) } ?? bounds[axis].count
        return AtomSet(
          first > 0 ? bounds[axis][first - 1] + 1 : 0,
          first < bounds[axis].count ? bounds[axis][first] : Int32(axes[axis].atomCount) - 1)
      })
  }
}
