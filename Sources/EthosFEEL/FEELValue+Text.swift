import EthosText

extension FEELValue: CustomStringConvertible {
  /// FEEL that evaluates to the value again, but for functions that see variables.
  package var description: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let number): number.description
    case .string(let string): FEELText.literal(string)
    case .date(let date): "@\"\(date)\""
    case .time(let time): "@\"\(time)\""
    case .dateTime(let dateTime): "@\"\(dateTime)\""
    case .daysDuration(let duration): "@\"\(duration)\""
    case .monthsDuration(let months): "@\"\(FEELMonthsDuration.text(months: months))\""
    case .list(let items): "[\(items.map(\.description).joined(separator: ", "))]"
    case .context(let context):
      "{\(context.entries.map { "\(FEELText.key($0.key)): \($0.value)" }.joined(separator: ", "))}"
    case .range(let range): range.description
    case .function(let function): function.description
    }
  }
}

extension FEELRange: CustomStringConvertible {
  package var description: String {
    switch (low, high) {
    case (let low?, _?) where form != .ends: "(\(form == .equal ? "=" : "!=") \(low))"
    case (let low?, let high?): "\(isLowClosed ? "[" : "(")\(low)..\(high)\(isHighClosed ? "]" : ")")"
    case (let low?, nil): "(\(isLowClosed ? ">=" : ">") \(low))"
    case (nil, let high?): "(\(isHighClosed ? "<=" : "<") \(high))"
    case (nil, nil): "(null..null)"
    }
  }
}

extension FEELFunction: CustomStringConvertible {
  package var description: String {
    switch self {
    case .builtin(let builtin): builtin.rawValue
    case .lambda(let lambda):
      FEELExpression(.function(lambda.parameters, lambda.body), lambda.body.span).description
    }
  }
}

extension FEELText {
  /// A key of a context: as a name where it is one, else as a string.
  static func key(_ key: String) -> String {
    guard let first = key.unicodeScalars.first, FEELScalar.isNameStart(first) else { return literal(key) }
    let isName = key.unicodeScalars.allSatisfy { scalar in
      FEELScalar.isNamePart(scalar) || FEELScalar.isNameSign(scalar) || scalar == " "
    }
    return isName && areEqual(FEELNames.normalized(key), key) && !key.holds("//") && !key.holds("/*")
      ? key : literal(key)
  }
}
