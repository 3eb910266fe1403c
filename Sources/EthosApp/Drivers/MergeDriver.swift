import EthosDiff
import EthosModel
import EthosRecord
import EthosSyntax
import EthosText

/// What became of one file that git asked to merge.
package enum FileMerge: Sendable {
  case merged([UInt8])
  /// Both sides' values stand in the text, between git's marks.
  case conflict([UInt8], [MergeConflict])
  /// It is no file that can be merged by meaning: git's own merge must do.
  case unreadable
}

extension Workspace {
  /// Merges one file by meaning, as git asks its drivers. A base without bytes is none: both sides added the file.
  ///
  /// Everything else is taken to stand as at HEAD, so that a decision is held to what it decides with the limits there.
  package func mergeFile(path: String, base: [UInt8], ours: [UInt8], theirs: [UInt8]) throws -> FileMerge {
    func read(_ bytes: [UInt8]) -> Document? {
      let result = DocumentReader.read(SourceText(path: path, bytes: bytes))
      return result.hasErrors ? nil : result.document
    }
    guard Kind(path: path) != nil, let left = read(ours), let right = read(theirs), left.key == right.key else {
      return .unreadable
    }
    let before = base.isEmpty ? nil : read(base)
    guard base.isEmpty || before?.key == left.key else { return .unreadable }
    func merge(_ side: MergeSide) -> EntryMerge {
      ThreeWayMerge.merge(left.key, bases: [before], ours: left, theirs: right, preferring: side)
    }
    let merged = merge(.base)
    guard merged.conflicts.isEmpty else {
      return marked(
        left, merge(.ours).fields, merge(.theirs).fields, right, merged.conflicts.map { MergeConflict($0, path: path) })
    }
    guard let meaning = merged.fields else { return .unreadable }
    if let witness = try thirdBehaviour(before, left, right, meaning) {
      return marked(left, nil, nil, right, [witness])
    }
    if ours == base { return .merged(theirs) }
    if theirs == base { return .merged(ours) }
    switch MergedText.bytes(left, becoming: meaning, inWordsOf: [right, left]) {
    case .success(let bytes): return .merged(bytes)
    case .failure(let error):
      let conflict = MergeConflict(
        kind: .coherence, entry: left.key, path: path, diagnostics: error.diagnostics)
      return marked(left, nil, nil, right, [conflict])
    }
  }

  /// A case that a merged decision decides as on neither side, or why that was not settled.
  private func thirdBehaviour(
    _ base: Document?, _ ours: Document, _ theirs: Document, _ merged: Record
  ) throws -> MergeConflict? {
    guard ours.kind == .decision, ours.meaning != merged, theirs.meaning != merged else { return nil }
    let rest = try surroundings(of: [ours.key])
    func state(_ document: Document) -> Snapshot { Snapshot(documents: rest + [document]) }
    return thirdBehaviours(
      of: [ours.key], bases: base.map { [state($0)] } ?? [], ours: state(ours), theirs: state(theirs),
      together: state(Document(key: ours.key, path: ours.path, fields: merged))
    ).first
  }

  /// The file with both sides' values where they conflict, and the merge everywhere else.
  private func marked(
    _ ours: Document, _ left: Record?, _ right: Record?, _ theirs: Document, _ conflicts: [MergeConflict]
  ) -> FileMerge {
    guard let our = ours.source?.bytes, let their = theirs.source?.bytes else { return .unreadable }
    let words = [theirs, ours]
    // Their side is written as edits of ours, so that nothing is marked but what differs in meaning.
    if case .success(let first) = MergedText.bytes(ours, becoming: left ?? ours.meaning, inWordsOf: words),
      let document = DocumentReader.read(SourceText(path: ours.path, bytes: first)).document,
      case .success(let second) = MergedText.bytes(document, becoming: right ?? theirs.meaning, inWordsOf: words),
      let text = ConflictMarks.text(ours: first, theirs: second)
    {
      return .conflict(text, conflicts)
    }
    return ConflictMarks.text(ours: our, theirs: their).map { .conflict($0, conflicts) } ?? .unreadable
  }
}
