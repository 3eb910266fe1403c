/// A range (DMN 1.5, 10.3.2.6).
///
/// A nil end is not given, as in `(< 10)`, which is not the same as an end that is null.
package struct FEELRange: Sendable, Hashable {
  /// How it is written: by its ends, or by what its values are equal to, `(= 10)`, or not equal to, `(!= 10)`.
  ///
  /// Both ends are that value then. Ranges of different forms are never equal, as the TCK has it.
  package enum Form: Sendable, Hashable { case ends, equal, notEqual }

  package var low: FEELValue?
  package var isLowClosed: Bool
  package var high: FEELValue?
  package var isHighClosed: Bool
  package private(set) var form = Form.ends

  package init(low: FEELValue?, isLowClosed: Bool, high: FEELValue?, isHighClosed: Bool) {
    self.low = low
    self.isLowClosed = isLowClosed
    self.high = high
    self.isHighClosed = isHighClosed
  }

  init(point: FEELValue, isExcluded: Bool) {
    self.init(low: point, isLowClosed: !isExcluded, high: point, isHighClosed: !isExcluded)
    form = isExcluded ? .notEqual : .equal
  }
}
