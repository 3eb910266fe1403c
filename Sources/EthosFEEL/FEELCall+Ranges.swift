/// Functions on points and ranges (DMN 1.5, 10.3.4.7, after Allen's interval algebra and HL7 CQL).
extension FEELCall {
  /// A point as a closed range of its own, or a range.
  private struct Extent {
    var low: FEELValue?
    var isLowClosed: Bool
    var high: FEELValue?
    var isHighClosed: Bool
    var isPoint: Bool
  }

  private func extent(_ index: Int) throws(Stop) -> Extent {
    var value = any(index)
    if case .list(let items) = value, items.count == 1, let item = items.first { value = item }
    switch value {
    case .null: throw .null
    case .range(let range):
      guard range.form != .notEqual else { throw wrongType(index, "point or range from one end to another", value) }
      return Extent(
        low: range.low, isLowClosed: range.isLowClosed, high: range.high, isHighClosed: range.isHighClosed,
        isPoint: false)
    case .number, .string, .date, .time, .dateTime, .daysDuration, .monthsDuration:
      return Extent(low: value, isLowClosed: true, high: value, isHighClosed: true, isPoint: true)
    default: throw wrongType(index, "point or range", value)
    }
  }

  func interval() throws(Stop) -> FEELValue {
    let (left, right) = (try extent(0), try extent(1))
    let allowed: Bool =
      switch builtin {
      case .before, .after: true
      case .coincides: left.isPoint == right.isPoint
      case .meets, .metBy, .overlaps, .overlapsBefore, .overlapsAfter: !left.isPoint && !right.isPoint
      case .finishes, .during, .starts: !right.isPoint
      default: !left.isPoint
      }
    guard allowed else {
      throw problem("wrong-type", "`\(builtin.rawValue)` is not defined for a point in this place")
    }
    switch builtin {
    case .before: return .boolean(try isBefore(left, right))
    case .after: return .boolean(try isBefore(right, left))
    case .meets: return .boolean(try meets(left, right))
    case .metBy: return .boolean(try meets(right, left))
    case .overlaps:
      let isApart = (try isBefore(left, right), try isBefore(right, left))
      return .boolean(!isApart.0 && !isApart.1)
    case .overlapsBefore: return .boolean(try overlapsBefore(left, right))
    case .overlapsAfter: return .boolean(try overlapsBefore(right, left))
    case .finishes: return .boolean(try finishes(left, right))
    case .finishedBy: return .boolean(try finishes(right, left))
    case .includes: return .boolean(try includes(left, right))
    case .during: return .boolean(try includes(right, left))
    case .starts: return .boolean(try starts(left, right))
    case .startedBy: return .boolean(try starts(right, left))
    case .coincides:
      let orders = (try lowOrder(left, right), try highOrder(left, right))
      return .boolean(orders == (0, 0))
    default: return .null
    }
  }

  // MARK: - Ends

  private func order(_ left: FEELValue, _ right: FEELValue) throws(Stop) -> Int {
    if left.isNull || right.isNull { throw .null }
    guard let less = FEELComparing.less(left, right, zones: scope.zones),
      let greater = FEELComparing.less(right, left, zones: scope.zones)
    else { throw problem("not-comparable", "a \(left.kindName) cannot be compared with a \(right.kindName)") }
    return less ? -1 : greater ? 1 : 0
  }

  /// The order of the lower ends; one that is open comes after a closed one at the same value, and one that is not
  /// given before all others.
  private func lowOrder(_ left: Extent, _ right: Extent) throws(Stop) -> Int {
    switch (left.low, right.low) {
    case (nil, nil): return 0
    case (nil, _): return -1
    case (_, nil): return 1
    case (let leftLow?, let rightLow?):
      let order = try order(leftLow, rightLow)
      if order != 0 || left.isLowClosed == right.isLowClosed { return order }
      return left.isLowClosed ? -1 : 1
    }
  }

  private func highOrder(_ left: Extent, _ right: Extent) throws(Stop) -> Int {
    switch (left.high, right.high) {
    case (nil, nil): return 0
    case (nil, _): return 1
    case (_, nil): return -1
    case (let leftHigh?, let rightHigh?):
      let order = try order(leftHigh, rightHigh)
      if order != 0 || left.isHighClosed == right.isHighClosed { return order }
      return left.isHighClosed ? 1 : -1
    }
  }

  /// Whether all of the left lies below all of the right.
  private func isBefore(_ left: Extent, _ right: Extent) throws(Stop) -> Bool {
    guard let high = left.high, let low = right.low else { return false }
    let order = try order(high, low)
    return order < 0 || (order == 0 && !(left.isHighClosed && right.isLowClosed))
  }

  private func meets(_ left: Extent, _ right: Extent) throws(Stop) -> Bool {
    guard let high = left.high, let low = right.low, left.isHighClosed, right.isLowClosed else { return false }
    return try order(high, low) == 0
  }

  private func overlapsBefore(_ left: Extent, _ right: Extent) throws(Stop) -> Bool {
    let (low, high) = (try lowOrder(left, right), try highOrder(left, right))
    return try low < 0 && high <= 0 ? !isBefore(left, right) : false
  }

  private func finishes(_ left: Extent, _ right: Extent) throws(Stop) -> Bool {
    let (low, high) = (try lowOrder(left, right), try highOrder(left, right))
    return low >= 0 && high == 0
  }

  private func starts(_ left: Extent, _ right: Extent) throws(Stop) -> Bool {
    let (low, high) = (try lowOrder(left, right), try highOrder(left, right))
    return low == 0 && high <= 0
  }

  private func includes(_ left: Extent, _ right: Extent) throws(Stop) -> Bool {
    let (low, high) = (try lowOrder(left, right), try highOrder(left, right))
    return low <= 0 && high >= 0
  }
}
