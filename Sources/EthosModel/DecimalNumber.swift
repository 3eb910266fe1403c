/// An exact decimal number of any length, compared by value: `60`, `60.0` and `6e1` are equal.
///
/// It is kept as an integer coefficient (decimal digits) and a power of ten. Arithmetic is not offered here.
package struct DecimalNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let isNegative: Bool
  /// The significant digits without leading or trailing zeros; empty for zero.
  private let digits: [UInt8]
  private let exponent: Int

  /// Most digits that a number may be written with, and the largest power of ten: longer text is no number here.
  package static let maximumDigits = 400

  /// Reads an optional sign, digits with at most one point, and an optional exponent.
  package init?(_ text: String) {
    var bytes = text.utf8[...]
    var negative = false
    if let sign = bytes.first, sign == 0x2D || sign == 0x2B {
      negative = sign == 0x2D
      bytes = bytes.dropFirst()
    }
    var digits: [UInt8] = []
    var scale = 0
    var sawPoint = false
    var sawDigit = false
    scan: while let byte = bytes.first {
      switch byte {
      case 0x30...0x39:
        sawDigit = true
        digits.append(byte - 0x30)
        if sawPoint { scale += 1 }
        guard digits.count <= Self.maximumDigits else { return nil }
      case 0x2E where !sawPoint: sawPoint = true
      case 0x65, 0x45: break scan
      default: return nil
      }
      bytes = bytes.dropFirst()
    }
    guard sawDigit else { return nil }
    var exponent = -scale
    if !bytes.isEmpty {
      guard let written = Int(String(Substring(bytes.dropFirst()))), written.magnitude <= Self.maximumDigits
      else {
        return nil
      }
      exponent += written
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    self.digits = digits
    self.exponent = digits.isEmpty ? 0 : exponent
    isNegative = negative && !digits.isEmpty
  }

  /// What to write for the text of a number that begins with a zero before another digit, as `060` and `-007` do; nil
  /// where it begins otherwise.
  ///
  /// Readers of YAML disagree about such numbers: 60 to one is 48 to another.
  package static func withoutLeadingZeros(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    let start = bytes.first == 0x2D || bytes.first == 0x2B ? 1 : 0
    let zeros = bytes[start...].prefix { $0 == 0x30 }.count
    guard zeros > 0, start + zeros < bytes.count || zeros > 1 else { return nil }
    let rest = bytes[(start + zeros)...]
    let digit = rest.first.map { (0x30...0x39).contains($0) } ?? false
    guard digit || zeros > 1 else { return nil }
    let sign = bytes.first == 0x2D ? "-" : ""
    return sign + (digit ? "" : "0") + String(decoding: rest, as: UTF8.self)
  }

  package init(_ value: Int) {
    // INVARIANT: the decimal text of an Int is always a number of at most 20 digits.
    var digits = String(value.magnitude).utf8.map { $0 - 0x30 }
    var exponent = 0
    while let last = digits.last, last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.digits = digits
    self.exponent = digits.isEmpty ? 0 : exponent
    isNegative = value < 0
  }

  /// The plain decimal text, without an exponent: `-0.05`, `6000`.
  package var description: String {
    guard !digits.isEmpty else { return "0" }
    var text = digits.map { Character(Unicode.Scalar($0 + 0x30)) }
    if exponent >= 0 {
      text.append(contentsOf: repeatElement("0", count: exponent))
    } else {
      if text.count <= -exponent {
        text.insert(contentsOf: repeatElement("0", count: -exponent - text.count + 1), at: 0)
      }
      text.insert(".", at: text.count + exponent)
    }
    return (isNegative ? "-" : "") + String(text)
  }

  package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
    if left.sign != right.sign { return left.sign < right.sign }
    let smaller = left.magnitudeIsSmaller(than: right)
    return left.isNegative ? right.magnitudeIsSmaller(than: left) : smaller
  }

  private var sign: Int { digits.isEmpty ? 0 : (isNegative ? -1 : 1) }

  private func magnitudeIsSmaller(than other: DecimalNumber) -> Bool {
    let order = digits.count + exponent
    let otherOrder = other.digits.count + other.exponent
    if order != otherOrder { return order < otherOrder }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}
