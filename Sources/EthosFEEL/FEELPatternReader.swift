import EthosText

/// Reads a regular expression of XPath into a tree.
///
/// Nesting is limited; look-around and possessive quantifiers are not part of what is read.
struct FEELPatternReader {
  indirect enum Node {
    case empty
    case one(FEELPattern.Set)
    case start, end
    case backreference(Int)
    case sequence([Node])
    case choice([Node])
    case group(Int, Node)
    case repetition(Node, least: Int, most: Int?, isGreedy: Bool)
  }

  private let scalars: [Unicode.Scalar]
  private let isDotAll: Bool
  private var index = 0
  private var depth = 0
  private(set) var groups = 0
  private var closed: Set<Int> = []

  init(_ text: String, isDotAll: Bool, isSpaced: Bool) {
    self.isDotAll = isDotAll
    var depth = 0
    var isEscaped = false
    // The flag `x` takes white space out, but not within brackets.
    scalars = text.unicodeScalars.filter { scalar in
      defer { isEscaped = scalar == "\\" && !isEscaped }
      if !isEscaped {
        if scalar == "[" { depth += 1 }
        if scalar == "]" { depth = max(0, depth - 1) }
      }
      return !(isSpaced && depth == 0 && ["\t", "\n", "\r", " "].contains(scalar))
    }
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private func failure(_ message: String) -> FEELPattern.Failure { FEELPattern.Failure(message: message) }

  mutating func pattern() throws(FEELPattern.Failure) -> Node {
    let node = try choice()
    guard index == scalars.count else { throw failure("the pattern has a `)` without a `(`") }
    return node
  }

  private mutating func choice() throws(FEELPattern.Failure) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 16 else { throw failure("the pattern is nested more than 16 levels deep") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(FEELPattern.Failure) -> Node {
    var nodes: [Node] = []
    while let next = peek, next != "|", next != ")" {
      nodes.append(try quantified(try atom()))
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
  }

  private mutating func quantified(_ atom: Node) throws(FEELPattern.Failure) -> Node {
    let bounds: (least: Int, most: Int?)
    switch peek {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{": bounds = try counts()
    default: return atom
    }
    index += 1
    let isGreedy = !take("?")
    if let next = peek, ["*", "+", "?", "{"].contains(next) {
      throw failure("the pattern has two quantifiers in a row")
    }
    return .repetition(atom, least: bounds.least, most: bounds.most, isGreedy: isGreedy)
  }

  /// `{n}`, `{n,}` or `{n,m}`; the place is left at the closing brace.
  private mutating func counts() throws(FEELPattern.Failure) -> (Int, Int?) {
    index += 1
    func malformed() -> FEELPattern.Failure { failure("a quantifier is written `{n}`, `{n,}` or `{n,m}`") }
    guard let least = digits() else { throw malformed() }
    var most: Int? = least
    if take(",") { most = peek == "}" ? nil : digits() ?? -1 }
    guard peek == "}", most ?? least >= least else { throw malformed() }
    return (least, most)
  }

  private mutating func digits() -> Int? {
    let start = index
    var value = 0
    while let next = peek, FEELScalar.isDigit(next) {
      value = min(value * 10 + Int(next.value & 15), 100_000)
      index += 1
    }
    return index > start ? value : nil
  }

  private mutating func atom() throws(FEELPattern.Failure) -> Node {
    guard let next = peek else { return .empty }
    index += 1
    switch next {
    case "^": return .start
    case "$": return .end
    case ".": return .one(isDotAll ? .anything : .notLineEnd)
    case "[": return .one(try bracket())
    case "(": return try group()
    case "\\": return try escape()
    case "*", "+", "?", "{", "}", "]": throw failure("the pattern has a `\(next)` that stands for nothing")
    default: return .one(.scalar(next))
    }
  }

  private mutating func group() throws(FEELPattern.Failure) -> Node {
    if take("?") {
      guard take(":") else { throw failure("look-around is not part of the patterns of FEEL") }
      let node = try choice()
      guard take(")") else { throw failure("the pattern has a `(` without a `)`") }
      return node
    }
    groups += 1
    let number = groups
    let node = try choice()
    guard take(")") else { throw failure("the pattern has a `(` without a `)`") }
    closed.insert(number)
    return .group(number, node)
  }

  private mutating func escape() throws(FEELPattern.Failure) -> Node {
    if let next = peek, ("1"..."9").contains(next) {
      index += 1
      var number = Int(next.value & 15)
      while let more = peek, FEELScalar.isDigit(more), number * 10 + Int(more.value & 15) <= groups {
        number = number * 10 + Int(more.value & 15)
        index += 1
      }
      guard closed.contains(number) else { throw failure("`\\\(number)` refers to no group before it") }
      return .backreference(number)
    }
    return .one(try escapedSet())
  }

  /// What stands after a backslash.
  private mutating func escapedSet() throws(FEELPattern.Failure) -> FEELPattern.Set {
    guard let next = peek else { throw failure("the pattern ends with a backslash") }
    index += 1
    switch next {
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "t": return .scalar("\t")
    case "d": return .digit
    case "D": return .not(.digit)
    case "s": return .space
    case "S": return .not(.space)
    case "w": return .word
    case "W": return .not(.word)
    case "i": return .nameStart
    case "I": return .not(.nameStart)
    case "c": return .namePart
    case "C": return .not(.namePart)
    case "p", "P":
      let set = try property()
      return next == "p" ? set : .not(set)
    case "\\", "|", ".", "-", "^", "?", "*", "+", "{", "}", "(", ")", "[", "]", "$", "/", "\"", "'":
      return .scalar(next)
    default: throw failure("`\\\(visibleText(String(next)))` is no escape of a pattern")
    }
  }

  /// The category or block that `\p` names: `{Lu}`, `{IsGreek}`.
  private mutating func property() throws(FEELPattern.Failure) -> FEELPattern.Set {
    guard take("{") else {
      throw failure("`\\p` is followed by a category such as `{Lu}`, or a block such as `{IsGreek}`")
    }
    var name = ""
    while let next = peek, next != "}", name.utf8.count < 64 {
      name.unicodeScalars.append(next)
      index += 1
    }
    guard take("}") else { throw failure("the pattern has a `\\p{` without a `}`") }
    if FEELPattern.categories.contains(name) { return .category(name) }
    guard name.begins(with: "Is") else {
      throw failure("`\(visibleText(name))` is no category of characters; a block is named `Is…`")
    }
    guard let block = FEELBlocks.block(String(name.unicodeScalars.dropFirst(2))) else {
      throw failure("`\(visibleText(name))` is no block of characters of Unicode 14")
    }
    return .block(block)
  }

  /// What stands in brackets, after the first.
  private mutating func bracket() throws(FEELPattern.Failure) -> FEELPattern.Set {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 16 else { throw failure("the pattern is nested more than 16 levels deep") }
    let isNegated = take("^")
    var parts: [FEELPattern.Set] = []
    var without: FEELPattern.Set?
    var isFirst = true
    while without == nil {
      guard let next = peek else { throw failure("the pattern has a `[` without a `]`") }
      if next == "]", !isFirst { break }
      isFirst = false
      if next == "-", index + 1 < scalars.count, scalars[index + 1] == "[", !parts.isEmpty {
        index += 2
        without = try bracket()
        continue
      }
      guard next != "[", next != "]" else { throw failure("a bracket within brackets needs a backslash") }
      index += 1
      let set = next == "\\" ? try escapedSet() : .scalar(next)
      guard case .scalar(let low) = set, peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]",
        scalars[index + 1] != "["
      else {
        parts.append(set)
        continue
      }
      index += 1
      guard let last = peek else { break }
      index += 1
      let end = last == "\\" ? try escapedSet() : .scalar(last)
      guard case .scalar(let high) = end, low <= high else {
        throw failure("the pattern has a range of characters that runs backwards")
      }
      parts.append(.range(low, high))
    }
    guard take("]") else { throw failure("the pattern has a `[` without a `]`") }
    let set: FEELPattern.Set = isNegated ? .not(.any(parts)) : .any(parts)
    return without.map { .without(set, $0) } ?? set
  }
}
