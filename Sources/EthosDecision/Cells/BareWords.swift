package import EthosFEEL

/// The texts among the allowed values of a column, which stand for themselves without quotes: in cells, in what is
/// allowed to be the answer, and in cases.
///
/// This is the one place that says what a bare word is.
///
/// A word that is also a keyword of FEEL, as `null`, `true` or `some`, is the text where it is a whole test of a cell (alone,
/// in a list, or within `not(…)`), a whole answer, or a whole fact. In an expression it keeps FEEL's meaning: `? = null`
/// asks whether the fact is missing. Where the keyword's own value is allowed too, as in `"true", true`, it is that value.
package struct BareWords: Sendable {
  /// All texts among the allowed values.
  package let texts: [String]
  /// Those of them that FEEL reads as something else.
  package let keywords: [String]

  /// The words of a column or fact; none where what is allowed is no list of values.
  package init(_ allowed: FEELUnaryTests?) {
    let values = allowed?.constantValues ?? []
    texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    keywords = texts.filter { text in
      switch text {
      case "null": !values.contains(.null)
      case "true": !values.contains(.boolean(true))
      case "false": !values.contains(.boolean(false))
      default: BareWords.isKeyword(text)
      }
    }
  }

  /// The names that an expression may use beside the words.
  package func names(beside names: [String]) -> FEELNames {
    var result = FEELNames(names + texts, allowsUnknown: false)
    result.texts = keywords
    return result
  }

  /// Reads the tests of a cell.
  ///
  /// A name that is given hides a word of the same text.
  package func tests(
    _ text: String, beside names: [String], _ known: FEELNames? = nil
  ) -> Result<FEELUnaryTests, FEELProblem> {
    FEELParser.unaryTests(text, names: known ?? self.names(beside: names)).map { substitution(names).applied(to: $0) }
  }

  /// Reads an answer.
  package func answer(
    _ text: String, beside names: [String], _ known: FEELNames? = nil
  ) -> Result<FEELExpression, FEELProblem> {
    FEELParser.expression(text, names: known ?? self.names(beside: names)).map { substitution(names).applied(to: $0) }
  }

  /// Whether a whole text of a case is one of the words, though FEEL reads it as something else.
  ///
  /// Nearly no text is, and what is allowed is then not looked at.
  static func isKeyword(_ text: String, among allowed: FEELUnaryTests?) -> Bool {
    isKeyword(text) && BareWords(allowed).keywords.contains { FEELText.areEqual($0, text) }
  }

  private static func isKeyword(_ text: String) -> Bool {
    switch text {
    case "null", "true", "false", "if", "for", "some", "every", "function": true
    default: false
    }
  }

  private func substitution(_ names: [String]) -> FEELSubstitution {
    let hidden = Set(names.map(FEELText.init))
    return FEELSubstitution(words: texts.filter { !hidden.contains(FEELText($0)) })
  }
}
