/// How much a file may ask of the reader.
///
/// What goes beyond is an error that names the limit.
package struct SyntaxLimits: Sendable {
  /// Bytes of one file.
  package var maximumFileSize = 1 << 20
  /// Levels of lists and mappings, aliases followed.
  package var maximumNesting = 64
  /// Values of one file, counted once for every alias that repeats them.
  package var maximumNodes = 100_000
  /// Bytes of all texts of one file, counted once for every alias that repeats them.
  package var maximumExpandedSize = 4 << 20
  /// Keys of one mapping.
  package var maximumKeys = 4_096
  /// Bytes of one key.
  package var maximumKeySize = 500
  /// Rules of one decision table.
  package var maximumRules = 20_000
  /// Columns of one decision table.
  package var maximumColumns = 256
  /// Diagnostics of one file; the others are counted, not told.
  package var maximumDiagnostics = 100

  package init() {}

  package static let standard = SyntaxLimits()
}
