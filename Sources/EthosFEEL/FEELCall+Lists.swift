/// List functions that answer lists or look into them (DMN 1.5, 10.3.4.4), and `sort`.
extension FEELCall {
  func list() throws(Stop) -> FEELValue {
    switch builtin {
    case .concatenate, .union: return try concatenated()
    default: break
    }
    let items = try list(0)
    switch builtin {
    case .listContains:
      let element = any(1)
      return .boolean(items.contains { isEqual($0, element) })
    case .indexOf:
      let match = any(1)
      let places = items.indices.filter { isEqual(items[$0], match) }
      return .list(places.map { .number(FEELNumber($0 + 1)) })
    case .listReplace: return try replaced(items)
    case .sublist: return try sublist(items)
    case .append:
      guard case .list(let more) = any(1) else { return .null }
      return try result(items + more)
    case .insertBefore:
      var items = items
      items.insert(any(2), at: try place(1, in: items))
      return try result(items)
    case .remove:
      var items = items
      items.remove(at: try place(1, in: items))
      return .list(items)
    case .reverse: return .list(items.reversed())
    case .distinctValues: return .list(try distinct(items))
    case .flatten:
      var flat: [FEELValue] = []
      try flatten(items, into: &flat, depth: 0)
      return try result(flat)
    case .sort: return try sorted(items)
    default: return .null
    }
  }

  private func isEqual(_ left: FEELValue, _ right: FEELValue) -> Bool {
    FEELComparing.equal(left, right, zones: scope.zones) == true
  }

  /// The place from 0 that a position from 1, or from the end by -1, means.
  private func place(_ index: Int, in items: [FEELValue]) throws(Stop) -> Int {
    let position = try integer(index)
    guard position != 0, position.magnitude <= items.count else {
      throw problem("position-out-of-range", "the list has no item at \(position)")
    }
    return position > 0 ? position - 1 : items.count + position
  }

  private func sublist(_ items: [FEELValue]) throws(Stop) -> FEELValue {
    let first = try place(1, in: items)
    guard arguments.count > 2, arguments[2] != nil else { return .list(Array(items[first...])) }
    let length = try integer(2)
    guard length >= 1, first + length <= items.count else {
      throw problem("position-out-of-range", "the list has no \(length) items from there on")
    }
    return .list(Array(items[first..<(first + length)]))
  }

  private func concatenated() throws(Stop) -> FEELValue {
    guard case .list(let lists) = any(0) else { return .null }
    var items: [FEELValue] = []
    for list in lists {
      switch list {
      case .list(let more): items += more
      case .null: throw .null
      default: items.append(list)
      }
      guard items.count <= run.limits.size else { return run.tooLarge(span) }
    }
    return try result(builtin == .union ? try distinct(items) : items)
  }

  /// The items without those that are equal to an earlier one.
  private func distinct(_ items: [FEELValue]) throws(Stop) -> [FEELValue] {
    var seen: Set<FEELValue> = []
    var result: [FEELValue] = []
    for item in items where seen.insert(item).inserted {
      // Times may be equal though they are written differently.
      if item.isZoned {
        try spend(result.count)
        if result.contains(where: { isEqual($0, item) }) { continue }
      }
      result.append(item)
    }
    return result
  }

  private func flatten(_ items: [FEELValue], into flat: inout [FEELValue], depth: Int) throws(Stop) {
    guard depth <= run.limits.height else {
      throw problem("evaluation-too-deep", "the list is nested more than \(run.limits.height) levels deep")
    }
    for item in items {
      try spend(1)
      if case .list(let inner) = item {
        try flatten(inner, into: &flat, depth: depth + 1)
      } else {
        flat.append(item)
      }
    }
  }

  private func replaced(_ items: [FEELValue]) throws(Stop) -> FEELValue {
    let new = any(2)
    guard case .function(let function) = any(1) else {
      if any(1).isNull { throw .null }
      var items = items
      items[try place(1, in: items)] = new
      return .list(items)
    }
    var result: [FEELValue] = []
    for item in items {
      switch run.callBack(function, [item, new], span, scope) {
      case .boolean(let matches): result.append(matches ? new : item)
      case .null: throw .null
      case let other: throw problem("wrong-type", "the function of a match answers a boolean, not a \(other.kindName)")
      }
    }
    return .list(result)
  }

  private func sorted(_ items: [FEELValue]) throws(Stop) -> FEELValue {
    // About n log n comparisons.
    try spend(items.count * max(1, Int.bitWidth - items.count.leadingZeroBitCount))
    guard has(1) else {
      var isComparable = true
      let sorted = items.sorted { left, right in
        let less = FEELComparing.less(left, right, zones: scope.zones)
        isComparable = isComparable && less != nil
        return less ?? false
      }
      guard isComparable else { throw problem("not-comparable", "the items of the list have no common order") }
      return .list(sorted)
    }
    guard case .function(let precedes) = any(1) else { throw wrongType(1, "function", any(1)) }
    var failed = false
    let sorted = items.sorted { left, right in
      guard !failed, case .boolean(let less) = run.callBack(precedes, [left, right], span, scope) else {
        failed = true
        return false
      }
      return less
    }
    if failed {
      throw problem("not-comparable", "the function of `sort` does not answer a boolean for every two items")
    }
    return .list(sorted)
  }
}

extension FEELValue {
  /// Whether equality depends on a time zone.
  fileprivate var isZoned: Bool {
    switch self {
    case .time, .dateTime, .list, .context, .range: true
    default: false
    }
  }
}
