import EthosModel

/// Adds to the changes of a comparison what decisions now decide otherwise: those that changed themselves, and those
/// that lean on a limit or a decision that did.
struct BehaviourChanges {
  private let before: Snapshot
  private let after: Snapshot
  private let severity: Severity

  init(_ before: Snapshot, _ after: Snapshot, _ severity: Severity) {
    self.before = before
    self.after = after
    self.severity = severity
  }

  /// Asks for each decision once, and returns those that decide every case as before.
  ///
  /// The changes stay in the order of entries; behaviour stands before the edits that make it.
  func add(
    to changes: inout [Change], _ touches: [Touch], _ behaviour: (EntryKey) throws -> BehaviourDifference?
  ) rethrows -> [EntryKey] {
    var causes: [EntryKey: [EntryKey]] = [:]
    for touch in touches where touch.touched.kind == .decision {
      causes[touch.touched, default: []].append(touch.changed)
    }
    let edited = Set(changes.filter { $0.entry.kind == .decision && $0.kind.travels && !$0.kind.isWhole }.map(\.entry))
    var found: [EntryKey: BehaviourDifference] = [:]
    for key in edited.union(causes.keys) where isDecided(before[key]) && isDecided(after[key]) {
      found[key] = try behaviour(key)
    }
    let unmoved = found.filter { $0.value.verdict == .equivalent && !$0.value.isAssumed }.keys.sorted()
    for index in changes.indices {
      guard let difference = found[changes[index].entry], difference.verdict == .equivalent, !difference.isAssumed,
        ChangeKind.behaviourOnly.contains(changes[index].kind)
      else { continue }
      changes[index].behaviour = difference
      changes[index].level = .editorial
    }
    let moved = found.compactMap { key, difference -> Change? in
      guard let kind = ChangeKind.of(difference) else { return nil }
      return Change(
        kind: kind, level: severity.level(of: kind), entry: key, field: FieldPath("behaviour"), before: nil, after: nil,
        behaviour: difference, causes: edited.contains(key) ? [] : (causes[key] ?? []).sorted())
    }
    guard !moved.isEmpty else { return unmoved }
    changes = (moved + changes).enumerated().sorted { left, right in
      left.element.entry == right.element.entry
        ? left.offset < right.offset : left.element.entry < right.element.entry
    }.map(\.element)
    return unmoved
  }

  private func isDecided(_ document: Document?) -> Bool { document.map { !$0.isRetired } ?? false }
}
