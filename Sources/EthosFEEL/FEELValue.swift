/// A value of FEEL (DMN 1.5, 10.3.2).
///
/// `==` and hashing are by value: `2.0` is `2.00`, strings by their Unicode scalars, contexts without the order of
/// their entries. What FEEL's own `=` answers (also null) is `FEELComparing`.
package indirect enum FEELValue: Sendable {
  case null
  case boolean(Bool)
  case number(FEELNumber)
  case string(String)
  case date(FEELDate)
  case time(FEELTime)
  case dateTime(FEELDateTime)
  case daysDuration(FEELDaysDuration)
  /// A years and months duration, in months.
  case monthsDuration(Int)
  case list([FEELValue])
  case context(FEELContext)
  case range(FEELRange)
  case function(FEELFunction)
}
