extension FEELExpression {
  /// The free variables, including names of built-in functions, in the order in which they stand.
  ///
  /// In the condition of a filter a name that is a field of the items counts too: only the evaluation knows.
  package var names: [String] { FreeNames.of([(self, .none)]) }

  /// Whether this is a single value.
  package var isLiteral: Bool {
    switch kind {
    case .null, .boolean, .number, .string, .temporal: true
    default: false
    }
  }

  /// Whether `?` stands in it, other than as the operand of an `in`.
  package var usesInput: Bool {
    var pending: [FEELPart] = [(self, .none)]
    while let part = pending.popLast() {
      if case .input = part.expression.kind, !part.around.hasOwnInput { return true }
      pending += part.expression.kind.parts(in: part.around)
    }
    return false
  }
}

extension FEELUnaryTests {
  /// The free variables, including names of built-in functions, in the order in which they stand.
  package var names: [String] { FreeNames.of(parts(in: .none)) }
}

private enum FreeNames {
  /// The names of these parts, with a stack of its own, so that no tree overflows that of the thread.
  static func of(_ parts: [FEELPart]) -> [String] {
    var names: [String] = []
    var seen: Set<FEELText> = []
    var pending = Array(parts.reversed())
    while let part = pending.popLast() {
      if case .name(let name) = part.expression.kind {
        if !part.around.binds(name), seen.insert(FEELText(name)).inserted { names.append(name) }
      } else {
        pending += part.expression.kind.parts(in: part.around).reversed()
      }
    }
    return names
  }
}
