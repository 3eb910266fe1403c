/// The masks of one side, laid out for the cases to run over.
final class RuleLane {
  private let masks: UnsafeMutablePointer<UInt64>
  private let open: UnsafeMutablePointer<UInt64>
  private let offsets: UnsafeMutablePointer<Int>
  private let coders: UnsafeMutablePointer<Int>
  private let axes: Int
  private let words: Int
  private let sound: Int
  private let answersByFirstRule: Bool

  /// What the masks do not decide.
  static let special: Int32 = -1

  init(_ side: RuleSide) {
    axes = side.coders.count
    words = side.words
    sound = side.soundBit
    answersByFirstRule = side.answersByFirstRule
    masks = RuleLane.copy(side.masks)
    open = RuleLane.copy(side.openRules)
    offsets = RuleLane.copy(side.offsets)
    coders = RuleLane.copy(side.coders)
  }

  private static func copy<Element>(_ values: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(values.count, 1))
    for (index, value) in values.enumerated() { (memory + index).initialize(to: value) }
    return memory
  }

  deinit {
    masks.deallocate()
    open.deallocate()
    offsets.deallocate()
    coders.deallocate()
  }

  /// The rule that answers a case alone; `special` where that is not known from the masks.
  @inline(__always)
  func number(_ places: UnsafeMutablePointer<Int32>) -> Int32 {
    guard answersByFirstRule else { return RuleLane.special }
    for word in 0..<words {
      var alive = UInt64.max
      for axis in 0..<axes {
        alive &= masks[(offsets[axis] + Int(places[coders[axis]])) * words + word]
      }
      if word == sound / 64, alive >> UInt64(sound % 64) & 1 == 0 { return RuleLane.special }
      guard alive != 0 else { continue }
      let bit = alive.trailingZeroBitCount
      let rule = word * 64 + bit
      guard rule < sound, open[word] >> UInt64(bit) & 1 == 0, isSound(places, word) else { return RuleLane.special }
      return Int32(rule)
    }
    return RuleLane.special
  }

  /// Whether every fact is there and allowed, where that bit is in a word that was not looked at.
  @inline(__always)
  private func isSound(_ places: UnsafeMutablePointer<Int32>, _ word: Int) -> Bool {
    let last = sound / 64
    guard word != last else { return true }
    var alive = UInt64.max
    for axis in 0..<axes { alive &= masks[(offsets[axis] + Int(places[coders[axis]])) * words + last] }
    return alive >> UInt64(sound % 64) & 1 == 1
  }
}
