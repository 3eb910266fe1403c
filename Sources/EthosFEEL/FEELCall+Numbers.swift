/// Numeric functions (DMN 1.5, 10.3.4.5), `not` and `is`.
extension FEELCall {
  func logic() throws(Stop) -> FEELValue {
    if builtin == .not { return .boolean(!(try boolean(0))) }
    guard !arguments.allSatisfy({ $0 == nil }) else {
      throw problem("wrong-arguments", "`is` is called without arguments")
    }
    return .boolean(any(0).isSame(as: any(1)))
  }

  func numeric() throws(Stop) -> FEELValue {
    if builtin == .abs, let duration = absoluteDuration() { return duration }
    let number = try number(0)
    switch builtin {
    case .decimal: return try rounded(number, .halfEven)
    case .floor: return try rounded(number, .floor)
    case .ceiling: return try rounded(number, .ceiling)
    case .roundUp: return try rounded(number, .up)
    case .roundDown: return try rounded(number, .down)
    case .roundHalfUp: return try rounded(number, .halfUp)
    case .roundHalfDown: return try rounded(number, .halfDown)
    case .abs: return .number(number.magnitude)
    case .modulo:
      let divisor = try self.number(1)
      guard !divisor.isZero else { throw problem("division-by-zero", "the divisor is zero") }
      return try result(number.modulo(divisor))
    case .sqrt: return try result(number.squareRoot)
    case .log: return try result(number.logarithm)
    case .exp: return try result(number.exponential)
    case .odd, .even:
      guard number.isInteger else { return .boolean(false) }
      let isOdd = number.exponent == 0 && number.coefficient & 1 == 1
      return .boolean(isOdd == (builtin == .odd))
    default: return .null
    }
  }

  /// The magnitude of a duration, which `abs` also answers.
  private func absoluteDuration() -> FEELValue? {
    switch any(0) {
    case .daysDuration(let duration):
      FEELDaysDuration(nanoseconds: Int128(duration.nanoseconds.magnitude)).map { .daysDuration($0) }
    case .monthsDuration(let months): .monthsDuration(Int(clamping: months.magnitude))
    default: nil
    }
  }

  private func rounded(_ number: FEELNumber, _ mode: FEELRounding) throws(Stop) -> FEELValue {
    guard arguments.count > 1, arguments[1] != nil else { return try result(number.rounded(scale: 0, mode)) }
    let scale = try integer(1)
    guard (-6_111...6_176).contains(scale) else {
      throw problem("number-out-of-range", "the scale of a number is -6111 to 6176")
    }
    return try result(number.rounded(scale: scale, mode))
  }
}

extension FEELValue {
  /// Whether a value is the same element of the semantic domain: of the same kind, and equal, for times also in their
  /// zone (DMN 1.5, table 77).
  func isSame(as other: FEELValue) -> Bool { self == other }
}
