package import EthosModel
package import EthosText

/// What is to be written so that an identity states what a document states.
///
/// Nothing is written here.
package struct ImportPlan: Sendable {
  /// A file that is not there yet, with its fields in the order in which they are to be printed.
  package struct Addition: Sendable {
    package var key: EntryKey
    package var path: String
    package var fields: Record
  }

  /// One field of a file that is there; nil removes it.
  package struct Edit: Sendable, Equatable {
    package var key: EntryKey
    package var field: String
    package var value: Node?
  }

  /// A value that is no longer in the document.
  package struct Retirement: Sendable, Equatable {
    package var key: EntryKey
    package var since: Day
    package var because: String
  }

  /// A file whose section now stands elsewhere in the outline.
  ///
  /// Its edits go with it.
  package struct Move: Sendable, Equatable {
    package var key: EntryKey
    package var from: String
    package var to: String
  }

  package var additions: [Addition] = []
  package var edits: [Edit] = []
  package var retirements: [Retirement] = []
  package var moves: [Move] = []
  /// All ranks that the charter is to have, highest first; nil where it has them already.
  package var ranks: [String]?
  /// The table of contents of the values, which keeps the document's order: the path and the text of a file that is
  /// written whole, and that is no commitment.
  package var contents: (path: String, text: String)
  /// What a person should know, a sentence each.
  package var notes: [String] = []
  /// What is wrong in the document, and values that cannot be written.
  ///
  /// With an error among them nothing should be.
  package var diagnostics: [Diagnostic] = []

  package init(contents: (path: String, text: String)) { self.contents = contents }
}
