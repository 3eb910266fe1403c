/// What FEEL's `=` and `<` answer (DMN 1.5, 10.3.2.13, tables 53 and 54): true, false, or nil for null.
package enum FEELComparing {
  /// Whether two values are equal: nil where their kinds differ.
  ///
  /// Null is equal to null, and to nothing else.
  package static func equal(_ left: FEELValue, _ right: FEELValue, zones: FEELZones? = nil) -> Bool? {
    switch (left, right) {
    case (.null, .null): return true
    case (.null, _), (_, .null): return false
    case (.list(let left), .list(let right)):
      guard left.count == right.count else { return false }
      for (left, right) in zip(left, right) where equal(left, right, zones: zones) != true { return false }
      return true
    case (.context(let left), .context(let right)):
      guard left.count == right.count else { return false }
      for entry in left.entries {
        guard let other = right[entry.key], equal(entry.value, other, zones: zones) == true else { return false }
      }
      return true
    case (.range(let left), .range(let right)):
      return left.form == right.form && left.isLowClosed == right.isLowClosed && left.isHighClosed == right.isHighClosed
        && equalEnds(left.low, right.low, zones) && equalEnds(left.high, right.high, zones)
    case (.time(let left), .time(let right)):
      guard (left.zone == nil) == (right.zone == nil) else { return false }
      return seconds(moments(left, right, zones)).map { $0.0 == $0.1 }
    case (.dateTime(let left), .dateTime(let right)):
      guard (left.time.zone == nil) == (right.time.zone == nil) else { return false }
      return seconds(moments(left, right, zones)).map { $0.0 == $0.1 }
    default:
      return left.isSameKind(as: right) ? left == right : nil
    }
  }

  /// An end that is not given is equal to one that is not given alone.
  private static func equalEnds(_ left: FEELValue?, _ right: FEELValue?, _ zones: FEELZones?) -> Bool {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): equal(left, right, zones: zones) == true
    default: false
    }
  }

  /// Whether the left value is less: nil where one is null, their kinds differ, or the kind has no order.
  package static func less(_ left: FEELValue, _ right: FEELValue, zones: FEELZones? = nil) -> Bool? {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right
    case (.string(let left), .string(let right)): FEELText.precedes(left, right)
    case (.date(let left), .date(let right)): left < right
    case (.daysDuration(let left), .daysDuration(let right)): left < right
    case (.monthsDuration(let left), .monthsDuration(let right)): left < right
    case (.time(let left), .time(let right)): seconds(moments(left, right, zones)).map { $0.0 < $0.1 }
    case (.dateTime(let left), .dateTime(let right)): seconds(moments(left, right, zones)).map { $0.0 < $0.1 }
    default: nil
    }
  }

  /// Less, or equal by the order: for the ends of ranges, and for sorting.
  package static func lessOrEqual(_ left: FEELValue, _ right: FEELValue, zones: FEELZones? = nil) -> Bool? {
    less(right, left, zones: zones).map { !$0 }
  }

  /// Whether a value lies in a range; nil where that cannot be said.
  package static func contains(_ range: FEELRange, _ value: FEELValue, zones: FEELZones? = nil) -> Bool? {
    if range.form != .ends {
      let isEqual = equal(value, range.low ?? .null, zones: zones)
      return range.form == .equal ? isEqual : FEELTernary.not(isEqual)
    }
    let above = range.low.map { low in
      range.isLowClosed ? lessOrEqual(low, value, zones: zones) : less(low, value, zones: zones)
    }
    let below = range.high.map { high in
      range.isHighClosed ? lessOrEqual(value, high, zones: zones) : less(value, high, zones: zones)
    }
    return FEELTernary.and(above ?? true, below ?? true)
  }

  // MARK: - Moments

  /// Moments compare by the second that they are in, as the TCK has it: `=`, `<` and what rests on them see no fraction.
  private static func seconds<Number: BinaryInteger>(_ moments: (Number, Number)?) -> (Number, Number)? {
    func whole(_ nanoseconds: Number) -> Number {
      let (quotient, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
      return rest < 0 ? quotient - 1 : quotient
    }
    return moments.map { (whole($0.0), whole($0.1)) }
  }

  /// Two times as nanoseconds that compare: where one alone has no zone, it takes that of the other.
  static func moments(_ left: FEELTime, _ right: FEELTime, _ zones: FEELZones?) -> (Int, Int)? {
    let second = 1_000_000_000
    guard left.zone != right.zone, left.zone != nil, right.zone != nil else {
      return (left.nanoseconds, right.nanoseconds)
    }
    guard let leftOffset = left.offset(zones: zones), let rightOffset = right.offset(zones: zones) else { return nil }
    return (left.nanoseconds - leftOffset * second, right.nanoseconds - rightOffset * second)
  }

  static func moments(_ left: FEELDateTime, _ right: FEELDateTime, _ zones: FEELZones?) -> (Int128, Int128)? {
    guard left.time.zone != right.time.zone, left.time.zone != nil, right.time.zone != nil else {
      return (left.localNanoseconds, right.localNanoseconds)
    }
    guard let leftOffset = left.offset(zones: zones), let rightOffset = right.offset(zones: zones) else { return nil }
    return (
      left.localNanoseconds - Int128(leftOffset) * 1_000_000_000,
      right.localNanoseconds - Int128(rightOffset) * 1_000_000_000
    )
  }
}

extension FEELTime {
  /// Seconds east of UTC; nil for a local time, and for a zone that is not known.
  ///
  /// A named zone is asked about 1970-01-01, for a time has no date.
  package func offset(zones: FEELZones?) -> Int? {
    switch zone {
    case nil: nil
    case .offset(let seconds): seconds
    case .named(let name):
      FEELDate(daysSinceEpoch: 0).flatMap { zones?.offset(name, FEELDateTime($0, self)) }
    }
  }
}

extension FEELDateTime {
  /// Seconds east of UTC; nil for a local time, and for a zone that is not known.
  package func offset(zones: FEELZones?) -> Int? {
    if case .named(let name) = time.zone { return zones?.offset(name, self) }
    return time.offset(zones: zones)
  }
}

extension FEELValue {
  func isSameKind(as other: FEELValue) -> Bool { FEELText.areEqual(kindName, other.kindName) }
}

/// Three-valued logic (DMN 1.5, 10.3.2.12, table 50).
package enum FEELTernary {
  package static func and(_ left: Bool?, _ right: Bool?) -> Bool? {
    if left == false || right == false { return false }
    return left == nil || right == nil ? nil : true
  }

  package static func or(_ left: Bool?, _ right: Bool?) -> Bool? {
    if left == true || right == true { return true }
    return left == nil || right == nil ? nil : false
  }

  package static func not(_ value: Bool?) -> Bool? { value.map { !$0 } }
}
