import EthosDecision
import EthosFEEL
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
/// The numbers are kept by how often they occur, as long as they are few: then there are quantiles.
package struct FrictionMeter: Sendable {
  /// Most different numbers that are kept.
  static let distinct = 5_000

  package private(set) var measured = 0
  /// Cases that are beyond what is accepted.
  package private(set) var beyond = 0
  package private(set) var empty = 0
  /// Cases in which the field holds no number.
  package private(set) var unreadable = 0
  private var sum: FEELNumber? = .zero
  private var counts: [FEELNumber: Int]? = [:]

  init() {}

  /// Takes the text of one case; nil where it holds no number.
  mutating func add(_ number: FEELNumber?, isEmpty: Bool, bound: (direction: Friction.Direction, number: FEELNumber)?) {
    guard let number else {
      if isEmpty { empty += 1 } else { unreadable += 1 }
      return
    }
    measured += 1
    sum = sum.flatMap { $0 + number }
    counts?[number, default: 0] += 1
    if let counts, counts.count > FrictionMeter.distinct { self.counts = nil }
    guard let bound else { return }
    switch bound.direction {
    case .atMost: beyond += number > bound.number ? 1 : 0
    case .atLeast: beyond += number < bound.number ? 1 : 0
    }
  }

  mutating func merge(_ other: FrictionMeter) {
    measured += other.measured
    beyond += other.beyond
    empty += other.empty
    unreadable += other.unreadable
    sum = sum.flatMap { own in other.sum.flatMap { own + $0 } }
    guard let own = counts, let others = other.counts else {
      counts = nil
      return
    }
    let joined = own.merging(others) { $0 + $1 }
    counts = joined.count > FrictionMeter.distinct ? nil : joined
  }

  /// The mean, to four decimals.
  package var mean: String? {
    guard measured > 0 else { return nil }
    return sum?.divided(by: FEELNumber(measured))?.rounded(scale: 4, .halfEven)?.description
  }

  /// The least number that so many per cent of the cases do not exceed; nil where there were too many to keep them.
  package func quantile(_ percent: Int) -> String? {
    guard measured > 0, let counts else { return nil }
    let wanted = (measured * percent + 99) / 100
    var seen = 0
    for (number, count) in counts.sorted(by: { $0.key < $1.key }) {
      seen += count
      if seen >= wanted { return number.description }
    }
    return nil
  }
}
