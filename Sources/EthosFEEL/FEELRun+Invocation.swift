import EthosText

extension FEELRun {
  func invocation(
    _ function: FEELExpression, _ arguments: [FEELArgument], _ span: Span, _ scope: FEELScope
  ) -> FEELValue {
    let callee = evaluate(function, scope)
    guard case .function(let function) = callee else {
      if isExhausted { return .null }
      return callee.isNull ? .null : fail("not-a-function", "a \(callee.kindName) cannot be called", span)
    }
    let values = arguments.map { evaluate($0.value, scope) }
    if isExhausted { return .null }
    return call(function, values, arguments.map(\.name), span, scope)
  }

  func call(_ function: FEELFunction, _ arguments: [FEELValue], _ span: Span, _ scope: FEELScope) -> FEELValue {
    call(function, arguments, arguments.map { _ in nil }, span, scope)
  }

  private func call(
    _ function: FEELFunction, _ arguments: [FEELValue], _ names: [String?], _ span: Span, _ scope: FEELScope
  ) -> FEELValue {
    switch function {
    case .builtin(let builtin):
      guard let matched = match(builtin, arguments, names) else { return mismatch(builtin, names, span) }
      let call = FEELCall(
        run: self, builtin: builtin, span: span, scope: scope, signature: matched.signature,
        isNamed: names.first.flatMap(\.self) != nil, arguments: matched.arguments)
      return bounded(call.value(), span)
    case .lambda(let lambda): return call(lambda, arguments, names, span)
    }
  }

  private func call(
    _ lambda: FEELLambda, _ arguments: [FEELValue], _ names: [String?], _ span: Span
  ) -> FEELValue {
    guard arguments.count == lambda.parameters.count else {
      return fail(
        "wrong-arguments",
        "the function has \(lambda.parameters.count) parameters, but is called with \(arguments.count)", span)
    }
    var variables: [(String, FEELValue)] = []
    if let name = lambda.name { variables.append((name, .function(.lambda(lambda)))) }
    for (index, parameter) in lambda.parameters.enumerated() {
      let place =
        names[0] == nil ? index : names.firstIndex { $0.map { FEELText.areEqual($0, parameter.name) } ?? false }
      guard let place else {
        return fail("wrong-arguments", "the parameter `\(visibleText(parameter.name))` has no argument", span)
      }
      var value = arguments[place]
      if let type = parameter.type {
        guard let resolved = type.resolved(lambda.scope), let coerced = resolved.coerced(value) else {
          return fail(
            "wrong-type",
            "the parameter `\(visibleText(parameter.name))` is a \(type), but the argument is a \(value.kindName)", span
          )
        }
        value = coerced
      }
      variables.append((parameter.name, value))
    }
    let value = evaluate(lambda.body, FEELScope(variables, parent: lambda.scope))
    guard let result = lambda.result, !isExhausted else { return value }
    guard let coerced = result.coerced(value) else {
      return fail("wrong-type", "the function is to answer a \(result), but answers a \(value.kindName)", span)
    }
    return coerced
  }

  /// The first signature that the arguments fit, with the arguments in its order.
  private func match(
    _ builtin: FEELBuiltin, _ arguments: [FEELValue], _ names: [String?]
  ) -> (signature: Int, arguments: [FEELValue?])? {
    let isNamed = names.first.flatMap { $0 } != nil
    for (index, parameters) in builtin.signatures.enumerated() {
      var matched: [FEELValue?] = []
      var used = 0
      var fits = true
      for (place, parameter) in parameters.enumerated() {
        let isOptional = parameter.ends(with: "?")
        let isRest = parameter.ends(with: "*")
        let name = isOptional || isRest ? String(parameter.dropLast()) : parameter
        if isNamed {
          if let found = names.firstIndex(where: { $0 == name }) {
            matched.append(isRest && !arguments[found].isList ? .list([arguments[found]]) : arguments[found])
            used += 1
          } else {
            fits = fits && isOptional
            matched.append(nil)
          }
        } else if isRest {
          guard place < arguments.count else {
            fits = false
            break
          }
          matched.append(.list(Array(arguments[place...])))
          used = arguments.count
        } else if place < arguments.count {
          matched.append(arguments[place])
          used += 1
        } else {
          fits = fits && isOptional
          matched.append(nil)
        }
      }
      if fits, used == arguments.count { return (index, matched) }
    }
    return nil
  }

  private func mismatch(_ builtin: FEELBuiltin, _ names: [String?], _ span: Span) -> FEELValue {
    let forms = builtin.signatures.map { "`\(builtin.rawValue)(\($0.joined(separator: ", ")))`" }
    return fail(
      "wrong-arguments", "the arguments do not fit the function `\(builtin.rawValue)`", span,
      help: "it is called as \(forms.joined(separator: " or "))")
  }
}
