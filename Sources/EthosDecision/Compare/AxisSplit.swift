/// Cuts one side of a box so that in each part the same rules are alive everywhere.
///
/// Atoms that the same rules accept are one part, also where others lie between them. Costs, with k rules that have a
/// condition there and s segments between their bounds, k·s/64 words.
struct AxisSplit {
  /// A part of the side with the rules alive in it.
  struct Part {
    var set: AtomSet
    /// One bit for each rule that has a condition on the axis, in the order of `constrained`.
    ///
    /// The first 64 bits, and what follows them.
    fileprivate var signature: UInt64
    fileprivate var rest: [UInt64] = []
  }

  private(set) var parts: [Part] = []
  /// For each rule asked about, its bit; negative where it has no condition here that excludes a part of the side.
  private var bits: [Int32]
  /// What finding the parts cost, in words touched.
  private(set) var work = 0

  /// The rules are given by their accepted atoms on the axis; nil where a rule accepts the whole side.
  init(side: AtomSet, accepted: [AtomSet?]) {
    bits = Array(repeating: -1, count: accepted.count)
    var sets: [AtomSet] = []
    for (index, set) in accepted.enumerated() {
      guard let set else { continue }
      bits[index] = Int32(sets.count)
      sets.append(set)
    }
    var starts: [Int32] = []
    starts.reserveCapacity(2 * sets.count + 1)
    if side.isRange { starts.append(side.low) } else { starts += side.ranges.map(\.low) }
    func cut(_ low: Int32, _ high: Int32) {
      guard high >= side.low, low <= side.high else { return }
      if low > side.low { starts.append(low) }
      if high < side.high { starts.append(high + 1) }
    }
    for set in sets {
      if set.isRange {
        cut(set.low, set.high)
      } else {
        for range in set.ranges { cut(range.low, range.high) }
      }
    }
    starts.sort()
    var count = 1
    for index in starts.indices.dropFirst() where starts[index] != starts[count - 1] {
      starts[count] = starts[index]
      count += 1
    }
    starts.removeLast(starts.count - count)
    let words = (sets.count + 63) / 64
    var signatures = [UInt64](repeating: 0, count: starts.count * words)
    for (bit, set) in sets.enumerated() {
      let (word, mask) = (bit / 64, UInt64(1) << UInt64(bit % 64))
      func mark(_ low: Int32, _ high: Int32) {
        guard high >= side.low, low <= side.high else { return }
        var index = AxisSplit.firstIndex(starts, notBelow: low)
        while index < starts.count, starts[index] <= high {
          signatures[index * words + word] |= mask
          index += 1
        }
      }
      if set.isRange {
        mark(set.low, set.high)
      } else {
        for range in set.ranges { mark(range.low, range.high) }
      }
    }
    work = starts.count * max(words, 1) + accepted.count
    if words <= 1 { groupNarrow(starts, signatures, side) } else { group(starts, signatures, words, side) }
  }

  /// The same as `group` where a signature is one word: parts are few, and looked through.
  private mutating func groupNarrow(_ starts: [Int32], _ signatures: [UInt64], _ side: AtomSet) {
    for index in starts.indices {
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : side.high
      let signature = signatures.isEmpty ? 0 : signatures[index]
      let set = side.isRange ? AtomSet(starts[index], end) : AtomSet(starts[index], end).intersection(side)
      if set.isEmpty { continue }
      if let part = parts.firstIndex(where: { $0.signature == signature }) {
        parts[part].set = parts[part].set.union(set)
      } else {
        parts.append(Part(set: set, signature: signature))
      }
    }
  }

  private mutating func group(_ starts: [Int32], _ signatures: [UInt64], _ words: Int, _ side: AtomSet) {
    var known: [[UInt64]: Int] = [:]
    var ranges: [[AtomSet.Range]] = []
    for index in starts.indices {
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : side.high
      let signature = Array(signatures[index * words..<(index + 1) * words])
      let range = AtomSet.Range(starts[index], end)
      if let part = known[signature] {
        ranges[part].append(range)
      } else {
        known[signature] = parts.count
        parts.append(Part(set: .empty, signature: signature[0], rest: Array(signature.dropFirst())))
        ranges.append([range])
      }
    }
    for index in parts.indices {
      let set = AtomSet(ranges[index])
      // Between the ranges of a side with holes the segments are no part of it.
      parts[index].set = side.isRange ? set : set.intersection(side)
    }
    if !side.isRange { parts.removeAll { $0.set.isEmpty } }
  }

  /// Whether the rule at this place of what was asked is alive in a part.
  func isAlive(_ index: Int, in part: Part) -> Bool {
    let bit = Int(bits[index])
    if bit < 0 { return true }
    let word = bit < 64 ? part.signature : part.rest[bit / 64 - 1]
    return word & (UInt64(1) << UInt64(bit % 64)) != 0
  }

  private static func firstIndex(_ starts: [Int32], notBelow value: Int32) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
