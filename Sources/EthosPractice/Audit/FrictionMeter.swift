import EthosDecision
package import EthosFEEL
package import EthosModel
import EthosText

/// What a value accepts to be lost, and the column of the log that says how much was.
package struct Friction: Sendable, Hashable {
  package enum Direction: String, Sendable { case atMost, atLeast }

  /// The value that accepts it.
  package var value: String
  package var accept: String
  package var measure: String?
  package var limit: EntryKey?
  package var unit: String?
  package var direction: Direction?
  /// How much is accepted, as the limit's file has it.
  package var bound: String?
  /// The field that measures it; nil where the log has no such column.
  var field: Int?

  /// What the values that a decision serves or enacts accept, in one state of the identity.
  static func all(of side: RuleSide, _ snapshot: Snapshot, field: (String) -> Int?) -> [Friction] {
    let served = snapshot[side.side.key]?.meaning["serves"]?.texts ?? []
    let enacted = side.decision.table.rules.flatMap(\.enacts)
    var frictions: [Friction] = []
    for value in Set(served + enacted).sorted() {
      guard let document = snapshot[EntryKey(.value, value)], !document.isRetired else { continue }
      for item in document.meaning["friction"]?.list ?? [] {
        guard let record = item.record, let accept = record["accept"]?.text else { continue }
        var friction = Friction(value: value, accept: accept, measure: record["measure"]?.text)
        friction.field = friction.measure.flatMap(field)
        if let reference = record["limit"]?.text.flatMap({ try? Reference(parsing: $0) }) {
          friction.take(reference.key, snapshot)
        }
        frictions.append(friction)
      }
    }
    return frictions
  }

  private mutating func take(_ key: EntryKey, _ snapshot: Snapshot) {
    limit = key
    guard let document = snapshot[key], !document.isRetired else { return }
    unit = document.meaning["unit"]?.text
    for direction in [Direction.atMost, .atLeast] {
      guard let number = document.meaning[direction.rawValue]?.number else { continue }
      self.direction = direction
      bound = number.description
      return
    }
  }
}

/// What was measured of one friction.
///
/// The numbers are kept by how often they occur. Of more than a million different ones only the first four digits are kept,
/// rounded up: then a quantile is less than a thousandth too high, and it is said.
package struct FrictionMeter: Sendable {
  /// Most different numbers that are kept exactly.
  private let distinct: Int

  package private(set) var measured = 0
  /// Cases that are beyond what is accepted.
  package private(set) var beyond = 0
  package private(set) var empty = 0
  /// Cases in which the field holds no number.
  package private(set) var unreadable = 0
  /// Whether quantiles are of rounded numbers.
  package private(set) var isRounded = false
  private var sum: FEELNumber? = .zero
  private var counts: [FEELNumber: Int] = [:]

  package init(distinct: Int = 1 << 20) { self.distinct = distinct }

  /// Takes so many cases with one number; nil where the field holds none.
  package mutating func add(
    _ number: FEELNumber?, isEmpty: Bool, cases: Int, bound: (direction: Friction.Direction, number: FEELNumber)?
  ) {
    guard let number else {
      if isEmpty { empty += cases } else { unreadable += cases }
      return
    }
    measured += cases
    sum = sum.flatMap { sum in (number * FEELNumber(cases)).flatMap { sum + $0 } }
    count(number, cases)
    guard let bound else { return }
    switch bound.direction {
    case .atMost: beyond += number > bound.number ? cases : 0
    case .atLeast: beyond += number < bound.number ? cases : 0
    }
  }

  package mutating func merge(_ other: FrictionMeter) {
    measured += other.measured
    beyond += other.beyond
    empty += other.empty
    unreadable += other.unreadable
    sum = sum.flatMap { own in other.sum.flatMap { own + $0 } }
    if other.isRounded { round() }
    for (number, cases) in other.counts { count(number, cases) }
  }

  private mutating func count(_ number: FEELNumber, _ cases: Int) {
    counts[isRounded ? FrictionMeter.rounded(number) : number, default: 0] += cases
    if !isRounded, counts.count > distinct { round() }
  }

  /// Whether numbers are rounded depends on how many different ones there are in all, and not on who met them.
  private mutating func round() {
    guard !isRounded else { return }
    isRounded = true
    var rounded: [FEELNumber: Int] = [:]
    for (number, cases) in counts { rounded[FrictionMeter.rounded(number), default: 0] += cases }
    counts = rounded
  }

  /// The first four digits of a number, rounded up.
  private static func rounded(_ number: FEELNumber) -> FEELNumber {
    number.rounded(scale: 4 - number.digits - number.exponent, .ceiling) ?? number
  }

  /// The mean, to four decimals.
  package var mean: String? {
    guard measured > 0 else { return nil }
    return sum?.divided(by: FEELNumber(measured))?.rounded(scale: 4, .halfEven)?.description
  }

  /// The least numbers that so many per cent of the cases do not exceed; nothing where nothing was measured.
  package func quantiles(_ percents: [Int]) -> [String] {
    guard measured > 0 else { return [] }
    let sorted = counts.sorted { $0.key < $1.key }
    return percents.map { percent in
      let wanted = (measured * percent + 99) / 100
      var seen = 0
      for (number, count) in sorted {
        seen += count
        if seen >= wanted { return number.description }
      }
      return sorted.last?.key.description ?? ""
    }
  }
}

/// The texts of one column that measures a friction, each with how often it occurs: most columns have few, and a text is
/// made a number once.
struct MeasuredTexts {
  private var texts = ByteStrings()
  private var counts: [Int] = []

  /// Most texts that wait to become numbers.
  static let most = 1 << 16

  mutating func add(_ slot: FieldSlot) {
    let number = Int(texts.insert(slot.start, slot.count))
    if number == counts.count { counts.append(0) }
    counts[number] += 1
  }

  var isFull: Bool { counts.count >= MeasuredTexts.most }

  /// Gives every text with its count, and forgets them.
  mutating func empty(_ body: (String, Int) -> Void) {
    for (number, count) in counts.enumerated() { body(String(decoding: texts[number], as: UTF8.self), count) }
    self = MeasuredTexts()
  }
}
