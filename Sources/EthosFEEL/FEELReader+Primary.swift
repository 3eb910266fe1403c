import EthosText

extension FEELReader {
  mutating func primary() throws(Rejection) -> FEELExpression {
    try token()
    height = 1
    let start = index
    guard let first = scalar() else { throw unexpected("a value") }
    switch first {
    case "(": return try parenthesis()
    case "[": return try bracket()
    case "]": return try interval(from: start)
    case "{": return try context()
    default: return try simple(first, from: start)
    }
  }

  /// A literal, a keyword or a name.
  private mutating func simple(_ first: Unicode.Scalar, from start: Int) throws(Rejection) -> FEELExpression {
    switch first {
    case "\"": return FEELExpression(.string(try string()), span(start, index))
    case "@": return try temporal()
    case "0"..."9": return try number()
    case ".":
      guard let next = scalar(1), FEELScalar.isDigit(next) else { throw unexpected("a value") }
      return try number()
    case "?": return input(from: start)
    default:
      guard FEELScalar.isNameStart(first) else { throw unexpected("a value") }
      return try word(from: start)
    }
  }

  /// `?`, or a known name that begins so.
  private mutating func input(from start: Int) -> FEELExpression {
    let names = names
    if let known = longestName(pieces: names.longest, { $0 != "?" && names.contains($0) }) {
      index = known.end
      return FEELExpression(.name(known.name), span(start, index))
    }
    index += 1
    return FEELExpression(.input, span(start, index))
  }

  /// A keyword, or a name that may begin with one.
  private mutating func word(from start: Int) throws(Rejection) -> FEELExpression {
    let word = word(at: index)
    switch word {
    case "null", "true", "false", "if", "for", "some", "every", "function":
      guard !isLongerName(than: word.utf8.count) else { break }
      return try keyword(word, from: start)
    default: break
    }
    let name = try name()
    return FEELExpression(.name(name), span(start, index))
  }

  /// Whether a known name that is longer than a keyword begins here.
  private func isLongerName(than length: Int) -> Bool {
    let names = names
    let known = longestName(pieces: names.longest) { names.contains($0) }
    return (known?.end ?? 0) > index + length
  }

  private mutating func keyword(_ word: String, from start: Int) throws(Rejection) -> FEELExpression {
    switch word {
    case "if": return try conditional()
    case "for": return try iteration()
    case "some": return try quantified(.some)
    case "every": return try quantified(.every)
    case "function": return try function()
    default:
      index += word.utf8.count
      return FEELExpression(word == "null" ? .null : .boolean(word == "true"), span(start, index))
    }
  }

  private mutating func parenthesis() throws(Rejection) -> FEELExpression {
    let start = index
    let outer = isEndpoint
    isEndpoint = false
    defer { isEndpoint = outer }
    index += 1
    if let comparison = try takeComparison() { return try unboundedRange(comparison, from: start) }
    let inner = try expression()
    if try take("..") { return try range(low: inner, isLowClosed: false, from: start) }
    try expect(")", "to close the parenthesis")
    // The tree has no node for a parenthesis, but an error should underline it.
    return FEELExpression(inner.kind, span(start, index))
  }

  /// `(< 5)`, after its operator.
  private mutating func unboundedRange(
    _ comparison: FEELComparison, from start: Int
  ) throws(Rejection) -> FEELExpression {
    let bound = try expression()
    let over = height
    try expect(")", "after a range")
    let interval: FEELInterval
    switch comparison {
    case .less: interval = FEELInterval(low: nil, isLowClosed: false, high: bound, isHighClosed: false)
    case .lessOrEqual: interval = FEELInterval(low: nil, isLowClosed: false, high: bound, isHighClosed: true)
    case .greater: interval = FEELInterval(low: bound, isLowClosed: false, high: nil, isHighClosed: false)
    case .greaterOrEqual: interval = FEELInterval(low: bound, isLowClosed: true, high: nil, isHighClosed: false)
    case .equal: return try node(.pointRange(bound, isExcluded: false), from: start, over: over)
    case .notEqual: return try node(.pointRange(bound, isExcluded: true), from: start, over: over)
    }
    return try node(.range(interval), from: start, over: over)
  }

  private mutating func bracket() throws(Rejection) -> FEELExpression {
    let start = index
    let outer = isEndpoint
    isEndpoint = false
    defer { isEndpoint = outer }
    index += 1
    if try take("]") { return FEELExpression(.list([]), span(start, index)) }
    var items: [FEELExpression] = [try expression()]
    var over = height
    if try take("..") { return try range(low: items[0], isLowClosed: true, from: start) }
    while try take(",") {
      items.append(try expression())
      over = max(over, height)
    }
    try expect("]", "to close the list")
    return try node(.list(items), from: start, over: over)
  }

  /// `]low..high]`, at its first bracket.
  private mutating func interval(from start: Int) throws(Rejection) -> FEELExpression {
    let outer = isEndpoint
    isEndpoint = false
    defer { isEndpoint = outer }
    index += 1
    let low = try expression()
    try expect("..", "in a range")
    return try range(low: low, isLowClosed: false, from: start)
  }

  /// The rest of a range after its two points.
  mutating func range(
    low: FEELExpression, isLowClosed: Bool, from start: Int
  ) throws(Rejection) -> FEELExpression {
    let lowHeight = height
    isEndpoint = true
    let high = try expression()
    isEndpoint = false
    try skip()
    let isHighClosed = scalar() == "]"
    guard isHighClosed || scalar() == ")" || scalar() == "[" else {
      throw unexpected("`]`, `)` or `[` to close the range")
    }
    index += 1
    let interval = FEELInterval(low: low, isLowClosed: isLowClosed, high: high, isHighClosed: isHighClosed)
    return try node(.range(interval), from: start, over: max(lowHeight, height))
  }

  private mutating func context() throws(Rejection) -> FEELExpression {
    let start = index
    let outer = (names: names, isEndpoint: isEndpoint)
    isEndpoint = false
    index += 1
    var entries: [FEELContextEntry] = []
    var keys: [(String, FEELType?)] = []
    var known = names
    var over = 1
    if !(try take("}")) {
      repeat {
        try skip()
        let key = try contextKey()
        try expect(":", "after a key of a context")
        let value = try expression()
        entries.append(FEELContextEntry(key, value))
        over = max(over, height)
        guard entries.count <= 2_000 else {
          throw Rejection("expression-too-long", "a context has more than 2000 entries", span(start, start + 1))
        }
        // A scope for every few keys: neither a chain as long as the context, nor a copy of all keys for each.
        if keys.count == 32 {
          known = known.adding(keys)
          keys = []
        }
        keys.append((key, type(of: value)))
        names = known.adding(keys)
      } while try take(",")
      try expect("}", "to close the context")
    }
    (names, isEndpoint) = outer
    return try node(.context(entries), from: start, over: over)
  }

  private mutating func contextKey() throws(Rejection) -> String {
    if scalar() == "\"" { return try string() }
    guard let name = rawName() else { throw unexpected("a key of the context") }
    return name
  }
}
