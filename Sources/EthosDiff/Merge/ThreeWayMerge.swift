package import EthosModel

/// Merges two identities that come from a third: by entry and field, typed values and not text.
///
/// What one side alone changed is taken over; what both changed alike is taken once; what they changed to different
/// ends is a conflict. Exchanged sides give the same with the sides of the conflicts exchanged.
package enum ThreeWayMerge {
  /// Merges one entry.
  ///
  /// A history with criss-cross merges has several bases. A field of which they say different things has no state that
  /// both sides come from: where the sides differ in it too, it is a conflict.
  package static func merge(
    _ key: EntryKey, bases: [Document?], ours: Document?, theirs: Document?, preferring side: MergeSide = .base
  ) -> EntryMerge {
    var result = merge(key, base: bases.first ?? nil, ours: ours, theirs: theirs, preferring: side)
    var known = Set(result.conflicts.map(Place.init))
    for base in bases.dropFirst() {
      let other = merge(key, base: base, ours: ours, theirs: theirs, preferring: side)
      for conflict in other.conflicts + disagreements(key, result, other, ours, theirs)
      where known.insert(Place(conflict)).inserted {
        result.conflicts.append(conflict)
      }
    }
    return result
  }

  /// Merges all entries.
  ///
  /// Costs one comparison of each, and beyond it only what both sides changed.
  package static func merge(
    bases: [Snapshot], ours: Snapshot, theirs: Snapshot, preferring side: MergeSide = .base
  ) -> (snapshot: Snapshot, conflicts: [FieldConflict]) {
    var keys = Set(ours.documents.keys).union(theirs.documents.keys)
    for base in bases { keys.formUnion(base.documents.keys) }
    var documents: [Document] = []
    var conflicts: [FieldConflict] = []
    for key in keys.sorted() {
      let entry = merge(
        key, bases: bases.isEmpty ? [nil] : bases.map { $0[key] }, ours: ours[key], theirs: theirs[key],
        preferring: side)
      conflicts += entry.conflicts
      if let fields = entry.fields { documents.append(Document(key: key, path: entry.path ?? "", fields: fields)) }
    }
    return (Snapshot(documents: documents), conflicts)
  }

  // MARK: - One base

  private static func merge(
    _ key: EntryKey, base: Document?, ours: Document?, theirs: Document?, preferring side: MergeSide
  ) -> EntryMerge {
    let (before, left, right) = (base?.meaning, ours?.meaning, theirs?.meaning)
    var (path, conflicts) = mergedPath(key, base, ours, theirs, side)
    guard left != right else { return EntryMerge(fields: left, path: path, conflicts: conflicts) }
    if right == before { return EntryMerge(fields: left, path: path ?? ours?.path, conflicts: conflicts) }
    if left == before { return EntryMerge(fields: right, path: path ?? theirs?.path, conflicts: conflicts) }
    guard let left, let right, !isEnded(base, ours, theirs), !isEnded(base, theirs, ours) else {
      conflicts.append(
        FieldConflict(
          entry: key, field: FieldPath(), form: .entry, base: before.map(Node.record), ours: left.map(Node.record),
          theirs: right.map(Node.record)))
      let kept = side.choose(base: base, ours: ours, theirs: theirs)
      return EntryMerge(fields: kept?.meaning, path: kept?.path ?? path, conflicts: conflicts)
    }
    var merge = RecordMerge(key, preferring: side)
    let fields = merge.merged(base: before ?? Record(), ours: left, theirs: right)
    if path == nil { path = ours?.path }
    return EntryMerge(fields: fields, path: path, conflicts: conflicts + merge.conflicts)
  }

  /// Whether one side retired what the other changed, so that the change would be lost in a tombstone.
  private static func isEnded(_ base: Document?, _ one: Document?, _ other: Document?) -> Bool {
    guard let base, let one, let other else { return false }
    return one.isRetired && !base.isRetired && !other.isRetired
  }

  /// The path of the file: that of the side which moved it.
  private static func mergedPath(
    _ key: EntryKey, _ base: Document?, _ ours: Document?, _ theirs: Document?, _ side: MergeSide
  ) -> (path: String?, conflicts: [FieldConflict]) {
    guard let ours, let theirs, !isSame(ours.path, theirs.path) else { return (ours?.path ?? theirs?.path, []) }
    if let base {
      if isSame(ours.path, base.path) { return (theirs.path, []) }
      if isSame(theirs.path, base.path) { return (ours.path, []) }
    }
    let conflict = FieldConflict(
      entry: key, field: FieldPath(), form: .path, base: base.map { .text($0.path) }, ours: .text(ours.path),
      theirs: .text(theirs.path))
    return (side.choose(base: base?.path, ours: ours.path, theirs: theirs.path), [conflict])
  }

  private static func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

  // MARK: - Several bases

  /// The places where merges from two bases come to different ends.
  private static func disagreements(
    _ key: EntryKey, _ one: EntryMerge, _ other: EntryMerge, _ ours: Document?, _ theirs: Document?
  ) -> [FieldConflict] {
    func conflict(_ field: FieldPath, _ form: FieldConflict.Form) -> FieldConflict {
      func side(_ document: Document?) -> Node? {
        switch form {
        case .path: document.map { .text($0.path) }
        case .entry: document.map { .record($0.meaning) }
        case .value, .order: document?.value(at: field)
        }
      }
      return FieldConflict(entry: key, field: field, form: form, base: nil, ours: side(ours), theirs: side(theirs))
    }
    var found: [FieldConflict] = []
    if one.path != other.path, one.fields != nil, other.fields != nil { found.append(conflict(FieldPath(), .path)) }
    switch (one.fields, other.fields) {
    case (nil, nil): break
    case (let left?, let right?):
      for edit in RecordDifference.edits(from: left, to: right, kind: key.kind) {
        found.append(conflict(edit.path, edit.form == .order ? .order : .value))
      }
    default: found.append(conflict(FieldPath(), .entry))
    }
    return found
  }
}

/// Where a conflict is, whatever the sides say.
private struct Place: Hashable {
  var field: FieldPath
  var form: FieldConflict.Form

  init(_ conflict: FieldConflict) {
    field = conflict.field
    form = conflict.form
  }
}
