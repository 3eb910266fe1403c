/// How a number is brought to fewer digits.
package enum FEELRounding: Sendable, Hashable, CaseIterable {
  case halfEven, up, down, halfUp, halfDown, floor, ceiling
}

extension FEELRounding {
  /// Whether the quotient goes up by one in magnitude.
  ///
  /// `half` is the remainder against the half of the divisor: negative, zero or positive; `isExact` says that there is
  /// no remainder at all.
  func increases(isNegative: Bool, isOdd: Bool, half: Int, isExact: Bool) -> Bool {
    if isExact { return false }
    return switch self {
    case .halfEven: half > 0 || (half == 0 && isOdd)
    case .halfUp: half >= 0
    case .halfDown: half > 0
    case .up: true
    case .down: false
    case .floor: isNegative
    case .ceiling: !isNegative
    }
  }
}

extension FEELNumber {
  /// The number nearest to an exact value, or nil where it overflows.
  ///
  /// `isInexact` says that the exact value is a little more than `wide`; then `wide` has more than 34 digits.
  static func rounded(
    _ isNegative: Bool, _ wide: WideDecimal, _ exponent: Int, isInexact: Bool = false, precision: Int = precision
  ) -> FEELNumber? {
    let excess = max(wide.digits - precision, exponents.least - exponent, 0)
    var result = dropping(excess, of: wide, isNegative, .halfEven, isInexact: isInexact)
    var exponent = exponent + excess
    if result == WideDecimal.power(precision) {
      result = 1
      exponent += precision
    }
    guard result == 0 || WideDecimal.digits(result) + exponent <= exponents.greatest + 1 else { return nil }
    return FEELNumber(canonical: isNegative, result, exponent)
  }

  /// Drops digits at the end, by a mode.
  ///
  /// INVARIANT: at most 38 digits are left.
  private static func dropping(
    _ count: Int, of wide: WideDecimal, _ isNegative: Bool, _ mode: FEELRounding, isInexact: Bool
  ) -> UInt128 {
    guard count > 0 else { return wide.low }
    guard count <= 77 else {
      let isExact = wide == WideDecimal(0) && !isInexact
      return mode.increases(isNegative: isNegative, isOdd: false, half: -1, isExact: isExact) ? 1 : 0
    }
    var rest = wide
    var sticky = isInexact
    // All but the last digit to drop only matter by being zero or not.
    var before = count - 1
    while before > 0 {
      let step = min(before, 38)
      let divided = rest.dividing(by: WideDecimal.power(step))
      rest = divided.quotient
      sticky = sticky || divided.remainder != 0
      before -= step
    }
    let last = rest.dividing(by: 10)
    let half = last.remainder == 5 ? (sticky ? 1 : 0) : (last.remainder > 5 ? 1 : -1)
    let increases = mode.increases(
      isNegative: isNegative, isOdd: last.quotient.low & 1 == 1, half: half,
      isExact: last.remainder == 0 && !sticky)
    return last.quotient.low &+ (increases ? 1 : 0)
  }

  /// This number with at most `scale` digits after the point; a negative scale rounds to tens, hundreds and so on.
  ///
  /// Nil where the result overflows.
  package func rounded(scale: Int = 0, _ mode: FEELRounding) -> FEELNumber? {
    guard scale < -exponent else { return self }
    // `exponent` is between -6176 and 6144, so the clamp changes nothing but keeps the subtraction from overflowing.
    let target = -max(scale, -20_000)
    let kept = FEELNumber.dropping(
      target - exponent, of: WideDecimal(coefficient), isNegative, mode, isInexact: false)
    return FEELNumber.rounded(isNegative, WideDecimal(kept), target)
  }

  package var floor: FEELNumber { rounded(.floor) ?? self }
  package var ceiling: FEELNumber { rounded(.ceiling) ?? self }
  package var truncated: FEELNumber { rounded(.down) ?? self }
}
