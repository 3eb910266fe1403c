/// Lists where an additive question has cases that differ, as boxes: a part is left as soon as all or none of it does.
struct AdditiveDescent {
  /// A box in which every case differs; where tables answer by sums, with what they answer before and after.
  struct Leaf {
    var box: GridBox
    var answers: [OutcomeID]
  }

  private let plan: AdditivePlan
  private let judge: AdditiveJudge
  private let maximum: Int
  private var budget: Int
  private(set) var leaves: [Leaf] = []
  /// Whether the leaves are all there is.
  private(set) var isComplete = false

  init(_ plan: AdditivePlan, maximum: Int, budget: Int) {
    self.plan = plan
    judge = AdditiveJudge(plan: plan)
    self.maximum = maximum
    self.budget = budget
  }

  /// Goes through all of the grid, or a part of it.
  mutating func run(within box: GridBox? = nil) {
    isComplete = explore(box ?? AdditiveCount.whole(plan), plan.start, 0)
  }

  private mutating func explore(_ box: GridBox, _ state: [UInt64], _ place: Int) -> Bool {
    budget -= 1
    guard budget > 0, leaves.count < maximum else { return false }
    var state = state
    let (verdict, answers) = judge.judged(&state, place)
    if verdict == .same { return true }
    if verdict == .differs, let answers {
      leaves.append(Leaf(box: box, answers: answers))
      return true
    }
    guard place < plan.steps.count else { return true }
    for choice in plan.steps[place].choices {
      let side = box.sides[plan.steps[place].axis].intersection(choice.set)
      guard !side.isEmpty else { continue }
      var inner = box
      inner.sides[plan.steps[place].axis] = side
      guard explore(inner, plan.advance(state, place, choice), place + 1) else { return false }
    }
    return true
  }
}
