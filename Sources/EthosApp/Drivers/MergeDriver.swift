import EthosDiff
import EthosGit
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
  /// Merges one file by meaning, as git asks its drivers.
  ///
  /// A base without bytes is none: both sides added the file.
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
    let text = MergedText(base: before, ours: left, theirs: right, lines: repository)
    guard merged.conflicts.isEmpty else {
      return marked(
        text, merge(.ours).fields?.taking(merged.conflicts, from: left),
        merge(.theirs).fields?.taking(merged.conflicts, from: right),
        merged.conflicts.map { MergeConflict($0, path: path) })
    }
    guard let meaning = merged.fields else { return .unreadable }
    if let witness = try thirdBehaviour(before, left, right, meaning) {
      return marked(text, meaning.deciding(as: left), meaning.deciding(as: right), [witness])
    }
    if ours == base { return .merged(theirs) }
    if theirs == base { return .merged(ours) }
    switch text.bytes(saying: meaning) {
    case .success(let bytes): return .merged(bytes)
    case .failure(let error):
      let conflict = MergeConflict(
        kind: .coherence, entry: left.key, path: path, diagnostics: error.diagnostics)
      return marked(text, left.meaning, right.meaning, [conflict])
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

  /// The file with both sides' values where they conflict, and the merge everywhere else: whoever takes one side of every
  /// conflict has what that side says there.
  private func marked(
    _ text: MergedText, _ left: Record?, _ right: Record?, _ conflicts: [MergeConflict]
  ) -> FileMerge {
    if let left, let right, case .success(let first) = text.bytes(saying: left, choosing: .ours),
      case .success(let second) = text.bytes(saying: right, choosing: .theirs),
      let marks = ConflictMarks.text(ours: first, theirs: second)
    {
      return .conflict(marks, conflicts)
    }
    guard let our = text.ours.source?.bytes, let their = text.theirs.source?.bytes else { return .unreadable }
    return ConflictMarks.text(ours: our, theirs: their).map { .conflict($0, conflicts) } ?? .unreadable
  }
}

extension Record {
  /// With one side's lists whole where the sides put their items in different orders: what both added there is what they
  /// differ in.
  fileprivate func taking(_ conflicts: [FieldConflict], from side: Document) -> Record {
    var result = self
    for conflict in conflicts where conflict.form == .order {
      guard case .name(let name)? = conflict.field.segments.first else { continue }
      result[name] = side.meaning[name]
    }
    return result
  }

  /// With all that decides cases from one side.
  fileprivate func deciding(as side: Document) -> Record {
    var result = self
    for name in ["uses", "inputs", "outputs", "hitPolicy", "rules", "default"] { result[name] = side.meaning[name] }
    return result
  }
}
