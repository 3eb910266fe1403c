/// The masks of both sides, laid out for the cases to run over.
final class RuleLanes {
  private let before: RuleLane
  private let after: RuleLane
  /// Whether both sides have one word of masks, axis by axis over the same coders: then one look serves both.
  private let pairs: UnsafeMutablePointer<SIMD2<UInt64>>
  private let pairOffsets: UnsafeMutablePointer<Int>
  private let pairCoders: UnsafeMutablePointer<Int>
  private let pairCount: Int
  private let sound: SIMD2<UInt64>
  private let open: SIMD2<UInt64>

  init(_ sides: [RuleSide]) {
    before = RuleLane(sides[0])
    after = RuleLane(sides[1])
    let isPaired =
      sides.allSatisfy { $0.words == 1 && $0.answersByFirstRule } && sides[0].coders == sides[1].coders
    var masks: [SIMD2<UInt64>] = []
    if isPaired {
      for place in sides[0].masks.indices { masks.append([sides[0].masks[place], sides[1].masks[place]]) }
    }
    pairCount = isPaired ? sides[0].coders.count : 0
    pairs = RuleLane.copy(masks)
    pairOffsets = RuleLane.copy(isPaired ? sides[0].offsets : [])
    pairCoders = RuleLane.copy(isPaired ? sides[0].coders : [])
    sound = isPaired ? [1 << UInt64(sides[0].soundBit), 1 << UInt64(sides[1].soundBit)] : .zero
    open = isPaired ? [sides[0].openRules[0], sides[1].openRules[0]] : .zero
  }

  deinit {
    pairs.deallocate()
    pairOffsets.deallocate()
    pairCoders.deallocate()
  }

  /// The rules that answer a case alone, before and after; `special` where that is not known from the masks.
  @inline(__always)
  func numbers(_ places: UnsafeMutablePointer<Int32>) -> (before: Int32, after: Int32) {
    guard pairCount > 0 else { return (before.number(places), after.number(places)) }
    var alive = SIMD2<UInt64>(repeating: .max)
    for axis in 0..<pairCount {
      alive &= pairs[pairOffsets[axis] &+ Int(places[pairCoders[axis]])]
    }
    return (
      RuleLanes.number(alive[0], sound[0], open[0]), RuleLanes.number(alive[1], sound[1], open[1])
    )
  }

  @inline(__always)
  private static func number(_ alive: UInt64, _ sound: UInt64, _ open: UInt64) -> Int32 {
    // The least bit is the rule; the bit behind all rules says that every fact is there and allowed.
    let least = alive & (0 &- alive)
    guard alive & sound != 0, least & (open | sound) == 0 else { return RuleLane.special }
    return Int32(truncatingIfNeeded: alive.trailingZeroBitCount)
  }
}

/// The masks of one side.
struct RuleLane {
  private let side: RuleSide

  /// What the masks do not decide.
  static let special: Int32 = -1

  init(_ side: RuleSide) { self.side = side }

  static func copy<Element>(_ values: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(values.count, 1))
    for (index, value) in values.enumerated() { (memory + index).initialize(to: value) }
    return memory
  }

  /// The rule that answers a case alone; `special` where that is not known from the masks.
  @inline(never)
  func number(_ places: UnsafeMutablePointer<Int32>) -> Int32 {
    guard side.answersByFirstRule else { return RuleLane.special }
    let (words, sound) = (side.words, side.soundBit)
    return side.masks.withUnsafeBufferPointer { masks in
      func alive(_ word: Int) -> UInt64 {
        var alive = UInt64.max
        for axis in side.coders.indices {
          alive &= masks[(side.offsets[axis] + Int(places[side.coders[axis]])) * words + word]
        }
        return alive
      }
      guard alive(sound / 64) >> UInt64(sound % 64) & 1 == 1 else { return RuleLane.special }
      for word in 0..<words {
        let rules = alive(word)
        guard rules != 0 else { continue }
        let bit = rules.trailingZeroBitCount
        let rule = word * 64 + bit
        guard rule < sound, side.openRules[word] >> UInt64(bit) & 1 == 0 else { return RuleLane.special }
        return Int32(rule)
      }
      return RuleLane.special
    }
  }
}
