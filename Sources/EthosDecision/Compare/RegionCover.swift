/// Few boxes for many: covers the leaves of one change of answer with boxes that may overlap.
///
/// Leaves that differ on one axis alone are joined first; then each is widened, axis by axis, as far as it stays among
/// the leaves, and a smallest set is chosen greedily. Exact: the boxes cover the leaves and nothing else. Beyond
/// `maximum` boxes only the joining is done.
struct RegionCover {
  /// Most boxes that are widened.
  static let maximum = 120

  static func boxes(_ leaves: [GridBox], _ axes: [Axis]) -> [GridBox] {
    let joined = joined(leaves, axes.count)
    guard joined.count > 1, joined.count <= maximum else { return joined }
    var widened: [GridBox] = []
    for box in joined {
      let wide = widen(box, joined, axes)
      if !widened.contains(where: { wide.isSubset(of: $0) }) {
        widened.removeAll { $0.isSubset(of: wide) }
        widened.append(wide)
      }
    }
    let chosen = choose(widened, joined)
    return chosen.count <= joined.count ? chosen : joined
  }

  /// Joins boxes that are equal but for one axis, until no two are.
  private static func joined(_ boxes: [GridBox], _ axisCount: Int) -> [GridBox] {
    var boxes = boxes
    var hasJoined = true
    while hasJoined, boxes.count > 1 {
      hasJoined = false
      for axis in 0..<axisCount {
        var places: [GridBox: Int] = [:]
        var result: [GridBox] = []
        for box in boxes {
          var key = box
          key.sides[axis] = .empty
          if let place = places[key] {
            result[place].sides[axis] = result[place].sides[axis].union(box.sides[axis])
            hasJoined = true
          } else {
            places[key] = result.count
            result.append(box)
          }
        }
        boxes = result
      }
    }
    return boxes
  }

  /// The box made as wide as the leaves allow, preferring axes on which it need not be cut at all.
  private static func widen(_ box: GridBox, _ leaves: [GridBox], _ axes: [Axis]) -> GridBox {
    var wide = box
    for axis in axes.indices {
      let whole = AtomSet(all: axes[axis].atomCount)
      guard wide.sides[axis] != whole else { continue }
      var candidate = wide
      candidate.sides[axis] = whole
      if isCovered(candidate, by: leaves) {
        wide = candidate
        continue
      }
      for other in leaves where !other.sides[axis].isSubset(of: wide.sides[axis]) {
        candidate = wide
        candidate.sides[axis] = wide.sides[axis].union(other.sides[axis])
        if isCovered(candidate, by: leaves) { wide = candidate }
      }
    }
    return wide
  }

  /// Takes boxes until all leaves are covered, each time the one that covers most of what is left.
  private static func choose(_ boxes: [GridBox], _ leaves: [GridBox]) -> [GridBox] {
    var left = leaves
    var chosen: [GridBox] = []
    while !left.isEmpty {
      // A leaf that no chosen box holds whole is covered by several; it is held by its own widened box at the latest.
      let counts = boxes.map { box in left.count { $0.isSubset(of: box) } }
      guard let best = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }), counts[best] > 0 else {
        return chosen + left
      }
      chosen.append(boxes[best])
      left.removeAll { $0.isSubset(of: boxes[best]) }
    }
    return chosen
  }

  /// Whether a box is within the union of others; false too where that costs too much to see.
  static func isCovered(_ box: GridBox, by others: [GridBox]) -> Bool {
    var budget = 2_000
    return isCovered(box, by: others[...], &budget)
  }

  private static func isCovered(_ box: GridBox, by others: ArraySlice<GridBox>, _ budget: inout Int) -> Bool {
    budget -= 1
    guard budget > 0 else { return false }
    guard let index = others.firstIndex(where: { $0.intersects(box) }) else { return false }
    let other = others[index]
    var inner = box
    for axis in box.sides.indices {
      let outside = inner.sides[axis].subtracting(other.sides[axis])
      if !outside.isEmpty {
        var part = inner
        part.sides[axis] = outside
        guard isCovered(part, by: others[(index + 1)...], &budget) else { return false }
      }
      inner.sides[axis] = inner.sides[axis].intersection(other.sides[axis])
    }
    return true
  }
}
