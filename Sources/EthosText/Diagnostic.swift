/// Something that is wrong, or worth knowing, in what a person wrote.
///
/// The message is one lower-case sentence without a full stop that stands alone, with the user's text in
/// backticks; the help says what to do, with the command to type where there is one.
package struct Diagnostic: Hashable, Sendable {
  /// A kebab-case noun for the problem, so that "allow CODE" makes sense.
  package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
    package var description: String { rawValue }
  }

  package enum Severity: String, Sendable, Comparable, CaseIterable {
    case note, warning, error

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  package var code: Code
  package var severity: Severity
  package var message: String
  package var location: Location?
  package var help: String?

  package init(
    _ code: Code, _ severity: Severity = .error, _ message: String, at location: Location? = nil, help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.location = location
    self.help = help
  }

  /// The order in which diagnostics are printed: by file, place, then code.
  package static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    let leftKey = (left.location?.file ?? "", left.location?.span.start ?? 0, left.code.rawValue, left.message)
    let rightKey = (right.location?.file ?? "", right.location?.span.start ?? 0, right.code.rawValue, right.message)
    if leftKey != rightKey { return leftKey < rightKey }
    // Two spellings of one name are equal as texts, and two files.
    return (left.location?.file ?? "").utf8.lexicographicallyPrecedes((right.location?.file ?? "").utf8)
  }
}
