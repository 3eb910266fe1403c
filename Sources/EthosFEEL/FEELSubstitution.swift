import EthosText

/// Puts expressions in the place of free names, so that the tree alone says what it said in a scope that has their values.
///
/// Where a name may also mean something else, as a field of an item in a filter, or where what would stand for it names
/// something that is bound there, the name stays and the whole becomes the body of a function that is called with the
/// value: `(function(cap) count(items[cap > 1]))(5)`. So two trees are equal only where those values are. Costs a pass
/// over the tree.
package struct FEELSubstitution: Sendable {
  private let values: [FEELText: FEELExpression]

  package init(_ values: [(name: String, value: FEELExpression)]) {
    self.values = Dictionary(values.map { (FEELText($0.name), $0.value) }) { first, _ in first }
  }

  /// Bare words that are texts.
  package init(words: [String]) {
    self.init(words.map { ($0, FEELExpression(.string($0), Span(0, 0))) })
  }

  /// Names with their values; one whose value has no tree stays as it is.
  package init(constants: [(name: String, value: FEELValue)]) {
    self.init(
      constants.compactMap { name, value in
        FEELExpression.literal(value).map { (name, FEELExpression($0, Span(0, 0))) }
      })
  }

  package func applied(to tests: FEELUnaryTests) -> FEELUnaryTests {
    values.isEmpty ? tests : tests.mapped { applied(to: $0) }
  }

  package func applied(to expression: FEELExpression) -> FEELExpression {
    guard !values.isEmpty else { return expression }
    var kept: [(name: String, value: FEELExpression)] = []
    let result = expression.rewritten { part, around in
      guard case .name(let name) = part.kind, !around.binds(name), let value = values[FEELText(name)] else {
        return nil
      }
      if !around.isInFilter, !around.mayCapture(value) { return FEELExpression(value.kind, part.span) }
      if !kept.contains(where: { FEELText.areEqual($0.name, name) }) { kept.append((name, value)) }
      return nil
    }
    guard !kept.isEmpty else { return result }
    let span = expression.span
    return FEELExpression(
      .invocation(
        FEELExpression(.function(kept.map { FEELParameter($0.name) }, result), span),
        kept.map { FEELArgument(nil, FEELExpression($0.value.kind, span)) }), span)
  }
}

extension FEELExpression {
  /// The tree of a value; nil where a function is in it.
  package static func literal(_ value: FEELValue) -> Kind? {
    func nodes(_ values: [FEELValue]) -> [FEELExpression]? {
      let kinds = values.map(literal)
      return kinds.contains(nil) ? nil : kinds.compactMap { $0.map { FEELExpression($0, Span(0, 0)) } }
    }
    switch value {
    case .null: return .null
    case .function: return nil
    case .boolean(let value): return .boolean(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .date, .time, .dateTime, .daysDuration, .monthsDuration: return .temporal(value)
    case .list(let items): return nodes(items).map { .list($0) }
    case .context(let context):
      return nodes(context.entries.map(\.value)).map { values in
        .context(zip(context.entries, values).map { FEELContextEntry($0.key, $1) })
      }
    case .range(let range):
      guard let low = nodes([range.low].compactMap(\.self)), let high = nodes([range.high].compactMap(\.self)) else {
        return nil
      }
      if range.form != .ends { return low.first.map { .pointRange($0, isExcluded: range.form == .notEqual) } }
      return .range(
        FEELInterval(
          low: low.first, isLowClosed: range.isLowClosed, high: high.first, isHighClosed: range.isHighClosed))
    }
  }
}
