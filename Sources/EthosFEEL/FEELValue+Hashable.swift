extension FEELValue: Hashable {
  package static func == (left: FEELValue, right: FEELValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): FEELText.areEqual(left, right)
    case (.date(let left), .date(let right)): left == right
    case (.time(let left), .time(let right)): left == right
    case (.dateTime(let left), .dateTime(let right)): left == right
    case (.daysDuration(let left), .daysDuration(let right)): left == right
    case (.monthsDuration(let left), .monthsDuration(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.context(let left), .context(let right)): left == right
    case (.range(let left), .range(let right)): left == right
    case (.function(let left), .function(let right)): left == right
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    switch self {
    case .null: break
    case .boolean(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value)
    case .string(let value): hasher.combine(FEELText(value))
    case .date(let value): hasher.combine(value)
    case .time(let value): hasher.combine(value)
    case .dateTime(let value): hasher.combine(value)
    case .daysDuration(let value): hasher.combine(value)
    case .monthsDuration(let value): hasher.combine(value)
    case .list(let value): hasher.combine(value)
    case .context(let value): hasher.combine(value)
    case .range(let value): hasher.combine(value)
    case .function(let value): hasher.combine(value)
    }
  }

  /// A number for each kind.
  private var rank: Int {
    switch self {
    case .null: 0
    case .boolean: 1
    case .number: 2
    case .string: 3
    case .date: 4
    case .time: 5
    case .dateTime: 6
    case .daysDuration: 7
    case .monthsDuration: 8
    case .list: 9
    case .context: 10
    case .range: 11
    case .function: 12
    }
  }

  /// What this kind of value is called in a message.
  package var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date and time"
    case .daysDuration: "days and time duration"
    case .monthsDuration: "years and months duration"
    case .list: "list"
    case .context: "context"
    case .range: "range"
    case .function: "function"
    }
  }

  package var isNull: Bool { if case .null = self { true } else { false } }
}
