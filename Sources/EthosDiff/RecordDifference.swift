package import EthosModel

/// Finds the differences between two canonical records by their schema: fields one by one, sets and maps by item,
/// items by key and field, rules by id and cell.
///
/// Costs one pass over the fields that differ. Lists in which a key stands twice are compared as one value: a key
/// that names two items names none.
package struct RecordDifference {
  private let kind: Kind
  private let hasOrderedRules: Bool
  private var edits: [Edit] = []

  package static func edits(from before: Record, to after: Record, kind: Kind) -> [Edit] {
    var difference = RecordDifference(
      kind: kind, hasOrderedRules: Meaning.hitPolicy(of: before).heedsOrder || Meaning.hitPolicy(of: after).heedsOrder)
    let type = { (name: String) in Schema.of(kind).field(name)?.type ?? .plain }
    if before.entries.elementsEqual(after.entries, by: { $0.name.utf8.elementsEqual($1.name.utf8) }) {
      // Canonical fields stand in the order in which edits do; mostly one of them differs.
      for (old, new) in zip(before.entries, after.entries) where old.value != new.value {
        difference.compare(old.value, new.value, type(new.name), at: FieldPath(new.name))
      }
    } else {
      difference.compare(before, after, at: FieldPath(), type: type)
    }
    return difference.edits
  }

  private init(kind: Kind, hasOrderedRules: Bool) {
    self.kind = kind
    self.hasOrderedRules = hasOrderedRules
  }

  private mutating func compare(_ before: Node?, _ after: Node?, _ type: FieldType, at path: FieldPath) {
    guard before != after else { return }
    switch type {
    case .items(_, _, let isOrdered, _): compareLists(before, after, type, at: path, isOrdered: isOrdered)
    case .rules: compareLists(before, after, type, at: path, isOrdered: hasOrderedRules)
    // An audience is widened or narrowed as a whole.
    case .set where !(kind == .value && path.field == "audience"):
      compareLists(before, after, type, at: path, isOrdered: false)
    case .map(let value): compareMaps(before, after, value, at: path)
    default: edits.append(Edit(path: path, before: before, after: after))
    }
  }

  private mutating func compareMaps(_ before: Node?, _ after: Node?, _ value: FieldType, at path: FieldPath) {
    if let left = (before ?? .record(Record())).record, let right = (after ?? .record(Record())).record {
      compare(left, right, at: path, wholeWhereMissing: true) { _ in value }
    } else {
      edits.append(Edit(path: path, before: before, after: after))
    }
  }

  /// Compares the values of the same names.
  private mutating func compare(
    _ before: Record, _ after: Record, at path: FieldPath, wholeWhereMissing: Bool = false,
    type: (String) -> FieldType
  ) {
    let left = RecordDifference.values(before)
    let right = RecordDifference.values(after)
    var names = before.names.filter { left[ExactText($0)] != nil }
    names += after.names.filter { left[ExactText($0)] == nil }
    var seen: Set<ExactText> = []
    for name in ordered(names, isTop: path.isEmpty) where seen.insert(ExactText(name)).inserted {
      let (old, new) = (left[ExactText(name)], right[ExactText(name)])
      guard old != new else { continue }
      let inner = path.appending(name)
      if wholeWhereMissing, old == nil || new == nil {
        edits.append(Edit(path: inner, before: old, after: new))
      } else {
        compare(old, new, type(name), at: inner)
      }
    }
  }

  /// Names in schema order where a schema orders them, else by their bytes: the order may not depend on the direction.
  private func ordered(_ names: [String], isTop: Bool) -> [String] {
    let order =
      isTop ? Dictionary(Schema.of(kind).fields.enumerated().map { ($1.name, $0) }) { first, _ in first } : [:]
    return names.sorted {
      let (left, right) = (order[$0] ?? Int.max, order[$1] ?? Int.max)
      return left == right ? utf8Precedes($0, $1) : left < right
    }
  }

  private static func values(_ record: Record) -> [ExactText: Node] {
    Dictionary(record.entries.map { (ExactText($0.name), $0.value) }) { first, _ in first }
  }
}

// MARK: - Lists

extension RecordDifference {
  private mutating func compareLists(
    _ before: Node?, _ after: Node?, _ type: FieldType, at path: FieldPath, isOrdered: Bool
  ) {
    guard let left = (before ?? .list([])).list, let right = (after ?? .list([])).list,
      let match = ItemMatch(left, right, type: type)
    else {
      edits.append(Edit(path: path, before: before, after: after))
      return
    }
    for index in left.indices where match.afterIndex[index] == nil {
      let place = isOrdered ? RecordDifference.place(of: index, in: match.beforeKeys) : nil
      let item = path.appending(.item(match.beforeKeys[index]))
      edits.append(Edit(path: item, before: left[index], after: nil, place: place))
    }
    for (index, item) in right.enumerated() {
      let key = match.afterKeys[index]
      guard let old = match.beforeIndex[index] else {
        let place = isOrdered ? RecordDifference.place(of: index, in: match.afterKeys) : nil
        edits.append(Edit(path: path.appending(.item(key)), before: nil, after: item, place: place))
        continue
      }
      guard left[old] != item else { continue }
      guard match.isKeyed(before: old, after: index), let oldFields = left[old].record, let fields = item.record else {
        edits.append(Edit(path: path, before: left[old], after: item, form: .pair))
        continue
      }
      // Values within an item are compared whole: a rule's `enacts` is one cell.
      compare(oldFields, fields, at: path.appending(.item(key))) { _ in .plain }
    }
    if isOrdered, let moved = match.movedKeys {
      edits.append(
        Edit(
          path: path, before: .list(moved.before.map(Node.text)), after: .list(moved.after.map(Node.text)), form: .order
        ))
    }
  }

  private static func place(of index: Int, in keys: [String]) -> ItemPlace {
    index == 0 ? .first : .after(keys[index - 1])
  }
}
