/// Which rules of two tables are unchanged: the same box with the same answer, at a place where the order between them
/// makes no difference.
///
/// What it proves, for `first` and for `rule order`: of two unchanged rules that stand in another order after than
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

  /// Pairs equal rules of the windows, in their order where there are several.
  private mutating func match(
    _ before: GridTable, _ oldWindow: Range<Int>, _ after: GridTable, _ newWindow: Range<Int>
  ) {
    var byHash: [UInt64: [Int]] = [:]
    for rule in newWindow.reversed() { byHash[after.hashes[rule], default: []].append(rule) }
    for rule in newWindow { changedAfter[rule] = true }
    for rule in oldWindow {
      changedBefore[rule] = true
      guard var candidates = byHash[before.hashes[rule]],
        let place = candidates.lastIndex(where: { before.isSameRule(Int32(rule), after, Int32($0)) })
      else { continue }
      let found = candidates.remove(at: place)
      byHash[before.hashes[rule]] = candidates
      partner[rule] = Int32(found)
      changedBefore[rule] = false
      changedAfter[found] = false
    }
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
