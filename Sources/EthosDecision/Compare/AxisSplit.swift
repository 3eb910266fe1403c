/// Cuts one side of a box so that in each part the same rules are alive everywhere.
///
/// Atoms that the same rules accept are one part, also where others lie between them. Costs, with k rules that have a
/// condition there and s segments between their bounds, k·s/64 words.
struct AxisSplit {
  /// A part of the side with the rules alive in it.
  struct Part {
    var set: AtomSet
    /// One bit for each rule that has a condition on the axis, in the order of `constrained`.
    fileprivate var signature: [UInt64]
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
    var cuts: [Int32] = side.ranges.map(\.low)
    for set in sets {
      for range in set.ranges where range.high >= side.low && range.low <= side.high {
        if range.low > side.low { cuts.append(range.low) }
        if range.high < side.high { cuts.append(range.high + 1) }
      }
    }
    cuts.sort()
    var starts: [Int32] = []
    for cut in cuts where starts.last != cut { starts.append(cut) }
    let words = (sets.count + 63) / 64
    var signatures = [UInt64](repeating: 0, count: starts.count * words)
    for (bit, set) in sets.enumerated() {
      let (word, mask) = (bit / 64, UInt64(1) << UInt64(bit % 64))
      for range in set.ranges where range.high >= side.low && range.low <= side.high {
        var index = AxisSplit.firstIndex(starts, notBelow: range.low)
        while index < starts.count, starts[index] <= range.high {
          signatures[index * words + word] |= mask
          index += 1
        }
      }
    }
    work = starts.count * max(words, 1) + accepted.count
    group(starts, signatures, words, side)
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
        parts.append(Part(set: .empty, signature: signature))
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
    let bit = bits[index]
    return bit < 0 || part.signature[Int(bit) / 64] & (UInt64(1) << UInt64(bit % 64)) != 0
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
