extension FEELType {
  /// The simple types by their names.
  static let simpleTypes: [(name: String, type: FEELType)] = [
    ("Any", .any), ("Null", .null), ("boolean", .boolean), ("number", .number), ("string", .string), ("date", .date),
    ("time", .time), ("date and time", .dateAndTime), ("days and time duration", .daysAndTimeDuration),
    ("years and months duration", .yearsAndMonthsDuration), ("day and time duration", .daysAndTimeDuration),
    ("year and month duration", .yearsAndMonthsDuration), ("dateTime", .dateAndTime),
    ("dayTimeDuration", .daysAndTimeDuration), ("yearMonthDuration", .yearsAndMonthsDuration),
  ]

  /// Reads a type as FEEL writes it: `number`, `list<string>`, `context<a: number>`, `function<number> -> string`.
  ///
  /// Any other name is that of a type of the model. Fails where the text is none of these.
  package init?(parsing text: String) {
    guard let type = FEELParser.type(text) else { return nil }
    self = type
  }
}

extension FEELType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .any: "Any"
    case .null: "Null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateAndTime: "date and time"
    case .daysAndTimeDuration: "days and time duration"
    case .yearsAndMonthsDuration: "years and months duration"
    case .list(let item): "list<\(item)>"
    case .range(let item): "range<\(item)>"
    case .context(let fields): "context<\(fields.map { "\($0.name): \($0.type)" }.joined(separator: ", "))>"
    case .function(let parameters, let result):
      "function<\(parameters.map(\.description).joined(separator: ", "))> -> \(result)"
    case .named(let name): name
    }
  }
}
