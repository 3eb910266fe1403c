/// A set of atoms of one axis: sorted ranges that neither overlap nor touch.
///
/// Nearly every cell of a decision table is one range, which is kept without an allocation. Operations cost a pass over
/// the ranges of both sets.
package struct AtomSet: Hashable, Sendable {
  /// A closed range of atoms.
  package struct Range: Hashable, Sendable {
    package var low: Int32
    package var high: Int32

    package init(_ low: Int32, _ high: Int32) {
      self.low = low
      self.high = high
    }
  }

  /// The least and the greatest atom; `low > high` where the set is empty.
  package private(set) var low: Int32
  package private(set) var high: Int32
  /// All ranges, where there is more than one.
  private var several: [Range]?

  package static let empty = AtomSet(1, 0)

  /// The atoms from `low` to `high`, both in.
  package init(_ low: Int32, _ high: Int32) {
    (self.low, self.high) = low <= high ? (low, high) : (1, 0)
  }

  /// All atoms of an axis of this many.
  package init(all count: Int) { self.init(0, Int32(count) - 1) }

  /// The union of ranges in any order.
  package init(_ ranges: [Range]) {
    var joined: [Range] = []
    for range in ranges.filter({ $0.low <= $0.high }).sorted(by: { $0.low < $1.low }) {
      if let last = joined.last, range.low <= last.high + 1 {
        joined[joined.count - 1].high = max(last.high, range.high)
      } else {
        joined.append(range)
      }
    }
    self.init(joined: joined)
  }

  /// Ranges that are sorted and apart already.
  private init(joined: [Range]) {
    guard let first = joined.first, let last = joined.last else {
      self = .empty
      return
    }
    low = first.low
    high = last.high
    several = joined.count > 1 ? joined : nil
  }

  package var isEmpty: Bool { low > high }
  /// Whether the set is one range, or empty.
  package var isRange: Bool { several == nil }
  package var ranges: [Range] { several ?? (isEmpty ? [] : [Range(low, high)]) }
  package var count: Int { ranges.reduce(0) { $0 + Int($1.high - $1.low) + 1 } }

  package func contains(_ atom: Int32) -> Bool {
    guard low <= atom, atom <= high else { return false }
    guard let several else { return true }
    return several.contains { $0.low <= atom && atom <= $0.high }
  }

  package func intersects(_ other: AtomSet) -> Bool {
    guard low <= other.high, other.low <= high else { return false }
    if several == nil, other.several == nil { return true }
    return !intersection(other).isEmpty
  }

  package func isSubset(of other: AtomSet) -> Bool {
    guard !isEmpty else { return true }
    guard other.low <= low, high <= other.high else { return false }
    guard let theirs = other.several else { return true }
    return ranges.allSatisfy { range in theirs.contains { $0.low <= range.low && range.high <= $0.high } }
  }

  package func intersection(_ other: AtomSet) -> AtomSet {
    let (from, to) = (max(low, other.low), min(high, other.high))
    guard from <= to else { return .empty }
    if several == nil, other.several == nil { return AtomSet(from, to) }
    var found: [Range] = []
    let (mine, theirs) = (ranges, other.ranges)
    var (left, right) = (0, 0)
    while left < mine.count, right < theirs.count {
      let range = Range(max(mine[left].low, theirs[right].low), min(mine[left].high, theirs[right].high))
      if range.low <= range.high { found.append(range) }
      if mine[left].high < theirs[right].high { left += 1 } else { right += 1 }
    }
    return AtomSet(joined: found)
  }

  package func union(_ other: AtomSet) -> AtomSet {
    if other.isSubset(of: self) { return self }
    if isSubset(of: other) { return other }
    return AtomSet(ranges + other.ranges)
  }

  package func subtracting(_ other: AtomSet) -> AtomSet {
    guard intersects(other) else { return self }
    var found: [Range] = []
    let theirs = other.ranges
    for range in ranges {
      var start = range.low
      for hole in theirs where hole.high >= start && hole.low <= range.high {
        if hole.low > start { found.append(Range(start, hole.low - 1)) }
        start = hole.high + 1
      }
      if start <= range.high { found.append(Range(start, range.high)) }
    }
    return AtomSet(joined: found)
  }

  /// The atoms from the least on.
  package var atoms: [Int32] { ranges.flatMap { Array($0.low...$0.high) } }
}
