import EthosText

extension FEELReader {
  mutating func conditional() throws(Rejection) -> FEELExpression {
    let start = index
    index += 2
    let condition = try expression()
    var over = height
    try expectWord("then", "after the condition of `if`")
    let then = try expression()
    over = max(over, height)
    try expectWord("else", "after the result of `if`")
    let otherwise = try expression()
    return try node(
      .conditional(condition, then: then, otherwise: otherwise), from: start, over: max(over, height))
  }

  mutating func iteration() throws(Rejection) -> FEELExpression {
    let start = index
    index += 3
    let outer = names
    let (iterators, over) = try iterators()
    try expectWord("return", "after the lists of `for`")
    names = names.adding([("partial", nil)])
    let body = try expression()
    names = outer
    return try node(.iteration(iterators, body), from: start, over: max(over, height))
  }

  mutating func quantified(_ quantifier: FEELQuantifier) throws(Rejection) -> FEELExpression {
    let start = index
    index += quantifier.rawValue.utf8.count
    let outer = names
    let (iterators, over) = try iterators()
    try expectWord("satisfies", "after the lists of `some` or `every`")
    let condition = try expression()
    names = outer
    return try node(.quantified(quantifier, iterators, condition), from: start, over: max(over, height))
  }

  /// `name in list, …`; their names are known from then on.
  private mutating func iterators() throws(Rejection) -> ([FEELIterator], over: Int) {
    var iterators: [FEELIterator] = []
    var over = 1
    repeat {
      guard iterators.count < 50 else {
        throw Rejection("expression-too-long", "a loop has more than 50 variables", span(index, index + 1))
      }
      let name = try iteratorName()
      try expectWord("in", "after the name of a variable")
      let list = try expression()
      over = max(over, height)
      var end: FEELExpression?
      if try take("..") {
        end = try expression()
        over = max(over, height)
      }
      iterators.append(FEELIterator(name: name, start: list, end: end))
      names = names.adding([(name, end == nil ? type(of: list)?.item : .number)])
    } while try take(",")
    return (iterators, over)
  }

  mutating func function() throws(Rejection) -> FEELExpression {
    let start = index
    index += 8
    try expect("(", "after `function`")
    var parameters: [FEELParameter] = []
    if !(try take(")")) {
      repeat {
        try skip()
        guard let name = rawName() else { throw unexpected("the name of a parameter") }
        parameters.append(FEELParameter(name, try take(":") ? try type() : nil))
      } while try take(",")
      try expect(")", "after the parameters")
    }
    guard !(try seesWord("external")) else {
      throw Rejection(
        "external-function", "functions outside of FEEL are not supported", span(start, index + 8),
        help: "write the function in FEEL")
    }
    let outer = names
    names = names.adding(parameters.map { ($0.name, $0.type) })
    let body = try expression()
    names = outer
    return try node(.function(parameters, body), from: start, over: height)
  }

  /// A type (rules 53 and 54).
  mutating func type() throws(Rejection) -> FEELType {
    try enter()
    defer { leave() }
    try skip()
    try token()
    if try takeGeneric("list") {
      let item = try type()
      try expect(">", "after the type of the items")
      return .list(item)
    }
    if try takeGeneric("range") {
      let item = try type()
      try expect(">", "after the type of the ends")
      return .range(item)
    }
    if try takeGeneric("context") { return .context(try fields()) }
    if try takeGeneric("function") {
      var parameters: [FEELType] = []
      if !(try take(">")) {
        repeat { parameters.append(try type()) } while try take(",")
        try expect(">", "after the types of the parameters")
      }
      try expect("->", "before the type of the result")
      return .function(parameters, try type())
    }
    let simple = longestName(pieces: 5) { name in FEELType.simpleTypes.contains { $0.name == name } }
    var end = index
    // The name of a type of the model: words with points between them.
    while end < scalars.count, FEELScalar.isNamePart(scalars[end]) || (end > index && scalars[end] == ".") {
      if scalars[end] == ".", end + 1 < scalars.count, scalars[end + 1] == "." { break }
      end += 1
    }
    if let simple, simple.end >= end, let found = FEELType.simpleTypes.first(where: { $0.name == simple.name }) {
      index = simple.end
      return found.type
    }
    guard end > index, FEELScalar.isNameStart(scalars[index]) else { throw unexpected("a type") }
    let name = text(index, end)
    index = end
    return .named(name)
  }

  private mutating func takeGeneric(_ word: StaticString) throws(Rejection) -> Bool {
    let start = index
    if try takeWord(word), try take("<") { return true }
    index = start
    return false
  }

  private mutating func fields() throws(Rejection) -> [FEELTypedName] {
    var fields: [FEELTypedName] = []
    if try take(">") { return [] }
    repeat {
      try skip()
      guard let name = rawName() else { throw unexpected("the name of a field") }
      try expect(":", "after the name of a field")
      fields.append(FEELTypedName(name, try type()))
    } while try take(",")
    try expect(">", "after the fields")
    return fields
  }
}
