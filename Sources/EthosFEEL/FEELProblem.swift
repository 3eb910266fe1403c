package import EthosText

/// Something that is wrong with a FEEL text, or why its value is null.
package struct FEELProblem: Error, Hashable, Sendable {
  /// A kebab-case noun for the problem.
  package var code: String
  /// One lower-case sentence without a full stop, with the user's text in backticks.
  package var message: String
  /// The bytes of the text, shifted by the offset that the parser was given.
  package var span: Span
  /// What to do about it.
  package var help: String?

  package init(_ code: String, _ message: String, _ span: Span, help: String? = nil) {
    self.code = code
    self.message = message
    self.span = span
    self.help = help
  }
}
