/// The shortest way from one list of words to another (Eugene W.
///
/// Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).
enum WordAlignment {
  /// The words of both lists in order, each as same, removed or added.
  ///
  /// Costs O((left + right) × changes) time and O(changes²) space, with at most `bound` changes; beyond, the words
  /// between the common beginning and the common end are taken as replaced in whole.
  static func steps(_ left: [Word], _ right: [Word], bound: Int) -> [WordStep] {
    var names: [Word: Int32] = [:]
    func name(_ word: Word) -> Int32 {
      if let known = names[word] { return known }
      let next = Int32(clamping: names.count)
      names[word] = next
      return next
    }
    let (before, after) = (left.map(name), right.map(name))
    let shorter = min(before.count, after.count)
    var prefix = 0
    while prefix < shorter, before[prefix] == after[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < shorter - prefix, before[before.count - 1 - suffix] == after[after.count - 1 - suffix] {
      suffix += 1
    }

    var steps = left[..<prefix].map { WordStep(kind: .same, word: $0) }
    let middleLeft = left[prefix..<(left.count - suffix)]
    let middleRight = right[prefix..<(right.count - suffix)]
    let moves = moves(
      Array(before[prefix..<(before.count - suffix)]), Array(after[prefix..<(after.count - suffix)]), bound: bound)
    if let moves {
      var (row, column) = (middleLeft.startIndex, middleRight.startIndex)
      for kind in moves {
        steps.append(WordStep(kind: kind, word: kind == .added ? middleRight[column] : middleLeft[row]))
        if kind != .added { row += 1 }
        if kind != .removed { column += 1 }
      }
    } else {
      steps += middleLeft.map { WordStep(kind: .removed, word: $0) }
      steps += middleRight.map { WordStep(kind: .added, word: $0) }
    }
    return steps + left[(left.count - suffix)...].map { WordStep(kind: .same, word: $0) }
  }

  /// The moves through the edit graph, or nil where more than `bound` are needed.
  private static func moves(_ before: [Int32], _ after: [Int32], bound: Int) -> [WordStep.Kind]? {
    let most = min(bound, before.count + after.count)
    // `reach[offset + k]` is the furthest row on diagonal k = row - column; one copy is kept for each number of changes.
    let offset = most + 1
    var reach = [Int32](repeating: 0, count: 2 * most + 3)
    var history: [[Int32]] = []
    for changes in 0...max(most, 0) {
      history.append(Array(reach[(offset - changes - 1)...(offset + changes + 1)]))
      for diagonal in stride(from: -changes, through: changes, by: 2) {
        let isDown =
          diagonal == -changes
          || (diagonal != changes && reach[offset + diagonal - 1] < reach[offset + diagonal + 1])
        var row = Int(isDown ? reach[offset + diagonal + 1] : reach[offset + diagonal - 1] + 1)
        var column = row - diagonal
        while row < before.count, column < after.count, before[row] == after[column] {
          row += 1
          column += 1
        }
        reach[offset + diagonal] = Int32(clamping: row)
        if row >= before.count, column >= after.count {
          return backtrack(history, rows: before.count, columns: after.count)
        }
      }
    }
    return nil
  }

  private static func backtrack(_ history: [[Int32]], rows: Int, columns: Int) -> [WordStep.Kind] {
    var moves: [WordStep.Kind] = []
    var (row, column) = (rows, columns)
    for changes in history.indices.reversed() {
      // The copy holds the diagonals -changes-1 … changes+1.
      let reach = history[changes]
      let diagonal = row - column
      let center = changes + 1
      let isDown =
        diagonal == -changes || (diagonal != changes && reach[center + diagonal - 1] < reach[center + diagonal + 1])
      let previousDiagonal = isDown ? diagonal + 1 : diagonal - 1
      let previousRow = changes == 0 ? 0 : Int(reach[center + previousDiagonal])
      let previousColumn = changes == 0 ? 0 : previousRow - previousDiagonal
      while row > previousRow, column > previousColumn {
        moves.append(.same)
        row -= 1
        column -= 1
      }
      if changes > 0 {
        moves.append(isDown ? .added : .removed)
        (row, column) = (previousRow, previousColumn)
      }
    }
    return moves.reversed()
  }
}
