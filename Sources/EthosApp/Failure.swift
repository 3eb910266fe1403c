import EthosDecision
package import EthosText

/// Why a command did not do what was asked.
///
/// Messages follow the style of diagnostics.
package struct Failure: Error {
  package enum Kind: Sendable {
    /// The answer is no: something was asked, and the answer is not the one hoped for. Exit status 1.
    case no
    /// It could not be done. Exit status 2.
    case cannot
    /// It cannot be decided. Exit status 3.
    case undecided
    /// The request makes no sense as typed. Exit status 64.
    case usage
    /// Two of our own computations contradict one another. Exit status 70.
    case bug
  }

  package var kind: Kind
  package var message: String
  /// What to do, with the command to type.
  package var help: [String]
  package var diagnostics: [Diagnostic]

  package init(_ kind: Kind, _ message: String, help: [String] = [], diagnostics: [Diagnostic] = []) {
    self.kind = kind
    self.message = message
    self.help = help
    self.diagnostics = diagnostics
  }

  package static func cannot(_ message: String, help: String...) -> Failure { Failure(.cannot, message, help: help) }
  package static func no(_ message: String, help: String...) -> Failure { Failure(.no, message, help: help) }
  package static func usage(_ message: String, help: String...) -> Failure { Failure(.usage, message, help: help) }
}

extension Failure {
  /// That a decision decides nothing, with what is wrong in it; at a revision, where one is named.
  init(_ obstacle: DecisionObstacle, at name: String? = nil) {
    self.init(
      .cannot, name.map { "at `\($0)` \(obstacle.message)" } ?? obstacle.message,
      help: ["see what is wrong: " + (name.map { "`ethos check --at \(shellWord($0))`" } ?? "`ethos check`")],
      diagnostics: obstacle.diagnostics)
  }
}
