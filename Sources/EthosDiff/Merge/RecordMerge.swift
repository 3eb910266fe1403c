import EthosModel

/// Merges the canonical fields of one entry: records and maps by name, lists by item, all else as one value.
struct RecordMerge {
  let entry: EntryKey
  let side: MergeSide
  private(set) var conflicts: [FieldConflict] = []
  /// Whether the order of the rules says something: in each state, and in what becomes of them.
  private var rulesOrder = ListMerge.Order(base: true, ours: true, theirs: true, merged: true)

  init(_ entry: EntryKey, preferring side: MergeSide) {
    self.entry = entry
    self.side = side
  }

  /// The merged fields in canonical form.
  mutating func merged(base: Record, ours: Record, theirs: Record) -> Record {
    func heedsOrder(_ decision: Record) -> Bool { Meaning.hitPolicy(of: decision).heedsOrder }
    let policy = RecordMerge.threeWay(base["hitPolicy"], ours["hitPolicy"], theirs["hitPolicy"])
    let isOrdered =
      policy.map { heedsOrder($0.map { Record(["hitPolicy": $0]) } ?? Record()) }
      ?? (heedsOrder(ours) || heedsOrder(theirs))
    rulesOrder = ListMerge.Order(
      base: heedsOrder(base), ours: heedsOrder(ours), theirs: heedsOrder(theirs), merged: isOrdered)
    let schema = Schema.of(entry.kind)
    let fields = mergedRecord(base, ours, theirs, at: FieldPath()) { schema.field($0)?.type ?? .plain }
    return Meaning.of(fields, kind: entry.kind)
  }

  /// What becomes of a value of which at most one side has its own; nil where both have.
  static func threeWay(_ base: Node?, _ ours: Node?, _ theirs: Node?) -> Node?? {
    if ours == theirs || theirs == base { return .some(ours) }
    if ours == base { return .some(theirs) }
    return nil
  }

  private mutating func conflict(
    _ base: Node?, _ ours: Node?, _ theirs: Node?, at path: FieldPath, form: FieldConflict.Form = .value
  ) -> Node? {
    conflicts.append(
      FieldConflict(entry: entry, field: path, form: form, base: base, ours: ours, theirs: theirs))
    return side.choose(base: base, ours: ours, theirs: theirs)
  }

  // MARK: - Values

  private mutating func mergedNode(
    _ base: Node?, _ ours: Node?, _ theirs: Node?, _ type: FieldType, at path: FieldPath
  ) -> Node? {
    if let plain = RecordMerge.threeWay(base, ours, theirs), !isUnordered(base, ours, theirs, type) { return plain }
    switch type {
    case .map(let value):
      guard let before = RecordMerge.record(base), let left = RecordMerge.record(ours),
        let right = RecordMerge.record(theirs)
      else { return conflict(base, ours, theirs, at: path) }
      let merged = mergedRecord(before, left, right, at: path) { _ in value }
      return merged.isEmpty ? nil : .record(merged)
    case .set, .sequence: return mergedList(base, ours, theirs, type, at: path)
    case .items(_, _, let isOrdered, _):
      let order = isOrdered ? ListMerge.Order(base: true, ours: true, theirs: true, merged: true) : nil
      return mergedList(base, ours, theirs, type, at: path, order: order)
    case .rules: return mergedList(base, ours, theirs, type, at: path, order: rulesOrder.merged ? rulesOrder : nil)
    // What belongs together, as a name and its digest, is one value: half of each side would be neither's.
    default: return conflict(base, ours, theirs, at: path)
    }
  }

  /// Whether rules are taken from a side where their order said nothing into a table where it does.
  private func isUnordered(_ base: Node?, _ ours: Node?, _ theirs: Node?, _ type: FieldType) -> Bool {
    guard case .rules = type, rulesOrder.merged, ours != theirs else { return false }
    return !rulesOrder.ours && ours != base || !rulesOrder.theirs && theirs != base
  }

  /// A map or list that says nothing is left out of the canonical form.
  private static func record(_ node: Node?) -> Record? { node == nil ? Record() : node?.record }
  private static func list(_ node: Node?) -> [Node]? { node == nil ? [] : node?.list }

  private mutating func mergedRecord(
    _ base: Record, _ ours: Record, _ theirs: Record, at path: FieldPath, type: (String) -> FieldType
  ) -> Record {
    var result = Record()
    var seen: Set<ExactText> = []
    for name in (base.names + ours.names + theirs.names).sorted(by: utf8Precedes)
    where seen.insert(ExactText(name)).inserted {
      let value = mergedNode(base[name], ours[name], theirs[name], type(name), at: path.appending(name))
      if let value { result.entries.append(Record.Entry(name, value)) }
    }
    return result
  }

  // MARK: - Lists

  private mutating func mergedList(
    _ base: Node?, _ ours: Node?, _ theirs: Node?, _ type: FieldType, at path: FieldPath,
    order: ListMerge.Order? = nil
  ) -> Node? {
    var order = order
    if case .sequence = type { order = ListMerge.Order(base: true, ours: true, theirs: true, merged: true) }
    guard let before = RecordMerge.list(base), let left = RecordMerge.list(ours),
      let right = RecordMerge.list(theirs),
      var merge = ListMerge(before, left, right, type, replacing: isReplaceable(type))
    else { return conflict(base, ours, theirs, at: path) }
    for index in merge.slots.indices {
      let slot = merge.slots[index]
      let inner = path.appending(.item(slot.key))
      merge.slots[index].node =
        slot.isKeyed
        ? mergedItem(slot.base, slot.ours, slot.theirs, type, at: inner)
        : RecordMerge.threeWay(slot.base, slot.ours, slot.theirs)
          ?? conflict(slot.base, slot.ours, slot.theirs, at: inner)
    }
    guard merge.hasUniqueKeys(type) else { return conflict(base, ours, theirs, at: path) }
    guard let order else { return RecordMerge.node(merge.slots.compactMap(\.node)) }
    let sequence = merge.ordered(order)
    if !sequence.isCertain {
      let keys = [before, left, right].map { items in Node.list(items.map { .text(type.key(of: $0)) }) }
      _ = conflict(keys[0], keys[1], keys[2], at: path, form: .order)
    }
    let items = sequence.isCertain ? sequence.items : merge.preferred(side, sequence.items)
    return RecordMerge.node(items.compactMap { merge.slots[$0].node })
  }

  private static func node(_ items: [Node]) -> Node? { items.isEmpty ? nil : .list(items) }

  /// Whether two sides that each put something else in the place of one item contradict each other: two successors of
  /// one holder of an office are not two holders.
  ///
  /// A table's rules are judged by what they decide.
  private func isReplaceable(_ type: FieldType) -> Bool { if case .rules = type { false } else { true } }

  /// An item that is known by its key, field by field; one that came on both sides comes from nothing.
  private mutating func mergedItem(
    _ base: Node?, _ ours: Node?, _ theirs: Node?, _ type: FieldType, at path: FieldPath
  ) -> Node? {
    if let plain = RecordMerge.threeWay(base, ours, theirs) { return plain }
    guard let left = ours?.record, let right = theirs?.record, let before = RecordMerge.record(base) else {
      return conflict(base, ours, theirs, at: path)
    }
    let fields: [FieldSchema] = if case .record(let fields) = type.itemType { fields } else { [] }
    return .record(
      mergedRecord(before, left, right, at: path) { name in fields.first { $0.name == name }?.type ?? .plain })
  }
}
