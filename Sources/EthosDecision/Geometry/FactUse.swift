import EthosFEEL

/// What a formula, or a condition that is no cut, asks of each fact.
///
/// A fact that it only compares with constants matters by its place among them: on every atom of an axis that is cut at
/// those constants the formula is the same. Of any other fact each value may matter.
struct FactUse {
  /// The facts that stand nowhere but in comparisons with constants, with those constants.
  private(set) var compared: [Int: [FEELValue]] = [:]
  /// The facts of which each value may matter.
  private(set) var free: Set<Int> = []
  /// Whether it asks for something beside facts: the clock, or a name that nobody knows.
  private(set) var isOpen = false

  var facts: Set<Int> { free.union(compared.keys) }

  private let number: (String) -> Int?
  private let type: (Int) -> FEELType
  private let names: Set<FEELText>

  /// `number` gives the number of a fact by its name, and `type` what its values are.
  private init(
    _ facts: Set<FEELText>, _ number: @escaping (String) -> Int?, _ type: @escaping (Int) -> FEELType
  ) {
    names = facts
    self.number = number
    self.type = type
  }

  /// Of an answer; the constants that it names stand in it as values.
  init(
    _ expressions: [FEELExpression], facts: Set<FEELText>, number: @escaping (String) -> Int?,
    type: @escaping (Int) -> FEELType
  ) {
    self.init(facts, number, type)
    for expression in expressions { visit(expression, nil) }
    settle()
  }

  /// Of the tests of a column about a fact.
  init(
    _ tests: FEELUnaryTests, about subject: String, facts: Set<FEELText>, number: @escaping (String) -> Int?,
    type: @escaping (Int) -> FEELType
  ) {
    self.init(facts, number, type)
    visit(tests, subject)
    settle()
  }

  private mutating func settle() {
    for fact in free { compared[fact] = nil }
  }

  private mutating func visit(_ tests: FEELUnaryTests, _ subject: String) {
    let list: [FEELUnaryTest]
    switch tests {
    case .any: return
    case .tests(let tests), .not(let tests): list = tests
    }
    for test in list {
      if let fact = number(subject), let constants = cut(subject, fact, test) {
        compared[fact, default: []] += constants
        continue
      }
      switch test.kind {
      case .expression(let expression):
        // Without `?` the value is what the expression gives, or in it.
        if !expression.usesInput { use(subject) }
        visit(expression, subject)
      case .comparison(_, let expression):
        use(subject)
        visit(expression, subject)
      case .interval(let interval):
        use(subject)
        for end in [interval.low, interval.high].compactMap(\.self) { visit(end, subject) }
      }
    }
  }

  private mutating func visit(_ expression: FEELExpression, _ subject: String?) {
    switch expression.kind {
    case .null, .boolean, .number, .string, .temporal: return
    case .input: if let subject { use(subject) } else { isOpen = true }
    case .name(let name): use(name)
    case .comparison(let sign, let left, let right):
      guard !compare(left, FEELUnaryTest(.comparison(sign, right), right.span), subject),
        !compare(right, FEELUnaryTest(.comparison(sign.mirrored, left), left.span), subject)
      else { return }
      visit(left, subject)
      visit(right, subject)
    case .between(let value, let low, let high):
      let interval = FEELInterval(low: low, isLowClosed: true, high: high, isHighClosed: true)
      guard !compare(value, FEELUnaryTest(.interval(interval), value.span), subject) else { return }
      for part in expression.parts { visit(part, subject) }
    case .and, .or, .negation, .arithmetic, .conditional, .list, .range, .pointRange, .instance, .invocation:
      for part in expression.parts { visit(part, subject) }
    // What these bind has names of its own; all that they mention counts.
    case .path, .filter, .membership, .iteration, .quantified, .context, .function:
      for name in expression.names { use(name) }
      if expression.usesInput { if let subject { use(subject) } else { isOpen = true } }
    }
  }

  /// Counts a comparison of a fact by its constants; false where it is none.
  private mutating func compare(_ value: FEELExpression, _ test: FEELUnaryTest, _ subject: String?) -> Bool {
    let name: String
    switch value.kind {
    case .input:
      guard let subject else { return false }
      name = subject
    case .name(let own): name = own
    default: return false
    }
    guard names.contains(FEELText(name)), let fact = number(name), let constants = cut(name, fact, test) else {
      return false
    }
    compared[fact, default: []] += constants
    return true
  }

  private func cut(_ name: String, _ fact: Int, _ test: FEELUnaryTest) -> [FEELValue]? {
    CutReduction(subject: name, constants: .empty, facts: names, type: type(fact)).cut(.tests([test]))?.constants
  }

  private mutating func use(_ name: String) {
    if names.contains(FEELText(name)), let fact = number(name) {
      free.insert(fact)
    } else if !FEELBuiltin.isSettled(name) {
      isOpen = true
    }
  }
}
