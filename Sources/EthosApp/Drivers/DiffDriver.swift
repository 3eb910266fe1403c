import EthosDiff
import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax
import EthosText

extension Workspace {
  /// What changed in meaning in one file, as git asks its drivers; nil where a side cannot be read as a file of the
  /// identity.
  ///
  /// A side without bytes is a file that is not there.
  ///
  /// Everything else is taken to stand as at HEAD: git tells a driver of one file at a time.
  package func compareFile(
    before: (path: String, bytes: [UInt8]?), after: (path: String, bytes: [UInt8]?)
  ) throws -> ComparisonResult? {
    func document(_ side: (path: String, bytes: [UInt8]?)) -> Document?? {
      guard let bytes = side.bytes else { return .some(nil) }
      guard Kind(path: side.path) != nil else { return nil }
      let result = DocumentReader.read(SourceText(path: side.path, bytes: bytes))
      guard !result.hasErrors, let document = result.document else { return nil }
      return document
    }
    guard let old = document(before), let new = document(after) else { return nil }
    let rest = try surroundings(of: [old?.key, new?.key].compactMap { $0 })
    func side(_ name: String, _ document: Document?) -> ComparisonSide {
      ComparisonSide(
        name: document == nil ? "no file" : name, commit: nil,
        snapshot: Snapshot(documents: rest + [document].compactMap { $0 }))
    }
    let (left, right) = (side("a/\(before.path)", old), side("b/\(after.path)", new))
    return ComparisonResult(
      before: left, after: right,
      changes: try Behaviour.changes(
        from: left.snapshot, to: right.snapshot, severity: Severity(charter: left.snapshot.charter)))
  }

  /// The other entries, as they stand at HEAD, that a comparison of these needs; none where there is no HEAD yet.
  func surroundings(of keys: [EntryKey]) throws -> [Document] {
    guard let head = try headTree() else { return [] }
    let kinds = Workspace.kindsBeside(Set(keys.map(\.kind)))
    let rest = try store.snapshot(ofTree: head, kinds: kinds).documents.values
    return rest.filter { !keys.contains($0.key) }
  }
}
