import EthosFEEL
import EthosText

/// Values that formulas are likely to tell apart: the constants that stand in them, and what lies near those.
///
/// A case that is drawn at random hits `string length(?) <= 3` or `x = y + 7` hardly ever; one that is made of these does.
struct FormulaValues {
  private(set) var numbers: [FEELNumber] = []
  private(set) var texts: [String] = []
  private(set) var moments: [OrderKey] = []

  /// Most constants that are looked at, and most values of a kind that are made of them.
  private static let most = (constants: 200, values: 400)

  init() {}

  init(_ conditions: Conditions, _ outcomes: OutcomeTable) {
    var found: [FEELExpression] = []
    for key in conditions.keys { found += key.tests.parts }
    for case .expressions(let expressions, _) in outcomes.answers { found += expressions }
    guard !found.isEmpty else { return }
    var literals: [FEELExpression.Kind] = []
    var seen: Set<FEELExpression.Kind> = []
    while let expression = found.popLast(), literals.count < FormulaValues.most.constants {
      found += expression.parts
      if expression.isLiteral, seen.insert(expression.kind).inserted { literals.append(expression.kind) }
    }
    addNumbers(literals)
    addTexts(literals)
    for case .temporal(let value) in literals {
      guard let key = OrderKey(value) else { continue }
      for shift in [-1, 0, 1] {
        if let number = key.number + FEELNumber(shift) { moments.append(OrderKey(kind: key.kind, number: number)) }
      }
    }
  }

  private mutating func addNumbers(_ literals: [FEELExpression.Kind]) {
    let own = literals.compactMap { if case .number(let number) = $0 { number } else { nil } }
    var all = own + [.zero, .one]
    for number in own { all += [number + .one, number - .one, FEELNumber.zero - number].compactMap(\.self) }
    for left in own.prefix(12) {
      for right in own.prefix(12) where left != right {
        all += [left.divided(by: right), left - right, left + right, left * right].compactMap(\.self)
      }
    }
    var seen: Set<FEELNumber> = []
    numbers = Array(all.filter { seen.insert($0).inserted }.prefix(FormulaValues.most.values))
  }

  private mutating func addTexts(_ literals: [FEELExpression.Kind]) {
    var all = ["", "a", "Abc", "a b"]
    for case .string(let text) in literals where text.utf8.count <= 100 {
      let scalars = text.unicodeScalars
      all += [text, text + "x", "x" + text, "x" + text + "x", text.uppercased(), text.lowercased()]
      all += [
        String(String.UnicodeScalarView(scalars.dropFirst())), String(String.UnicodeScalarView(scalars.dropLast())),
      ]
    }
    for number in numbers {
      all.append(number.description)
      if let count = number.integer, (0...60).contains(count) { all.append(String(repeating: "a", count: count)) }
    }
    var seen: Set<FEELText> = []
    texts = Array(all.filter { seen.insert(FEELText($0)).inserted }.prefix(FormulaValues.most.values))
  }
}
