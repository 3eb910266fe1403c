/// Roots, powers, exponentials and logarithms (DMN 1.5, 10.3.4.5). They are computed with 38 digits and rounded to 34:
/// exact where the result is a short number, else right to one or two units of the last digit.
extension FEELNumber {
  private static let guarded = 38

  private func plus(_ other: FEELNumber) -> FEELNumber? { FEELNumber.sum(self, other, precision: Self.guarded) }
  private func times(_ other: FEELNumber) -> FEELNumber? { FEELNumber.product(self, other, precision: Self.guarded) }
  private func over(_ other: FEELNumber) -> FEELNumber? { FEELNumber.quotient(self, other, precision: Self.guarded) }

  /// Rounded from 38 digits to 34.
  private var plain: FEELNumber? { FEELNumber.rounded(isNegative, WideDecimal(coefficient), exponent) }

  /// The natural logarithm of ten.
  private static let logarithmOfTen = FEELNumber(
    unchecked: false, 23_025_850_929_940_456_840_179_914_546_843_642_076, -37)

  /// The square root; nil for a negative number.
  package var squareRoot: FEELNumber? {
    guard !isNegative else { return nil }
    guard !isZero else { return self }
    // About 36 digits and an even exponent, so that the first guess is an integer with 17 right digits.
    var scale = 36 - digits
    if (exponent - scale) % 2 != 0 { scale -= 1 }
    let scaled = WideDecimal(coefficient).scaled(by: max(scale, 0)).low
    let guess = Double(scaled).squareRoot()
    var root = FEELNumber(canonical: false, UInt128(guess), (exponent - max(scale, 0)) / 2)
    for _ in 0..<3 {
      guard let quotient = over(root), let sum = root.plus(quotient),
        let next = sum.times(FEELNumber(unchecked: false, 5, -1))
      else { return nil }
      root = next
    }
    return root.plain
  }

  /// e to the power of this number; nil where it overflows.
  package var exponential: FEELNumber? { guardedExponential?.plain }

  private var guardedExponential: FEELNumber? {
    if self > FEELNumber(14_200) { return nil }
    if self < FEELNumber(-14_300) { return .zero }
    // e^x = 10^k e^r with 0 <= r < ln 10, so that the series has positive terms.
    guard let tens = over(FEELNumber.logarithmOfTen)?.floor, let power = tens.integer,
      let product = tens.times(FEELNumber.logarithmOfTen), let rest = plus(product.negated)
    else { return nil }
    var term = FEELNumber.one
    var sum = FEELNumber.one
    for index in 1...80 {
      guard let product = term.times(rest), let next = product.over(FEELNumber(index)), let total = sum.plus(next)
      else { return nil }
      if next.isZero || total == sum { break }
      term = next
      sum = total
    }
    return FEELNumber.rounded(
      false, WideDecimal(sum.coefficient), sum.exponent + power, precision: FEELNumber.guarded)
  }

  /// The natural logarithm; nil for a number that is not positive.
  package var logarithm: FEELNumber? { guardedLogarithm?.plain }

  private var guardedLogarithm: FEELNumber? {
    guard !isNegative, !isZero else { return nil }
    if let offset = plus(FEELNumber(-1)), offset.magnitude < FEELNumber(unchecked: false, 1, -1) {
      return logarithmNearOne(offset)
    }
    // x = m 10^k with 1 <= m < 10.
    let power = digits + exponent - 1
    let mantissa = FEELNumber(unchecked: false, coefficient, 1 - digits)
    guard var result = FEELNumber.guess(logarithmOf: mantissa) else { return nil }
    // Halley's method for e^y = m: each round triples the digits.
    for _ in 0..<3 {
      guard let exponential = result.guardedExponential, let above = mantissa.plus(exponential.negated),
        let below = mantissa.plus(exponential), let step = above.over(below)?.times(FEELNumber(2)),
        let next = result.plus(step)
      else { return nil }
      result = next
    }
    return FEELNumber(power).times(FEELNumber.logarithmOfTen)?.plus(result)
  }

  /// ln(1 + x) = 2 (t + t³/3 + t⁵/5 + …) with t = x / (2 + x).
  private func logarithmNearOne(_ offset: FEELNumber) -> FEELNumber? {
    guard !offset.isZero else { return .zero }
    guard let below = offset.plus(FEELNumber(2)), let ratio = offset.over(below), let square = ratio.times(ratio)
    else { return nil }
    var term = ratio
    var sum = ratio
    for index in 1...40 {
      guard let next = term.times(square), let part = next.over(FEELNumber(2 * index + 1)), let total = sum.plus(part)
      else { return nil }
      if total == sum { break }
      term = next
      sum = total
    }
    return sum.times(FEELNumber(2))
  }

  /// A first guess of a logarithm of a number from 1 to 10, with about six digits.
  private static func guess(logarithmOf mantissa: FEELNumber) -> FEELNumber? {
    var value = Double(mantissa.coefficient)
    for _ in mantissa.exponent..<0 { value /= 10 }
    var result = 0.0
    while value > 1.25 {
      value /= 1.25
      result += 0.22314355131420976
    }
    let ratio = (value - 1) / (value + 1)
    result += 2 * (ratio + ratio * ratio * ratio / 3 + ratio * ratio * ratio * ratio * ratio / 5)
    return FEELNumber(canonical: result < 0, UInt128((result * 1e15).magnitude), -15)
  }

  /// This number to a power; nil where the result overflows or is no real number.
  package func power(_ exponent: FEELNumber) -> FEELNumber? {
    if exponent.isZero || self == .one { return .one }
    if isZero { return exponent.isNegative ? nil : .zero }
    if exponent == FEELNumber(unchecked: false, 5, -1) { return squareRoot }
    guard exponent.isInteger else {
      guard !isNegative else { return nil }
      return guardedLogarithm?.times(exponent)?.exponential
    }
    guard let whole = exponent.integer else {
      let isOdd = exponent.exponent == 0 && exponent.coefficient & 1 == 1
      if magnitude == .one { return isOdd ? self : .one }
      return (magnitude > .one) == exponent.isNegative ? .zero : nil
    }
    return power(whole)
  }

  /// By squaring.
  private func power(_ exponent: Int) -> FEELNumber? {
    var result = FEELNumber.one
    var square = self
    var rest = exponent.magnitude
    while true {
      if rest & 1 == 1 {
        // A product beyond the range is the end: of a power, or of the reciprocal, which then is zero.
        guard let next = result.times(square) else { return exponent < 0 ? .zero : nil }
        result = next
      }
      rest >>= 1
      guard rest > 0 else { break }
      guard let next = square.times(square) else { return exponent < 0 ? .zero : nil }
      square = next
    }
    return exponent < 0 ? FEELNumber.one.over(result)?.plain : result.plain
  }
}

extension FEELNumber {
  /// The sum, from the least number to the greatest, so that where 34 digits do not suffice the order in which the
  /// numbers are given makes no difference; nil where it is too large.
  package static func sum(_ numbers: [FEELNumber]) -> FEELNumber? {
    var total = FEELNumber.zero
    for number in numbers.count > 2 ? numbers.sorted() : numbers {
      guard let next = total + number else { return nil }
      total = next
    }
    return total
  }
}
