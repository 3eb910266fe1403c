import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// A decision table as an expression of FEEL, for tables inside other expressions and in functions.
///
/// It answers as `DecisionTable.evaluate` does, with null for a conflict. A cell that cannot be evaluated counts as one
/// that does not match, as FEEL alone has no outcome apart from null.
struct DMNTableExpression {
  private let table: DecisionTable

  init(_ table: DecisionTable) { self.table = table }

  // Names that no text of FEEL can write.
  private static let result = "\u{1}result"
  private static let hits = "\u{1}hits"
  private static let hit = "\u{1}hit"
  private static let answer = "\u{1}answer"
  private static let rank = "\u{1}rank"

  func tree(_ span: Span) -> FEELExpression {
    let build = Builder(span: span)
    var entries = table.inputs.enumerated().map { FEELContextEntry(input($0.offset), $0.element.expression) }
    let rows = table.rules.enumerated().map { row($0.offset, $0.element, build) }
    let isHit = build.comparison(.notEqual, build.name("item"), build.null)
    entries.append(FEELContextEntry(Self.hits, build.make(.filter(build.make(.list(rows)), isHit))))
    let isEmpty = build.comparison(.equal, build.call("count", [build.name(Self.hits)]), build.number(0))
    entries.append(
      FEELContextEntry(
        Self.result,
        build.make(.conditional(isEmpty, then: fallback(build), otherwise: combined(build)))))
    return build.make(.path(build.make(.context(entries)), Self.result))
  }

  private func input(_ index: Int) -> String { "\u{1}input\(index)" }
  private func output(_ index: Int) -> String { "\u{1}output\(index)" }

  /// The answer of a rule with its rank where it applies, else null.
  private func row(_ index: Int, _ rule: DecisionTable.Rule, _ build: Builder) -> FEELExpression {
    var tests: [FEELExpression] = []
    for (column, test) in rule.tests.enumerated() {
      if case .any = test { continue }
      tests.append(build.make(.membership(build.name(input(column)), test)))
    }
    var entries = rule.answers.enumerated().map { FEELContextEntry(output($0.offset), $0.element) }
    let values = rule.answers.indices.map { build.name(output($0)) }
    let answer =
      values.count == 1
      ? values[0]
      : build.make(.context(zip(table.outputs, values).map { FEELContextEntry($0.name ?? "", $1) }))
    entries.append(FEELContextEntry(Self.answer, answer))
    entries.append(FEELContextEntry(Self.rank, rank(index, values, build)))
    let hit = build.make(.context(entries))
    guard !tests.isEmpty else { return hit }
    let applies = build.call("all", [build.make(.list(tests))])
    return build.make(.conditional(applies, then: hit, otherwise: build.null))
  }

  /// A number that orders the answers: the place of each output among its priorities, then the rule's own.
  private func rank(_ index: Int, _ values: [FEELExpression], _ build: Builder) -> FEELExpression {
    var rank = build.number(0)
    for (output, value) in zip(table.outputs, values) where !output.priorities.isEmpty {
      let order = build.make(.list(output.priorities.map { build.value($0) }))
      let place = build.make(.filter(build.call("index of", [order, value]), build.number(1)))
      let isListed = build.call("list contains", [order, value])
      let last = build.number(output.priorities.count + 1)
      let digit = build.make(.conditional(isListed, then: place, otherwise: last))
      rank = build.plus(build.times(rank, build.number(output.priorities.count + 2)), digit)
    }
    return build.plus(build.times(rank, build.number(table.rules.count + 1)), build.number(index))
  }

  private func fallback(_ build: Builder) -> FEELExpression {
    guard table.outputs.contains(where: { $0.fallback != nil }) else { return build.null }
    let values = table.outputs.map { $0.fallback ?? build.null }
    guard values.count != 1 else { return values[0] }
    return build.make(.context(zip(table.outputs, values).map { FEELContextEntry($0.name ?? "", $1) }))
  }

  private func combined(_ build: Builder) -> FEELExpression {
    let hits = build.name(Self.hits)
    let count = build.call("count", [hits])
    let first = build.answer(build.make(.filter(hits, build.number(1))), Self.answer)
    let sorted = build.sorted(hits, Self.rank)
    switch table.hitPolicy {
    case .first: return first
    case .unique:
      return build.make(
        .conditional(build.comparison(.equal, count, build.number(1)), then: first, otherwise: build.null))
    case .any:
      let same = build.comparison(.equal, build.answer(build.name(Self.hit), Self.answer), first)
      let agree = build.make(.quantified(.every, [FEELIterator(name: Self.hit, start: hits)], same))
      return build.make(.conditional(agree, then: first, otherwise: build.null))
    case .priority: return build.answer(build.make(.filter(sorted, build.number(1))), Self.answer)
    case .outputOrder: return answers(sorted, build)
    case .ruleOrder, .collect: return answers(hits, build)
    case .collectSum: return build.call("sum", [answers(hits, build)])
    case .collectMin: return build.call("min", [answers(hits, build)])
    case .collectMax: return build.call("max", [answers(hits, build)])
    case .collectCount: return count
    }
  }

  private func answers(_ hits: FEELExpression, _ build: Builder) -> FEELExpression {
    build.make(
      .iteration([FEELIterator(name: Self.hit, start: hits)], build.answer(build.name(Self.hit), Self.answer)))
  }

  /// Makes nodes that all stand at one place.
  private struct Builder {
    let span: Span

    func make(_ kind: FEELExpression.Kind) -> FEELExpression { FEELExpression(kind, span) }
    var null: FEELExpression { make(.null) }
    func number(_ value: Int) -> FEELExpression { make(.number(FEELNumber(value))) }
    func name(_ name: String) -> FEELExpression { make(.name(name)) }
    func answer(_ hit: FEELExpression, _ field: String) -> FEELExpression { make(.path(hit, field)) }

    func comparison(_ sign: FEELComparison, _ left: FEELExpression, _ right: FEELExpression) -> FEELExpression {
      make(.comparison(sign, left, right))
    }

    func plus(_ left: FEELExpression, _ right: FEELExpression) -> FEELExpression {
      make(.arithmetic(.plus, left, right))
    }

    func times(_ left: FEELExpression, _ right: FEELExpression) -> FEELExpression {
      make(.arithmetic(.times, left, right))
    }

    func call(_ name: String, _ arguments: [FEELExpression]) -> FEELExpression {
      make(.invocation(self.name(name), arguments.map { FEELArgument(nil, $0) }))
    }

    func sorted(_ hits: FEELExpression, _ rank: String) -> FEELExpression {
      let (left, right) = ("\u{1}left", "\u{1}right")
      let precedes = comparison(.less, answer(name(left), rank), answer(name(right), rank))
      return call("sort", [hits, make(.function([FEELParameter(left), FEELParameter(right)], precedes))])
    }

    /// A value as the literal that it is.
    func value(_ value: FEELValue) -> FEELExpression {
      switch value {
      case .null, .range, .function: null
      case .boolean(let value): make(.boolean(value))
      case .number(let value): make(.number(value))
      case .string(let value): make(.string(value))
      case .date, .time, .dateTime, .daysDuration, .monthsDuration: make(.temporal(value))
      case .list(let items): make(.list(items.map { self.value($0) }))
      case .context(let context): make(.context(context.entries.map { FEELContextEntry($0.key, self.value($0.value)) }))
      }
    }
  }
}
