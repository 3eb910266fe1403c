import EthosModel

extension Record {
  /// The record with the value at a path replaced, added, or, where `node` is nil, removed.
  ///
  /// Lists and records on the way are made where they are missing. The path is one that the schema knows.
  func setting(_ segments: ArraySlice<FieldPath.Segment>, to node: Node?, _ type: FieldType, _ columns: TableColumns)
    -> Record
  {
    guard case .name(let name)? = segments.first, let next = type.step(.name(name), columns) else { return self }
    var result = self
    let value = (self[name] ?? Record.empty(next)).setting(segments.dropFirst(), to: node, next, columns)
    result[name] = value
    return result
  }

  fileprivate static func empty(_ type: FieldType) -> Node {
    switch type {
    case .record, .map: .record(Record())
    case .sequence, .set, .items, .rules: .list([])
    default: .text("")
    }
  }
}

extension Node {
  /// The value with what a path leads to replaced, added or removed; nil where it is removed itself.
  func setting(
    _ segments: ArraySlice<FieldPath.Segment>, to node: Node?, _ type: FieldType, _ columns: TableColumns
  ) -> Node? {
    guard let segment = segments.first else { return node }
    if case .name = segment {
      return .record((record ?? Record()).setting(segments, to: node, type, columns))
    }
    guard case .item(let key) = segment, let itemType = type.step(segment, columns) else { return self }
    var items = list ?? []
    let index = items.firstIndex { type.keys(of: $0).contains(key) }
    let rest = segments.dropFirst()
    // The items of a set of records without a key begin as the record itself.
    let before = index.map { items[$0] } ?? Node.new(key, type, itemType)
    let after = before.setting(rest, to: node, itemType, columns).map { Node.keyed($0, key, type) }
    switch (index, after) {
    case (let index?, let after?): items[index] = after
    case (let index?, nil): items.remove(at: index)
    case (nil, let after?): items.append(after)
    case (nil, nil): break
    }
    return .list(items)
  }

  private static func new(_ key: String, _ list: FieldType, _ item: FieldType) -> Node {
    if case .record = item { return keyed(.record(Record()), key, list) }
    return .text(key)
  }

  /// An item with its key, where it is known by one and does not say it.
  static func keyed(_ item: Node, _ key: String, _ list: FieldType) -> Node {
    let name: String
    switch list {
    case .items(let field, _, _, _): name = field
    case .rules: name = "id"
    default: return item
    }
    guard var record = item.record, record[name] == nil else { return item }
    record.entries.insert(Record.Entry(name, .text(key)), at: 0)
    return .record(record)
  }
}
