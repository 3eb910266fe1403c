package import EthosModel

/// One place of one entry at which two sides of a merge say different things, so that somebody has to choose.
package struct FieldConflict: Hashable, Sendable {
  package enum Form: String, Hashable, Sendable {
    /// The values at the field.
    case value
    /// The order of the items of a list; the sides are the keys of the items.
    case order
    /// The whole entry: gone or retired on one side and changed on the other.
    case entry
    /// The path of the file.
    case path
  }

  package var entry: EntryKey
  /// The place; empty where the whole entry, or its path, is meant.
  package var field: FieldPath
  package var form: Form
  package var base: Node?
  package var ours: Node?
  package var theirs: Node?

  package init(
    entry: EntryKey, field: FieldPath, form: Form = .value, base: Node?, ours: Node?, theirs: Node?
  ) {
    self.entry = entry
    self.field = field
    self.form = form
    self.base = base
    self.ours = ours
    self.theirs = theirs
  }

  /// The same as who stands on the other side sees it.
  package var swapped: FieldConflict {
    FieldConflict(entry: entry, field: field, form: form, base: base, ours: theirs, theirs: ours)
  }
}

/// What stands in a merged record where the sides conflict, so that there is a record to show.
package enum MergeSide: Hashable, Sendable {
  case base, ours, theirs

  func choose<Value>(base: Value, ours: Value, theirs: Value) -> Value {
    switch self {
    case .base: base
    case .ours: ours
    case .theirs: theirs
    }
  }
}

/// What two sides make of one entry.
package struct EntryMerge: Sendable {
  /// The fields as they count; nil where there is no such entry any more.
  package var fields: Record?
  package var path: String?
  package var conflicts: [FieldConflict]

  package init(fields: Record?, path: String?, conflicts: [FieldConflict]) {
    self.fields = fields
    self.path = path
    self.conflicts = conflicts
  }
}
