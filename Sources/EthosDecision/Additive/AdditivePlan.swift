import BigInt

/// The facts of an additive question in the order in which they are gone through, with what each of their values does.
///
/// A state of this walk is a run of words: the flags, the sums, and a bit for each term that is still open. Terms on one
/// fact alone need no bit: a value adds them at once.
struct AdditivePlan {
  /// Values of one fact that no rule tells apart.
  struct Choice {
    var set: AtomSet
    /// The bits that stay.
    var kept: [UInt64]
    var adds: [Int64]
    var flags: UInt64
    var weight: BigUInt
  }

  struct Step {
    var axis: Int
    var choices: [Choice]
    /// The terms, by their number among those with bits, that are settled behind this fact.
    var settled: [Int]
  }

  /// A term that needs a bit.
  struct Open {
    /// What it adds, where it is one that adds.
    var adds: [Int64]
    var flags: UInt64
    /// The place behind which it is settled.
    var end: Int
    /// Rules of tables keep their bit to the end.
    var isRule: Bool
  }

  /// A rule of a table as the walk knows it.
  struct Rule {
    /// Its bit, where it has a condition on facts.
    var bit: Int?
    var sides: [(sum: Int, set: AtomSet)]
    var outcome: OutcomeID
  }

  let problem: AdditiveProblem
  private(set) var steps: [Step] = []
  private(set) var open: [Open] = []
  private(set) var before: [Rule] = []
  private(set) var after: [Rule] = []
  private(set) var start: [UInt64] = []
  /// For each place, the least and the most that facts from there on add by terms without bits, and which flags they may
  /// set, or set in any case.
  private(set) var least: [[Int64]] = []
  private(set) var most: [[Int64]] = []
  private(set) var mayFlags: [UInt64] = []
  private(set) var mustFlags: [UInt64] = []
  /// For each place, the weight of all values of the facts from there on.
  private(set) var rest: [BigUInt] = []
  /// Why there is no measure; nil where there is one.
  private(set) var weightReason: String?
  let sumCount: Int
  private(set) var bitWords = 0
  var width: Int { 1 + sumCount + bitWords }

  init(_ problem: AdditiveProblem) {
    self.problem = problem
    sumCount = problem.sumCount
    let tables = AdditivePlan.ruleBoxes(problem)
    let order = AdditivePlan.order(problem, tables.flatMap(\.self))
    var place: [Int: Int] = [:]
    for (index, axis) in order.enumerated() { place[axis] = index }
    var boxes: [SparseBox] = []
    var plain: [AdditiveProblem.Term] = []
    var base = [Int64](repeating: 0, count: sumCount)
    var baseFlags: UInt64 = 0
    func end(_ box: SparseBox) -> Int { box.sides.compactMap { place[$0.axis] }.max() ?? 0 }
    for term in problem.terms {
      switch term.box.sides.count {
      case 0:
        for sum in base.indices { base[sum] += term.adds[sum] }
        baseFlags |= term.flags
      case 1: plain.append(term)
      default:
        open.append(Open(adds: term.adds, flags: term.flags, end: end(term.box), isRule: false))
        boxes.append(term.box)
      }
    }
    if case .tables(let old, let new, _) = problem.goal {
      func add(_ table: AdditiveProblem.ScoreTable) -> [Rule] {
        table.rules.map { rule in
          guard !rule.box.sides.isEmpty else { return Rule(bit: nil, sides: rule.sides, outcome: rule.outcome) }
          if let known = boxes.indices.first(where: { open[$0].isRule && boxes[$0] == rule.box }) {
            return Rule(bit: known, sides: rule.sides, outcome: rule.outcome)
          }
          open.append(
            Open(adds: Array(repeating: 0, count: sumCount), flags: 0, end: end(rule.box), isRule: true))
          boxes.append(rule.box)
          return Rule(bit: open.count - 1, sides: rule.sides, outcome: rule.outcome)
        }
      }
      before = add(old)
      after = add(new)
    }
    bitWords = (open.count + 63) / 64
    start = [baseFlags] + base.map { UInt64(bitPattern: $0) } + Array(repeating: 0, count: bitWords)
    for bit in open.indices { start[1 + sumCount + bit / 64] |= 1 << UInt64(bit % 64) }
    steps = order.enumerated().map { index, axis in step(axis, index, plain, boxes) }
    summarise()
  }

  /// The boxes of the tables' rules on facts.
  private static func ruleBoxes(_ problem: AdditiveProblem) -> [[SparseBox]] {
    guard case .tables(let before, let after, _) = problem.goal else { return [] }
    return [before, after].map { $0.rules.map(\.box).filter { !$0.sides.isEmpty } }
  }

  // MARK: - The order of facts

  /// An order in which few terms are open at a time; where it makes no difference, what adds most comes first.
  private static func order(_ problem: AdditiveProblem, _ rules: [SparseBox]) -> [Int] {
    struct Item {
      var axes: [Int]
      var isFirst: Bool
      var size: UInt64
    }
    // What only says that a rule holds on both sides comes last.
    var items = problem.terms.map { term in
      Item(
        axes: term.box.sides.map(\.axis), isFirst: term.adds.contains { $0 != 0 } || term.flags != 1,
        size: term.adds.reduce(0) { $0 + $1.magnitude })
    }
    items += Set(rules).map { Item(axes: $0.sides.map(\.axis), isFirst: true, size: 0) }
    var rank: [Int: Bool] = [:]
    var size: [Int: UInt64] = [:]
    var touching: [Int: [Int]] = [:]
    for (number, item) in items.enumerated() {
      for axis in item.axes {
        rank[axis] = (rank[axis] ?? false) || item.isFirst
        size[axis, default: 0] += item.size
        touching[axis, default: []].append(number)
      }
    }
    // What is refused on both sides is part of the whole that a share is of.
    for axis in problem.allowed.keys where rank[axis] == nil { rank[axis] = false }
    var left = rank.keys.sorted()
    var missing = items.map(\.axes.count)
    var order: [Int] = []
    while !left.isEmpty {
      // How many terms are begun and not ended, after a fact.
      func growth(_ axis: Int) -> Int {
        (touching[axis] ?? []).reduce(0) { sum, number in
          let count = items[number].axes.count
          if missing[number] == 1 { return sum - (count > 1 ? 1 : 0) }
          return missing[number] == count ? sum + 1 : sum
        }
      }
      func key(_ axis: Int) -> (Int, Int, UInt64, Int) {
        (rank[axis] == true ? 0 : 1, growth(axis), UInt64.max - (size[axis] ?? 0), axis)
      }
      guard let next = left.min(by: { key($0) < key($1) }) else { break }
      left.removeAll { $0 == next }
      order.append(next)
      for number in touching[next] ?? [] { missing[number] -= 1 }
    }
    return order
  }

  // MARK: - Values

  private mutating func step(
    _ axis: Int, _ place: Int, _ plain: [AdditiveProblem.Term], _ boxes: [SparseBox]
  ) -> Step {
    struct Effect: Hashable {
      var adds: [Int64]
      var flags: UInt64
      var kept: [UInt64]
    }
    let all = problem.allowed[axis] ?? AtomSet(all: problem.axes[axis].atomCount)
    let mine = plain.compactMap { term in term.box[axis].map { (set: $0, term: term) } }
    let bits = boxes.indices.compactMap { bit in boxes[bit][axis].map { (bit: bit, set: $0) } }
    // Atoms between the ends of conditions have the same effect.
    var starts: Set<Int32> = [all.low]
    for set in mine.map(\.set) + bits.map(\.set) + [all] {
      for range in set.ranges {
        starts.insert(range.low)
        starts.insert(range.high + 1)
      }
    }
    let sorted = starts.filter { $0 >= all.low && $0 <= all.high }.sorted()
    var choices: [Effect: [AtomSet.Range]] = [:]
    var order: [Effect] = []
    for (index, low) in sorted.enumerated() where all.contains(low) {
      let high = index + 1 < sorted.count ? sorted[index + 1] - 1 : all.high
      var effect = Effect(
        adds: Array(repeating: 0, count: sumCount), flags: 0, kept: Array(repeating: .max, count: bitWords))
      for (set, term) in mine where set.contains(low) {
        for sum in 0..<sumCount { effect.adds[sum] += term.adds[sum] }
        effect.flags |= term.flags
      }
      for (bit, set) in bits where !set.contains(low) { effect.kept[bit / 64] &= ~(1 << UInt64(bit % 64)) }
      if choices[effect] == nil { order.append(effect) }
      choices[effect, default: []].append(AtomSet.Range(low, high))
    }
    let hasMeasure = problem.axes[axis].weight(AtomSet(all: problem.axes[axis].atomCount)).map { $0 > 0 } ?? false
    if !hasMeasure, weightReason == nil { weightReason = FactAxis.reason(problem.axes[axis]) }
    return Step(
      axis: axis,
      choices: order.map { effect in
        let set = AtomSet(choices[effect] ?? [])
        return Choice(
          set: set, kept: effect.kept, adds: effect.adds, flags: effect.flags,
          weight: hasMeasure ? problem.axes[axis].weight(set) ?? 0 : 1)
      }, settled: open.indices.filter { open[$0].end == place && !open[$0].isRule })
  }

  private mutating func summarise() {
    let count = steps.count
    least = Array(repeating: Array(repeating: 0, count: sumCount), count: count + 1)
    most = least
    mayFlags = Array(repeating: 0, count: count + 1)
    mustFlags = mayFlags
    rest = Array(repeating: 1, count: count + 1)
    for place in (0..<count).reversed() {
      let choices = steps[place].choices
      for sum in 0..<sumCount {
        least[place][sum] = least[place + 1][sum] + (choices.map { $0.adds[sum] }.min() ?? 0)
        most[place][sum] = most[place + 1][sum] + (choices.map { $0.adds[sum] }.max() ?? 0)
      }
      mayFlags[place] = choices.reduce(mayFlags[place + 1]) { $0 | $1.flags }
      mustFlags[place] = mustFlags[place + 1] | choices.reduce(.max) { $0 & $1.flags }
      if choices.isEmpty { mustFlags[place] = mustFlags[place + 1] }
      rest[place] = rest[place + 1] * choices.reduce(BigUInt(0)) { $0 + $1.weight }
    }
  }

  /// The weight of the whole domain of the facts, with what is refused on both sides.
  var total: BigUInt {
    steps.reduce(BigUInt(1)) { product, step in
      product * (problem.axes[step.axis].weight(AtomSet(all: problem.axes[step.axis].atomCount)) ?? 1)
    }
  }

  /// Whether some fact may be missing: only cases that have it are measured.
  var hasMissing: Bool { steps.contains { problem.axes[$0.axis].atoms.contains(.null) } }

  // MARK: - The walk

  /// Goes on by one fact.
  func advance(_ state: [UInt64], _ place: Int, _ choice: Choice) -> [UInt64] {
    var next = state
    next[0] |= choice.flags
    for sum in 0..<sumCount where !AdditivePlan.isFixed(next[1 + sum]) {
      next[1 + sum] = UInt64(bitPattern: Int64(bitPattern: next[1 + sum]) + choice.adds[sum])
    }
    for word in 0..<bitWords { next[1 + sumCount + word] &= choice.kept[word] }
    for bit in steps[place].settled {
      let (word, mask) = (1 + sumCount + bit / 64, UInt64(1) << UInt64(bit % 64))
      guard next[word] & mask != 0 else { continue }
      next[word] &= ~mask
      next[0] |= open[bit].flags
      for sum in 0..<sumCount where !AdditivePlan.isFixed(next[1 + sum]) {
        next[1 + sum] = UInt64(bitPattern: Int64(bitPattern: next[1 + sum]) + open[bit].adds[sum])
      }
    }
    return next
  }

  /// A sum of which no more matters than its atom; far from every sum that there is.
  private static let fixed = Int64.min + (1 << 40)
  static func isFixed(_ word: UInt64) -> Bool { Int64(bitPattern: word) < fixed }
  static func fixedAtom(_ word: UInt64) -> Int32 { Int32(truncatingIfNeeded: Int64(bitPattern: word) &- Int64.min) }
  static func fixed(_ atom: Int32) -> UInt64 { UInt64(bitPattern: Int64.min + Int64(atom)) }
}
