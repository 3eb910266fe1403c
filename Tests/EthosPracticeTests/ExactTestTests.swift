import EthosPractice
import EthosTestSupport
import Testing

/// The exact test against numbers that other programs print, and against whole numbers.
@Suite struct ExactTestTests {
  /// Computed with Python's fractions, `2 * sum(comb(n, i) for i in range(k, n + 1)) / 2**n`; the last by sixty decimals.
  @Test(arguments: [
    (8, 2, 0.109375), (9, 1, 0.021484375), (5, 0, 0.0625), (6, 0, 0.03125), (12, 5, 0.143463134765625),
    (30, 12, 0.007915897334896727), (59, 41, 0.08862608011406758), (530, 470, 0.06202319509836318),
    (1_050, 950, 0.026824146240280695), (501_500, 498_500, 0.002708655306059757), (7, 7, 1), (0, 0, 1),
  ])
  func `p is that of fractions`(_ first: Int, _ second: Int, _ expected: Double) {
    #expect(abs(ExactTest.p(first, second) - expected) <= expected * 1e-10)
    #expect(ExactTest.p(second, first) == ExactTest.p(first, second))
  }

  /// R's `binom.test` prints the first two; the others are bisected with Python's fractions.
  @Test(arguments: [
    (0, 10, 0, 0.3084971), (5, 20, 0.0865715, 0.4910459), (143, 143, 0.9745335, 1), (1, 1, 0.025, 1),
    (7, 9, 0.3999064, 0.9718550),
  ])
  func `the interval is Clopper's and Pearson's`(_ count: Int, _ all: Int, _ low: Double, _ high: Double) throws {
    let interval = try #require(ExactTest.interval(count, of: all))
    #expect(abs(interval.low - low) < 1e-7 && abs(interval.high - high) < 1e-7, "\(interval)")
  }

  @Test func `p is that of whole numbers for all small counts`() {
    for all in 1...60 {
      var row: [UInt128] = [1]
      for _ in 0..<all { row = zip([0] + row, row + [0]).map { $0 + $1 } }
      for first in 0...all {
        let tail = row[max(first, all - first)...].reduce(0, +)
        let expected = 2 * first == all ? 1 : min(1, 2 * Double(tail) / Double(UInt128(1) << UInt128(all)))
        #expect(abs(ExactTest.p(first, all - first) - expected) <= expected * 1e-12, "\(first) of \(all)")
      }
    }
  }

  @Test func `the least count is the least that the test accepts`() {
    for all in 1...80 {
      for level in [0.05, 0.05 / 7] {
        let needed = ExactTest.needed(of: all, level: level)
        let expected = (0...all).first { 2 * $0 > all && ExactTest.p($0, all - $0) <= level }
        #expect(needed == expected, "\(all) at \(level)")
      }
    }
    #expect(ExactTest.needed(of: 5, level: 0.05) == nil && ExactTest.neededCases(level: 0.05) == 6)
  }
}
