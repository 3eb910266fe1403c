import EthosText

/// A regular expression of XPath (XQuery and XPath functions 3.1, 5.6.1) as a program for a matcher.
///
/// Counted repetitions are written out, so a pattern beyond a few thousand instructions is refused.
struct FEELPattern: Sendable {
  enum Instruction: Sendable {
    case one(Set)
    case start, end
    /// Goes on at the first place, and at the second where that fails.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    /// Remembers the place of a loop, and leaves the loop where a round matched nothing.
    case loopStart(Int)
    case loopCheck(Int)
    case backreference(Int)
    case accept
  }

  /// A set of scalars.
  indirect enum Set: Sendable {
    case scalar(Unicode.Scalar)
    case range(Unicode.Scalar, Unicode.Scalar)
    case anything
    case notLineEnd
    case digit, space, word, nameStart, namePart
    case category(String)
    case block(ClosedRange<UInt32>)
    case not(Set)
    case any([Set])
    case without(Set, Set)
  }

  struct Failure: Error {
    let message: String
  }

  struct Match {
    let range: Range<Int>
    let groups: [Range<Int>?]
  }

  static let longest = 5_000

  private(set) var program: [Instruction] = []
  private(set) var groups = 0
  private(set) var loops = 0
  let ignoresCase: Bool
  let isMultiline: Bool
  /// Flag `q`: the pattern is no pattern but plain text.
  let isLiteral: Bool

  /// - Parameters:
  ///   - text: The pattern.
  ///   - flags: Any of `s`, `m`, `i`, `x` and `q`.
  /// - Throws: What is wrong with the pattern or its flags.
  init(_ text: String, flags: String) throws(Failure) {
    for flag in flags.unicodeScalars where !["s", "m", "i", "x", "q"].contains(flag) {
      throw Failure(message: "`\(flag)` is no flag of a pattern; the flags are s, m, i, x and q")
    }
    ignoresCase = flags.holds("i")
    isMultiline = flags.holds("m")
    isLiteral = flags.holds("q")
    if isLiteral {
      program = text.unicodeScalars.map { .one(.scalar($0)) } + [.accept]
      guard program.count <= FEELPattern.longest else { throw FEELPattern.tooLong }
      return
    }
    var reader = FEELPatternReader(text, isDotAll: flags.holds("s"), isSpaced: flags.holds("x"))
    let tree = try reader.pattern()
    groups = reader.groups
    try emit(tree)
    program.append(.accept)
  }

  private static let tooLong = Failure(message: "the pattern is too long, or repeats too much")

  private mutating func append(_ instruction: Instruction) throws(Failure) {
    guard program.count < FEELPattern.longest else { throw FEELPattern.tooLong }
    program.append(instruction)
  }

  private mutating func emit(_ node: FEELPatternReader.Node) throws(Failure) {
    switch node {
    case .empty: break
    case .one(let set): try append(.one(set))
    case .start: try append(.start)
    case .end: try append(.end)
    case .backreference(let group): try append(.backreference(group))
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .group(let number, let node):
      try append(.save(number * 2))
      try emit(node)
      try append(.save(number * 2 + 1))
    case .choice(let nodes):
      var ends: [Int] = []
      for (index, node) in nodes.enumerated() {
        guard index + 1 < nodes.count else {
          try emit(node)
          continue
        }
        let split = program.count
        try append(.split(split + 1, 0))
        try emit(node)
        ends.append(program.count)
        try append(.jump(0))
        program[split] = .split(split + 1, program.count)
      }
      for end in ends { program[end] = .jump(program.count) }
    case .repetition(let node, let least, let most, let isGreedy):
      try emit(node, least: least, most: most, isGreedy: isGreedy)
    }
  }

  private mutating func emit(
    _ node: FEELPatternReader.Node, least: Int, most: Int?, isGreedy: Bool
  ) throws(Failure) {
    for _ in 0..<least {
      try append(.jump(program.count + 1))
      try emit(node)
    }
    func split(_ first: Int, _ second: Int) -> Instruction { isGreedy ? .split(first, second) : .split(second, first) }
    guard let most else {
      let loop = loops
      loops += 1
      let start = program.count
      try append(.split(0, 0))
      try append(.loopStart(loop))
      try emit(node)
      try append(.loopCheck(loop))
      try append(.jump(start))
      program[start] = split(start + 1, program.count)
      return
    }
    var splits: [Int] = []
    for _ in least..<max(least, most) {
      splits.append(program.count)
      try append(.split(0, 0))
      try emit(node)
    }
    for place in splits { program[place] = split(place + 1, program.count) }
  }
}
