/// The least and the most that rules add up to in a box.
///
/// Exact where every rule that may or may not hold depends on one fact alone there; else no narrower than it is.
struct PointBounds {
  private(set) var low: Int64 = 0
  private(set) var high: Int64 = 0
  /// Whether a rule holds in every case.
  private(set) var isSure = false
  /// Whether a rule holds in some case.
  private(set) var mayHold = false

  init(_ rules: [(box: SparseBox, points: Int64)], _ box: GridBox) {
    var byAxis: [Int: [(set: AtomSet, points: Int64)]] = [:]
    for rule in rules where rule.box.sides.allSatisfy({ $0.set.intersects(box.sides[$0.axis]) }) {
      let cutting = rule.box.sides.filter { !box.sides[$0.axis].isSubset(of: $0.set) }
      mayHold = true
      switch cutting.count {
      case 0:
        isSure = true
        low += rule.points
        high += rule.points
      case 1: byAxis[cutting[0].axis, default: []].append((cutting[0].set, rule.points))
      default: if rule.points < 0 { low += rule.points } else { high += rule.points }
      }
    }
    for (axis, rules) in byAxis {
      var starts: Set<Int32> = []
      for set in rules.map(\.set) + [box.sides[axis]] {
        for range in set.ranges {
          starts.insert(range.low)
          starts.insert(range.high + 1)
        }
      }
      let totals = starts.filter { box.sides[axis].contains($0) }.map { atom in
        rules.reduce(Int64(0)) { $0 + ($1.set.contains(atom) ? $1.points : 0) }
      }
      low += totals.min() ?? 0
      high += totals.max() ?? 0
      if starts.allSatisfy({ atom in !box.sides[axis].contains(atom) || rules.contains { $0.set.contains(atom) } }) {
        isSure = true
      }
    }
  }
}
