/// A day of the proleptic Gregorian calendar, with the years -999,999,999 to 999,999,999 (DMN 1.5, 10.3.2.3.4).
package struct FEELDate: Sendable, Hashable {
  package let year: Int
  package let month: Int
  package let day: Int

  package static let years = -999_999_999...999_999_999

  /// Fails where the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard FEELDate.years.contains(year), (1...12).contains(month), day >= 1,
      day <= FEELDate.length(year: year, month: month)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  package static func length(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day that begins this many days after 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date
  /// algorithms", `civil_from_days`).
  ///
  /// Fails beyond the last year.
  package init?(daysSinceEpoch: Int) {
    guard (-400_000_000_000...400_000_000_000).contains(daysSinceEpoch) else { return nil }
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days since 1970-01-01 (the same source, `days_from_civil`).
  package var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day some months later; where that month is shorter, its last day.
  ///
  /// Nil beyond the last year.
  package func adding(months: Int) -> FEELDate? {
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow else { return nil }
    let year = total >= 0 ? total / 12 : (total - 11) / 12
    let month = total - year * 12 + 1
    guard FEELDate.years.contains(year) else { return nil }
    return FEELDate(year: year, month: month, day: min(day, FEELDate.length(year: year, month: month)))
  }

  /// From 1 (Monday) to 7 (Sunday), as in ISO 8601.
  package var weekday: Int {
    let days = (daysSinceEpoch + 3) % 7
    return (days < 0 ? days + 7 : days) + 1
  }

  /// From 1.
  package var dayOfYear: Int {
    let starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    return starts[month - 1] + day + (month > 2 && FEELDate.isLeap(year) ? 1 : 0)
  }

  /// The number of the week by ISO 8601: that of the Thursday of the week.
  package var weekOfYear: Int {
    guard let thursday = FEELDate(daysSinceEpoch: daysSinceEpoch + 4 - weekday) else { return 1 }
    return (thursday.dayOfYear - 1) / 7 + 1
  }
}

extension FEELDate: Comparable {
  package static func < (left: FEELDate, right: FEELDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension FEELDate: CustomStringConvertible {
  /// `2026-01-31`; a year has at least four digits, and a sign where it is negative.
  package var description: String {
    "\(year < 0 ? "-" : "")\(FEELText.padded(Int(year.magnitude), 4))-\(FEELText.padded(month, 2))"
      + "-\(FEELText.padded(day, 2))"
  }

  /// Reads `YYYY-MM-DD`: four to nine digits of year, of which the first of more than four is not zero, and an optional
  /// minus sign.
  package init?(_ text: String) {
    var scanner = FEELTemporalScanner(text)
    guard let date = scanner.date(), scanner.isAtEnd else { return nil }
    self = date
  }
}
