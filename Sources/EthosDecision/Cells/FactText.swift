package import EthosFEEL
import EthosText

/// Reads the facts of a case as people type them: `high`, `60`, `true`, `2026-02-01`, `PT4H`.
package enum FactText {
  /// The value of a text for an input of a type; nil where it is none of that type.
  ///
  /// `null` is a missing fact, unless it is one of the allowed texts (`BareWords`). Texts need no quotes, and lose
  /// those that they have.
  package static func value(_ text: String, _ type: FEELType, allowed: FEELUnaryTests? = nil) -> FEELValue? {
    if type == .string || type == .any, BareWords.isKeyword(text, among: allowed) { return .string(text) }
    if text == "null" { return .null }
    switch type {
    case .string: return .string(unquoted(text))
    case .number: return FEELNumber(text).map(FEELValue.number)
    case .boolean: return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .date: return FEELDate(bare(text)).map(FEELValue.date)
    case .time: return FEELTime(bare(text)).map(FEELValue.time)
    case .dateAndTime: return FEELDateTime(bare(text)).map(FEELValue.dateTime)
    case .daysAndTimeDuration: return FEELDaysDuration(bare(text)).map(FEELValue.daysDuration)
    case .yearsAndMonthsDuration: return FEELMonthsDuration.months(bare(text)).map(FEELValue.monthsDuration)
    case .any, .null, .list, .range, .context, .function, .named:
      guard
        case .success(let expression) = FEELParser.expression(text, names: FEELNames([String](), allowsUnknown: false))
      else { return .string(text) }
      return expression.constant(in: .empty)
    }
  }

  /// Whether a text stands for itself without quotes: not `null`, nothing that has quotes already, nothing unseen and no
  /// blanks at its ends.
  static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, text != "null" else {
      return false
    }
    return first != "\"" && !first.properties.isWhitespace && !last.properties.isWhitespace
      && visibleText(text) == text
  }

  /// A text without the quotes of FEEL around it.
  private static func unquoted(_ text: String) -> String {
    guard text.utf8.count >= 2, text.utf8.first == 0x22, text.utf8.last == 0x22,
      case .success(let expression) = FEELParser.expression(text, names: .none),
      case .string(let value) = expression.kind
    else { return text }
    return value
  }

  /// A moment or duration without the `@"…"` of FEEL around it.
  private static func bare(_ text: String) -> String {
    text.begins(with: "@\"") && text.ends(with: "\"") && text.utf8.count >= 3
      ? String(text.dropFirst(2).dropLast()) : text
  }
}
