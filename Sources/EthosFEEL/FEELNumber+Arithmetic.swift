extension FEELNumber {
  package static func + (left: FEELNumber, right: FEELNumber) -> FEELNumber? {
    sum(left, right, precision: precision)
  }

  package static func - (left: FEELNumber, right: FEELNumber) -> FEELNumber? { left + right.negated }

  package static func * (left: FEELNumber, right: FEELNumber) -> FEELNumber? {
    product(left, right, precision: precision)
  }

  /// The quotient, or nil where the divisor is zero or the result overflows.
  package func divided(by divisor: FEELNumber) -> FEELNumber? {
    FEELNumber.quotient(self, divisor, precision: FEELNumber.precision)
  }

  static func sum(_ left: FEELNumber, _ right: FEELNumber, precision: Int) -> FEELNumber? {
    if left.exponent == right.exponent, left.isNegative == right.isNegative {
      let limit = WideDecimal.power(33)
      if left.coefficient < limit, right.coefficient < limit, left.exponent <= 6_000 {
        return FEELNumber(canonical: left.isNegative, left.coefficient &+ right.coefficient, left.exponent)
      }
    }
    if left.isZero { return right }
    if right.isZero { return left }
    let (upper, lower) = left.exponent >= right.exponent ? (left, right) : (right, left)
    let difference = upper.exponent - lower.exponent
    if upper.digits + difference <= 75 {
      let scaled = WideDecimal(upper.coefficient).scaled(by: difference)
      let other = WideDecimal(lower.coefficient)
      if upper.isNegative == lower.isNegative {
        return rounded(upper.isNegative, scaled.adding(other), lower.exponent, precision: precision)
      }
      return scaled >= other
        ? rounded(upper.isNegative, scaled.subtracting(other), lower.exponent, precision: precision)
        : rounded(lower.isNegative, other.subtracting(scaled), lower.exponent, precision: precision)
    }
    // The lower number is less than 10^-41 of the upper one (10^-37 where both have 38 digits): it only matters that it
    // is there.
    let scale = 60 - upper.digits
    let scaled = WideDecimal(upper.coefficient).scaled(by: scale)
    let unit = WideDecimal(1)
    return rounded(
      upper.isNegative, upper.isNegative == lower.isNegative ? scaled.adding(unit) : scaled.subtracting(unit),
      upper.exponent - scale, precision: precision)
  }

  static func product(_ left: FEELNumber, _ right: FEELNumber, precision: Int) -> FEELNumber? {
    let product = left.coefficient.multipliedFullWidth(by: right.coefficient)
    return rounded(
      left.isNegative != right.isNegative, WideDecimal(product), left.exponent + right.exponent, precision: precision)
  }

  static func quotient(_ dividend: FEELNumber, _ divisor: FEELNumber, precision: Int) -> FEELNumber? {
    guard !divisor.isZero else { return nil }
    guard !dividend.isZero else { return .zero }
    // With one or two digits more than wanted in the quotient, one bit for "more follows" rounds it correctly.
    let scale = precision + 1 + divisor.digits - dividend.digits
    let divided = WideDecimal(dividend.coefficient).scaled(by: scale).dividing(by: divisor.coefficient)
    return rounded(
      dividend.isNegative != divisor.isNegative, divided.quotient, dividend.exponent - divisor.exponent - scale,
      isInexact: divided.remainder != 0, precision: precision)
  }

  /// FEEL's `modulo`: `x - y * floor(x / y)`, which has the sign of the divisor.
  ///
  /// Exact while the operands are not more than 38 powers of ten apart; nil where the divisor is zero.
  package func modulo(_ divisor: FEELNumber) -> FEELNumber? {
    guard !divisor.isZero else { return nil }
    guard !isZero else { return .zero }
    let common = min(exponent, divisor.exponent)
    let shifts = (own: exponent - common, other: divisor.exponent - common)
    if digits + shifts.own <= 76, divisor.digits + shifts.other <= 38 {
      let own = WideDecimal(coefficient).scaled(by: shifts.own)
      let other = WideDecimal(divisor.coefficient).scaled(by: shifts.other).low
      let remainder = own.dividing(by: other).remainder
      guard remainder != 0 else { return .zero }
      let value = isNegative == divisor.isNegative ? remainder : other - remainder
      return FEELNumber.rounded(divisor.isNegative, WideDecimal(value), common)
    }
    guard let quotient = divided(by: divisor), let product = divisor * quotient.floor else { return nil }
    return self - product
  }
}
