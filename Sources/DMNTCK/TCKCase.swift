package import EthosDMN
package import EthosFEEL
package import EthosText

/// A file of test cases of the DMN TCK: what a model answers for given inputs.
package struct TCKFile: Sendable {
  /// The file name of the model, next to this file.
  package var model: String
  package var cases: [TCKCase]

  /// Reads a file (`testCases.xsd` of the TCK).
  package static func read(_ source: SourceText) -> (file: TCKFile?, diagnostics: [Diagnostic]) {
    do throws(XMLReader.Failure) {
      let root = try XMLReader.read(source)
      guard root.name == "testCases" else {
        let problem = Diagnostic("not-a-test", .error, "`\(visibleText(root.name))` is no file of test cases")
        return (nil, [problem])
      }
      var file = TCKFile(model: "", cases: [])
      for child in root.elements {
        if child.name == "modelName" { file.model = trimmed(child.text.string) }
        if child.name == "testCase" { file.cases.append(TCKCase(child)) }
      }
      return (file, [])
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}

/// One case: inputs, and what some elements of the model answer.
package struct TCKCase: Sendable {
  package enum Kind: Sendable { case decision, function, service }

  package struct Expectation: Sendable {
    package var name: String
    package var namespace: String?
    /// Nil where nothing is expected but that it is evaluated.
    package var value: FEELValue?
    /// Whether evaluation is to fail; an implementation may answer null.
    package var isError: Bool
  }

  package var id: String
  package var kind: Kind
  /// The function or service that is called.
  package var invocable: String?
  package var inputs: [DMNGiven]
  package var expectations: [Expectation]
  /// The values that could not be read.
  package var problems: [String]

  init(_ element: XMLElement) {
    id = element["id"] ?? ""
    invocable = element["invocableName"]
    kind =
      switch element["type"] {
      case "bkm": .function
      case "decisionService": .service
      default: .decision
      }
    var reader = TCKValueReader()
    inputs = []
    expectations = []
    for child in element.elements {
      switch child.name {
      case "inputNode":
        inputs.append(
          DMNGiven(DMNNames.normalized(child["name"] ?? ""), reader.value(in: child), namespace: child["namespace"]))
      case "resultNode":
        let expected = child.elements.first { $0.name == "expected" }
        expectations.append(
          Expectation(
            name: DMNNames.normalized(child["name"] ?? ""), namespace: child["namespace"],
            value: expected.map { reader.value(in: $0) }, isError: child["errorResult"] == "true"))
      default: break
      }
    }
    problems = reader.problems
  }
}

/// Reads the values of a test file: `value` by its XML Schema type, `component`s as a context, `list` as a list.
struct TCKValueReader {
  private(set) var problems: [String] = []

  private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

  /// The value that an element holds; null where it holds none.
  mutating func value(in element: XMLElement) -> FEELValue {
    let children = element.elements.filter { $0.name != "extensionElements" }
    if let value = children.first(where: { $0.name == "value" }) { return scalar(value) }
    if let list = children.first(where: { $0.name == "list" }) {
      if isNil(list) { return .null }
      return .list(list.elements.filter { $0.name == "item" }.map { value(in: $0) })
    }
    let components = children.filter { $0.name == "component" }
    guard !components.isEmpty else { return .null }
    return .context(
      FEELContext(components.map { (DMNNames.normalized($0["name"] ?? ""), isNil($0) ? .null : value(in: $0)) }))
  }

  private func isNil(_ element: XMLElement) -> Bool {
    let value = element.attribute("nil", namespace: Self.schemaInstance)?.value
    return value == "true" || value == "1"
  }

  private mutating func scalar(_ element: XMLElement) -> FEELValue {
    if isNil(element) { return .null }
    let text = element.text.string
    let written = element.attribute("type", namespace: Self.schemaInstance)?.value ?? "xsd:string"
    let type = String(written.split(separator: ":").last ?? "")
    let trimmed = TCKFile.trimmed(text)
    let value: FEELValue?
    switch type {
    case "string", "anySimpleType": return .string(text)
    case "boolean": value = ["true": true, "1": true, "false": false, "0": false][trimmed].map { .boolean($0) }
    case "decimal", "double", "float", "integer", "int", "long":
      value = FEELNumber(trimmed).map { .number($0) }
    case "date": value = FEELDate(trimmed).map { .date($0) }
    case "time": value = FEELTime(trimmed).map { .time($0) }
    case "dateTime": value = FEELDateTime(trimmed).map { .dateTime($0) }
    case "duration", "dayTimeDuration", "yearMonthDuration": value = duration(trimmed)
    default: value = nil
    }
    if value == nil { problems.append("`\(visibleText(trimmed))` is no `\(visibleText(type))`") }
    return value ?? .null
  }

  private func duration(_ text: String) -> FEELValue? {
    if let days = FEELDaysDuration(text) { return .daysDuration(days) }
    return FEELMonthsDuration.months(text).map { .monthsDuration($0) }
  }
}
