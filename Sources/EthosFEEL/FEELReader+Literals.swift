import EthosText

extension FEELReader {
  mutating func number() throws(Rejection) -> FEELExpression {
    let start = index
    func skipDigits(_ reader: inout FEELReader) {
      while let next = reader.scalar(), FEELScalar.isDigit(next) { reader.index += 1 }
    }
    skipDigits(&self)
    if scalar() == ".", let next = scalar(1), FEELScalar.isDigit(next) {
      index += 1
      skipDigits(&self)
    }
    if scalar() == "e" || scalar() == "E" {
      let signs = scalar(1) == "+" || scalar(1) == "-" ? 2 : 1
      if let next = scalar(signs), FEELScalar.isDigit(next) {
        index += signs
        skipDigits(&self)
      }
    }
    if let next = scalar(), FEELScalar.isNamePart(next) {
      var end = index
      while end < scalars.count, FEELScalar.isNamePart(scalars[end]) { end += 1 }
      throw Rejection(
        "malformed-number", "`\(visibleText(text(start, min(end, start + 60))))` is not a number", span(start, end),
        help: "a name does not begin with a digit; text stands in quotation marks")
    }
    guard let number = FEELNumber(text(start, index)) else {
      throw Rejection(
        "number-out-of-range", "the number is beyond what 34 digits and an exponent of 6144 can hold",
        span(start, index))
    }
    return FEELExpression(.number(number), span(start, index))
  }

  /// A string literal, at its first quotation mark (rules 35 and 64).
  mutating func string() throws(Rejection) -> String {
    let start = index
    index += 1
    var result = String.UnicodeScalarView()
    while let next = scalar() {
      index += 1
      switch next {
      case "\"": return String(result)
      case "\\": result.append(try escape())
      default: result.append(next)
      }
    }
    throw Rejection(
      "unterminated-string", "a string has no closing quotation mark", span(start, scalars.count),
      help: "a quotation mark within a string is written `\\\"`")
  }

  /// What follows a backslash.
  ///
  /// A backslash before anything that is no escape stands for itself, as the grammar has it.
  private mutating func escape() throws(Rejection) -> Unicode.Scalar {
    let start = index - 1
    guard let next = scalar() else { return "\\" }
    index += 1
    switch next {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "\"", "\\", "'": return next
    case "u", "U":
      guard let value = hexadecimal(next == "u" ? 4 : 6) else { break }
      if let scalar = Unicode.Scalar(value) { return scalar }
      if (0xD800...0xDBFF).contains(value), scalar() == "\\", scalar(1) == "u" {
        index += 2
        if let low = hexadecimal(4), (0xDC00...0xDFFF).contains(low),
          let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
        {
          return scalar
        }
      }
      throw Rejection(
        "unknown-character", "`\(visibleText(text(start, index)))` is no Unicode character", span(start, index))
    default: break
    }
    index = start + 1
    return "\\"
  }

  private mutating func hexadecimal(_ count: Int) -> UInt32? {
    guard index + count <= scalars.count else { return nil }
    let digits = text(index, index + count)
    guard digits.utf8.count == count, let value = UInt32(digits, radix: 16), digits.utf8.first != 0x2B else {
      return nil
    }
    index += count
    return value
  }

  /// `@"…"` (rule 62).
  mutating func temporal() throws(Rejection) -> FEELExpression {
    let start = index
    index += 1
    guard try sees("\"") else { throw unexpected("a quotation mark after `@`") }
    let text = try string()
    guard let value = FEELValue(temporal: text) else {
      throw Rejection(
        "malformed-temporal-literal",
        "`\(visibleText(text))` is no date, time, date and time or duration", span(start, index),
        help: "for example `@\"2026-01-31\"`, `@\"08:30:00\"`, `@\"2026-01-31T08:30:00+01:00\"` or `@\"P2D\"`")
    }
    return FEELExpression(.temporal(value), span(start, index))
  }
}

extension FEELValue {
  /// The date, time, date and time or duration that a text is; nil where it is none.
  package init?(temporal text: String) {
    if let date = FEELDate(text) {
      self = .date(date)
    } else if let time = FEELTime(text) {
      self = .time(time)
    } else if let dateTime = FEELDateTime(text) {
      self = .dateTime(dateTime)
    } else if let duration = FEELDaysDuration(text) {
      self = .daysDuration(duration)
    } else if let months = FEELMonthsDuration.months(text) {
      self = .monthsDuration(months)
    } else {
      return nil
    }
  }
}
