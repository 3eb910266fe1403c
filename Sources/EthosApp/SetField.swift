import EthosGit
package import EthosModel
import EthosStore
import EthosSyntax
package import EthosText

extension Workspace {
  /// Sets one field of one entry; only its bytes change.
  ///
  /// Of two at once on one file the second waits for the first.
  package func set(_ reference: Reference, to value: String, in target: EditTarget, isDryRun: Bool) throws -> EditResult
  {
    try editing(target, isDryRun) { try setAlone(reference, to: value, in: target, isDryRun: isDryRun) }
  }

  /// Reads and writes the work tree while no other ethos does.
  ///
  /// A commit of a proposal compares and swaps its branch.
  private func editing<Result>(
    _ target: EditTarget, _ isDryRun: Bool, _ edit: () throws -> Result
  ) throws -> Result {
    guard case .workTree = target, !isDryRun, !repository.isBare else { return try edit() }
    return try store.alone(edit)
  }

  private func setAlone(
    _ reference: Reference, to value: String, in target: EditTarget, isDryRun: Bool
  ) throws -> EditResult {
    guard reference.revision == nil else {
      throw Failure.usage("a past state cannot be set", help: "leave out `@\(reference.revision ?? "")`")
    }
    guard !reference.path.isEmpty else {
      throw Failure.usage(
        "`\(reference)` names no field",
        help: "name one, as in `\(reference.key).\(Workspace.exampleField(reference.key.kind))`")
    }
    let source = try editableSource(of: reference.key, in: target)
    try checkField(of: reference, in: DocumentReader.read(source).document)
    let bytes = try edited(DocumentEditor.set(source, path: reference.path, to: value), reference.key)
    guard bytes != source.bytes else { return EditResult(changed: [], commit: nil, isDryRun: isDryRun) }
    return try apply(
      [FileEdit(path: source.path, bytes: bytes)], to: target, subject: "Set \(reference) to \(value)",
      isDryRun: isDryRun)
  }

  /// Makes an entry a tombstone: retired, since a day, for a reason.
  package func retire(
    _ key: EntryKey, since: Day?, because: String, in target: EditTarget, isDryRun: Bool
  ) throws -> EditResult {
    try editing(target, isDryRun) {
      let source = try editableSource(of: key, in: target)
      let bytes = try edited(DocumentEditor.retire(source, since: try since ?? today(), because: because), key)
      return try apply(
        [FileEdit(path: source.path, bytes: bytes)], to: target, subject: "Retire \(key)", isDryRun: isDryRun)
    }
  }

  /// Aligns the tables of the identity's files and tidies line ends; meaning does not change.
  package func format(_ keys: [EntryKey], in target: EditTarget, isDryRun: Bool) throws -> EditResult {
    let snapshot = try editableSnapshot(target)
    let documents =
      try keys.isEmpty ? snapshot.keys.compactMap { snapshot[$0] } : keys.map { try document($0, in: snapshot) }
    let edits = try documents.compactMap { document -> FileEdit? in
      guard let source = document.source else { return nil }
      let bytes = try edited(DocumentEditor.format(source), document.key)
      return bytes == source.bytes ? nil : FileEdit(path: source.path, bytes: bytes)
    }
    return try apply(edits, to: target, subject: "Format the identity's files", isDryRun: isDryRun)
  }

  func edited(_ result: Result<[UInt8], DiagnosticsError>, _ key: EntryKey) throws -> [UInt8] {
    switch result {
    case .success(let bytes): return bytes
    case .failure(let error):
      throw Failure(.cannot, "`\(key)` was not changed", diagnostics: error.diagnostics)
    }
  }

  private static func exampleField(_ kind: Kind) -> String {
    switch kind {
    case .limit: "atMost"
    case .charter: "organisation"
    case .person: "name"
    default: "title"
    }
  }
}
