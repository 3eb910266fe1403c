package import EthosGit
package import EthosRecord
import EthosText

/// The last changes of references that ethos made here, so that they can be taken back.
///
/// Derived data (`TrustedMemory`): without it there is nothing to take back. Each is kept as a journal, of which the newest
/// is the last. They are believed in a repository that was moved: taking one back asks that each reference is where the
/// record left it.
package struct DoneRecord: Sendable {
  /// What it was, as the logs of the references say it: `ethos ratify: NAME`.
  package var what: String
  package var updates: [ReferenceUpdate]
  package var head: (before: String, after: String)?
  package var checkout: (before: ObjectID?, after: ObjectID)?
  package var staged: [String]
  /// Whose HEAD, index and work tree it moved.
  package var gitDirectory: String
  /// The whole of it, by which it is known again.
  package var text: String
}

extension IdentityStore {
  /// So many changes are kept.
  private static let kept = 20

  /// The changes made here, the oldest first; none where they were forgotten.
  package func doneRecords() -> [DoneRecord] {
    doneTexts().compactMap { text in
      guard let end = text.firstIndex(of: "\n"), let journal = Journal(String(text[text.index(after: end)...])) else {
        return nil
      }
      return DoneRecord(
        what: Journal.unquoted(String(text[..<end].dropFirst("what ".count))), updates: journal.updates,
        head: journal.head,
        checkout: journal.checkout, staged: journal.staged,
        gitDirectory: repository.location.commonDirectory + journal.gitDirectory.dropFirst(), text: text)
    }
  }

  /// Keeps what was done, or forgets the last of it.
  func remember(_ journal: Journal) {
    // The repository may be moved: which of its work trees was meant is kept, and not where it lay.
    var journal = journal
    journal.gitDirectory = "." + journal.gitDirectory.dropFirst(repository.location.commonDirectory.count)
    var texts = doneTexts()
    journal.mark = ""
    journal.held = []
    journal.rests = []
    if journal.isUndo {
      if !texts.isEmpty { texts.removeLast() }
    } else {
      texts.append("what \(Journal.quoted(journal.what))\n\(journal.text)")
    }
    memory.remember(
      name: "done", conditions: "", isMovable: true, texts.suffix(IdentityStore.kept).joined())
  }

  /// Each with its first line.
  private func doneTexts() -> [String] {
    var texts: [String] = []
    var current: [String] = []
    for line in (memory.recall(name: "done", conditions: "", isMovable: true) ?? "").parts(
      at: "\n", omittingEmpty: true)
    {
      if line.begins(with: "what ") { current = [] }
      current.append(line)
      guard line == "end" else { continue }
      if current.first?.begins(with: "what ") ?? false { texts.append(current.joined(separator: "\n") + "\n") }
      current = []
    }
    return texts
  }
}
