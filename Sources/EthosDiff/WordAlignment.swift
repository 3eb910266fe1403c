/// Which words were taken out of one list and put into another, by as few as can be (Myers, "An O(ND) Difference
/// Algorithm", 1986), given up where more than a bound are needed: hostile texts cost no more than words times bound.
struct WordAlignment {
  private(set) var removed: Set<Int> = []
  private(set) var inserted: Set<Int> = []

  init?(_ before: [String], _ after: [String], maximum: Int) {
    // The furthest position in `before` on each diagonal, before each round.
    var rounds: [[Int: Int]] = []
    var furthest = [1: 0]
    for round in 0...maximum {
      rounds.append(furthest)
      for diagonal in stride(from: -round, through: round, by: 2) {
        let (left, right) = (furthest[diagonal - 1] ?? -1, furthest[diagonal + 1] ?? -1)
        var old = diagonal == -round || (diagonal != round && left < right) ? right : left + 1
        var new = old - diagonal
        while old < before.count, new < after.count, before[old] == after[new] {
          old += 1
          new += 1
        }
        furthest[diagonal] = old
        if old >= before.count, new >= after.count {
          trace(rounds, from: (before.count, after.count))
          return
        }
      }
    }
    return nil
  }

  private mutating func trace(_ rounds: [[Int: Int]], from end: (old: Int, new: Int)) {
    var (old, new) = end
    for (round, furthest) in rounds.enumerated().reversed() where round > 0 {
      let diagonal = old - new
      let (left, right) = (furthest[diagonal - 1] ?? -1, furthest[diagonal + 1] ?? -1)
      let isInserted = diagonal == -round || (diagonal != round && left < right)
      old = isInserted ? right : left
      new = old - (isInserted ? diagonal + 1 : diagonal - 1)
      if isInserted { inserted.insert(new) } else { removed.insert(old) }
    }
  }
}
