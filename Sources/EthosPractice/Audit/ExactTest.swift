import Glibc

/// The binomial distribution with one half or another rate, to some fourteen digits for any number of cases: the terms are
/// taken from Catherine Loader's saddle-point form ("Fast and accurate computation of binomial probabilities", 2000), which
/// loses nothing where factorials are large.
package enum ExactTest {
  /// How likely it is that two shares of cases are at least as far from a half as these, if each case were a coin's: the exact
  /// two-sided sign test, which is McNemar's on the cases that two releases decide differently.
  package static func p(_ first: Int, _ second: Int) -> Double {
    guard first != second else { return 1 }
    return min(1, 2 * upper(max(first, second), of: first + second, rate: 0.5))
  }

  /// The bounds of the rate behind a part with 95 %, exactly (Clopper and Pearson); nil of no cases.
  package static func interval(_ count: Int, of all: Int) -> (low: Double, high: Double)? {
    guard all > 0 else { return nil }
    return (low(count, all), 1 - low(all - count, all))
  }

  private static func low(_ count: Int, _ all: Int) -> Double {
    guard count > 0 else { return 0 }
    var (low, high) = (0.0, Double(count) / Double(all))
    // The tail rises with the rate; 60 halvings are beyond what a double can tell apart.
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if upper(count, of: all, rate: middle) < 0.025 { low = middle } else { high = middle }
    }
    return low
  }

  /// The least of so many cases that have to speak for the one side for a test at this level; nil where all would not do.
  package static func needed(of all: Int, level: Double) -> Int? {
    guard all > 0, p(all, 0) <= level else { return nil }
    var (low, high) = (all / 2, all)
    while low + 1 < high {
      let middle = (low + high) / 2
      if p(middle, all - middle) <= level { high = middle } else { low = middle }
    }
    return high
  }

  /// The least number of cases that can tell two releases apart at this level, if all of them speak for the same one.
  package static func neededCases(level: Double) -> Int {
    var (cases, p) = (1, 1.0)
    while p > level, cases < 1_000 {
      cases += 1
      p /= 2
    }
    return cases
  }

  // MARK: - The distribution

  /// How likely so many or more of all cases are.
  static func upper(_ count: Int, of all: Int, rate: Double) -> Double {
    guard count > 0 else { return 1 }
    guard rate > 0 else { return 0 }
    guard rate < 1 else { return 1 }
    // From the middle of the distribution outwards terms only fall, and soon say nothing more.
    if Double(count) < Double(all) * rate { return 1 - sum(from: count - 1, down: true, all, rate) }
    return sum(from: count, down: false, all, rate)
  }

  private static func sum(from start: Int, down: Bool, _ all: Int, _ rate: Double) -> Double {
    var term = probability(start, all, rate)
    var sum = term
    var count = start
    while down ? count > 0 : count < all {
      term *=
        down
        ? Double(count) / Double(all - count + 1) * (1 - rate) / rate
        : Double(all - count) / Double(count + 1) * rate / (1 - rate)
      count += down ? -1 : 1
      guard term > sum * 1e-18 else { break }
      sum += term
    }
    return min(1, sum)
  }

  private static func probability(_ count: Int, _ all: Int, _ rate: Double) -> Double {
    let n = Double(all)
    if count == 0 { return exp(n * log1p(-rate)) }
    if count == all { return exp(n * log(rate)) }
    let (k, rest) = (Double(count), Double(all - count))
    let exponent =
      remainder(all) - remainder(count) - remainder(all - count) - deviance(k, n * rate)
      - deviance(rest, n * (1 - rate))
    return exp(exponent) * (n / (2 * .pi * k * rest)).squareRoot()
  }

  /// What Stirling's formula lacks of the logarithm of a factorial.
  private static func remainder(_ count: Int) -> Double {
    let n = Double(count)
    guard count > 15 else {
      let factorial = (1...max(count, 1)).reduce(1.0) { $0 * Double($1) }
      return count == 0 ? 0 : log(factorial) - (n + 0.5) * log(n) + n - log(2 * .pi) / 2
    }
    let square = n * n
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1_260 - (1.0 / 1_680 - 1.0 / 1_188 / square) / square) / square) / square)
      / n
  }

  /// `x log(x / m) + m - x`, without loss where the two are near.
  private static func deviance(_ x: Double, _ mean: Double) -> Double {
    let difference = x - mean
    guard abs(difference) < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
    let ratio = difference / (x + mean)
    var sum = difference * ratio
    var power = 2 * x * ratio
    for index in 1..<1_000 {
      power *= ratio * ratio
      let next = sum + power / Double(2 * index + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}
