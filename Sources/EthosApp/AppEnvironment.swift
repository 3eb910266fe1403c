package import EthosText

/// Everything that a use case knows of the world outside the repository.
package struct AppEnvironment: Sendable {
  package var variables: [String: String]
  package var workingDirectory: String
  package var now: Instant
  /// Where the templates are.
  package var templates: [String]

  package init(variables: [String: String], workingDirectory: String, now: Instant, templates: [String] = []) {
    self.variables = variables
    self.workingDirectory = workingDirectory
    self.now = now
    self.templates = templates
  }
}
