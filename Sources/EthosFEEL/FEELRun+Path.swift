import EthosText

extension FEELRun {
  /// The value of `base.field`: an entry of a context, a property, or both for every item of a list (tables 55 and 61).
  func path(_ base: FEELValue, _ field: String, _ span: Span, _ scope: FEELScope) -> FEELValue {
    switch base {
    case .null: return .null
    case .context(let context):
      if let value = context[field] { return value }
      let near = nearestName(to: field, among: context.keys)
      return fail(
        "unknown-name", "the context has no entry `\(visibleText(field))`", span,
        help: near.map { "did you mean `\($0)`?" })
    case .list(let items):
      guard spend(items.count, span) else { return .null }
      return .list(items.map { item in item.isList ? .null : path(item, field, span, scope) })
    default:
      if let value = FEELProperties.value(of: field, in: base, zones: scope.zones) { return value }
      return fail("unknown-name", "a \(base.kindName) has no property `\(visibleText(field))`", span)
    }
  }
}

extension FEELValue {
  var isList: Bool { if case .list = self { true } else { false } }
}

/// The properties of temporal values and ranges (DMN 1.5, 10.3.2.11).
enum FEELProperties {
  /// Nil where this kind of value has no such property; null where the property has no value.
  static func value(of name: String, in value: FEELValue, zones: FEELZones?) -> FEELValue? {
    switch value {
    case .date(let date):
      if let value = property(name, date) { return value }
      return FEELText.areEqual(name, "value")
        ? .number(FEELNumber(date.daysSinceEpoch * 86_400)) : nil
    case .time(let time):
      if let value = property(name, time, time.offset(zones: zones)) { return value }
      return FEELText.areEqual(name, "value") ? .number(FEELNumber(time.secondOfDay)) : nil
    case .dateTime(let moment):
      if let value = property(name, moment.date) { return value }
      if let value = property(name, moment.time, moment.offset(zones: zones)) { return value }
      guard FEELText.areEqual(name, "value") else { return nil }
      let offset = Int128(moment.offset(zones: zones) ?? 0) * 1_000_000_000
      return FEELDaysDuration(nanoseconds: moment.localNanoseconds - offset).map { .number($0.seconds.floor) } ?? .null
    case .daysDuration(let duration):
      let parts = duration.parts
      let sign = duration.isNegative ? -1 : 1
      switch name {
      case "days": return .number(FEELNumber(sign * parts.days))
      case "hours": return .number(FEELNumber(sign * parts.hours))
      case "minutes": return .number(FEELNumber(sign * parts.minutes))
      case "seconds":
        return FEELDaysDuration(nanoseconds: duration.nanoseconds % 60_000_000_000).map { .number($0.seconds) }
      case "value": return .number(duration.seconds)
      default: return nil
      }
    case .monthsDuration(let months):
      switch name {
      case "years": return .number(FEELNumber(months / 12))
      case "months": return .number(FEELNumber(months % 12))
      case "value": return .number(FEELNumber(months))
      default: return nil
      }
    case .range(let range):
      switch name {
      case "start": return range.low ?? .null
      case "end": return range.high ?? .null
      case "start included": return .boolean(range.isLowClosed)
      case "end included": return .boolean(range.isHighClosed)
      default: return nil
      }
    default: return nil
    }
  }

  private static func property(_ name: String, _ date: FEELDate) -> FEELValue? {
    switch name {
    case "year": .number(FEELNumber(date.year))
    case "month": .number(FEELNumber(date.month))
    case "day": .number(FEELNumber(date.day))
    case "weekday": .number(FEELNumber(date.weekday))
    default: nil
    }
  }

  private static func property(_ name: String, _ time: FEELTime, _ offset: Int?) -> FEELValue? {
    switch name {
    case "hour": return .number(FEELNumber(time.hour))
    case "minute": return .number(FEELNumber(time.minute))
    case "second":
      return (FEELNumber(time.second) + FEELNumber(time.nanosecond).shifted(by: -9)).map { .number($0) }
    case "time offset": return offset.map { .daysDuration(FEELDaysDuration(seconds: $0)) } ?? .null
    case "timezone":
      guard case .named(let name) = time.zone else { return .null }
      return .string(name)
    default: return nil
    }
  }
}
