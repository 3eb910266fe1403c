/// A part of some cases, with what it can be by chance.
package struct Share: Sendable, Hashable {
  package var count: Int
  package var of: Int

  package init(_ count: Int, of: Int) {
    self.count = count
    self.of = of
  }

  mutating func add(_ cases: Int, counts: Bool) {
    count += counts ? cases : 0
    of += cases
  }

  /// The part itself; nothing of no cases.
  var rate: Double { of > 0 ? Double(count) / Double(of) : 0 }

  /// The bounds between which the rate behind it lies with 95 % (Wilson's score interval); nil of no cases.
  package var interval: (low: Double, high: Double)? {
    guard of > 0 else { return nil }
    let (n, z) = (Double(of), 1.959_963_984_540_054)
    let rate = Double(count) / n
    let middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    return (max(0, middle - half), min(1, middle + half))
  }
}
