/// String functions (DMN 1.5, 10.3.4.3). Lengths and positions count Unicode scalars.
extension FEELCall {
  func text() throws(Stop) -> FEELValue {
    if builtin == .stringJoin { return try joined() }
    let text = try string(0)
    switch builtin {
    case .substring: return try substring(text)
    case .stringLength: return .number(FEELNumber(text.unicodeScalars.count))
    case .upperCase: return try result(text: text.uppercased())
    case .lowerCase: return try result(text: text.lowercased())
    case .substringBefore, .substringAfter: return try part(text, match: try string(1))
    case .contains:
      let match = try string(1)
      return .boolean(try place(of: match, in: text) != nil)
    case .startsWith: return .boolean(text.utf8.starts(with: try string(1).utf8))
    case .endsWith:
      let match = try string(1)
      return .boolean(text.utf8.reversed().starts(with: match.utf8.reversed()))
    case .matches: return try matches(text)
    case .replace: return try replaced(text)
    case .split: return try split(text)
    default: return .null
    }
  }

  private func substring(_ text: String) throws(Stop) -> FEELValue {
    let scalars = Array(text.unicodeScalars)
    let start = try integer(1)
    guard start != 0, start.magnitude <= scalars.count else {
      throw problem("position-out-of-range", "the text has no character at \(start)")
    }
    let first = start > 0 ? start - 1 : scalars.count + start
    var end = scalars.count
    if arguments.count > 2, arguments[2] != nil {
      let length = try integer(2)
      guard length >= 1 else { throw problem("position-out-of-range", "the length of a part is at least 1") }
      end = min(scalars.count, first + length)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[first..<end])
    return .string(String(view))
  }

  /// The offset in bytes at which a text stands in another.
  private func place(of match: String, in text: String) throws(Stop) -> Int? {
    let (text, match) = (Array(text.utf8), Array(match.utf8))
    guard let first = match.first else { return 0 }
    guard match.count <= text.count else { return nil }
    for start in 0...(text.count - match.count) where text[start] == first {
      var length = 1
      while length < match.count, text[start + length] == match[length] { length += 1 }
      try spend(length / 4)
      if length == match.count { return start }
    }
    return nil
  }

  private func part(_ text: String, match: String) throws(Stop) -> FEELValue {
    guard let place = try place(of: match, in: text) else { return .string("") }
    let bytes = Array(text.utf8)
    let part = builtin == .substringBefore ? bytes[..<place] : bytes[(place + match.utf8.count)...]
    return .string(String(decoding: part, as: UTF8.self))
  }

  private func joined() throws(Stop) -> FEELValue {
    let items = try list(0)
    let delimiter = has(1) ? try string(1) : ""
    var result = ""
    var isFirst = true
    for item in items {
      switch item {
      case .null: continue
      case .string(let text):
        if !isFirst { result += delimiter }
        isFirst = false
        result += text
        guard result.utf8.count <= run.limits.size * 4 else { return run.tooLarge(span) }
      default: throw wrongType(0, "list of strings", item)
      }
    }
    return try self.result(text: result)
  }

  // MARK: - Regular expressions

  private func pattern(_ index: Int, flags: Int?) throws(Stop) -> FEELPattern {
    let text = try string(index)
    let flags = flags.map { has($0) } ?? false ? try string(flags ?? 0) : ""
    do throws(FEELPattern.Failure) {
      return try FEELPattern(text, flags: flags)
    } catch {
      throw problem("malformed-pattern", error.message)
    }
  }

  /// The first match from a place on; its steps are those of the evaluation.
  private func firstMatch(
    _ pattern: FEELPattern, _ text: [Unicode.Scalar], from start: Int
  ) throws(Stop) -> FEELPattern.Match? {
    var matcher = FEELMatcher(pattern, text, budget: max(0, run.limits.steps - run.steps))
    let found = matcher.firstMatch(from: start)
    try spend(matcher.steps)
    return found
  }

  private func matches(_ text: String) throws(Stop) -> FEELValue {
    let pattern = try pattern(1, flags: 2)
    return .boolean(try firstMatch(pattern, Array(text.unicodeScalars), from: 0) != nil)
  }

  private func replaced(_ text: String) throws(Stop) -> FEELValue {
    let pattern = try pattern(1, flags: 3)
    let replacement = Array(try string(2).unicodeScalars)
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    while place <= scalars.count, let match = try firstMatch(pattern, scalars, from: place) {
      result.append(contentsOf: scalars[place..<match.range.lowerBound])
      try append(replacement, match, scalars, pattern, to: &result)
      place = match.range.upperBound
      if match.range.isEmpty {
        if place < scalars.count { result.append(scalars[place]) }
        place += 1
      }
      guard result.count <= run.limits.size else { return run.tooLarge(span) }
    }
    if place < scalars.count { result.append(contentsOf: scalars[place...]) }
    return try self.result(text: String(result))
  }

  /// Writes a replacement: `$1` is what a group matched, `$0` all, and a backslash takes the meaning off `$` and `\`.
  private func append(
    _ replacement: [Unicode.Scalar], _ match: FEELPattern.Match, _ text: [Unicode.Scalar], _ pattern: FEELPattern,
    to result: inout String.UnicodeScalarView
  ) throws(Stop) {
    if pattern.isLiteral {
      result.append(contentsOf: replacement)
      return
    }
    try spend(replacement.count)
    var index = 0
    while index < replacement.count {
      let next = replacement[index]
      index += 1
      switch next {
      case "\\":
        guard index < replacement.count, replacement[index] == "\\" || replacement[index] == "$" else {
          throw problem("malformed-pattern", "a backslash in a replacement stands before `\\` or `$` only")
        }
        result.append(replacement[index])
        index += 1
      case "$":
        guard index < replacement.count, FEELScalar.isDigit(replacement[index]) else {
          throw problem("malformed-pattern", "a `$` in a replacement stands before the number of a group only")
        }
        var group = Int(replacement[index].value & 15)
        index += 1
        // As many digits as there are groups for (XPath functions 3.1, 5.6.4).
        while index < replacement.count, FEELScalar.isDigit(replacement[index]),
          group * 10 + Int(replacement[index].value & 15) <= pattern.groups
        {
          group = group * 10 + Int(replacement[index].value & 15)
          index += 1
        }
        if group == 0 {
          result.append(contentsOf: text[match.range])
        } else if group <= pattern.groups, let range = match.groups[group - 1] {
          result.append(contentsOf: text[range])
        }
      default: result.append(next)
      }
    }
  }

  private func split(_ text: String) throws(Stop) -> FEELValue {
    let pattern = try pattern(1, flags: nil)
    let scalars = Array(text.unicodeScalars)
    var parts: [FEELValue] = []
    func part(_ range: Range<Int>) -> FEELValue {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return .string(String(view))
    }
    var start = 0
    var place = 0
    while place <= scalars.count, let match = try firstMatch(pattern, scalars, from: place) {
      if match.range.isEmpty {
        place = match.range.upperBound + 1
        // An empty match splits between two characters only.
        guard match.range.lowerBound > start, match.range.lowerBound < scalars.count else { continue }
        parts.append(part(start..<match.range.lowerBound))
        start = match.range.upperBound
      } else {
        parts.append(part(start..<match.range.lowerBound))
        start = match.range.upperBound
        place = start
      }
      guard parts.count <= run.limits.size else { return run.tooLarge(span) }
    }
    parts.append(part(start..<scalars.count))
    return try result(parts)
  }
}
