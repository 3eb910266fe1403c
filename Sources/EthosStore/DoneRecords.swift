package import EthosGit
package import EthosRecord
import EthosText

/// The last changes of references that ethos made here, so that they can be taken back.
///
/// Derived data below `<git-common-dir>/ethos`: without it there is nothing to take back. Each is kept as a journal, of
/// which the newest is the last.
package struct DoneRecord: Sendable {
  /// What it was, as the logs of the references say it: `ethos ratify: NAME`.
  package var what: String
  package var updates: [ReferenceUpdate]
  package var head: (before: String, after: String)?
  package var checkout: (before: ObjectID?, after: ObjectID)?
  package var staged: [String]
  /// Whose HEAD, index and work tree it moved.
  package var gitDirectory: String
}

extension IdentityStore {
  private var donePath: String { folder + "/done" }

  /// So many changes are kept.
  private static let kept = 20

  /// The changes made here, the oldest first; none where they were forgotten.
  package func doneRecords() throws -> [DoneRecord] {
    try doneTexts().compactMap { text in
      guard let end = text.unicodeScalars.firstIndex(of: "\n"),
        let journal = Journal(String(text[text.unicodeScalars.index(after: end)...]))
      else {
        return nil
      }
      return DoneRecord(
        what: Journal.unquoted(String(text[..<end].dropFirst("what ".count))), updates: journal.updates,
        head: journal.head, checkout: journal.checkout, staged: journal.staged,
        gitDirectory: repository.location.commonDirectory + journal.gitDirectory.dropFirst())
    }
  }

  /// Keeps what was done, or forgets the last of it.
  func remember(_ journal: Journal, as what: String, isUndo: Bool) throws {
    // The repository may be moved: which of its work trees was meant is kept, and not where it lay.
    var journal = journal
    journal.gitDirectory = "." + journal.gitDirectory.dropFirst(repository.location.commonDirectory.count)
    var texts = try doneTexts()
    if isUndo {
      if !texts.isEmpty { texts.removeLast() }
    } else {
      texts.append("what \(Journal.quoted(what))\n\(journal.text)")
    }
    let text = texts.suffix(IdentityStore.kept).joined()
    try FileSystem.write(Array(text.utf8), to: donePath, temporaryFolder: temporaryFolder)
  }

  /// Each with its first line; what was not written whole is left out.
  private func doneTexts() throws -> [String] {
    guard FileSystem.entry(at: donePath) != nil else { return [] }
    let text = String(decoding: try FileSystem.read(donePath, limit: 1 << 24), as: UTF8.self)
    var texts: [String] = []
    var current: [String] = []
    for line in text.parts(at: "\n", omittingEmpty: true) {
      if line.begins(with: "what ") { current = [] }
      current.append(line)
      guard line == "end" else { continue }
      if current.first?.begins(with: "what ") ?? false { texts.append(current.joined(separator: "\n") + "\n") }
      current = []
    }
    return texts
  }
}
