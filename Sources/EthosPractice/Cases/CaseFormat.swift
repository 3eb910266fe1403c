/// How a file of cases is written.
package enum CaseFormat: Sendable, Hashable {
  /// RFC 4180 and what spreadsheets make of it; the separator is a byte of ASCII.
  case csv(separator: UInt8)
  /// One JSON object a line.
  case jsonLines
  /// One JSON array of objects.
  case jsonArray
}

/// Why cases cannot be read at all.
///
/// A single case that is wrong is no such problem: it is counted.
package struct CaseProblem: Error, Sendable, Hashable {
  package var message: String
  package var help: String?

  package init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// What one record of the file may be wrong in.
///
/// It is counted, never guessed.
package struct MalformedCase: Sendable, Hashable {
  /// The number of the record, from 1; the header is none.
  package var row: Int
  /// The line of the file in which the record begins, from 1.
  package var line: Int
  /// The column that is wrong, where it is one.
  package var column: String?
  package var reason: String
  /// What stands in the field, where it is one; shown only on demand.
  package var value: String?

  package init(row: Int, line: Int, column: String?, reason: String, value: String? = nil) {
    self.row = row
    self.line = line
    self.column = column
    self.reason = reason
    self.value = value
  }
}

/// Limits on what is held at once.
package enum CaseLimits {
  /// Most bytes of one record.
  package static let record = 1 << 20
  /// About how many bytes are read and decided at a time.
  package static let block = 1 << 18
  /// Most columns of a file.
  static let columns = 10_000
  /// Most malformed records that are described; all are counted.
  package static let described = 20
  /// Most values of a column by which cases are grouped.
  package static let segments = 10_000
  /// Most groups of several columns together.
  static let crossings = 100_000
  /// Most different answers of one side, and of a log: what gives more is no route that cases take.
  package static let answers = 100_000
  /// Most combinations of values that are tried for facts that are missing.
  static let combinations = 20_000
  /// Bytes of a block behind its end that may be read and say nothing.
  static let slack = 16
}

/// Bytes that the formats are made of.
enum Byte {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let point: UInt8 = 0x2E
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39
  static let semicolon: UInt8 = 0x3B
  static let openBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let closeBracket: UInt8 = 0x5D
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D
}
