import EthosText

/// Conversion functions (DMN 1.5, 10.3.4.1), `now`, `today` and `range`.
extension FEELCall {
  func conversion() throws(Stop) -> FEELValue {
    switch builtin {
    case .date: try date()
    case .time: try time()
    case .dateAndTime: try dateAndTime()
    case .number: try numberOfText()
    case .string: try textOfValue()
    case .duration: try duration()
    case .yearsAndMonthsDuration: try monthsBetween()
    case .range: try rangeOfText()
    case .now, .today: try clock()
    default: .null
    }
  }

  private func malformed(_ text: String, _ kind: String) -> Stop {
    problem("malformed-\(kind.replacingScalar(" ", with: "-"))", "`\(visibleText(text))` is no \(kind)")
  }

  /// Whether the zone of a time is one that the caller's zones know; without such, every name is taken.
  private func isKnown(_ time: FEELTime) -> Bool {
    guard case .named = time.zone, scope.zones != nil else { return true }
    return time.offset(zones: scope.zones) != nil
  }

  /// A temporal argument, whichever it is.
  private func temporal(_ index: Int) throws(Stop) -> FEELValue {
    let value = any(index)
    if value.isNull { throw .null }
    if case .list(let items) = value, items.count == 1, let item = items.first { return item }
    return value
  }

  private func date() throws(Stop) -> FEELValue {
    if signature == 1 {
      let (year, month, day) = (try integer(0), try integer(1), try integer(2))
      guard let date = FEELDate(year: year, month: month, day: day) else {
        throw problem("malformed-date", "the calendar has no day \(year)-\(month)-\(day)")
      }
      return .date(date)
    }
    switch try temporal(0) {
    case .date(let date): return .date(date)
    case .dateTime(let moment): return .date(moment.date)
    case .string(let text):
      guard let date = FEELDate(text) else { throw malformed(text, "date") }
      return .date(date)
    case let other: throw wrongType(0, "string, date or date and time", other)
    }
  }

  private func time() throws(Stop) -> FEELValue {
    if signature == 1 {
      let clock = try clockTime(from: 0)
      return .time(clock)
    }
    switch try temporal(0) {
    case .time(let time): return .time(time)
    case .dateTime(let moment): return .time(moment.time)
    case .date: return .time(FEELTime(secondOfDay: 0, nanosecond: 0, zone: .utc))
    case .string(let text):
      guard let time = FEELTime(text), isKnown(time) else { throw malformed(text, "time") }
      return .time(time)
    case let other: throw wrongType(0, "string, time or date and time", other)
    }
  }

  /// Hour, minute, second and, optionally, offset, from an argument on.
  private func clockTime(from index: Int) throws(Stop) -> FEELTime {
    let (hour, minute, second) = (try integer(index), try integer(index + 1), try number(index + 2))
    let whole = second.floor
    guard let seconds = whole.integer, let fraction = second - whole,
      let nanosecond = fraction.shifted(by: 9).truncated.integer
    else { throw problem("malformed-time", "the seconds of a time are 0 to 59") }
    var zone: FEELZone?
    if has(index + 3) {
      switch try temporal(index + 3) {
      case .daysDuration(let offset):
        guard let seconds = offset.seconds.integer else {
          throw problem("malformed-time", "the offset of a time is a whole count of seconds")
        }
        zone = .offset(seconds)
      case .string(let name):
        guard let time = FEELTime("00:00:00@\(name)") else { throw malformed(name, "time zone") }
        zone = time.zone
      case let other: throw wrongType(index + 3, "days and time duration", other)
      }
    }
    guard let time = FEELTime(hour: hour, minute: minute, second: seconds, nanosecond: nanosecond, zone: zone)
    else { throw problem("malformed-time", "there is no time \(hour):\(minute):\(second) with this offset") }
    return time
  }

  private func dateAndTime() throws(Stop) -> FEELValue {
    if signature == 2 {
      let (year, month, day) = (try integer(0), try integer(1), try integer(2))
      guard let date = FEELDate(year: year, month: month, day: day) else {
        throw problem("malformed-date", "the calendar has no day \(year)-\(month)-\(day)")
      }
      let clock = try clockTime(from: 3)
      return .dateTime(FEELDateTime(date, clock))
    }
    if signature == 0 {
      switch try temporal(0) {
      case .dateTime(let moment): return .dateTime(moment)
      case .date(let date): return .dateTime(FEELDateTime(midnightOf: date))
      case .string(let text):
        guard let moment = FEELDateTime(text), isKnown(moment.time) else { throw malformed(text, "date and time") }
        return .dateTime(moment)
      case let other: throw wrongType(0, "string or date and time", other)
      }
    }
    let date: FEELDate
    switch try temporal(0) {
    case .date(let day): date = day
    case .dateTime(let moment): date = moment.date
    case let other: throw wrongType(0, "date or date and time", other)
    }
    let second = try temporal(1)
    switch second {
    case .time(let time): return .dateTime(FEELDateTime(date, time))
    default: throw wrongType(1, "time", second)
    }
  }

  private func separator(_ index: Int, _ allowed: [String]) throws(Stop) -> String? {
    guard has(index) else { return nil }
    let separator = try string(index)
    guard allowed.contains(separator) else {
      throw problem("malformed-number", "`\(visibleText(separator))` is no separator of a number")
    }
    return separator
  }

  private func numberOfText() throws(Stop) -> FEELValue {
    let grouping = try separator(1, [" ", ",", "."])
    let decimal = try separator(2, [",", "."])
    if let grouping, grouping == decimal {
      throw problem("malformed-number", "the two separators of a number differ")
    }
    if case .number(let number) = any(0) { return .number(number) }
    let text = try string(0)
    var plain = text
    if let grouping = grouping?.unicodeScalars.first { plain = plain.replacingScalar(grouping, with: "") }
    if decimal == "," {
      guard !plain.utf8.contains(0x2E) else { throw malformed(text, "number") }
      plain = plain.replacingScalar(",", with: ".")
    }
    guard let number = FEELNumber(plain), plain.utf8.first != 0x2B else { throw malformed(text, "number") }
    return .number(number)
  }

  private func textOfValue() throws(Stop) -> FEELValue {
    let value = any(0)
    if value.isNull { throw .null }
    return try result(text: value.plainText)
  }

  private func duration() throws(Stop) -> FEELValue {
    switch try temporal(0) {
    case .daysDuration(let duration): return .daysDuration(duration)
    case .monthsDuration(let months): return .monthsDuration(months)
    case .string(let text):
      if let duration = FEELDaysDuration(text) { return .daysDuration(duration) }
      guard let months = FEELMonthsDuration.months(text) else { throw malformed(text, "duration") }
      return .monthsDuration(months)
    case let other: throw wrongType(0, "string", other)
    }
  }

  private func monthsBetween() throws(Stop) -> FEELValue {
    func moment(_ index: Int) throws(Stop) -> FEELDateTime {
      switch try temporal(index) {
      case .date(let date): return FEELDateTime(midnightOf: date)
      case .dateTime(let moment): return moment
      case let other: throw wrongType(index, "date or date and time", other)
      }
    }
    let (from, to) = (try moment(0), try moment(1))
    var months = (to.date.year - from.date.year) * 12 + to.date.month - from.date.month
    // By the days alone, whatever the times of day, as the TCK has it.
    if months > 0, to.date.day < from.date.day { months -= 1 }
    if months < 0, to.date.day > from.date.day { months += 1 }
    return .monthsDuration(months)
  }

  private func rangeOfText() throws(Stop) -> FEELValue {
    let text = try string(0)
    try spend(text.utf8.count)
    // A range of literals has nothing nested in it, and the stack may be well used by now.
    var limits = run.limits
    limits.nesting = min(limits.nesting, 6)
    guard case .success(let expression) = FEELParser.expression(text, names: .none, limits: limits),
      expression.isLiteralRange
    else { throw malformed(text, "range") }
    let value = run.evaluate(expression, .empty)
    guard case .range(let range) = value, range.isWellFormed else { throw malformed(text, "range") }
    return value
  }

  private func clock() throws(Stop) -> FEELValue {
    guard let now = scope.now else {
      throw problem("unknown-moment", "`\(builtin.rawValue)` has no moment to answer here")
    }
    return builtin == .now ? .dateTime(now) : .date(now.date)
  }
}

extension FEELExpression {
  /// Whether this is a range of literals, and of the conversions of literals.
  fileprivate var isLiteralRange: Bool {
    switch kind {
    case .range(let interval): guard (interval.low ?? interval.high) != nil else { return false }
    case .pointRange: break
    default: return false
    }
    return parts.allSatisfy { end in
      switch end.kind {
      case .number, .string, .temporal, .null: true
      case .invocation(let function, let arguments):
        switch (function.kind, arguments.first?.value.kind) {
        case (.name(let name), .string): ["date", "time", "date and time", "duration"].contains(name)
        default: false
        }
      default: false
      }
    }
  }
}

extension FEELRange {
  /// Whether the ends are of one kind with an order, in that order, and not both null.
  var isWellFormed: Bool {
    switch (low, high) {
    case (.null?, .null?), (.null?, nil), (nil, .null?), (nil, nil): return false
    case (.null?, _), (_, .null?): return true
    case (let low?, let high?): return FEELComparing.lessOrEqual(low, high) == true
    default: return true
    }
  }
}

extension FEELValue {
  /// What `string` answers: the text itself without quotation marks, and temporal values without the `@`.
  var plainText: String {
    switch self {
    case .string(let string): string
    case .date(let date): date.description
    case .time(let time): time.description
    case .dateTime(let moment): moment.description
    case .daysDuration(let duration): duration.description
    case .monthsDuration(let months): FEELMonthsDuration.text(months: months)
    case .list(let items): "[\(items.map(\.nestedText).joined(separator: ", "))]"
    case .context(let context):
      "{\(context.entries.map { "\(FEELText.key($0.key)): \($0.value.nestedText)" }.joined(separator: ", "))}"
    default: description
    }
  }

  private var nestedText: String {
    if case .string(let string) = self { FEELText.literal(string) } else { plainText }
  }
}
