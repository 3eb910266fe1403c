// Trees are compared and hashed part by part with a stack of their own, so that no tree overflows that of the thread.
// Texts are equal by their Unicode scalars, as FEEL has it, and not by Swift's canonical equivalence.

extension FEELExpression.Kind {
  package static func == (left: FEELExpression.Kind, right: FEELExpression.Kind) -> Bool {
    var pending = [(left, right)]
    while let (left, right) = pending.popLast() {
      let (first, second) = (FEELTreeParts(left), FEELTreeParts(right))
      guard first.head == second.head, first.children.count == second.children.count else { return false }
      for (left, right) in zip(first.children, second.children) { pending.append((left.kind, right.kind)) }
    }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    var pending = [self]
    while let kind = pending.popLast() {
      let parts = FEELTreeParts(kind)
      hasher.combine(parts.head)
      for child in parts.children { pending.append(child.kind) }
    }
  }
}

extension FEELUnaryTests {
  package static func == (left: FEELUnaryTests, right: FEELUnaryTests) -> Bool {
    let (first, second) = (FEELTreeParts(left), FEELTreeParts(right))
    return first.head == second.head && first.children == second.children
  }

  package func hash(into hasher: inout Hasher) {
    let parts = FEELTreeParts(self)
    hasher.combine(parts.head)
    hasher.combine(parts.children)
  }
}

/// One node of a tree, with its children apart.
private struct FEELTreeParts {
  /// What a node is without its children.
  ///
  /// `marks` tells its kind, its signs and how the children are arranged.
  struct Head: Hashable {
    var marks: [Int] = []
    var texts: [FEELText] = []
    var value: FEELValue?
    var types: [FEELType?] = []
  }

  private(set) var head = Head()
  private(set) var children: [FEELExpression] = []

  init(_ tests: FEELUnaryTests) {
    add(tests)
    children = tests.parts(in: .none).map(\.expression)
  }

  init(_ kind: FEELExpression.Kind) {
    switch kind {
    case .null, .boolean, .number, .string, .temporal, .input, .name: addLeaf(kind)
    case .path, .negation, .instance, .filter, .membership: addOperand(kind)
    case .arithmetic, .comparison, .and, .or, .between, .conditional: addOperands(kind)
    case .iteration, .quantified, .function: addDefinition(kind)
    case .list, .context, .range, .pointRange, .invocation: addStructure(kind)
    }
    children = kind.parts(in: .none).map(\.expression)
  }

  private mutating func mark(_ marks: Int...) { head.marks += marks }
  private mutating func mark(_ sign: String) { head.texts.append(FEELText(sign)) }

  private mutating func addLeaf(_ kind: FEELExpression.Kind) {
    switch kind {
    case .boolean(let value): head.value = .boolean(value)
    case .number(let value): head.value = .number(value)
    case .string(let value): head.value = .string(value)
    case .temporal(let value): head.value = value
    case .input: mark(1)
    case .name(let name):
      mark(2)
      mark(name)
    default: head.value = .null
    }
  }

  private mutating func addOperand(_ kind: FEELExpression.Kind) {
    switch kind {
    case .path(_, let field):
      mark(3)
      mark(field)
    case .negation: mark(4)
    case .instance(_, let type):
      mark(5)
      head.types = [type]
    case .filter: mark(6)
    case .membership(_, let tests):
      mark(7)
      add(tests)
    default: break
    }
  }

  private mutating func addOperands(_ kind: FEELExpression.Kind) {
    switch kind {
    case .arithmetic(let sign, _, _):
      mark(8)
      mark(sign.rawValue)
    case .comparison(let sign, _, _):
      mark(9)
      mark(sign.rawValue)
    case .and: mark(10)
    case .or: mark(11)
    case .between: mark(12)
    case .conditional: mark(13)
    default: break
    }
  }

  private mutating func addDefinition(_ kind: FEELExpression.Kind) {
    switch kind {
    case .iteration(let iterators, _):
      mark(14)
      add(iterators)
    case .quantified(let quantifier, let iterators, _):
      mark(15)
      mark(quantifier.rawValue)
      add(iterators)
    case .function(let parameters, _):
      mark(16)
      head.texts = parameters.map { FEELText($0.name) }
      head.types = parameters.map(\.type)
    default: break
    }
  }

  private mutating func addStructure(_ kind: FEELExpression.Kind) {
    switch kind {
    case .list: mark(17)
    case .context(let entries):
      mark(18)
      head.texts = entries.map { FEELText($0.key) }
    case .range(let interval):
      mark(19)
      add(interval)
    case .pointRange(_, let isExcluded): mark(21, isExcluded ? 1 : 0)
    case .invocation(_, let arguments):
      mark(20)
      // A name is told from none by its mark.
      for argument in arguments {
        mark(argument.name == nil ? 0 : 1)
        mark(argument.name ?? "")
      }
    default: break
    }
  }

  private mutating func add(_ iterators: [FEELIterator]) {
    for iterator in iterators {
      mark(iterator.end == nil ? 0 : 1)
      mark(iterator.name)
    }
  }

  private mutating func add(_ interval: FEELInterval) {
    mark(interval.low == nil ? 0 : 1, interval.isLowClosed ? 1 : 0)
    mark(interval.high == nil ? 0 : 1, interval.isHighClosed ? 1 : 0)
  }

  private mutating func add(_ tests: FEELUnaryTests) {
    switch tests {
    case .any: mark(0)
    case .tests(let tests):
      mark(1, tests.count)
      for test in tests { add(test) }
    case .not(let tests):
      mark(2, tests.count)
      for test in tests { add(test) }
    }
  }

  private mutating func add(_ test: FEELUnaryTest) {
    switch test.kind {
    case .comparison(let comparison, _):
      mark(0)
      mark(comparison.rawValue)
    case .interval(let interval):
      mark(1)
      add(interval)
    case .expression: mark(2)
    }
  }
}
