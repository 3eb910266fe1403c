import EthosDecision
import EthosFEEL

/// Decides the cases that masks alone do not: a fact is missing or refused, several rules answer together, a condition is
/// no cut, an answer is an expression.
struct SpecialCase {
  enum Result {
    /// What each side answers is known, or that a fact which it needs is missing: those facts.
    case decided(missing: [String])
    /// A fact that no side allows: the coder, and what is wrong.
    case malformed(Int, String)
  }

  /// The number of a side that needs a fact which is missing.
  static let missing: Int32 = -2
  /// The number of a side that refuses a fact, where such cases are not its own.
  static let refused: Int32 = -3

  /// A fact that a side does not read or allow: its coder, and what is wrong.
  typealias Refusal = (coder: Int, reason: String)

  private let plan: ReplayPlan
  /// Whether a side that refuses a fact has no answer, instead of one that fails.
  private let leavesRefused: Bool
  /// Of the case that was decided last: for each side the facts that it needs and lacks, and the first that it refuses.
  private(set) var missing: [[String]] = []
  private(set) var refusals: [Refusal?] = []
  private var graphs: [DecisionGraph]
  var verdicts: [VerdictList]
  /// What is known of cases that lack facts, by side and by the rules that the other facts leave.
  private var gaps: [GapKey: Gap] = [:]

  private struct GapKey: Hashable {
    var side: Int
    var missing: [Int]
    var alive: [UInt64]
  }

  private enum Gap {
    case decided(Int32)
    case open
  }

  /// Most gaps that are remembered.
  private static let memory = 100_000

  init(_ plan: ReplayPlan, leavesRefused: Bool = false) {
    self.plan = plan
    self.leavesRefused = leavesRefused
    graphs = plan.sides.map(\.side.graph)
    verdicts = plan.sides.map { VerdictList($0) }
  }

  /// Fills in the numbers of the sides that have none yet.
  mutating func decide(
    _ numbers: inout [Int32], _ places: UnsafeMutablePointer<Int32>, _ slots: UnsafeMutablePointer<FieldSlot>
  ) throws(CaseProblem) -> Result {
    let refused = plan.sides.map { refusals(of: $0, places, slots) }
    if let wrong = everywhere(refused) { return .malformed(wrong.coder, wrong.reason) }
    var missing: [String] = []
    self.missing = plan.sides.map { _ in [] }
    refusals = refused.map(\.first)
    for side in plan.sides.indices where numbers[side] < 0 {
      guard refused[side].isEmpty else {
        numbers[side] = leavesRefused ? SpecialCase.refused : verdicts[side].number(of: Verdict(.failed))
        continue
      }
      switch number(side, places, slots) {
      case .decided(let found): numbers[side] = found
      case .missing(let inputs):
        numbers[side] = SpecialCase.missing
        self.missing[side] = inputs
        for input in inputs where !missing.contains(input) { missing.append(input) }
      }
    }
    guard !verdicts.contains(where: \.isFull) else {
      throw CaseProblem(
        "the decision gives more than \(CaseLimits.answers) different answers, which are too many to count",
        help: "replay a decision whose answers are a few routes or classes")
    }
    return .decided(missing: missing)
  }

  // MARK: - Refused facts

  /// The facts that a side does not allow; a missing one is not among them.
  private func refusals(
    of side: RuleSide, _ places: UnsafeMutablePointer<Int32>, _ slots: UnsafeMutablePointer<FieldSlot>
  ) -> [Refusal] {
    var refused: [Refusal] = []
    for (axis, coder) in side.coders.enumerated() {
      let place = places[coder]
      guard place != 0 else { continue }
      if side.compiled != nil {
        let isRefused = side.atoms[side.offsets[axis] + Int(place)] < 0
        if isRefused { refused.append((coder, reason(side, axis, place))) }
      } else if place == plan.coders[coder].unreadablePlace {
        refused.append((coder, reason(side, axis, place)))
      } else {
        let value = value(coder, slots)
        if side.inputs[axis].rejects(value) != nil { refused.append((coder, reason(side, axis, place))) }
      }
    }
    return refused
  }

  private func reason(_ side: RuleSide, _ axis: Int, _ place: Int32) -> String {
    let input = side.inputs[axis]
    let coder = plan.coders[side.coders[axis]]
    if place == coder.unreadablePlace { return "is no \(coder.type)" }
    if let step = input.step, place == coder.offStep { return "is no multiple of \(step)" }
    return "is not allowed" + (input.allowed.map { ": allowed is \($0)" } ?? "")
  }

  /// A fact that nobody can decide by: every side which reads its column refuses it, or every side refuses something.
  private func everywhere(_ refused: [[Refusal]]) -> Refusal? {
    if leavesRefused { return refused.allSatisfy { !$0.isEmpty } ? refused.last?.first : nil }
    for refusal in refused.flatMap(\.self) {
      let column = plan.coders[refusal.coder].column
      let isEverywhere = zip(plan.sides, refused).allSatisfy { side, refused in
        !side.coders.contains { plan.coders[$0].column == column }
          || refused.contains { plan.coders[$0.coder].column == column }
      }
      if isEverywhere { return refusal }
    }
    return nil
  }

  // MARK: - One side

  private enum Answer {
    case decided(Int32)
    case missing([String])
  }

  private mutating func number(
    _ index: Int, _ places: UnsafeMutablePointer<Int32>, _ slots: UnsafeMutablePointer<FieldSlot>
  ) -> Answer {
    let side = plan.sides[index]
    guard let compiled = side.compiled else { return reference(index, slots, places) }
    var alive = [UInt64](repeating: .max, count: side.words)
    var missing: [Int] = []
    for (axis, coder) in side.coders.enumerated() {
      let place = side.offsets[axis] + Int(places[coder])
      guard side.atoms[place] >= 0 else {
        missing.append(axis)
        continue
      }
      for word in alive.indices { alive[word] &= side.masks[place * side.words + word] }
    }
    if missing.isEmpty {
      return leaf(index, alive, compiled).map(Answer.decided) ?? reference(index, slots, places)
    }
    let key = GapKey(side: index, missing: missing, alive: alive)
    let gap = gaps[key] ?? self.gap(index, missing, alive, compiled)
    if gaps.count < SpecialCase.memory { gaps[key] = gap }
    switch gap {
    case .decided(let number): return .decided(number)
    case .open: return .missing(missing.map { side.inputs[$0].name })
    }
  }

  /// The verdict of the rules that hold in a case whose facts are all known; nil where it depends on more than they.
  private mutating func leaf(_ index: Int, _ alive: [UInt64], _ compiled: CompiledDecision) -> Int32? {
    let side = plan.sides[index]
    if side.answersByFirstRule {
      guard let rule = first(alive), rule < compiled.ruleCount else { return nil }
      return side.openRules[rule / 64] >> UInt64(rule % 64) & 1 == 0 ? Int32(rule) : nil
    }
    guard !zip(alive, side.openRules).contains(where: { $0 & $1 != 0 }) else { return nil }
    if compiled.hasOpenFallback, first(alive).map({ $0 >= compiled.ruleCount }) ?? true { return nil }
    return verdicts[index].number(ofSet: alive, compiled)
  }

  private func first(_ alive: [UInt64]) -> Int? {
    for (word, bits) in alive.enumerated() where bits != 0 { return word * 64 + bits.trailingZeroBitCount }
    return nil
  }

  // MARK: - Missing facts

  /// What a side decides whatever the missing facts are.
  ///
  /// They are tried out: every value of each, as far as the rules tell values apart.
  private mutating func gap(
    _ index: Int, _ missing: [Int], _ alive: [UInt64], _ compiled: CompiledDecision
  ) -> Gap {
    let side = plan.sides[index]
    let count = missing.reduce(1) { product, axis in
      min(product * max(side.choices[axis].count, 1), CaseLimits.combinations + 1)
    }
    guard count <= CaseLimits.combinations else { return .open }
    var found: Int32?
    var isSameRule = true
    var chosen = [Int](repeating: 0, count: missing.count)
    while true {
      var set = alive
      for (place, axis) in missing.enumerated() {
        guard side.choices[axis].indices.contains(chosen[place]) else { return .open }
        for word in set.indices { set[word] &= side.choices[axis][chosen[place]][word] }
      }
      if !isRefusal(side, set) {
        guard let number = leaf(index, set, compiled) else { return .open }
        if let known = found, known != number {
          guard verdicts[index][known].outcome == verdicts[index][number].outcome else { return .open }
          isSameRule = isSameRule && verdicts[index][known].rules == verdicts[index][number].rules
        }
        found = found ?? number
      }
      guard let next = chosen.indices.first(where: { chosen[$0] + 1 < side.choices[missing[$0]].count }) else { break }
      chosen[next] += 1
      for place in 0..<next { chosen[place] = 0 }
    }
    guard let found else { return .open }
    if isSameRule { return .decided(found) }
    return .decided(verdicts[index].number(of: Verdict(verdicts[index][found].outcome)))
  }

  private func isRefusal(_ side: RuleSide, _ alive: [UInt64]) -> Bool {
    guard let rule = first(alive) else { return false }
    return side.refusals[rule / 64] >> UInt64(rule % 64) & 1 == 1
  }

  // MARK: - The reference

  private func value(_ coder: Int, _ slots: UnsafeMutablePointer<FieldSlot>) -> FEELValue {
    let coder = plan.coders[coder]
    return coder.column.flatMap { coder.value(slots[$0].text) } ?? .null
  }

  private mutating func reference(
    _ index: Int, _ slots: UnsafeMutablePointer<FieldSlot>, _ places: UnsafeMutablePointer<Int32>
  ) -> Answer {
    let side = plan.sides[index]
    var facts: [(name: String, value: FEELValue)] = []
    var missing: [String] = []
    for (axis, coder) in side.coders.enumerated() {
      let input = side.inputs[axis]
      let value = value(coder, slots)
      if value.isNull, !input.isNullable { missing.append(input.name) }
      facts.append((input.name, value))
    }
    guard missing.isEmpty else { return .missing(missing) }
    let decided = graphs[index].decide(side.side.key, facts: facts)
    let verdict = Verdict(decided?.outcome ?? .failed, rules: (decided?.rules ?? []).sorted())
    return .decided(verdicts[index].number(of: verdict))
  }
}
