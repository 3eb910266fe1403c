import EthosFEEL
import EthosTestSupport
import EthosText

/// Makes random trees that bind few names in every way that there is, so that they often hide one another.
struct ScopedTreeGenerator {
  var random: SeededGenerator
  private let nowhere = Span(0, 0)

  /// The names of constants, of fields, of variables and of parameters alike.
  static let names = ["cap", "item", "partial", "k", "x"]

  /// Enough for every tree that ends.
  static var limits: FEELLimits {
    var limits = FEELLimits.standard
    limits.steps = 20_000
    return limits
  }

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func name() -> String { random.pick(ScopedTreeGenerator.names) }

  mutating func constants() -> [(name: String, value: FEELValue)] {
    ScopedTreeGenerator.names.filter { _ in random.happens(70) }.map { ($0, value(1)) }
  }

  private mutating func value(_ depth: Int) -> FEELValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &random) {
    case 0, 1, 2: return .number(FEELNumber(Int.random(in: -1...4, using: &random)))
    case 3: return random.pick([.string("a"), .boolean(true), .null])
    case 4: return .list((0..<Int.random(in: 0...3, using: &random)).map { _ in value(0) })
    case 5: return .context(FEELContext([(name(), value(0)), (name(), value(0))]))
    default: return .list([.context(FEELContext([(name(), value(0))])), value(0)])
    }
  }

  mutating func tree(_ depth: Int) -> FEELExpression { FEELExpression(kind(depth), nowhere) }

  private mutating func leaf() -> FEELExpression.Kind {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .number(FEELNumber(Int.random(in: 0...3, using: &random)))
    case 1: .name("fact")
    default: .name(name())
    }
  }

  private mutating func kind(_ depth: Int) -> FEELExpression.Kind {
    guard depth > 0 else { return leaf() }
    let next = depth - 1
    switch Int.random(in: 0..<16, using: &random) {
    case 0, 1, 2: return .filter(items(next), condition(next))
    case 3: return .iteration(iterators(next), tree(next))
    case 4: return .quantified(random.pick([.some, .every]), iterators(next), condition(next))
    case 5: return .context(entries(next))
    case 6: return .path(FEELExpression(.context(entries(next)), nowhere), name())
    case 7:
      let parameters = [FEELParameter(name())]
      let function = FEELExpression(.function(parameters, tree(next)), nowhere)
      return .invocation(function, [FEELArgument(nil, tree(next))])
    case 8: return .invocation(FEELExpression(.name("count"), nowhere), [FEELArgument(nil, items(next))])
    case 9: return .membership(tree(next), tests(next))
    case 10: return .arithmetic(.plus, tree(next), tree(next))
    case 11: return condition(next).kind
    case 12: return items(next).kind
    case 13:
      // A function under a key, called by it: it sees the keys before, and itself.
      let key = name()
      let body = FEELExpression(.function([FEELParameter(name())], tree(next)), nowhere)
      let entries = [FEELContextEntry(name(), tree(next)), FEELContextEntry(key, body)]
      let callee = FEELExpression(.path(FEELExpression(.context(entries), nowhere), key), nowhere)
      return .invocation(callee, [FEELArgument(nil, tree(next))])
    case 14:
      let range = FEELExpression.Kind.pointRange(tree(next), isExcluded: random.happens(50))
      return .path(FEELExpression(range, nowhere), "start")
    default: return leaf()
    }
  }

  private mutating func condition(_ depth: Int) -> FEELExpression {
    FEELExpression(
      .comparison(random.pick([.less, .greater, .equal, .notEqual]), tree(depth), tree(depth)), nowhere)
  }

  /// A list, often of contexts whose keys are names of constants.
  private mutating func items(_ depth: Int) -> FEELExpression {
    let count = Int.random(in: 0...2, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return FEELExpression(.name(name()), nowhere)
    case 1:
      return FEELExpression(
        .list((0..<count).map { _ in FEELExpression(.context(entries(max(0, depth - 1))), nowhere) }), nowhere)
    default: return FEELExpression(.list((0..<count).map { _ in tree(max(0, depth - 1)) }), nowhere)
    }
  }

  private mutating func entries(_ depth: Int) -> [FEELContextEntry] {
    let keys = ScopedTreeGenerator.names.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
    return keys.map { FEELContextEntry($0, tree(depth)) }
  }

  private mutating func iterators(_ depth: Int) -> [FEELIterator] {
    (0...Int.random(in: 0...1, using: &random)).map { _ in
      random.happens(20)
        ? FEELIterator(name: name(), start: tree(0), end: tree(0)) : FEELIterator(name: name(), start: items(depth))
    }
  }

  mutating func tests(_ depth: Int) -> FEELUnaryTests {
    let tests = (0...Int.random(in: 0...1, using: &random)).map { _ -> FEELUnaryTest in
      switch Int.random(in: 0..<4, using: &random) {
      case 0: FEELUnaryTest(.comparison(random.pick([.less, .equal]), tree(depth)), nowhere)
      case 1:
        FEELUnaryTest(
          .interval(FEELInterval(low: tree(depth), isLowClosed: true, high: tree(depth), isHighClosed: false)), nowhere)
      case 2:
        FEELUnaryTest(
          .expression(
            FEELExpression(.comparison(.less, FEELExpression(.input, nowhere), tree(depth)), nowhere)), nowhere)
      default: FEELUnaryTest(.expression(tree(depth)), nowhere)
      }
    }
    return random.happens(30) ? .not(tests) : .tests(tests)
  }
}
