package import EthosText

/// Tells the errors that a change brings from those that were there before it.
package enum NewErrors {
  /// The errors of a state beyond those of the one before it, where an error is the same by its code, its file and the
  /// entry in that file.
  ///
  /// What it says does not count: a place moves, and a sentence names a day. Of several alike those are new that say
  /// what none said before.
  ///
  /// Costs a pass over both lists, and over the documents where there is an error.
  package static func among(
    _ after: [Diagnostic], of state: Snapshot, since before: [Diagnostic], of earlier: Snapshot
  ) -> [Diagnostic] {
    let errors = after.filter { $0.severity == .error }
    guard !errors.isEmpty else { return [] }
    let known = Dictionary(grouping: before.filter { $0.severity == .error }, by: naming(earlier))
    var found: [Diagnostic] = []
    for (name, alike) in Dictionary(grouping: errors, by: naming(state)) {
      let old = known[name] ?? []
      let said = Set(old.map(\.message))
      let unsaid = alike.filter { !said.contains($0.message) }
      let rest = alike.filter { said.contains($0.message) }
      found += (unsaid + rest).prefix(max(0, alike.count - old.count))
    }
    return found.sorted(by: Diagnostic.precedes)
  }

  private struct Name: Hashable {
    var code: Diagnostic.Code
    /// By bytes: two spellings of one name are equal as texts, and two files.
    var file: [UInt8]
    var entry: EntryKey?
  }

  private static func naming(_ state: Snapshot) -> (Diagnostic) -> Name {
    let entries = Dictionary(state.documents.values.map { (Array($0.path.utf8), $0.key) }) { first, _ in first }
    return { error in
      let file = Array((error.location?.file ?? "").utf8)
      return Name(code: error.code, file: file, entry: entries[file])
    }
  }
}
