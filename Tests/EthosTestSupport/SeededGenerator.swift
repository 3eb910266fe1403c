/// A random number generator that gives the same numbers for the same seed (SplitMix64, Steele et al.
///
/// 2014).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Whether an event of the given chance out of a hundred happens.
  package mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  /// One of the given values.
  package mutating func pick<Value>(_ values: [Value]) -> Value {
    precondition(!values.isEmpty, "there is nothing to pick from")
    return values[Int.random(in: values.indices, using: &self)]
  }
}
