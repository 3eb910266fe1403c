/// A number of FEEL: IEEE 754-2008 decimal128, 34 digits, rounded half to even, without infinities and NaN (DMN 1.5,
/// 10.3.2.3.1).
///
/// Canonical: the coefficient has no trailing zeros, and zero has no sign, so that equality and hashing are by value
/// (`2.0` is `2.00`). Where decimal128 would overflow, an operation answers nil.
package struct FEELNumber: Sendable, Hashable {
  package let isNegative: Bool
  /// At most 34 digits.
  package let coefficient: UInt128
  package let exponent: Int

  package static let precision = 34
  /// The greatest power of ten that a number may reach, and the least that its last digit may have.
  static let exponents = (greatest: 6_144, least: -6_176)

  package static let zero = FEELNumber(0)
  package static let one = FEELNumber(1)

  /// INVARIANT: canonical; only `rounded(…)` and the fast paths call this.
  init(unchecked isNegative: Bool, _ coefficient: UInt128, _ exponent: Int) {
    self.isNegative = isNegative
    self.coefficient = coefficient
    self.exponent = exponent
  }

  package init(_ value: Int) {
    self.init(canonical: value < 0, UInt128(value.magnitude), 0)
  }

  /// Strips trailing zeros of a coefficient that has at most 34 digits and whose exponent is in range.
  init(canonical isNegative: Bool, _ coefficient: UInt128, _ exponent: Int) {
    guard coefficient != 0 else {
      self.init(unchecked: false, 0, 0)
      return
    }
    var exponent = exponent
    if coefficient <= UInt128(UInt64.max) {
      var small = UInt64(truncatingIfNeeded: coefficient)
      while small % 10 == 0 {
        small /= 10
        exponent += 1
      }
      self.init(unchecked: isNegative, UInt128(small), exponent)
      return
    }
    var large = coefficient
    for step in [16, 8, 4, 2, 1] {
      let divided = large.quotientAndRemainder(dividingBy: WideDecimal.power(step))
      guard divided.remainder == 0 else { continue }
      large = divided.quotient
      exponent += step
    }
    // One pass of the binary steps strips up to 31 zeros; a few may be left.
    while large % 10 == 0 {
      large /= 10
      exponent += 1
    }
    self.init(unchecked: isNegative, large, exponent)
  }

  /// Whether this is a whole number.
  package var isInteger: Bool { exponent >= 0 }

  package var isZero: Bool { coefficient == 0 }

  package var negated: FEELNumber {
    isZero ? self : FEELNumber(unchecked: !isNegative, coefficient, exponent)
  }

  package var magnitude: FEELNumber { FEELNumber(unchecked: false, coefficient, exponent) }

  /// The count of digits of the coefficient.
  package var digits: Int { WideDecimal.digits(coefficient) }

  /// The integer, or nil where this is none or is out of range.
  package var integer: Int? {
    guard exponent >= 0, exponent <= 19 else { return isZero ? 0 : nil }
    let (value, overflow) = coefficient.multipliedReportingOverflow(by: WideDecimal.power(exponent))
    guard !overflow, value <= UInt128(UInt64(1) << 63) else { return nil }
    return isNegative ? Int(exactly: -Int128(value)) : Int(exactly: value)
  }
}

extension FEELNumber: Comparable {
  package static func < (left: FEELNumber, right: FEELNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let order = compareMagnitudes(left, right)
    return left.isNegative ? order > 0 : order < 0
  }

  /// Negative, zero or positive where the magnitude of the left number is less, equal or greater.
  static func compareMagnitudes(_ left: FEELNumber, _ right: FEELNumber) -> Int {
    func order(_ left: UInt128, _ right: UInt128) -> Int { left < right ? -1 : left == right ? 0 : 1 }
    if left.exponent == right.exponent { return order(left.coefficient, right.coefficient) }
    if left.isZero || right.isZero { return order(left.coefficient, right.coefficient) }
    let difference = left.exponent - right.exponent
    let limit = UInt128(UInt64.max)
    if (-19...19).contains(difference), left.coefficient <= limit, right.coefficient <= limit {
      return difference > 0
        ? order(left.coefficient &* WideDecimal.power(difference), right.coefficient)
        : order(left.coefficient, right.coefficient &* WideDecimal.power(-difference))
    }
    let (leftTop, rightTop) = (left.digits + left.exponent, right.digits + right.exponent)
    if leftTop != rightTop { return leftTop < rightTop ? -1 : 1 }
    // The same top digit, so the exponents differ by at most 33.
    let leftWide = WideDecimal(left.coefficient).scaled(by: max(difference, 0))
    let rightWide = WideDecimal(right.coefficient).scaled(by: max(-difference, 0))
    return leftWide < rightWide ? -1 : leftWide == rightWide ? 0 : 1
  }
}
