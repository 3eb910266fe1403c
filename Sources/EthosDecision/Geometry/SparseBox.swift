/// A box by the few axes on which it excludes something, in their order.
///
/// Rules have conditions on a handful of axes: looking through them is faster than hashing.
struct SparseBox: Hashable, ExpressibleByDictionaryLiteral {
  struct Side: Hashable {
    var axis: Int
    var set: AtomSet
  }

  private(set) var sides: [Side] = []

  init() {}

  init(dictionaryLiteral elements: (Int, AtomSet)...) {
    for (axis, set) in elements { self[axis] = set }
  }

  mutating func reserveCapacity(_ count: Int) { sides.reserveCapacity(count) }

  /// Whether a side is empty, so that nothing is in the box.
  var isEmpty: Bool { sides.contains(where: \.set.isEmpty) }

  /// What is accepted on an axis; nil where everything is.
  subscript(axis: Int) -> AtomSet? {
    get {
      guard let place = place(of: axis), sides[place].axis == axis else { return nil }
      return sides[place].set
    }
    set {
      guard let place = place(of: axis) else {
        if let newValue { sides.append(Side(axis: axis, set: newValue)) }
        return
      }
      let isThere = sides[place].axis == axis
      switch (newValue, isThere) {
      case (let set?, true): sides[place].set = set
      case (let set?, false): sides.insert(Side(axis: axis, set: set), at: place)
      case (nil, true): sides.remove(at: place)
      case (nil, false): break
      }
    }
  }

  /// Leaves only what a set has on an axis too.
  mutating func narrow(_ axis: Int, _ set: AtomSet) {
    // Most are narrowed by rising axis.
    guard let last = sides.last, last.axis >= axis else {
      sides.append(Side(axis: axis, set: set))
      return
    }
    self[axis] = self[axis].map { $0.intersection(set) } ?? set
  }

  /// The same without some sides.
  func filter(_ isKept: (Side) -> Bool) -> SparseBox {
    var result = SparseBox()
    result.sides = sides.filter(isKept)
    return result
  }

  /// The first side at or behind an axis; nil where there is none.
  private func place(of axis: Int) -> Int? {
    guard let last = sides.last, last.axis >= axis else { return nil }
    return sides.firstIndex { $0.axis >= axis }
  }
}
