extension FEELExpression: CustomStringConvertible {
  /// FEEL that reads back as an equal tree.
  package var description: String {
    var writer = FEELWriter()
    writer.write(self, 0)
    return writer.text
  }
}

extension FEELUnaryTests: CustomStringConvertible {
  /// FEEL that reads back as equal tests.
  package var description: String {
    var writer = FEELWriter()
    writer.write(self)
    return writer.text
  }
}

/// Writes trees as FEEL, with no more parentheses than the precedence of the operators asks for.
private struct FEELWriter {
  private(set) var text = ""

  /// How tightly the outermost operator binds: 1 to 6 as in the reader, 7 for what is closed by itself, 8 for what may
  /// be followed by a point, and 0 for what reaches as far to the right as it can.
  private func level(_ kind: FEELExpression.Kind) -> Int {
    switch kind {
    case .conditional, .iteration, .quantified, .function: 0
    case .or: 1
    case .and: 2
    case .comparison, .between, .membership, .instance: 3
    case .arithmetic(.plus, _, _), .arithmetic(.minus, _, _): 4
    case .arithmetic(.times, _, _), .arithmetic(.divided, _, _): 5
    case .arithmetic(.power, _, _): 6
    case .negation: 7
    case .number(let number): number.isNegative ? 7 : 8
    default: 8
    }
  }

  mutating func write(_ expression: FEELExpression, _ least: Int) {
    let isClosed = level(expression.kind) >= least
    if !isClosed { text += "(" }
    write(expression.kind)
    if !isClosed { text += ")" }
  }

  // Taken apart in functions of their own, as in the evaluator: these recurse, and each bound case takes room.
  private mutating func write(_ kind: FEELExpression.Kind) {
    switch kind {
    case .null, .boolean, .number, .string, .temporal, .name, .input: leaf(kind)
    case .arithmetic, .comparison, .and, .or: operation(kind)
    case .path, .filter, .negation, .invocation: postfix(kind)
    case .between, .membership, .instance: test(kind)
    case .conditional, .iteration, .quantified, .function: form(kind)
    case .list, .context, .range, .pointRange: structure(kind)
    }
  }

  private mutating func leaf(_ kind: FEELExpression.Kind) {
    switch kind {
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let number): text += number.description
    case .string(let string): text += FEELText.literal(string)
    case .temporal(let value): text += value.description
    case .name(let name): text += name
    case .input: text += "?"
    default: text += "null"
    }
  }

  private mutating func operation(_ kind: FEELExpression.Kind) {
    switch kind {
    case .arithmetic(let sign, let left, let right): infix(left, sign.rawValue, right, level(kind))
    case .comparison(let sign, let left, let right): infix(left, sign.rawValue, right, 3)
    case .and(let left, let right): infix(left, "and", right, 2)
    case .or(let left, let right): infix(left, "or", right, 1)
    default: break
    }
  }

  private mutating func postfix(_ kind: FEELExpression.Kind) {
    switch kind {
    case .path(let base, let field):
      write(base, 8)
      text += "." + field
    case .filter(let base, let condition):
      write(base, 8)
      bracketed("[", "]") { $0.write(condition, 0) }
    case .negation(let operand):
      text += "-"
      if case .number(let number) = operand.kind, !number.isNegative {
        text += "(\(number))"
      } else {
        write(operand, 7)
      }
    case .invocation(let function, let arguments):
      write(function, 8)
      bracketed("(", ")") { writer in
        writer.separated(arguments) { writer, argument in
          if let name = argument.name { writer.text += name + ": " }
          writer.write(argument.value, 0)
        }
      }
    default: break
    }
  }

  private mutating func test(_ kind: FEELExpression.Kind) {
    switch kind {
    case .between(let operand, let low, let high):
      infix(operand, "between", low, 3)
      text += " and "
      write(high, 4)
    case .membership(let operand, let tests):
      write(operand, 3)
      text += " in "
      membership(tests)
    case .instance(let operand, let type):
      write(operand, 3)
      text += " instance of \(type)"
    default: break
    }
  }

  private mutating func form(_ kind: FEELExpression.Kind) {
    switch kind {
    case .conditional(let condition, let then, let otherwise):
      text += "if "
      write(condition, 0)
      text += " then "
      write(then, 0)
      text += " else "
      write(otherwise, 0)
    case .iteration(let iterators, let body):
      text += "for "
      write(iterators)
      text += " return "
      write(body, 0)
    case .quantified(let quantifier, let iterators, let body):
      text += "\(quantifier.rawValue) "
      write(iterators)
      text += " satisfies "
      write(body, 0)
    case .function(let parameters, let body):
      text += "function("
      separated(parameters) { writer, parameter in
        writer.text += parameter.name + (parameter.type.map { ": \($0)" } ?? "")
      }
      text += ") "
      write(body, 0)
    default: break
    }
  }

  private mutating func structure(_ kind: FEELExpression.Kind) {
    switch kind {
    case .list(let items): bracketed("[", "]") { $0.separated(items) { $0.write($1, 0) } }
    case .context(let entries):
      bracketed("{", "}") { writer in
        writer.separated(entries) { writer, entry in
          writer.text += FEELText.key(entry.key) + ": "
          writer.write(entry.value, 0)
        }
      }
    case .range(let interval): write(interval)
    case .pointRange(let point, let isExcluded):
      bracketed(isExcluded ? "(!= " : "(= ", ")") { $0.write(point, 1) }
    default: break
    }
  }

  private mutating func infix(_ left: FEELExpression, _ sign: String, _ right: FEELExpression, _ level: Int) {
    write(left, level)
    text += " \(sign) "
    write(right, level + 1)
  }

  private mutating func bracketed(_ open: String, _ close: String, _ body: (inout FEELWriter) -> Void) {
    text += open
    body(&self)
    text += close
  }

  private mutating func separated<Item>(_ items: [Item], _ each: (inout FEELWriter, Item) -> Void) {
    for (index, item) in items.enumerated() {
      if index > 0 { text += ", " }
      each(&self, item)
    }
  }

  private mutating func write(_ iterators: [FEELIterator]) {
    separated(iterators) { writer, iterator in
      writer.text += "\(iterator.name) in "
      writer.write(iterator.start, 1)
      if let end = iterator.end {
        writer.text += ".."
        writer.write(end, 1)
      }
    }
  }

  private mutating func write(_ interval: FEELInterval) {
    switch (interval.low, interval.high) {
    case (let low?, let high?):
      text += interval.isLowClosed ? "[" : "("
      write(low, 1)
      text += ".."
      upperEnd(high)
      text += interval.isHighClosed ? "]" : ")"
    case (let low?, nil):
      text += interval.isLowClosed ? "(>= " : "(> "
      write(low, 1)
      text += ")"
    case (nil, let high?):
      text += interval.isHighClosed ? "(<= " : "(< "
      write(high, 1)
      text += ")"
    case (nil, nil): text += "(null..null)"
    }
  }

  /// The upper end of a range, where a `[` closes the range unless it stands in parentheses.
  private mutating func upperEnd(_ end: FEELExpression) {
    var writer = FEELWriter()
    writer.write(end, 1)
    let isClosed =
      switch end.kind {
      case .list, .context, .range, .pointRange: true
      default: false
      }
    let needsParentheses = !isClosed && writer.text.utf8.contains(0x5B)
    text += needsParentheses ? "(\(writer.text))" : writer.text
  }

  private mutating func membership(_ tests: FEELUnaryTests) {
    switch tests {
    case .tests(let tests) where tests.count == 1:
      for test in tests { write(test, 4) }
    case .tests(let tests), .not(let tests):
      bracketed("(", ")") { $0.separated(tests) { $0.write($1, 0) } }
    case .any: text += "(-)"
    }
  }

  mutating func write(_ tests: FEELUnaryTests) {
    switch tests {
    case .any: text += "-"
    case .tests(let tests): separated(tests) { $0.write($1, 0) }
    case .not(let tests):
      text += "not("
      separated(tests) { $0.write($1, 0) }
      text += ")"
    }
  }

  private mutating func write(_ test: FEELUnaryTest, _ least: Int) {
    switch test.kind {
    case .comparison(let comparison, let bound):
      text += "\(comparison.rawValue) "
      write(bound, 4)
    case .interval(let interval): write(interval)
    case .expression(let expression): write(expression, least)
    }
  }
}
