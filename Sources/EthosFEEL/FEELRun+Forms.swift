import EthosText

extension FEELRun {
  /// The entries of a context, one after the other: each sees those before it (10.3.2.6).
  func context(_ entries: [FEELContextEntry], _ scope: FEELScope) -> FEELValue {
    var result = FEELContext()
    for entry in entries {
      let sees = !result.entries.isEmpty && entry.value.names.contains { result[$0] != nil }
      guard spend(sees ? result.count : 1, entry.value.span) else { return .null }
      let inner = sees ? FEELScope(result.entries.map { ($0.key, $0.value) }, parent: scope) : scope
      var value = evaluate(entry.value, inner)
      // Only a function that stands there may call itself by the key: what the key means to it is seen in the text.
      if entry.value.isFunction, case .function(.lambda(let lambda)) = value {
        value = .function(.lambda(lambda.named(entry.key)))
      }
      guard result[entry.key] == nil else {
        return fail(
          "duplicate-key", "the context has two entries called `\(visibleText(entry.key))`", entry.value.span)
      }
      result[entry.key] = value
    }
    return .context(result)
  }

  func instance(_ operand: FEELExpression, _ type: FEELType, _ span: Span, _ scope: FEELScope) -> FEELValue {
    let value = evaluate(operand, scope)
    guard let resolved = type.resolved(scope) else {
      return fail("unknown-type", "no type is called `\(type)`", span)
    }
    return .boolean(resolved.contains(value))
  }

  // MARK: - Loops

  func iteration(_ iterators: [FEELIterator], _ body: FEELExpression, _ scope: FEELScope) -> FEELValue {
    let usesPartial = body.names.contains("partial")
    var results: [FEELValue] = []
    let isComplete = loop(iterators[...], scope) { scope in
      var inner = scope
      if usesPartial {
        guard self.charge(.list(results), body.span) else { return false }
        inner = FEELScope([("partial", .list(results))], parent: scope)
      }
      let value = self.evaluate(body, inner)
      // A function keeps its variables alive; a chain of them, each seeing the ones before, would have no bound.
      if usesPartial, value.holdsFunction {
        results.append(
          self.fail("wrong-type", "a loop that uses `partial` makes no functions", body.span))
      } else {
        results.append(value)
      }
      guard results.count <= self.limits.size else {
        _ = self.tooLarge(body.span)
        return false
      }
      return !self.isExhausted
    }
    let last = iterators.last?.start.span ?? body.span
    return isComplete ?? false ? bounded(.list(results), Span(last.start, body.span.end)) : .null
  }

  func quantified(
    _ quantifier: FEELQuantifier, _ iterators: [FEELIterator], _ condition: FEELExpression, _ scope: FEELScope
  ) -> FEELValue {
    var result: Bool? = quantifier == .every
    let isComplete = loop(iterators[...], scope) { scope in
      let truth: Bool?
      switch self.evaluate(condition, scope) {
      case .boolean(let value): truth = value
      case .null: truth = nil
      case let other:
        _ = self.fail("not-a-boolean", "expected a boolean, but this is a \(other.kindName)", condition.span)
        truth = nil
      }
      result = quantifier == .every ? FEELTernary.and(result, truth) : FEELTernary.or(result, truth)
      return result != (quantifier == .some) && !self.isExhausted
    }
    return isComplete == nil ? .null : .truth(result)
  }

  /// Runs a body for every combination of the variables, the last one fastest.
  ///
  /// - Returns: Whether the body never answered false; nil where one of the lists is none.
  private func loop(
    _ iterators: ArraySlice<FEELIterator>, _ scope: FEELScope, _ body: (FEELScope) -> Bool
  ) -> Bool? {
    guard let first = iterators.first else { return body(scope) }
    guard descend(first.start.span) else { return nil }
    defer { ascend() }
    guard let items = items(of: first, scope) else { return nil }
    for item in items {
      guard spend(first.start.span) else { return nil }
      switch loop(iterators.dropFirst(), FEELScope([(first.name, item)], parent: scope), body) {
      case true?: continue
      case false?: return false
      case nil: return nil
      }
    }
    return true
  }

  private func items(of iterator: FEELIterator, _ scope: FEELScope) -> [FEELValue]? {
    let start = evaluate(iterator.start, scope)
    guard let end = iterator.end else {
      switch start {
      case .list(let items): return items
      case .null: return nil
      case .range(let range):
        guard let low = range.low, let high = range.high, range.form != .notEqual else { break }
        guard range.isWellFormed else {
          _ = fail("wrong-type", "the ends of a range that is walked through are in order", iterator.start.span)
          return nil
        }
        return items(
          from: low, to: high, skipsFirst: !range.isLowClosed, skipsLast: !range.isHighClosed, iterator.start.span)
      default: return [start]
      }
      _ = fail("wrong-type", "a range without both ends cannot be walked through", iterator.start.span)
      return nil
    }
    let span = Span(iterator.start.span.start, end.span.end)
    return items(from: start, to: evaluate(end, scope), skipsFirst: false, skipsLast: false, span)
  }

  /// The whole numbers or days from one to another, upwards or downwards.
  private func items(
    from start: FEELValue, to end: FEELValue, skipsFirst: Bool, skipsLast: Bool, _ span: Span
  ) -> [FEELValue]? {
    let bounds: (Int, Int)
    switch (start, end) {
    case (.null, _), (_, .null): return nil
    case (.number(let low), .number(let high)):
      guard let low = low.integer, let high = high.integer else {
        _ = fail("not-an-integer", "the ends of a loop are not whole numbers", span)
        return nil
      }
      bounds = (low, high)
    case (.date(let low), .date(let high)): bounds = (low.daysSinceEpoch, high.daysSinceEpoch)
    default:
      _ = fail("wrong-type", "a loop from a \(start.kindName) to a \(end.kindName) is not possible", span)
      return nil
    }
    let (distance, overflow) = bounds.1.subtractingReportingOverflow(bounds.0)
    guard !overflow, distance.magnitude < UInt(limits.size), spend(Int(distance.magnitude), span) else {
      if !isExhausted { _ = tooLarge(span) }
      return nil
    }
    var result: [FEELValue] = []
    for step in 0...Int(distance.magnitude) {
      let place = bounds.0 + (distance < 0 ? -step : step)
      if case .number = start {
        result.append(.number(FEELNumber(place)))
      } else if let date = FEELDate(daysSinceEpoch: place) {
        result.append(.date(date))
      }
    }
    if skipsFirst, !result.isEmpty { result.removeFirst() }
    if skipsLast, !result.isEmpty { result.removeLast() }
    return result
  }

  // MARK: - Filters

  func filter(_ base: FEELExpression, _ condition: FEELExpression, _ span: Span, _ scope: FEELScope) -> FEELValue {
    let list: [FEELValue]
    switch evaluate(base, scope) {
    case .list(let items): list = items
    case .null: list = []
    case let single: list = [single]
    }
    if case .number(let index) = condition.kind { return item(index, of: list, span) }
    if list.isEmpty {
      let before = problems.count
      let value = evaluate(condition, FEELScope([("item", .null)], parent: scope))
      forgetProblems(since: before)
      if case .number = value { return .null }
      return isExhausted ? .null : .list([])
    }
    var result: [FEELValue] = []
    for item in list {
      guard spend(span) else { return .null }
      var variables: [(String, FEELValue)] = [("item", item)]
      if case .context(let context) = item {
        guard spend(context.count, span) else { return .null }
        variables += context.entries.map { ($0.key, $0.value) }
      }
      switch evaluate(condition, FEELScope(variables, parent: scope)) {
      case .boolean(true): result.append(item)
      case .boolean(false), .null: continue
      case .number(let index): return self.item(index, of: list, span)
      case let other:
        return fail(
          "wrong-type", "a filter is a condition or a position, but this is a \(other.kindName)", condition.span)
      }
    }
    return .list(result)
  }

  private func item(_ index: FEELNumber, of list: [FEELValue], _ span: Span) -> FEELValue {
    guard let place = index.integer else {
      return fail("not-an-integer", "the position in a list is not a whole number", span)
    }
    let offset = place > 0 ? place - 1 : place < 0 ? list.count + max(place, -list.count - 1) : -1
    guard list.indices.contains(offset) else {
      return fail("position-out-of-range", "the list has no item at \(place)", span)
    }
    return list[offset]
  }
}
