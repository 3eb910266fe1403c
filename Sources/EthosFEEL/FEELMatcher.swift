import EthosText

/// Runs a pattern over a text by backtracking, with a stack of its own and a budget of steps: no pattern makes it hang
/// or overflow the stack of the thread.
struct FEELMatcher {
  private let pattern: FEELPattern
  private let text: [Unicode.Scalar]
  private let budget: Int
  private(set) var steps = 0
  private var places: [Int]
  private var loops: [Int]

  /// What to undo, or where to go on, when a way fails.
  private enum Choice {
    case place(instruction: Int, text: Int)
    case save(Int, Int)
    case loop(Int, Int)
  }

  /// - Parameters:
  ///   - pattern: The pattern.
  ///   - text: The text.
  ///   - budget: The steps after which a search ends without a match; the caller sees it by `steps`.
  init(_ pattern: FEELPattern, _ text: [Unicode.Scalar], budget: Int) {
    self.pattern = pattern
    self.text = text
    self.budget = budget
    places = Array(repeating: -1, count: pattern.groups * 2 + 2)
    loops = Array(repeating: -1, count: pattern.loops)
  }

  /// The leftmost match at or after a place; nil also where the budget is spent, and then `steps` is above it.
  mutating func firstMatch(from start: Int) -> FEELPattern.Match? {
    var start = start
    while start <= text.count, steps <= budget {
      if let end = match(at: start) {
        let groups = (0..<pattern.groups).map { group -> Range<Int>? in
          let (low, high) = (places[group * 2 + 2], places[group * 2 + 3])
          return low >= 0 && high >= low ? low..<high : nil
        }
        return FEELPattern.Match(range: start..<end, groups: groups)
      }
      start += 1
    }
    return nil
  }

  private mutating func match(at start: Int) -> Int? {
    for index in places.indices { places[index] = -1 }
    for index in loops.indices { loops[index] = -1 }
    var stack: [Choice] = []
    var instruction = 0
    var place = start
    while true {
      steps += 1
      guard steps <= budget else { return nil }
      var isAlive = true
      switch pattern.program[instruction] {
      case .accept: return place
      case .one(let set):
        isAlive = place < text.count && contains(set, text[place])
        place += 1
        instruction += 1
      case .start:
        isAlive = place == 0 || (pattern.isMultiline && text[place - 1] == "\n")
        instruction += 1
      case .end:
        isAlive = place == text.count || (pattern.isMultiline && text[place] == "\n")
        instruction += 1
      case .split(let first, let second):
        stack.append(.place(instruction: second, text: place))
        instruction = first
      case .jump(let target): instruction = target
      case .save(let slot):
        stack.append(.save(slot, places[slot]))
        places[slot] = place
        instruction += 1
      case .loopStart(let loop):
        stack.append(.loop(loop, loops[loop]))
        loops[loop] = place
        instruction += 1
      case .loopCheck(let loop):
        // A round that matched nothing would go on for ever: the jump back after it is skipped.
        instruction += loops[loop] == place ? 2 : 1
      case .backreference(let group):
        let (low, high) = (places[group * 2], places[group * 2 + 1])
        if low >= 0, high >= low {
          isAlive = place + high - low <= text.count
          var offset = 0
          while isAlive, offset < high - low {
            isAlive = isEqual(text[low + offset], text[place + offset])
            offset += 1
          }
          steps += offset
          place += high - low
        }
        instruction += 1
      }
      if isAlive { continue }
      backtrack: while true {
        switch stack.popLast() {
        case nil: return nil
        case .save(let slot, let value)?: places[slot] = value
        case .loop(let loop, let value)?: loops[loop] = value
        case .place(let next, let text)?:
          instruction = next
          place = text
          break backtrack
        }
      }
    }
  }

  private func isEqual(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    left == right || (pattern.ignoresCase && FEELMatcher.folds(left, right))
  }

  private static func folds(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    left.properties.lowercaseMapping == right.properties.lowercaseMapping
      || left.properties.uppercaseMapping == right.properties.uppercaseMapping
  }

  private func contains(_ set: FEELPattern.Set, _ scalar: Unicode.Scalar) -> Bool {
    guard pattern.ignoresCase else { return set.contains(scalar) }
    switch set {
    case .scalar(let wanted): return isEqual(wanted, scalar)
    case .not(let inner): return !contains(inner, scalar)
    case .any(let sets): return sets.contains { contains($0, scalar) }
    case .without(let set, let other): return contains(set, scalar) && !contains(other, scalar)
    default: break
    }
    if set.contains(scalar) { return true }
    return [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].contains { mapping in
      mapping.unicodeScalars.count == 1 && mapping.unicodeScalars.allSatisfy { $0 != scalar && set.contains($0) }
    }
  }
}

extension FEELPattern.Set {
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .scalar(let wanted): scalar == wanted
    case .range(let low, let high): low <= scalar && scalar <= high
    case .anything: true
    case .notLineEnd: scalar != "\n" && scalar != "\r"
    case .digit: scalar.properties.generalCategory == .decimalNumber
    case .space: ["\t", "\n", "\r", " "].contains(scalar)
    case .word: !["P", "Z", "C"].contains(FEELPattern.category(scalar).prefix(1))
    case .nameStart: scalar == ":" || FEELScalar.isNameStart(scalar)
    case .namePart: [":", "-", "."].contains(scalar) || FEELScalar.isNamePart(scalar)
    case .category(let name): FEELPattern.category(scalar).begins(with: name)
    case .block(let block): block.contains(scalar.value)
    case .not(let set): !set.contains(scalar)
    case .any(let sets): sets.contains { $0.contains(scalar) }
    case .without(let set, let other): set.contains(scalar) && !other.contains(scalar)
    }
  }
}

extension FEELPattern {
  static let categories: Swift.Set<String> = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
  ]

  /// The general category of a scalar by its short name.
  static func category(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .control: "Cc"
    case .format: "Cf"
    case .privateUse: "Co"
    case .surrogate, .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
