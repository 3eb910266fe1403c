package import EthosModel

/// Compares two identities by what they mean.
package enum Comparison {
  /// Everything that changed in meaning from one identity to another.
  ///
  /// Entries whose meaning is equal are skipped; layout, the order of keys and the place of files are no meaning. Costs
  /// one comparison of each entry, and beyond it only what changed and what a changed limit or decision touches.
  ///
  /// The levels are those under the charter before: what a change needs is asked of the state that it leaves.
  ///
  /// Decisions are compared by their text alone, as ruleset 1 did.
  package static func changes(from before: Snapshot, to after: Snapshot, severity: Severity) -> ChangeSet {
    changes(from: before, to: after, severity: severity) { _ in nil }
  }

  /// The same with what decisions decide otherwise: `behaviour` compares one decision of both identities.
  ///
  /// It is asked once for each that changed itself or leans on something that did.
  package static func changes(
    from before: Snapshot, to after: Snapshot, severity: Severity,
    behaviour: (EntryKey) throws -> BehaviourDifference?
  ) rethrows -> ChangeSet {
    let ranks = RankOrder(before.charter, after.charter)
    var changes = found(from: before, to: after, ranks).map { item in
      Change(
        kind: item.kind, level: severity.level(of: item.kind), entry: item.entry, field: item.edit.path,
        before: item.edit.before, after: item.edit.after,
        signals: Signal.of(item.kind, item.edit.before, item.edit.after), place: item.edit.place)
    }
    let renames = Rename.found(in: changes)
    let touches = Touch.found(changes: changes, before: before, after: after)
    let unmoved = try BehaviourChanges(before, after, severity).add(to: &changes, touches, behaviour)
    return ChangeSet(changes: changes, renames: renames, touches: touches, unmoved: unmoved)
  }

  /// The kinds of what changed in some entries, by the text alone, without what makes a change readable: a part of the
  /// cost of `changes`.
  ///
  /// The charters tell the order of the ranks.
  package static func kinds(
    from before: [Document], to after: [Document], charters: (before: Document?, after: Document?)
  ) -> [ChangeKind] {
    let ranks = RankOrder(charters.before, charters.after)
    // Most commits change one entry.
    if before.count == 1, after.count == 1, before[0].key == after[0].key {
      return changes(of: before[0].key, before[0], after[0], ranks).map(\.kind)
    }
    return found(from: Snapshot(documents: before), to: Snapshot(documents: after), ranks).map(\.kind)
  }

  private static func found(from before: Snapshot, to after: Snapshot, _ ranks: RankOrder) -> [Found] {
    // Of two states that are near each other most documents are the same ones.
    var keys = after.documents.compactMap { key, document in
      before[key].map { $0.isSame(as: document) } ?? false ? nil : key
    }
    keys += before.documents.keys.filter { after[$0] == nil }
    var found: [Found] = []
    for key in keys.sorted() { found += changes(of: key, before[key], after[key], ranks) }
    joinReversals(&found)
    return found
  }

  /// A change before its level and its signals are known.
  private struct Found {
    var kind: ChangeKind
    var entry: EntryKey
    var edit: Edit
  }

  private static func changes(
    of key: EntryKey, _ before: Document?, _ after: Document?, _ ranks: RankOrder
  ) -> [Found] {
    func whole(_ kind: ChangeKind) -> Found {
      let sides = (before.map { Node.record($0.meaning) }, after.map { Node.record($0.meaning) })
      return Found(kind: kind, entry: key, edit: Edit(path: FieldPath(), before: sides.0, after: sides.1))
    }
    guard let before else { return after == nil ? [] : [whole(.added(key.kind))] }
    guard let after else { return [whole(.removed(key.kind))] }
    guard before.meaning != after.meaning else { return [] }
    var edits = RecordDifference.edits(from: before.meaning, to: after.meaning, kind: key.kind)
    var found: [Found] = []
    if before.isRetired != after.isRetired, ChangeKind.retirable.contains(key.kind) {
      found.append(whole(after.isRetired ? .retired(key.kind) : .restored(key.kind)))
      edits = edits.filter { $0.isBesideRetirement(before.meaning, after.meaning) }
    }
    joinBounds(&edits, kind: key.kind)
    let classification = Classification(kind: key.kind, before: before.meaning, after: after.meaning, ranks: ranks)
    for edit in edits {
      for kind in classification.rows(of: edit) { found.append(Found(kind: kind, entry: key, edit: edit)) }
    }
    return found
  }

  /// Makes one edit of a limit's one bound that goes while the other comes.
  private static func joinBounds(_ edits: inout [Edit], kind: Kind) {
    guard kind == .limit, let most = edits.firstIndex(where: { $0.path == FieldPath("atMost") }),
      let least = edits.firstIndex(where: { $0.path == FieldPath("atLeast") })
    else { return }
    let (upper, lower) = (edits[most], edits[least])
    func side(_ upper: Node?, _ lower: Node?) -> Node? {
      switch (upper, lower) {
      case (let bound?, nil): .record(Record(["atMost": bound]))
      case (nil, let bound?): .record(Record(["atLeast": bound]))
      default: nil
      }
    }
    guard (upper.before == nil) != (upper.after == nil), let before = side(upper.before, lower.before),
      let after = side(upper.after, lower.after)
    else { return }
    edits[most] = Edit(path: FieldPath("atMost"), before: before, after: after)
    edits.remove(at: least)
  }

  /// Makes a reversal of what one value loses over another that gains the same over it.
  private static func joinReversals(_ found: inout [Found]) {
    struct Order: Hashable {
      var higher: ExactText
      var lower: ExactText
    }
    func order(_ item: Found) -> Order? {
      guard item.edit.path.field == "outranks", item.kind == .outranksAdded || item.kind == .outranksRemoved else {
        return nil
      }
      return (item.edit.before ?? item.edit.after)?.text.map {
        Order(higher: ExactText(item.entry.id), lower: ExactText($0))
      }
    }
    let lost = Set(found.filter { $0.kind == .outranksRemoved }.compactMap(order))
    let gained = Set(found.filter { $0.kind == .outranksAdded }.compactMap(order))
    for index in found.indices {
      guard let order = order(found[index]) else { continue }
      let reversed = Order(higher: order.lower, lower: order.higher)
      let isLost = found[index].kind == .outranksRemoved
      guard order != reversed, (isLost ? gained : lost).contains(reversed) else { continue }
      let (old, new) = isLost ? (order, reversed) : (reversed, order)
      func node(_ order: Order) -> Node { .list([.text(order.higher.text), .text(order.lower.text)]) }
      found[index].kind = .priorityReversed
      found[index].edit = Edit(path: FieldPath("outranks"), before: node(old), after: node(new))
    }
  }
}

extension Edit {
  /// Whether an edit is more than what becomes of an entry that is retired or restored: a field that the tombstone has,
  /// and that says something else there.
  ///
  /// What a tombstone leaves out belongs to the retirement, as its own reason and day do.
  fileprivate func isBesideRetirement(_ before: Record, _ after: Record) -> Bool {
    guard let field = path.field, !["status", "since", "because"].contains(field) else { return false }
    let tombstone = after["status"]?.text == "retired" ? after : before
    return tombstone[field] != nil
  }
}

extension Signal {
  /// What to look at in a change of free text whose meaning no program can say; nothing for other changes.
  static func of(_ kind: ChangeKind, _ before: Node?, _ after: Node?) -> [Signal] {
    guard kind.level == .undecided, before?.text != nil || after?.text != nil else { return [] }
    return Signals.between(before?.text ?? "", after?.text ?? "")
  }
}
