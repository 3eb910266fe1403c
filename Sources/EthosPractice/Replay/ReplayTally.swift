import EthosDecision

/// What one worker counted.
package struct ReplayTally: Sendable {
  /// A place in the file: the piece, and the record in it.
  package struct Position: Sendable, Hashable, Comparable {
    var piece: Int
    var row: Int

    package static func < (left: Position, right: Position) -> Bool {
      (left.piece, left.row) < (right.piece, right.row)
    }
  }

  /// How many records and lines a piece has.
  struct Piece: Sendable {
    var ordinal: Int
    var rows: Int
    var lines: Int
  }

  /// Cases of one kind.
  struct Count: Sendable {
    /// The column and value by which cases are grouped; nil for all of them.
    var segment: (column: Int, value: [UInt8])?
    /// What both sides answered; nil where a fact is missing that one of them needs.
    var verdicts: (before: Verdict, after: Verdict)?
    var count: Int
    var first: Position
    /// The facts of the first of them, where they are shown.
    var facts: [(name: String, text: String)]?
  }

  struct Malformed: Sendable {
    var position: Position
    /// The line within the piece.
    var line: Int
    var column: String?
    var reason: String
    var value: String?
  }

  struct Missing: Sendable {
    var count: Int
    var first: Position
  }

  var pieces: [Piece] = []
  var counts: [Count] = []
  var missing: [String: Missing] = [:]
  var malformed: [Malformed] = []
  var malformedCount = 0
}
