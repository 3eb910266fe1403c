import EthosText

extension FEELReader {
  /// The words that may follow an operand, so that they are never part of a name that is not known.
  private static let infix: Set<String> = [
    "and", "or", "in", "then", "else", "return", "satisfies", "between", "instance",
  ]

  /// The names that a value has without being a context (DMN 1.5, tables 62 to 65).
  static let properties = [
    "year", "month", "day", "weekday", "hour", "minute", "second", "value", "time offset", "timezone", "days", "hours",
    "minutes", "seconds", "years", "months", "start", "end", "start included", "end included",
  ]

  /// The longest known name that begins here, with the place after it.
  func longestName(pieces limit: Int, _ isKnown: (String) -> Bool) -> (name: String, end: Int)? {
    var place = index
    var candidate = String.UnicodeScalarView()
    var best: (name: String, end: Int)?
    var pieces = 0
    while pieces < limit {
      var isSpaced = false
      while place < scalars.count, FEELScalar.isWhiteSpace(scalars[place]) {
        place += 1
        isSpaced = true
      }
      guard place < scalars.count else { break }
      let start = place
      if FEELScalar.isNamePart(scalars[place]) || (scalars[place] == "?" && pieces == 0) {
        place += 1
        while place < scalars.count, FEELScalar.isNamePart(scalars[place]) { place += 1 }
      } else if pieces > 0, FEELScalar.isNameSign(scalars[place]) {
        if scalars[place] == ".", place + 1 < scalars.count, scalars[place + 1] == "." { break }
        place += 1
      } else {
        break
      }
      if isSpaced, pieces > 0 { candidate.append(" ") }
      candidate.append(contentsOf: scalars[start..<place])
      pieces += 1
      let name = String(candidate)
      if isKnown(name) { best = (name, place) }
    }
    return best
  }

  /// The words from here on with white space between them, up to one that may follow an operand.
  private func joinedWords() -> (name: String, end: Int)? {
    guard index < scalars.count, FEELScalar.isNameStart(scalars[index]) else { return nil }
    var place = index
    var words: [String] = []
    var end = index
    while place < scalars.count, FEELScalar.isNamePart(scalars[place]), words.count < 40 {
      let start = place
      while place < scalars.count, FEELScalar.isNamePart(scalars[place]) { place += 1 }
      let word = text(start, place)
      if !words.isEmpty, FEELReader.infix.contains(word) { break }
      words.append(word)
      end = place
      while place < scalars.count, FEELScalar.isWhiteSpace(scalars[place]) { place += 1 }
    }
    return (words.joined(separator: " "), end)
  }

  /// A variable or a function; the place is at its first letter.
  mutating func name() throws(Rejection) -> String {
    let names = names
    let known = longestName(pieces: names.longest) { names.contains($0) }
    let joined = joinedWords()
    if let known, known.end >= joined?.end ?? 0 {
      index = known.end
      return known.name
    }
    guard let joined, !FEELReader.infix.contains(joined.name) else { throw unexpected("a value") }
    guard names.allowsUnknown else {
      let near = nearestName(to: joined.name, among: names.all)
      throw Rejection(
        "unknown-name", "nothing is called `\(visibleText(joined.name))` here", span(index, joined.end),
        help: near.map { "did you mean `\($0)`?" })
    }
    index = joined.end
    return joined.name
  }

  /// The name after the point of a path.
  mutating func fieldName(of base: FEELExpression) throws(Rejection) -> String {
    try skip()
    var fields: [FEELTypedName]?
    if let type = type(of: base), case .context(let known) = type.item { fields = known }
    let known = fields?.map { FEELNames.normalized($0.name) } ?? []
    let longest = known.reduce(2) { max($0, FEELNames.pieces($1).count) }
    if let found = longestName(
      pieces: longest,
      { name in
        known.contains { FEELText.areEqual($0, name) } || FEELReader.properties.contains(name)
      })
    {
      let joined = joinedWords()
      if known.contains(where: { FEELText.areEqual($0, found.name) }) || found.end >= joined?.end ?? 0 {
        index = found.end
        return found.name
      }
    }
    guard let joined = joinedWords() else { throw unexpected("a name after `.`") }
    if fields != nil, !names.allowsUnknown {
      let near = nearestName(to: joined.name, among: known)
      throw Rejection(
        "unknown-name", "there is no field `\(visibleText(joined.name))` here", span(index, joined.end),
        help: near.map { "did you mean `\($0)`?" })
    }
    index = joined.end
    return joined.name
  }

  /// A name as it stands where it is defined: letters, digits, white space and the signs of names, up to anything else.
  mutating func rawName() -> String? {
    guard let first = scalar(), FEELScalar.isNameStart(first) || first == "?" else { return nil }
    let start = index
    var place = index + 1
    while place < scalars.count,
      FEELScalar.isNamePart(scalars[place]) || FEELScalar.isWhiteSpace(scalars[place])
        || FEELScalar.isNameSign(scalars[place])
    {
      place += 1
    }
    index = place
    return FEELNames.normalized(text(start, place))
  }

  /// The name of an iterator: the words up to `in`.
  mutating func iteratorName() throws(Rejection) -> String {
    try skip()
    guard let first = scalar(), FEELScalar.isNameStart(first) else { throw unexpected("the name of a variable") }
    let start = index
    var place = index
    while place < scalars.count {
      if FEELScalar.isNamePart(scalars[place]) {
        let word = word(at: place)
        if place > start, FEELText.areEqual(word, "in") {
          index = place
          return FEELNames.normalized(text(start, place))
        }
        while place < scalars.count, FEELScalar.isNamePart(scalars[place]) { place += 1 }
      } else if FEELScalar.isWhiteSpace(scalars[place]) || FEELScalar.isNameSign(scalars[place]) {
        place += 1
      } else {
        break
      }
    }
    index = place
    throw unexpected("`in` after the name of a variable")
  }

  /// The type of an expression as far as the names tell it.
  func type(of expression: FEELExpression) -> FEELType? {
    switch expression.kind {
    case .name(let name): return names.type(of: name)
    case .path(let base, let field):
      guard let type = type(of: base), case .context(let fields) = type.item else { return nil }
      guard let found = fields.first(where: { FEELText.areEqual(FEELNames.normalized($0.name), field) })
      else { return nil }
      return found.type
    case .filter(let base, _): return type(of: base)
    case .conditional(_, let then, _): return type(of: then)
    case .list(let items): return items.first.flatMap { type(of: $0) }.map { .list($0) }
    case .context(let entries):
      return .context(entries.map { FEELTypedName($0.key, type(of: $0.value) ?? .any) })
    case .number: return .number
    case .string: return .string
    case .boolean: return .boolean
    default: return nil
    }
  }
}

extension FEELType {
  /// The type of the items of a list, however deep; any other type itself.
  var item: FEELType {
    var type = self
    while case .list(let item) = type { type = item }
    return type
  }
}
