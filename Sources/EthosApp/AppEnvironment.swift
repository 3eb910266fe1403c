package import EthosText

/// How far a replay is.
package struct CaseProgress: Sendable {
  package var cases: Int
  package var bytes: Int
  /// How many bytes there are; nil where nobody knows.
  package var size: Int?
}

/// Everything that a use case knows of the world outside the repository.
package struct AppEnvironment: Sendable {
  package var variables: [String: String]
  package var workingDirectory: String
  package var now: Instant
  /// Where the templates are.
  package var templates: [String]
  /// Whether the people of a story act.
  ///
  /// Nobody has their keys: what they record is not signed.
  package var isStory = false
  /// Whether answers about the history rest on its index, or on a walk over the history itself.
  package var usesIndex = true
  /// Whether a change that was left half done is told of when the repository is opened.
  package var tellsInterruption = true
  /// Tells how far a long piece of work is; called often.
  package var progress: @Sendable (_ work: String, _ done: Int, _ of: Int) -> Void
  /// Tells how far the reading of cases is; called often.
  package var caseProgress: @Sendable (CaseProgress) -> Void = { _ in }
  /// Tells the user something beside the answer, when it is found.
  package var tell: @Sendable (String) -> Void

  package init(
    variables: [String: String], workingDirectory: String, now: Instant, templates: [String] = [],
    tell: @escaping @Sendable (String) -> Void = { _ in },
    progress: @escaping @Sendable (String, Int, Int) -> Void = { _, _, _ in }
  ) {
    self.variables = variables
    self.workingDirectory = workingDirectory
    self.now = now
    self.templates = templates
    self.tell = tell
    self.progress = progress
  }
}
