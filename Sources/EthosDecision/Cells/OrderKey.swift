import EthosFEEL

/// The place of a value in the order of its kind, as a number: days, seconds, months, or the number itself.
///
/// Of a moment it is the second that it is in, by which FEEL compares; texts and differences tell the moments of a
/// second apart.
struct OrderKey: Hashable, Sendable {
  /// Kinds of values that can be put in order with one another.
  ///
  /// A time with an offset and one without are of two kinds: FEEL borrows the offset of the other side, which is no
  /// order.
  enum Kind: Hashable, Sendable {
    case number, date, months, days
    case time, zonedTime
    case dateTime, zonedDateTime

    var isMoment: Bool {
      switch self {
      case .time, .zonedTime, .dateTime, .zonedDateTime: true
      case .number, .date, .months, .days: false
      }
    }
  }

  let kind: Kind
  let number: FEELNumber

  init(kind: Kind, number: FEELNumber) {
    self.kind = kind
    self.number = number
  }

  init?(_ value: FEELValue) {
    switch value {
    case .number(let number): self.init(kind: .number, number: number)
    case .date(let date): self.init(kind: .date, number: FEELNumber(date.daysSinceEpoch))
    case .monthsDuration(let months): self.init(kind: .months, number: FEELNumber(months))
    case .daysDuration(let duration): self.init(kind: .days, number: duration.seconds)
    case .time(let time):
      switch time.zone {
      case nil: self.init(kind: .time, number: FEELNumber(time.secondOfDay))
      case .offset(let seconds)?: self.init(kind: .zonedTime, number: FEELNumber(time.secondOfDay - seconds))
      case .named?: return nil
      }
    case .dateTime(let moment):
      switch moment.time.zone {
      case nil: self.init(kind: .dateTime, number: FEELNumber(moment.localSeconds))
      case .offset(let seconds)?: self.init(kind: .zonedDateTime, number: FEELNumber(moment.localSeconds - seconds))
      case .named?: return nil
      }
    case .null, .boolean, .string, .list, .context, .range, .function: return nil
    }
  }

  /// The step that values of a kind have by themselves; nil where between any two there is a third.
  var step: FEELNumber? {
    switch kind {
    case .date, .months, .time, .zonedTime, .dateTime, .zonedDateTime: .one
    case .number, .days: nil
    }
  }

  /// What all values of a kind are above and below, where there is such an end.
  static func ends(_ kind: Kind) -> (low: FEELNumber, high: FEELNumber)? {
    kind == .time ? (FEELNumber(-1), FEELNumber(86_400)) : nil
  }

  /// A step that people would take from one example to the next.
  static func plainStep(_ kind: Kind) -> FEELNumber {
    switch kind {
    case .number, .date, .months, .days: .one
    case .time, .zonedTime, .dateTime, .zonedDateTime: FEELNumber(60)
    }
  }

  /// The value at a place; nil where there is none, as before the first moment of a day.
  var value: FEELValue? {
    switch kind {
    case .number: return .number(number)
    case .date: return number.integer.flatMap { FEELDate(daysSinceEpoch: $0) }.map(FEELValue.date)
    case .months: return number.integer.map(FEELValue.monthsDuration)
    case .days: return FEELDaysDuration(seconds: number).map(FEELValue.daysDuration)
    case .time, .zonedTime:
      guard let second = number.integer, (0..<86_400).contains(second) else { return nil }
      let zone: FEELZone? = kind == .time ? nil : .offset(0)
      return .time(FEELTime.wrapping(nanoseconds: Int128(second) * 1_000_000_000, zone: zone))
    case .dateTime, .zonedDateTime:
      guard let second = number.integer else { return nil }
      let zone: FEELZone? = kind == .dateTime ? nil : .offset(0)
      return FEELDateTime(localNanoseconds: Int128(second) * 1_000_000_000, zone: zone).map(FEELValue.dateTime)
    }
  }
}
