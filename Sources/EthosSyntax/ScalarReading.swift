import EthosModel
import EthosText

/// Reads one text as a value of a field's type, whether it comes from a file or from a command line.
enum ScalarReading {
  struct Problem: Error {
    var code: Diagnostic.Code = "wrong-type"
    var message: String
    var help: String?
  }

  /// Reads a text that has no white space alone.
  ///
  /// `isQuoted` says that the text was put in quotes, which makes it text.
  static func read(
    _ text: String, _ type: FieldType, isQuoted: Bool, name: String
  ) -> Result<Node.Content, Problem> {
    switch type {
    case .number, .quantity, .boolean, .day: return typed(text, type, isQuoted: isQuoted, name: name)
    case .choice(let choices): return choice(text, choices, name)
    case .identifier, .office, .id: return identifier(text, type, name)
    case .reference(let kinds): return reference(text, kinds, name)
    case .release: return release(text, name)
    case .period:
      guard Period.days(text) != nil else {
        return .failure(
          Problem(
            message: "`\(name)` takes \(expectation(type)), and `\(text)` is none",
            help: "write it as in `180 days`, from 1 to \(Period.maximum)"))
      }
      return .success(.text(text))
    default: return .success(.text(text))
    }
  }

  /// What a field of a type takes, with its article.
  static func expectation(_ type: FieldType) -> String {
    switch type {
    case .number: "a number"
    case .quantity: "a number or a day"
    case .boolean: "`true` or `false`"
    case .day: "a day"
    case .identifier: "an id"
    case .office: "the id of an office"
    case .id(let kind): "the id of a \(kind.rawValue)"
    case .reference: "a reference"
    case .release: "the name of a release"
    case .period: "a number of days"
    case .sequence, .set, .items: "a list"
    case .record, .map: "a mapping"
    case .choice, .line, .prose, .expression, .rules, .plain: "text"
    }
  }

  private static func typed(
    _ text: String, _ type: FieldType, isQuoted: Bool, name: String
  ) -> Result<Node.Content, Problem> {
    guard let content = typedContent(text, type) else {
      return .failure(Problem(message: "`\(name)` takes \(expectation(type)), and `\(text)` is none", help: form(type)))
    }
    if case .number = content, let plain = DecimalNumber.withoutLeadingZeros(text) {
      return .failure(
        Problem(
          code: "leading-zero", message: "`\(name)` takes \(expectation(type)), and `\(text)` begins with a zero",
          help: "write `\(plain)`; other readers of YAML count digits behind a zero by eights"))
    }
    // A day in quotes is the same day: most readers of YAML know no days, and some make of a bare one what is no text.
    let isDay = if case .day = content { true } else { false }
    guard !isQuoted || isDay else {
      return .failure(
        Problem(
          message: "`\(name)` takes \(expectation(type)), and `\(text)` is text in quotes",
          help: "write `\(name): \(text)` without quotes"))
    }
    return .success(content)
  }

  private static func typedContent(_ text: String, _ type: FieldType) -> Node.Content? {
    switch type {
    case .number: DecimalNumber(text).map { .number($0) }
    case .quantity: DecimalNumber(text).map { .number($0) } ?? Day(text).map { .day($0) }
    case .day: Day(text).map { .day($0) }
    default:
      switch text {
      case "true", "True", "TRUE": .boolean(true)
      case "false", "False", "FALSE": .boolean(false)
      default: nil
      }
    }
  }

  private static func form(_ type: FieldType) -> String {
    switch type {
    case .number: "digits with at most one point, as in `60` or `-0.5`"
    case .quantity: "as in `60`, `0.5` or `2026-02-01`"
    case .day: "a day of the calendar as `YYYY-MM-DD`"
    default: "write `true` or `false`"
    }
  }

  private static func choice(_ text: String, _ choices: [String], _ name: String) -> Result<Node.Content, Problem> {
    guard !choices.contains(text) else { return .success(.text(text)) }
    let near = nearestName(to: text, among: choices).map { "did you mean `\($0)`?" }
    return .failure(
      Problem(
        code: "unknown-choice", message: "`\(text)` is no choice of `\(name)`",
        help: near ?? "the choices are \(choices.joined(separator: ", "))"))
  }

  private static func identifier(_ text: String, _ type: FieldType, _ name: String) -> Result<Node.Content, Problem> {
    guard !EntryKey.isID(text) else { return .success(.text(text)) }
    var help = "an id is letters, digits, `-` and `_`, and begins with a letter or digit"
    if case .id(let kind) = type, text.begins(with: "\(kind.rawValue)/") {
      help = "write `\(text.dropFirst(kind.rawValue.count + 1))`, without the kind"
    }
    return .failure(
      Problem(
        code: "invalid-id", message: "`\(name)` takes \(expectation(type)), and `\(text)` is none", help: help))
  }

  private static func reference(_ text: String, _ kinds: [Kind], _ name: String) -> Result<Node.Content, Problem> {
    let reference: Reference
    do {
      reference = try Reference(parsing: text)
    } catch {
      return .failure(Problem(code: "invalid-reference", message: error.message, help: error.help))
    }
    guard reference.revision == nil else {
      return .failure(
        Problem(
          code: "invalid-reference", message: "`\(text)` names a revision, which a file cannot",
          help: "leave out `@` and what follows it"))
    }
    guard kinds.contains(reference.key.kind) else {
      let names = kinds.map { "a \($0.rawValue)" }
      let list = names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
      return .failure(
        Problem(
          code: "invalid-reference", message: "`\(name)` refers to \(list), and `\(text)` is none",
          help: "write `\(kinds.first?.rawValue ?? "value")/ID`"))
    }
    return .success(.text(text))
  }

  private static func release(_ text: String, _ name: String) -> Result<Node.Content, Problem> {
    let parts = text.parts(at: "/")
    let isRelease =
      parts.count == 3 && parts[0] == "release" && EntryKey.isID(String(parts[1]))
      && (1...9).contains(parts[2].utf8.count) && parts[2].utf8.allSatisfy { (0x30...0x39).contains($0) }
      && parts[2].utf8.first != 0x30
    guard !isRelease else { return .success(.text(text)) }
    return .failure(
      Problem(
        code: "invalid-release", message: "`\(name)` takes the name of a release, and `\(text)` is none",
        help: "write `release/CYCLE/N`, as in `release/renewal-2026/1`"))
  }
}
