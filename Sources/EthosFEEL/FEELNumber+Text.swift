extension FEELNumber {
  /// Reads digits with an optional sign, point and exponent (`-12`, `.5`, `1.25e3`), and nothing else.
  ///
  /// A text with more than 34 digits is rounded half to even. Fails where it overflows.
  package init?(_ text: String) {
    var text = text
    let number = text.withUTF8 { FEELNumber.read($0) }
    guard let number else { return nil }
    self = number
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> FEELNumber? {
    var index = 0
    var isNegative = false
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
      isNegative = bytes[index] == 0x2D
      index += 1
    }
    var coefficient: UInt128 = 0
    var small: UInt64 = 0
    var count = 0
    var exponent = 0
    var isInexact = false
    var hasDigits = false
    var isFraction = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x2E, !isFraction {
        isFraction = true
      } else if (0x30...0x39).contains(byte) {
        hasDigits = true
        if count < 18 {
          small = small &* 10 &+ UInt64(byte & 15)
          coefficient = UInt128(small)
          if small > 0 { count += 1 }
          if isFraction { exponent -= 1 }
        } else if count < 37 {
          coefficient = coefficient &* 10 &+ UInt128(byte & 15)
          count += 1
          if isFraction { exponent -= 1 }
        } else {
          isInexact = isInexact || byte != 0x30
          if !isFraction { exponent += 1 }
        }
      } else {
        break
      }
      index += 1
    }
    guard hasDigits else { return nil }
    if index < bytes.count {
      guard bytes[index] | 0x20 == 0x65, let written = readExponent(bytes, from: index + 1) else { return nil }
      exponent += written
    }
    return rounded(isNegative, WideDecimal(coefficient), exponent, isInexact: isInexact)
  }

  /// The exponent up to the end, clamped to what is out of range for any coefficient of a text of sensible length.
  private static func readExponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    var isNegative = false
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
      isNegative = bytes[index] == 0x2D
      index += 1
    }
    guard index < bytes.count else { return nil }
    var value = 0
    while index < bytes.count {
      guard (0x30...0x39).contains(bytes[index]) else { return nil }
      value = min(value * 10 + Int(bytes[index] & 15), 1_000_000_000)
      index += 1
    }
    return isNegative ? -value : value
  }
}

extension FEELNumber: CustomStringConvertible {
  /// Plain decimal text that reads back as the same number; only a number whose plain text would need more than 40
  /// zeros is written with an exponent.
  package var description: String {
    let sign = isNegative ? "-" : ""
    let text = String(coefficient)
    if isZero { return "0" }
    if exponent >= 0, exponent <= 40 { return sign + text + String(repeating: "0", count: exponent) }
    guard exponent < 0, exponent >= -74 else { return "\(sign)\(text)e\(exponent)" }
    let point = text.utf8.count + exponent
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text }
    return sign + text.prefix(point) + "." + text.dropFirst(point)
  }
}
