package import EthosModel

/// One change of meaning at one place of one entry.
///
/// `before` and `after` are what stands at `field`, with these exceptions, where one act moves more than one value:
///
/// - a whole entry (`field` is empty): its canonical fields, as a record; nil where there was or is none;
/// - an item of a list that has no key of its own (an authority row, a rule without an id): `field` is the list,
///   the sides are the two versions of the item;
/// - `rules-reordered`, `outputs-reordered`: `field` is the list, the sides are the keys of the items that moved;
/// - `priority-reversed`: `field` is `outranks`, the sides are the two values' ids, the higher first; both have it;
/// - `limit-reversed`: `field` is `atMost`, the sides are records of the one bound, by its name;
/// - `behaviour-…`: `field` is `behaviour`, which no file has; what changed is in `behaviour`, and there are no sides.
package struct Change: Hashable, Sendable {
  /// The row of the closed table of changes: `limit-loosened`.
  ///
  /// See `ChangeKind`.
  package var kind: ChangeKind
  package var level: Level
  package var entry: EntryKey
  /// The place; empty where the whole entry is added, removed, retired or restored.
  package var field: FieldPath
  package var before: Node?
  package var after: Node?
  /// What a person should look at where the level is undecided.
  package var signals: [Signal]
  /// Where in a list whose order counts an added item stands, or a removed one stood; nil everywhere else.
  package var place: ItemPlace?
  /// What the decision now decides otherwise; for an edit of its table that changes nothing, the proof of that.
  package var behaviour: BehaviourDifference?
  /// The other entries whose change moved this one, though its own file says what it said; empty for all else.
  package var causes: [EntryKey] = []

  package init(
    kind: ChangeKind, level: Level, entry: EntryKey, field: FieldPath, before: Node?, after: Node?,
    signals: [Signal] = [], place: ItemPlace? = nil, behaviour: BehaviourDifference? = nil, causes: [EntryKey] = []
  ) {
    self.behaviour = behaviour
    self.causes = causes
    self.kind = kind
    self.level = level
    self.entry = entry
    self.field = field
    self.before = before
    self.after = after
    self.signals = signals
    self.place = place
  }
}

/// The place of an item in a list, said by its neighbour.
package enum ItemPlace: Hashable, Sendable {
  case first
  /// Behind the item with this key.
  case after(String)
}

/// The same change made to several entries at once: one human act.
package struct Act: Hashable, Sendable {
  package var change: Change
  /// The other entries to which the same was done, sorted.
  package var also: [EntryKey]

  package init(change: Change, also: [EntryKey] = []) {
    self.change = change
    self.also = also
  }
}

/// An id that disappears and another that appears with nearly the same content.
package struct Rename: Hashable, Sendable {
  package var before: EntryKey
  package var after: EntryKey
  /// The share of words in common, in percent, rounded down.
  package var similarity: Int

  package init(before: EntryKey, after: EntryKey, similarity: Int) {
    self.before = before
    self.after = after
    self.similarity = similarity
  }
}

/// What a changed entry touches though the touched entry's own file did not change.
package struct Touch: Hashable, Sendable {
  package var changed: EntryKey
  package var touched: EntryKey
  /// How it gets there: the entries between, from the changed one.
  package var through: [EntryKey]

  package init(changed: EntryKey, touched: EntryKey, through: [EntryKey] = []) {
    self.changed = changed
    self.touched = touched
    self.through = through
  }
}

/// Everything that changed in meaning from one identity to another, in the order of the entries and their fields.
package struct ChangeSet: Sendable {
  package var changes: [Change]
  package var renames: [Rename]
  package var touches: [Touch]
  /// The decisions that were touched or edited and are proved to decide every case as before, sorted.
  package var unmoved: [EntryKey]

  package init(
    changes: [Change], renames: [Rename] = [], touches: [Touch] = [], unmoved: [EntryKey] = []
  ) {
    self.changes = changes
    self.renames = renames
    self.touches = touches
    self.unmoved = unmoved
  }

  package var isEmpty: Bool { changes.isEmpty }

  /// The heaviest level, or nil where nothing changed.
  package var level: Level? { changes.map(\.level).max() }

  /// The entries that changed, sorted.
  package var entries: [EntryKey] { Set(changes.map(\.entry)).sorted() }
}
