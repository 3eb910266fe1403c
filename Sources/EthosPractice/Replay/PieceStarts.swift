/// Where the pieces of the file begin, in records and lines.
struct PieceStarts {
  private var starts: [(row: Int, line: Int)] = []
  private(set) var rows = 0

  init(_ pieces: [ReplayTally.Piece], headerLines: Int) {
    var line = headerLines
    for piece in pieces.sorted(by: { $0.ordinal < $1.ordinal }) {
      starts.append((rows, line))
      rows += piece.rows
      line += piece.lines
    }
  }

  /// The number of a record, from 1.
  func row(_ position: ReplayTally.Position) -> Int { starts[position.piece].row + position.row + 1 }

  /// The line of a record, from 1.
  func line(_ position: ReplayTally.Position, _ line: Int) -> Int { starts[position.piece].line + line + 1 }

  /// The first of the malformed records.
  func described(_ malformed: [ReplayTally.Malformed]) -> [MalformedCase] {
    malformed.sorted { $0.position < $1.position }.prefix(CaseLimits.described).map {
      MalformedCase(
        row: row($0.position), line: line($0.position, $0.line), column: $0.column, reason: $0.reason, value: $0.value)
    }
  }

  /// The facts that are missing, the most frequent first.
  func missing(_ tallies: [[String: ReplayTally.Missing]]) -> [ReplayResult.Missing] {
    var all: [String: ReplayTally.Missing] = [:]
    for tally in tallies {
      all.merge(tally) { ReplayTally.Missing(count: $0.count + $1.count, first: min($0.first, $1.first)) }
    }
    return all.map { ReplayResult.Missing(input: $0.key, cases: $0.value.count, row: row($0.value.first)) }
      .sorted { ($0.cases, $1.input) > ($1.cases, $0.input) }
  }
}
