import BigInt

/// Counts the cases that differ, fact by fact: states that the same facts to come can still change alike are one.
///
/// The states of one place are the nodes of a decision diagram with the sums on its edges (an edge-valued diagram; Lai and
/// Sastry 1992), which is made level by level and never kept as a whole. Costs the number of different states, which for
/// points that are small numbers is that of the sums; work is counted, not timed.
struct AdditiveCount {
  /// The weight of the cases that differ; nil where some fact has no measure.
  private(set) var weight: BigUInt?
  /// Whether there are cases that differ at all, of whatever weight.
  private(set) var isDifferent = false
  /// Parts of the grid in which every case differs: some of all, the first that were found.
  private(set) var boxes: [GridBox] = []

  /// Most parts that are kept.
  static let mostBoxes = 20

  /// Nil where there are more states than the budget has.
  init?(_ plan: AdditivePlan, budget: Int) {
    let isSmall = plan.total.bitWidth < 126 && plan.rest[0].bitWidth < 126
    let found = isSmall ? run(plan, budget, UInt128.self) : run(plan, budget, BigUInt.self)
    guard found else { return nil }
  }

  private struct Node<Weight> {
    var weight: Weight
    /// The state before it, and the choice that leads here.
    var parent: Int32
    var choice: Int32
  }

  private mutating func run<Weight: BinaryInteger>(_ plan: AdditivePlan, _ budget: Int, _ type: Weight.Type) -> Bool {
    let judge = AdditiveJudge(plan: plan)
    var budget = budget
    var total = Weight(0)
    var levels: [[Node<Weight>]] = [[Node(weight: 1, parent: -1, choice: -1)]]
    var states = [plan.start]
    for place in 0...plan.steps.count {
      let rest = Weight(plan.rest[place])
      let choices = place < plan.steps.count ? plan.steps[place].choices : []
      let weights = choices.map { Weight($0.weight) }
      var known: [[UInt64]: Int] = [:]
      var next: [Node<Weight>] = []
      for index in states.indices {
        budget -= 1
        var state = states[index]
        let weight = levels[place][index].weight
        switch judge.judge(&state, place) {
        case .same: continue
        case .differs:
          isDifferent = true
          total += weight * rest
          if boxes.count < AdditiveCount.mostBoxes { boxes.append(box(plan, levels, place, index)) }
        case .open:
          for (number, choice) in choices.enumerated() {
            let reached = plan.advance(state, place, choice)
            let more = weight * weights[number]
            if let place = known[reached] {
              next[place].weight += more
            } else {
              guard budget > 0 else { return false }
              budget -= 1
              known[reached] = next.count
              next.append(Node(weight: more, parent: Int32(index), choice: Int32(number)))
            }
          }
        }
      }
      states = Array(repeating: [], count: next.count)
      for (state, index) in known { states[index] = state }
      levels.append(next)
      if next.isEmpty { break }
    }
    if plan.weightReason == nil { weight = BigUInt(total) }
    return true
  }

  /// The part of the grid that leads to a state: one of the ways there.
  private func box<Weight>(_ plan: AdditivePlan, _ levels: [[Node<Weight>]], _ place: Int, _ index: Int) -> GridBox {
    var box = AdditiveCount.whole(plan)
    var (place, index) = (place, index)
    while place > 0 {
      let node = levels[place][index]
      let step = plan.steps[place - 1]
      box.sides[step.axis] = step.choices[Int(node.choice)].set
      index = Int(node.parent)
      place -= 1
    }
    return box
  }

  /// Everything that is asked about.
  static func whole(_ plan: AdditivePlan) -> GridBox {
    var box = GridBox(plan.problem.axes)
    for (axis, set) in plan.problem.allowed { box.sides[axis] = set }
    return box
  }
}
