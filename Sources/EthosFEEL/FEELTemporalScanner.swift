/// Reads the lexical forms of dates, times and durations: XML Schema 1.1, part 2, with the zone names that FEEL adds
/// (DMN 1.5, 10.3.4.1).
struct FEELTemporalScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { index == bytes.count }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  /// Digits, as many as there are up to a limit; nil for fewer than `least`.
  private mutating func digits(_ least: Int, _ most: Int) -> (value: Int, count: Int)? {
    let start = index
    var value = 0
    while let byte = peek, (0x30...0x39).contains(byte), index - start < most {
      value = value * 10 + Int(byte & 15)
      index += 1
    }
    return index - start >= least ? (value, index - start) : nil
  }

  mutating func date() -> FEELDate? {
    let isNegative = take(0x2D)
    let start = index
    guard let year = digits(4, 9), !(year.count > 4 && bytes[start] == 0x30), take(0x2D), let month = digits(2, 2),
      take(0x2D), let day = digits(2, 2)
    else { return nil }
    return FEELDate(year: isNegative ? -year.value : year.value, month: month.value, day: day.value)
  }

  mutating func time() -> FEELTime? {
    guard let hour = digits(2, 2), take(0x3A), let minute = digits(2, 2), take(0x3A), let second = digits(2, 2)
    else { return nil }
    return time(after: (hour.value, minute.value, second.value))
  }

  /// Takes `24:00:00`.
  mutating func takeEndOfDay() -> Bool {
    guard bytes[index...].starts(with: "24:00:00".utf8) else { return false }
    index += 8
    return true
  }

  /// The fraction and the zone that may follow the seconds.
  mutating func time(after clock: (hour: Int, minute: Int, second: Int)) -> FEELTime? {
    var nanosecond = 0
    if take(0x2E) {
      guard let fraction = digits(1, 9) else { return nil }
      nanosecond = fraction.value
      for _ in fraction.count..<9 { nanosecond *= 10 }
      while let byte = peek, (0x30...0x39).contains(byte) { index += 1 }
    }
    var zone: FEELZone?
    if !isAtEnd {
      guard let read = self.zone() else { return nil }
      zone = read
    }
    return FEELTime(
      hour: clock.hour, minute: clock.minute, second: clock.second, nanosecond: nanosecond, zone: zone)
  }

  private mutating func zone() -> FEELZone? {
    if take(0x5A) || take(0x7A) { return .utc }
    if take(0x40) {
      let name = bytes[index...]
      let isName = name.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || [0x2F, 0x5F, 0x2B, 0x2D].contains(byte)
      }
      guard !name.isEmpty, isName, name.contains(where: { $0 >= 0x41 }) else { return nil }
      index = bytes.count
      return .named(String(decoding: name, as: UTF8.self))
    }
    let isNegative = peek == 0x2D
    guard take(0x2B) || take(0x2D), let hours = digits(2, 2), take(0x3A), let minutes = digits(2, 2),
      hours.value <= 18, minutes.value < 60
    else { return nil }
    var seconds = 0
    if take(0x3A) {
      guard let read = digits(2, 2), read.value < 60 else { return nil }
      seconds = read.value
    }
    let offset = hours.value * 3_600 + minutes.value * 60 + seconds
    return .offset(isNegative ? -offset : offset)
  }

  enum Duration {
    case days(FEELDaysDuration)
    case months(Int)
  }

  /// A duration of one kind; one that mixes months with days is none.
  mutating func duration() -> Duration? {
    let isNegative = take(0x2D)
    guard take(0x50) else { return nil }
    var months: Int?
    var nanoseconds: Int128?
    var isTime = false
    // The units in the order in which they may come.
    var allowed: [UInt8] = [0x59, 0x4D, 0x44]
    while !isAtEnd {
      if !isTime, take(0x54) {
        isTime = true
        allowed = [0x48, 0x4D, 0x53]
        guard !isAtEnd else { return nil }
        continue
      }
      guard let value = digits(1, 18) else { return nil }
      var fraction: Int128 = 0
      var hasFraction = false
      if isTime, take(0x2E) {
        guard let read = digits(0, 9) else { return nil }
        fraction = Int128(read.value)
        for _ in read.count..<9 { fraction *= 10 }
        hasFraction = true
        while let byte = peek, (0x30...0x39).contains(byte) { index += 1 }
      }
      guard let unit = peek, let place = allowed.firstIndex(of: unit), !hasFraction || unit == 0x53 else { return nil }
      index += 1
      allowed.removeFirst(place + 1)
      switch (isTime, unit) {
      case (false, 0x59), (false, 0x4D):
        guard value.value <= FEELMonthsDuration.limit else { return nil }
        months = (months ?? 0) + value.value * (unit == 0x59 ? 12 : 1)
      default:
        let unitSeconds: Int128 =
          switch unit {
          case 0x44: 86_400
          case 0x48: 3_600
          case 0x4D: 60
          default: 1
          }
        nanoseconds = (nanoseconds ?? 0) + Int128(value.value) * unitSeconds * 1_000_000_000 + fraction
      }
    }
    switch (months, nanoseconds) {
    case (let months?, nil):
      return months <= FEELMonthsDuration.limit ? .months(isNegative ? -months : months) : nil
    case (nil, let nanoseconds?):
      return FEELDaysDuration(nanoseconds: isNegative ? -nanoseconds : nanoseconds).map { .days($0) }
    default: return nil
    }
  }
}
