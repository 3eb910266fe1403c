/// An unsigned integer of 256 bits: what the exact result of an operation on two coefficients needs before rounding.
struct WideDecimal: Hashable, Comparable, Sendable {
  var high: UInt128
  var low: UInt128

  init(_ low: UInt128) {
    high = 0
    self.low = low
  }

  init(_ product: (high: UInt128, low: UInt128)) {
    high = product.high
    low = product.low
  }

  static func < (left: WideDecimal, right: WideDecimal) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// The powers of ten that fit 128 bits: 0 to 38.
  private static let powers: [UInt128] = {
    var powers: [UInt128] = [1]
    for _ in 1...38 { powers.append((powers.last ?? 1) &* 10) }
    return powers
  }()

  /// A power of ten; `exponent` is 0 to 38.
  static func power(_ exponent: Int) -> UInt128 { powers[exponent] }

  static func digits(_ value: UInt128) -> Int {
    guard value != 0 else { return 1 }
    // 1233 / 4096 is a little more than log10(2).
    let estimate = min(((128 - value.leadingZeroBitCount) * 1_233) >> 12, 38)
    return value >= powers[estimate] ? estimate + 1 : estimate
  }

  /// The count of decimal digits; a value above 10^76 counts as 77.
  var digits: Int {
    guard high != 0 else { return WideDecimal.digits(low) }
    let upper = dividing(by: WideDecimal.power(38)).quotient
    return 38 + WideDecimal.digits(upper.low)
  }

  /// Times a power of ten.
  ///
  /// INVARIANT: the result has at most 76 digits, so nothing overflows.
  func scaled(by exponent: Int) -> WideDecimal {
    var result = self
    var rest = exponent
    while rest > 0 {
      let step = min(rest, 38)
      let product = result.low.multipliedFullWidth(by: WideDecimal.power(step))
      result = WideDecimal((product.high &+ result.high &* WideDecimal.power(step), product.low))
      rest -= step
    }
    return result
  }

  func adding(_ other: WideDecimal) -> WideDecimal {
    let (low, carry) = low.addingReportingOverflow(other.low)
    return WideDecimal((high &+ other.high &+ (carry ? 1 : 0), low))
  }

  /// INVARIANT: `other` is not greater.
  func subtracting(_ other: WideDecimal) -> WideDecimal {
    let (low, borrow) = low.subtractingReportingOverflow(other.low)
    return WideDecimal((high &- other.high &- (borrow ? 1 : 0), low))
  }

  /// INVARIANT: `divisor` is not zero.
  func dividing(by divisor: UInt128) -> (quotient: WideDecimal, remainder: UInt128) {
    if high == 0 {
      let divided = low.quotientAndRemainder(dividingBy: divisor)
      return (WideDecimal(divided.quotient), divided.remainder)
    }
    let top = high.quotientAndRemainder(dividingBy: divisor)
    let rest = divisor.dividingFullWidth((top.remainder, low))
    return (WideDecimal((top.quotient, rest.quotient)), rest.remainder)
  }
}
