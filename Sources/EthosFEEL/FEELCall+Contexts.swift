/// Context functions (DMN 1.5, 10.3.4.10) and those of the calendar (10.3.4.8).
extension FEELCall {
  func context() throws(Stop) -> FEELValue {
    switch builtin {
    case .getValue: return try getValue()
    case .getEntries:
      let entries = try context(0).entries
      try spend(entries.count)
      return .list(
        entries.map { .context(FEELContext([("key", .string($0.key)), ("value", $0.value)])) })
    case .context: return try contextOfEntries()
    case .contextPut: return try put()
    case .contextMerge: return try merged()
    default: return .null
    }
  }

  private func getValue() throws(Stop) -> FEELValue {
    let context = try context(0)
    guard case .list(let keys) = any(1) else { return context[try string(1)] ?? .null }
    var value = FEELValue.context(context)
    guard !keys.isEmpty else { throw .null }
    for key in keys {
      guard case .string(let key) = key, case .context(let inner) = value, let next = inner[key] else { throw .null }
      value = next
    }
    return value
  }

  private func contextOfEntries() throws(Stop) -> FEELValue {
    var result = FEELContext()
    for item in try list(0) {
      guard case .context(let entry) = item, case .string(let key)? = entry["key"], let value = entry["value"] else {
        throw problem("wrong-type", "an item of the list of `context` has no `key` that is a string, or no `value`")
      }
      guard result[key] == nil else {
        throw problem("duplicate-key", "two entries have the key \(FEELText.literal(key))")
      }
      result[key] = value
    }
    return .context(result)
  }

  private func put() throws(Stop) -> FEELValue {
    let context = try context(0)
    switch any(1) {
    // By position a list is a path of keys; by name that is what `keys` is for.
    case .list where isNamed && signature == 0: throw wrongType(1, "string", any(1))
    case .string where signature == 1: throw wrongType(1, "list of strings", any(1))
    case .string(let key):
      var result = context
      result[key] = any(2)
      return .context(result)
    case .list(let keys): return .context(try put(keys[...], in: context, depth: 0))
    case .null: throw .null
    case let other: throw wrongType(1, "string or list of strings", other)
    }
  }

  private func put(_ keys: ArraySlice<FEELValue>, in context: FEELContext, depth: Int) throws(Stop) -> FEELContext {
    guard depth <= run.limits.height else { throw problem("evaluation-too-deep", "the list of keys is too long") }
    guard case .string(let key)? = keys.first else {
      throw problem("wrong-type", "the keys of `context put` are one or more strings")
    }
    var result = context
    let rest = keys.dropFirst()
    if rest.isEmpty {
      result[key] = any(2)
    } else {
      guard case .context(let inner)? = context[key] else {
        throw problem("wrong-type", "the context has no context \(FEELText.literal(key))")
      }
      result[key] = .context(try put(rest, in: inner, depth: depth + 1))
    }
    return result
  }

  private func merged() throws(Stop) -> FEELValue {
    var result = FEELContext()
    for item in try list(0) {
      guard case .context(let context) = item else { throw wrongType(0, "list of contexts", item) }
      try spend(context.count)
      for entry in context.entries { result[entry.key] = entry.value }
    }
    return .context(result)
  }

  // MARK: - Calendar

  func calendar() throws(Stop) -> FEELValue {
    let date: FEELDate
    switch any(0) {
    case .null: throw .null
    case .date(let day): date = day
    case .dateTime(let moment): date = moment.date
    case .list(let items):
      guard items.count == 1, case .date(let day)? = items.first else { throw wrongType(0, "date", any(0)) }
      date = day
    case let other: throw wrongType(0, "date or date and time", other)
    }
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return switch builtin {
    case .dayOfYear: .number(FEELNumber(date.dayOfYear))
    case .dayOfWeek: .string(days[date.weekday - 1])
    case .monthOfYear: .string(months[date.month - 1])
    case .weekOfYear: .number(FEELNumber(date.weekOfYear))
    default: .null
    }
  }
}
