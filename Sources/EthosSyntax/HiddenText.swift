import EthosText

/// What is said of characters that nobody sees.
enum HiddenText {
  static let help = "delete it, so that everybody reads what is stored: models and programs read it as it is"

  /// The message about a run of them.
  static func message(_ text: String) -> String {
    let count = text.unicodeScalars.count
    let shown = visibleText(String(String.UnicodeScalarView(text.unicodeScalars.prefix(4))))
    return count == 1
      ? "a character here is not seen: `\(shown)`"
      : "\(count) characters here are not seen: `\(shown)\(count > 4 ? "…" : "")`"
  }
}
