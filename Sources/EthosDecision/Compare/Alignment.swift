/// Which rules of two tables are unchanged: the same box with the same answer, at a place where the order between them
/// makes no difference.
///
/// What it proves where the order of rules says something: of two unchanged rules that stand in another order after than
/// before, either they can never hold together or they answer the same. So wherever the two tables answer otherwise, a
/// rule that answers is a changed one. Where the order of rules says nothing, a rule is unchanged when it is there on
/// both sides.
///
/// The common head and tail cost one comparison of numbers a rule; the rest a hash table, the longest run in order, and,
/// for rules that moved, a test against the rules of the window.
struct Alignment {
  private(set) var changedBefore: [Bool]
  private(set) var changedAfter: [Bool]
  /// For each unchanged rule before, its place after; negative for the others.
  private(set) var partner: [Int32]
  /// Whether all unchanged rules stand in the same order on both sides.
  private(set) var isInOrder = true

  init(_ before: GridTable, _ after: GridTable) {
    changedBefore = Array(repeating: false, count: before.count)
    changedAfter = Array(repeating: false, count: after.count)
    partner = Array(repeating: -1, count: before.count)
    let shorter = min(before.count, after.count)
    var head = 0
    while head < shorter, before.isSameRule(Int32(head), after, Int32(head)) {
      partner[head] = Int32(head)
      head += 1
    }
    var tail = 0
    while tail < shorter - head,
      before.isSameRule(Int32(before.count - 1 - tail), after, Int32(after.count - 1 - tail))
    {
      partner[before.count - 1 - tail] = Int32(after.count - 1 - tail)
      tail += 1
    }
    let (oldWindow, newWindow) = (head..<before.count - tail, head..<after.count - tail)
    guard !oldWindow.isEmpty || !newWindow.isEmpty else { return }
    match(before, oldWindow, after, newWindow)
    guard before.combination.heedsOrder else { return }
    settleMoves(before, oldWindow, after)
  }

  /// For each rule after, its place before; negative for changed ones.
  func partnerAfter(_ count: Int) -> [Int32] {
    var result = [Int32](repeating: -1, count: count)
    for (rule, other) in partner.enumerated() where other >= 0 { result[Int(other)] = Int32(rule) }
    return result
  }

  /// Pairs equal rules of the windows: those that stand once on each side, then others between the same neighbours,
  /// then what is left.
  ///
  /// So a rule that is repeated is not taken for its twin far away.
  private mutating func match(
    _ before: GridTable, _ oldWindow: Range<Int>, _ after: GridTable, _ newWindow: Range<Int>
  ) {
    var open: [UInt64: [Int]] = [:]
    var counts: [UInt64: Int] = [:]
    for rule in newWindow {
      open[after.hashes[rule], default: []].append(rule)
      changedAfter[rule] = true
    }
    for rule in oldWindow {
      counts[before.hashes[rule], default: 0] += 1
      changedBefore[rule] = true
    }
    for rule in oldWindow where counts[before.hashes[rule]] == 1 && open[before.hashes[rule]]?.count == 1 {
      pair(rule, before, after, &open) { _ in true }
    }
    // For each rule the place of the next one that is paired.
    var ends = [Int32](repeating: Int32(newWindow.upperBound), count: oldWindow.count + 1)
    for rule in oldWindow.reversed() {
      let place = rule - oldWindow.lowerBound
      ends[place] = partner[rule] >= 0 ? partner[rule] : ends[place + 1]
    }
    var start = newWindow.lowerBound - 1
    for rule in oldWindow {
      if partner[rule] < 0 {
        let end = ends[rule - oldWindow.lowerBound]
        pair(rule, before, after, &open) { start < $0 && $0 < end }
      }
      if partner[rule] >= 0 { start = Int(partner[rule]) }
    }
    for rule in oldWindow where partner[rule] < 0 { pair(rule, before, after, &open) { _ in true } }
  }

  /// Pairs a rule with the first that equals it and is open, if there is one.
  private mutating func pair(
    _ rule: Int, _ before: GridTable, _ after: GridTable, _ open: inout [UInt64: [Int]], _ isAllowed: (Int) -> Bool
  ) {
    guard let bucket = open.index(forKey: before.hashes[rule]),
      let place = open.values[bucket].firstIndex(where: {
        isAllowed($0) && before.isSameRule(Int32(rule), after, Int32($0))
      })
    else { return }
    let found = open.values[bucket].remove(at: place)
    partner[rule] = Int32(found)
    changedBefore[rule] = false
    changedAfter[found] = false
  }

  /// Makes changed those moved rules whose move can make a difference.
  private mutating func settleMoves(_ before: GridTable, _ window: Range<Int>, _ after: GridTable) {
    let matched = window.filter { partner[$0] >= 0 }
    let stays = Alignment.longestRun(matched.map { partner[$0] })
    guard stays.count < matched.count else { return }
    isInOrder = false
    var isSettled = [Bool](repeating: false, count: matched.count)
    for index in stays { isSettled[index] = true }
    for index in matched.indices where !isSettled[index] {
      let rule = matched[index]
      for (otherIndex, other) in matched.enumerated() {
        // A pair of moved rules is looked at once, from the first of them.
        guard isSettled[otherIndex] || otherIndex > index, partner[other] >= 0,
          (other < rule) != (partner[other] < partner[rule]),
          before.outcomes[other] != before.outcomes[rule],
          before.overlaps(Int32(rule), before, Int32(other))
        else { continue }
        changedAfter[Int(partner[rule])] = true
        changedBefore[rule] = true
        partner[rule] = -1
        break
      }
    }
  }

  /// The places of a longest strictly rising subsequence (patience sorting; n log n).
  static func longestRun(_ values: [Int32]) -> [Int] {
    var tops: [Int] = []
    var previous = [Int](repeating: -1, count: values.count)
    for index in values.indices {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if values[tops[middle]] < values[index] { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = tops[low - 1] }
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var run: [Int] = []
    var next = tops.last ?? -1
    while next >= 0 {
      run.append(next)
      next = previous[next]
    }
    return run.reversed()
  }
}
