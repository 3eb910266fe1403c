/// A range (DMN 1.5, 10.3.2.6). A nil end is not given, as in `(< 10)`, which is not the same as an end that is null.
package struct FEELRange: Sendable, Hashable {
  package var low: FEELValue?
  package var isLowClosed: Bool
  package var high: FEELValue?
  package var isHighClosed: Bool

  package init(low: FEELValue?, isLowClosed: Bool, high: FEELValue?, isHighClosed: Bool) {
    self.low = low
    self.isLowClosed = isLowClosed
    self.high = high
    self.isHighClosed = isHighClosed
  }
}
