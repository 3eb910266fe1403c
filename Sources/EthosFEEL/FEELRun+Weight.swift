import EthosText

extension FEELRun {
  /// The value, if it is small and flat enough that comparing, printing and releasing it is cheap on any stack; else
  /// null, with a problem.
  ///
  /// Values share their parts, so a few loops could make one whose parts are more than memory could hold.
  func bounded(_ value: FEELValue, _ span: Span) -> FEELValue {
    guard value.isCompound else { return value }
    guard let weight = weight(of: value, depth: 0) else {
      exhaust(
        "value-too-large",
        "the value has more than \(limits.size) parts, or is nested more than \(limits.valueNesting) levels deep", span)
      return .null
    }
    return spend(weight, span) ? value : .null
  }

  /// Charges for walking through a value.
  ///
  /// False where there are no steps left.
  func charge(_ value: FEELValue, _ span: Span) -> Bool {
    switch value {
    case .list, .context, .range: spend(weight(of: value, depth: 0) ?? limits.size, span)
    case .string(let text): spend(text.utf8.count / 64, span)
    default: true
    }
  }

  private func weight(of value: FEELValue, depth: Int) -> Int? {
    guard depth <= limits.valueNesting else { return nil }
    var total = 1
    func add(_ part: FEELValue) -> Bool {
      guard part.isCompound else {
        total += 1
        return total <= limits.size
      }
      guard let weight = weight(of: part, depth: depth + 1) else { return false }
      total += weight
      return total <= limits.size
    }
    switch value {
    case .list(let items):
      for item in items { guard add(item) else { return nil } }
    case .context(let context):
      for entry in context.entries { guard add(entry.value) else { return nil } }
    case .range(let range):
      if let low = range.low { guard add(low) else { return nil } }
      if let high = range.high { guard add(high) else { return nil } }
    case .string(let text): total += text.utf8.count / 64
    default: break
    }
    return total
  }
}

extension FEELValue {
  /// Whether the value has parts that have a weight of their own.
  var isCompound: Bool {
    switch self {
    case .list, .context, .range: true
    case .string(let text): text.utf8.count > 64
    default: false
    }
  }

  /// Whether there is a function in it, at a depth that values are bounded to.
  var holdsFunction: Bool {
    switch self {
    case .function: true
    case .list(let items): items.contains { $0.holdsFunction }
    case .context(let context): context.entries.contains { $0.value.holdsFunction }
    default: false
    }
  }
}
