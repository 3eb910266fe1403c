import EthosFEEL
import EthosTestSupport
import EthosText

/// Makes random trees of the kinds that the parser makes.
struct FEELTreeGenerator {
  var random: SeededGenerator
  private let nowhere = Span(0, 0)

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func tree(_ depth: Int) -> FEELExpression { FEELExpression(kind(depth), nowhere) }

  private mutating func literal() -> FEELExpression.Kind {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .null
    case 1: .boolean(random.happens(50))
    case 2: .number(FEELNumber(Int.random(in: -1_000...1_000, using: &random)))
    case 3: .string(random.pick(["", "a", "\"", "\\d", "é", "e\u{301}", "\n", "🐎", "\u{202E}"]))
    case 4:
      FEELDate(daysSinceEpoch: Int.random(in: -99_999...99_999, using: &random)).map { .temporal(.date($0)) } ?? .null
    case 5: .temporal(.monthsDuration(Int.random(in: -99...99, using: &random)))
    case 6: .input
    default: .name(random.pick(["a", "loan amount", "x-y", "f"]))
    }
  }

  private mutating func trees(_ depth: Int) -> [FEELExpression] {
    (0..<Int.random(in: 0..<4, using: &random)).map { _ in tree(depth) }
  }

  private mutating func kind(_ depth: Int) -> FEELExpression.Kind {
    guard depth > 0 else { return literal() }
    let next = depth - 1
    switch Int.random(in: 0..<21, using: &random) {
    case 0: return .path(tree(next), random.pick(["b", "field name"]))
    case 1: return .filter(tree(next), tree(next))
    case 2: return .negation(tree(next))
    case 3, 4:
      return .arithmetic(random.pick([.plus, .minus, .times, .divided, .power]), tree(next), tree(next))
    case 5, 6:
      return .comparison(
        random.pick([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]), tree(next), tree(next))
    case 7: return .and(tree(next), tree(next))
    case 8: return .or(tree(next), tree(next))
    case 9: return .between(tree(next), low: tree(next), high: tree(next))
    case 10: return .membership(tree(next), .tests([test(next)] + (random.happens(50) ? [test(next)] : [])))
    case 11: return .instance(tree(next), random.pick([.number, .list(.any), .dateAndTime, .named("tA")]))
    case 12: return .conditional(tree(next), then: tree(next), otherwise: tree(next))
    case 13:
      let end = random.happens(30) ? tree(next) : nil
      return .iteration([FEELIterator(name: "i", start: tree(next), end: end)], tree(next))
    case 14:
      return .quantified(random.pick([.some, .every]), [FEELIterator(name: "i j", start: tree(next))], tree(next))
    case 15: return .list(trees(next))
    case 16: return .context([FEELContextEntry("k", tree(next)), FEELContextEntry("k 2!", tree(next))])
    case 17: return .range(interval(next))
    case 18:
      let name = random.happens(50) ? "n" : nil
      return .invocation(FEELExpression(.name("f"), nowhere), trees(next).map { FEELArgument(name, $0) })
    case 19: return .pointRange(tree(next), isExcluded: random.happens(50))
    default: return .function([FEELParameter("p"), FEELParameter("q", .number)], tree(next))
    }
  }

  private mutating func interval(_ depth: Int) -> FEELInterval {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: FEELInterval(low: nil, isLowClosed: false, high: tree(depth), isHighClosed: random.happens(50))
    case 1: FEELInterval(low: tree(depth), isLowClosed: random.happens(50), high: nil, isHighClosed: false)
    default:
      FEELInterval(
        low: tree(depth), isLowClosed: random.happens(50), high: tree(depth), isHighClosed: random.happens(50))
    }
  }

  private mutating func test(_ depth: Int) -> FEELUnaryTest {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return FEELUnaryTest(.comparison(random.pick([.less, .greaterOrEqual, .equal]), tree(depth)), nowhere)
    case 1: return FEELUnaryTest(.interval(interval(depth)), nowhere)
    default:
      let tree = tree(depth)
      if case .range(let interval) = tree.kind { return FEELUnaryTest(.interval(interval), nowhere) }
      if case .pointRange(let point, let isExcluded) = tree.kind {
        return FEELUnaryTest(.comparison(isExcluded ? .notEqual : .equal, point), nowhere)
      }
      return FEELUnaryTest(.expression(tree), nowhere)
    }
  }

  mutating func tests(_ depth: Int) -> FEELUnaryTests {
    let tests = (0...Int.random(in: 0..<3, using: &random)).map { _ in test(depth) }
    return random.happens(30) ? .not(tests) : .tests(tests)
  }
}
