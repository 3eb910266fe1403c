import EthosText

/// A call of a built-in function with its arguments in the order of its signature.
///
/// A null where a value is needed makes the result null, silently; a value of another type makes it null with a
/// problem (DMN 1.5, 10.3.2.13.4).
struct FEELCall {
  let run: FEELRun
  let builtin: FEELBuiltin
  let span: Span
  let scope: FEELScope
  /// The place of the signature among those of the function.
  let signature: Int
  /// Whether the arguments were given by name.
  let isNamed: Bool
  let arguments: [FEELValue?]

  /// Why a call ends without a value.
  enum Stop: Error {
    case null
    case problem(code: String, message: String)
  }

  func value() -> FEELValue {
    do throws(Stop) {
      return try dispatch()
    } catch {
      switch error {
      case .null: return .null
      case .problem(let code, let message): return run.fail(code, message, span)
      }
    }
  }

  private func dispatch() throws(Stop) -> FEELValue {
    switch builtin {
    case .date, .time, .dateAndTime, .number, .string, .duration, .yearsAndMonthsDuration, .now, .today, .range:
      try conversion()
    case .not, .is: try logic()
    case .substring, .stringLength, .upperCase, .lowerCase, .substringBefore, .substringAfter, .replace, .contains,
      .startsWith, .endsWith, .matches, .split, .stringJoin:
      try text()
    case .count, .min, .max, .sum, .mean, .all, .any, .product, .median, .stddev, .mode: try aggregate()
    case .listContains, .listReplace, .sublist, .append, .concatenate, .insertBefore, .remove, .reverse, .indexOf,
      .union, .distinctValues, .flatten, .sort:
      try list()
    case .decimal, .floor, .ceiling, .roundUp, .roundDown, .roundHalfUp, .roundHalfDown, .abs, .modulo, .sqrt, .log,
      .exp, .odd, .even:
      try numeric()
    case .before, .after, .meets, .metBy, .overlaps, .overlapsBefore, .overlapsAfter, .finishes, .finishedBy, .includes,
      .during, .starts, .startedBy, .coincides:
      try interval()
    case .dayOfYear, .dayOfWeek, .monthOfYear, .weekOfYear: try calendar()
    case .getValue, .getEntries, .context, .contextPut, .contextMerge: try context()
    }
  }

  // MARK: - Arguments

  /// The name of a parameter without its mark.
  private func parameter(_ index: Int) -> String {
    let name = builtin.signatures[signature][index]
    return name.ends(with: "?") || name.ends(with: "*") ? String(name.dropLast()) : name
  }

  func wrongType(_ index: Int, _ expected: String, _ value: FEELValue) -> Stop {
    .problem(
      code: "wrong-type",
      message: "`\(builtin.rawValue)` needs a \(expected) as `\(parameter(index))`, but this is a \(value.kindName)")
  }

  func problem(_ code: String, _ message: String) -> Stop { .problem(code: code, message: message) }

  /// An argument that may be null or left out.
  func any(_ index: Int) -> FEELValue { index < arguments.count ? arguments[index] ?? .null : .null }

  func has(_ index: Int) -> Bool { index < arguments.count && arguments[index] != nil && !any(index).isNull }

  /// The value in place of a list of one item, where no list is wanted.
  private func single(_ index: Int) throws(Stop) -> FEELValue {
    let value = any(index)
    if value.isNull { throw .null }
    if case .list(let items) = value, items.count == 1, let item = items.first { return item }
    return value
  }

  func number(_ index: Int) throws(Stop) -> FEELNumber {
    let value = try single(index)
    guard case .number(let number) = value else { throw wrongType(index, "number", value) }
    return number
  }

  func string(_ index: Int) throws(Stop) -> String {
    let value = try single(index)
    guard case .string(let string) = value else { throw wrongType(index, "string", value) }
    try spend(string.utf8.count / 16)
    return string
  }

  func boolean(_ index: Int) throws(Stop) -> Bool {
    let value = try single(index)
    guard case .boolean(let boolean) = value else { throw wrongType(index, "boolean", value) }
    return boolean
  }

  func context(_ index: Int) throws(Stop) -> FEELContext {
    let value = try single(index)
    guard case .context(let context) = value else { throw wrongType(index, "context", value) }
    return context
  }

  /// A list; a value that is none is a list of one.
  func list(_ index: Int) throws(Stop) -> [FEELValue] {
    switch any(index) {
    case .null: throw .null
    case .list(let items):
      try spend(items.count)
      guard run.charge(any(index), span) else { throw .null }
      return items
    case let single: return [single]
    }
  }

  /// A whole number that is small enough to count with; a fraction is dropped, as the TCK has it.
  func integer(_ index: Int) throws(Stop) -> Int {
    let number = try number(index)
    guard let integer = number.truncated.integer, integer.magnitude <= 1_000_000_000_000 else {
      throw problem(
        "not-an-integer", "`\(builtin.rawValue)` needs a whole number as `\(parameter(index))`, not \(number)")
    }
    return integer
  }

  // MARK: - Results

  func spend(_ count: Int) throws(Stop) {
    guard run.spend(count, span) else { throw .null }
  }

  func result(_ number: FEELNumber?) throws(Stop) -> FEELValue {
    guard let number else {
      throw problem("number-out-of-range", "the result of `\(builtin.rawValue)` is no number that FEEL can hold")
    }
    return .number(number)
  }

  func result(_ items: [FEELValue]) throws(Stop) -> FEELValue {
    guard items.count <= run.limits.size else {
      _ = run.tooLarge(span)
      throw .null
    }
    try spend(items.count)
    return .list(items)
  }

  func result(text: String) throws(Stop) -> FEELValue {
    guard text.utf8.count <= run.limits.size * 4 else {
      _ = run.tooLarge(span)
      throw .null
    }
    try spend(text.utf8.count / 16)
    return .string(text)
  }
}
