import EthosText

/// Reads FEEL (DMN 1.5, 10.3.1.2).
///
/// Never traps and never hangs: the limits bound the text, its tokens and its nesting.
package enum FEELParser {
  /// Reads a whole text as one expression.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - names: The names that it may use.
  ///   - offset: What is added to the places, where the text is part of a file.
  ///   - limits: How much it may cost.
  /// - Returns: The tree, or what is wrong with the text.
  package static func expression(
    _ text: String, names: FEELNames, offset: Int = 0, limits: FEELLimits = .standard
  ) -> Result<FEELExpression, FEELProblem> {
    read(text, names, offset, limits) { reader throws(Rejection) in
      let expression = try reader.answer()
      try reader.end()
      return expression
    }
  }

  /// Reads the text of a cell as unary tests.
  ///
  /// A text of nothing but white space is `-`.
  package static func unaryTests(
    _ text: String, names: FEELNames, offset: Int = 0, limits: FEELLimits = .standard
  ) -> Result<FEELUnaryTests, FEELProblem> {
    read(text, names, offset, limits) { reader throws(Rejection) in
      let tests = try reader.unaryTests()
      try reader.end()
      return tests
    }
  }

  static func type(_ text: String) -> FEELType? {
    let type = read(text, .none, 0, .standard) { reader throws(Rejection) in
      let type = try reader.type()
      try reader.end()
      return type
    }
    return try? type.get()
  }

  private static func read<Tree>(
    _ text: String, _ names: FEELNames, _ offset: Int, _ limits: FEELLimits,
    _ body: (inout FEELReader) throws(Rejection) -> Tree
  ) -> Result<Tree, FEELProblem> {
    guard text.utf8.count <= limits.textLength else {
      return .failure(
        FEELProblem(
          "expression-too-long", "the expression is longer than \(limits.textLength) bytes",
          Span(offset, offset + text.utf8.count), help: "split it into several decisions"))
    }
    var reader = FEELReader(text, names: names, offset: offset, limits: limits)
    do throws(Rejection) {
      return .success(try body(&reader))
    } catch {
      return .failure(error.problem)
    }
  }
}
