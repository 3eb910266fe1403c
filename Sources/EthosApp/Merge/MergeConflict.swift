import EthosDiff
package import EthosModel
package import EthosRecord
package import EthosText

/// What stands in the way of a merge: a place that both sides changed to different ends, or what they make together
/// that neither made alone.
package struct MergeConflict: Sendable {
  package enum Kind: String, Sendable {
    /// A file that is not merged by meaning, or cannot be read.
    case file
    /// The values of one field.
    case value
    /// The order of a list's items.
    case order
    /// An entry that is gone or retired on one side and changed on the other.
    case entry
    /// The path of an entry's file.
    case path
    /// A decision that decides a case as it does on neither side, or may: what was not settled is no merge.
    case behaviour
    /// Errors in the identity that neither side has.
    case coherence
  }

  package var kind: Kind
  /// The entry, where the path is one of the identity's.
  package var entry: EntryKey?
  package var path: String
  package var field = FieldPath()
  package var base: Node?
  package var ours: Node?
  package var theirs: Node?
  /// The case that is decided as on neither side.
  package var witness: Collision.JointCase?
  /// Why it was not settled whether there is such a case.
  package var reason: String?
  package var diagnostics: [Diagnostic] = []
  /// The last commits that changed it on each side.
  package var main: Commit?
  package var proposal: Commit?

  /// The entry and the field, as people write them; the path where there is no entry.
  package var name: String {
    guard let entry else { return path.isEmpty ? "the identity as a whole" : path }
    return Reference(entry, path: field).description
  }

  /// What kind of conflict it is, after its name.
  package var what: String {
    switch kind {
    case .file: "was changed on both sides, and is not merged inside"
    case .value: "was changed on both sides"
    case .order: "was put in another order on both sides"
    case .entry: "is gone or retired on one side and was changed on the other"
    case .path: "was moved on both sides"
    case .behaviour where reason != nil: "may decide as on neither side"
    case .behaviour: "would decide as on neither side"
    case .coherence: "would have errors that neither side has"
    }
  }
}

extension MergeConflict {
  init(_ conflict: FieldConflict, path: String) {
    let kind: Kind =
      switch conflict.form {
      case .value: .value
      case .order: .order
      case .entry: .entry
      case .path: .path
      }
    self.init(
      kind: kind, entry: conflict.entry, path: path, field: conflict.field, base: conflict.base, ours: conflict.ours,
      theirs: conflict.theirs)
  }
}
