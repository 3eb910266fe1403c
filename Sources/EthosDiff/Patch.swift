import EthosModel

/// What changes do to one value, gathered so that applying them costs one pass over it.
struct Patch {
  /// The whole value is replaced; by nothing where the inner optional is nil.
  private var replacement: Node??
  private var fields: [ExactText: Patch] = [:]
  private var items: [ExactText: Patch] = [:]
  private var places: [ExactText: ItemPlace] = [:]
  /// New versions of items that have no key, by the old ones.
  private var versions: [Node: Node] = [:]
  /// The keys of items in the order in which they are to stand where they stand.
  private var order: [ExactText] = []

  /// The changes of the fields of one entry of a kind.
  init(_ changes: [Change], kind: Kind) {
    for change in changes where !change.field.isEmpty { insert(change, kind) }
  }

  private init() {}

  /// The fields after the changes.
  func applied(to fields: Record, kind: Kind) -> Record {
    applied(to: .record(fields), type: .record(Schema.of(kind).fields))?.record ?? Record()
  }

  private mutating func insert(_ change: Change, _ kind: Kind) {
    switch change.kind {
    case .priorityReversed: insertReversal(change)
    case .limitReversed:
      for name in ["atMost", "atLeast"] {
        self[[.name(name)]].replacement = .some(change.after?.record?[name])
      }
    case .rulesReordered, .outputsReordered:
      self[change.field.segments[...]].order = (change.after?.texts ?? []).map(ExactText.init)
    default:
      if let before = change.before, let after = change.after, change.isVersion(Schema.of(kind)) {
        self[change.field.segments[...]].versions[before] = after
      } else {
        self[change.field.segments[...]].replacement = .some(change.after)
        if case .item(let key) = change.field.segments.last, let place = change.place {
          self[change.field.segments.dropLast()].places[ExactText(key)] = place
        }
      }
    }
  }

  /// The entry outranks the other no longer, or from now on, as it is the higher of the two before or after.
  private mutating func insertReversal(_ change: Change) {
    guard let order = change.after?.texts, order.count == 2 else { return }
    let isHigher = order[0].utf8.elementsEqual(change.entry.id.utf8)
    let other = isHigher ? order[1] : order[0]
    self[[.name("outranks"), .item(other)]].replacement = .some(isHigher ? .text(other) : nil)
  }

  private subscript(segments: ArraySlice<FieldPath.Segment>) -> Patch {
    get {
      switch segments.first {
      case nil: self
      case .name(let name): (fields[ExactText(name)] ?? Patch())[segments.dropFirst()]
      case .item(let key): (items[ExactText(key)] ?? Patch())[segments.dropFirst()]
      }
    }
    set {
      switch segments.first {
      case nil: self = newValue
      case .name(let name): fields[ExactText(name), default: Patch()][segments.dropFirst()] = newValue
      case .item(let key): items[ExactText(key), default: Patch()][segments.dropFirst()] = newValue
      }
    }
  }

  // MARK: - Applying

  private func applied(to node: Node?, type: FieldType) -> Node? {
    if let replacement { return replacement }
    if !fields.isEmpty { return .record(appliedFields(node?.record ?? Record(), type: type)) }
    if !items.isEmpty || !versions.isEmpty || !order.isEmpty {
      return .list(appliedItems(node?.list ?? [], type: type))
    }
    return node
  }

  private func appliedFields(_ record: Record, type: FieldType) -> Record {
    var entries: [Record.Entry] = []
    var seen: Set<ExactText> = []
    for entry in record.entries where seen.insert(ExactText(entry.name)).inserted {
      guard let patch = fields[ExactText(entry.name)] else {
        entries.append(entry)
        continue
      }
      if let value = patch.applied(to: entry.value, type: type.fieldType(entry.name)) {
        entries.append(Record.Entry(entry.name, value))
      }
    }
    for (name, patch) in fields where !seen.contains(name) {
      if let value = patch.applied(to: nil, type: type.fieldType(name.text)) {
        entries.append(Record.Entry(name.text, value))
      }
    }
    return Record(entries)
  }

  private func appliedItems(_ list: [Node], type: FieldType) -> [Node] {
    var result: [Node] = []
    var seen: Set<ExactText> = []
    for item in list {
      let key = ExactText(type.key(of: item))
      seen.insert(key)
      if let version = versions[item] {
        result.append(version)
      } else if let patch = items[key] {
        if let value = patch.applied(to: item, type: type.itemType) { result.append(value) }
      } else {
        result.append(item)
      }
    }
    reorder(&result, type: type)
    var added: [ExactText: Node] = [:]
    for (key, patch) in items where !seen.contains(key) {
      if case .some(.some(let value)) = patch.replacement { added[key] = value }
    }
    return placed(added, in: result, type: type)
  }

  private func reorder(_ list: inout [Node], type: FieldType) {
    guard !order.isEmpty else { return }
    let keys = list.map { ExactText(type.key(of: $0)) }
    let index = Dictionary(keys.enumerated().map { ($1, $0) }) { first, _ in first }
    let sources = order.compactMap { index[$0] }
    for (target, item) in zip(sources.sorted(), sources.map { list[$0] }) { list[target] = item }
  }

  /// Puts added items behind their neighbours, which may be added themselves, and those without a place last.
  private func placed(_ added: [ExactText: Node], in list: [Node], type: FieldType) -> [Node] {
    var rest = added
    // By the key of the neighbour before; nil is the beginning of the list.
    var behind: [ExactText?: ExactText] = [:]
    for (key, place) in places where added[key] != nil {
      if case .after(let neighbour) = place { behind[ExactText(neighbour)] = key } else { behind[nil] = key }
    }
    var result: [Node] = []
    func appendChain(from start: ExactText?) {
      var neighbour = start
      while let key = behind.removeValue(forKey: neighbour), let item = rest.removeValue(forKey: key) {
        result.append(item)
        neighbour = key
      }
    }
    appendChain(from: nil)
    for item in list {
      result.append(item)
      appendChain(from: ExactText(type.key(of: item)))
    }
    return result + rest.sorted { utf8Precedes($0.key.text, $1.key.text) }.map(\.value)
  }
}

extension Change {
  /// Whether the sides are two versions of an item rather than two values of the field: the field is a list then.
  fileprivate func isVersion(_ schema: Schema) -> Bool {
    guard before?.record != nil, after?.record != nil else { return false }
    switch schema.type(at: field) {
    case .set, .items, .rules, .sequence: return true
    default: return false
    }
  }
}

extension FieldType {
  /// The type of a field of a record or a map.
  fileprivate func fieldType(_ name: String) -> FieldType {
    switch self {
    case .record(let fields): fields.first { $0.name == name }?.type ?? .plain
    case .map(let value): value
    default: .plain
    }
  }
}
