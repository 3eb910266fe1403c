package import EthosDiff
package import EthosText

/// What a run of text is, said by meaning; each renderer decides how to show it.
///
/// A label never carries what the text does not say: without any colour the report reads the same.
package enum Label: Hashable, Sendable {
  case plain
  case added, removed, changed
  /// The name or the title of something.
  case name
  /// A reference or an id that can be typed.
  case reference
  /// A command to type; it is never broken over lines, so that it can be copied.
  case command
  case level(Level)
  case error, warning, note
  /// What matters least.
  case dim

  package static func severity(_ severity: Diagnostic.Severity) -> Label {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
