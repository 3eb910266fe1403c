import EthosText

extension FEELRun {
  func negation(_ operand: FEELValue, _ span: Span) -> FEELValue {
    switch operand {
    case .null: .null
    case .number(let number): .number(number.negated)
    case .daysDuration(let duration):
      FEELDaysDuration(nanoseconds: -duration.nanoseconds).map { .daysDuration($0) } ?? .null
    case .monthsDuration(let months): .monthsDuration(0 &- months)
    default: fail("wrong-type", "a \(operand.kindName) has no negative", span)
    }
  }

  /// An operator of arithmetic (tables 57 to 60).
  func arithmetic(
    _ sign: FEELArithmetic, _ left: FEELValue, _ right: FEELValue, _ span: Span, _ scope: FEELScope
  ) -> FEELValue {
    if left.isNull || right.isNull { return .null }
    if case .number(let left) = left, case .number(let right) = right {
      return arithmetic(sign, left, right, span)
    }
    let result: FEELValue? =
      switch sign {
      case .plus: sum(left, right, span)
      case .minus: difference(left, right, span, scope)
      case .times: product(left, right, span)
      case .divided: quotient(left, right, span)
      case .power: nil
      }
    if let result { return result }
    return fail(
      "wrong-type", "`\(sign.rawValue)` is not defined for a \(left.kindName) and a \(right.kindName)", span)
  }

  private func arithmetic(
    _ sign: FEELArithmetic, _ left: FEELNumber, _ right: FEELNumber, _ span: Span
  ) -> FEELValue {
    let result: FEELNumber?
    switch sign {
    case .plus: result = left + right
    case .minus: result = left - right
    case .times: result = left * right
    case .divided:
      if right.isZero { return fail("division-by-zero", "the divisor is zero", span) }
      result = left.divided(by: right)
    case .power:
      guard spend(64, span) else { return .null }
      if left.isZero, right.isNegative { return fail("division-by-zero", "zero has no negative power", span) }
      if left.isNegative, !right.isInteger {
        return fail("not-a-number", "a negative number has no power that is not whole", span)
      }
      result = left.power(right)
    }
    return number(result, span)
  }

  /// A number, or null with a problem where it overflowed.
  func number(_ number: FEELNumber?, _ span: Span) -> FEELValue {
    if let number { return .number(number) }
    return fail("number-out-of-range", "the result is beyond what 34 digits and an exponent of 6144 can hold", span)
  }

  func temporal(_ value: FEELValue?, _ span: Span) -> FEELValue {
    value ?? fail("date-out-of-range", "the result is beyond the years that FEEL has", span)
  }

  private func sum(_ left: FEELValue, _ right: FEELValue, _ span: Span) -> FEELValue? {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      let length = left.utf8.count + right.utf8.count
      guard spend(length / 16, span) else { return .null }
      guard length <= limits.size * 4 else { return tooLarge(span) }
      return .string(left + right)
    case (.daysDuration(let left), .daysDuration(let right)):
      return temporal(days(left.nanoseconds + right.nanoseconds), span)
    case (.monthsDuration(let left), .monthsDuration(let right)):
      return temporal(months(Int128(left) + Int128(right)), span)
    case (.date, .daysDuration), (.date, .monthsDuration), (.time, .daysDuration), (.dateTime, .daysDuration),
      (.dateTime, .monthsDuration):
      return temporal(shifted(left, right, backwards: false), span)
    case (.daysDuration, .date), (.monthsDuration, .date), (.daysDuration, .time), (.daysDuration, .dateTime),
      (.monthsDuration, .dateTime):
      return temporal(shifted(right, left, backwards: false), span)
    default: return nil
    }
  }

  private func difference(
    _ left: FEELValue, _ right: FEELValue, _ span: Span, _ scope: FEELScope
  ) -> FEELValue? {
    switch (left, right) {
    case (.daysDuration(let left), .daysDuration(let right)):
      return temporal(days(left.nanoseconds - right.nanoseconds), span)
    case (.monthsDuration(let left), .monthsDuration(let right)):
      return temporal(months(Int128(left) - Int128(right)), span)
    case (.date, .daysDuration), (.date, .monthsDuration), (.time, .daysDuration), (.dateTime, .daysDuration),
      (.dateTime, .monthsDuration):
      return temporal(shifted(left, right, backwards: true), span)
    case (.time(let left), .time(let right)):
      guard (left.zone == nil) == (right.zone == nil),
        let moments = FEELComparing.moments(left, right, scope.zones)
      else { return zonesDiffer(span) }
      return temporal(days(Int128(moments.0) - Int128(moments.1)), span)
    case (.date(let left), .date(let right)):
      return temporal(days(Int128(left.daysSinceEpoch - right.daysSinceEpoch) * 86_400_000_000_000), span)
    case (.date(let left), .dateTime(let right)):
      return difference(FEELDateTime(midnightOf: left), right, span, scope)
    case (.dateTime(let left), .date(let right)):
      return difference(left, FEELDateTime(midnightOf: right), span, scope)
    case (.dateTime(let left), .dateTime(let right)): return difference(left, right, span, scope)
    default: return nil
    }
  }

  private func difference(
    _ left: FEELDateTime, _ right: FEELDateTime, _ span: Span, _ scope: FEELScope
  ) -> FEELValue {
    guard (left.time.zone == nil) == (right.time.zone == nil),
      let moments = FEELComparing.moments(left, right, scope.zones)
    else { return zonesDiffer(span) }
    return temporal(days(moments.0 - moments.1), span)
  }

  private func zonesDiffer(_ span: Span) -> FEELValue {
    fail(
      "unknown-time-zone", "the two values do not both have a known time zone", span,
      help: "write both with an offset such as `+01:00`, or both without")
  }

  private func product(_ left: FEELValue, _ right: FEELValue, _ span: Span) -> FEELValue? {
    switch (left, right) {
    case (.daysDuration(let duration), .number(let factor)), (.number(let factor), .daysDuration(let duration)):
      return temporal(
        (duration.seconds * factor).flatMap { FEELDaysDuration(seconds: $0) }.map { .daysDuration($0) }, span)
    case (.monthsDuration(let duration), .number(let factor)), (.number(let factor), .monthsDuration(let duration)):
      return temporal((FEELNumber(duration) * factor).flatMap { months($0) }, span)
    default: return nil
    }
  }

  private func quotient(_ left: FEELValue, _ right: FEELValue, _ span: Span) -> FEELValue? {
    let result: FEELValue?
    switch (left, right) {
    case (.daysDuration, .number(let divisor)) where divisor.isZero,
      (.monthsDuration, .number(let divisor)) where divisor.isZero:
      return fail("division-by-zero", "the divisor is zero", span)
    case (.daysDuration(let duration), .number(let divisor)):
      result = duration.seconds.divided(by: divisor).flatMap { FEELDaysDuration(seconds: $0) }.map {
        .daysDuration($0)
      }
    case (.monthsDuration(let duration), .number(let divisor)):
      result = FEELNumber(duration).divided(by: divisor).flatMap { months($0) }
    case (.daysDuration(let left), .daysDuration(let right)):
      guard !right.seconds.isZero else { return fail("division-by-zero", "the divisor is zero", span) }
      return number(left.seconds.divided(by: right.seconds), span)
    case (.monthsDuration(let left), .monthsDuration(let right)):
      guard right != 0 else { return fail("division-by-zero", "the divisor is zero", span) }
      return number(FEELNumber(left).divided(by: FEELNumber(right)), span)
    default: return nil
    }
    return temporal(result, span)
  }

  // MARK: - Temporal steps

  private func days(_ nanoseconds: Int128) -> FEELValue? {
    FEELDaysDuration(nanoseconds: nanoseconds).map { .daysDuration($0) }
  }

  private func months(_ months: Int128) -> FEELValue? {
    months.magnitude <= UInt128(FEELMonthsDuration.limit) ? Int(exactly: months).map { .monthsDuration($0) } : nil
  }

  /// The whole months of a number.
  private func months(_ number: FEELNumber) -> FEELValue? {
    number.truncated.integer.flatMap { months(Int128($0)) }
  }

  /// A date, time, or date and time, moved by a duration.
  ///
  /// A date keeps to whole days.
  private func shifted(_ value: FEELValue, _ duration: FEELValue, backwards: Bool) -> FEELValue? {
    switch (value, duration) {
    case (.date(let date), .monthsDuration(let months)):
      return date.adding(months: backwards ? 0 &- months : months).map { .date($0) }
    case (.date(let date), .daysDuration(let duration)):
      return shifted(FEELDateTime(date, .midnight), duration, backwards).map { .date($0.date) }
    case (.dateTime(let moment), .monthsDuration(let months)):
      return moment.date.adding(months: backwards ? 0 &- months : months).map {
        .dateTime(FEELDateTime($0, moment.time))
      }
    case (.dateTime(let moment), .daysDuration(let duration)):
      return shifted(moment, duration, backwards).map { .dateTime($0) }
    case (.time(let time), .daysDuration(let duration)):
      let nanoseconds = backwards ? -duration.nanoseconds : duration.nanoseconds
      return .time(FEELTime.wrapping(nanoseconds: Int128(time.nanoseconds) + nanoseconds, zone: time.zone))
    default: return nil
    }
  }

  private func shifted(
    _ moment: FEELDateTime, _ duration: FEELDaysDuration, _ backwards: Bool
  ) -> FEELDateTime? {
    let nanoseconds = backwards ? -duration.nanoseconds : duration.nanoseconds
    return FEELDateTime(localNanoseconds: moment.localNanoseconds + nanoseconds, zone: moment.time.zone)
  }

  func tooLarge(_ span: Span) -> FEELValue {
    exhaust("value-too-large", "the result is larger than \(limits.size) items or characters", span)
    return .null
  }
}
