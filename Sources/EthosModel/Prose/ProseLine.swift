/// One line of Markdown with the column at which its text begins.
struct ProseLine {
  typealias Scalars = ArraySlice<Unicode.Scalar>

  /// The whole line.
  let raw: Scalars
  /// The column of the first character that is no white space; tabs stop at multiples of four.
  let indent: Int
  /// The text without white space at its ends.
  let body: Scalars

  init(_ raw: Scalars) {
    var column = 0
    var start = raw.startIndex
    while start < raw.endIndex, raw[start].properties.isWhitespace {
      column = raw[start] == "\t" ? (column / 4 + 1) * 4 : column + 1
      start += 1
    }
    self.init(raw: raw, indent: column, body: ProseLine.trimmed(raw[start...]))
  }

  private init(raw: Scalars, indent: Int, body: Scalars) {
    self.raw = raw
    self.indent = indent
    self.body = body
  }

  /// What a line opens that is no plain text.
  enum Opening {
    case item(marker: String, length: Int, canInterrupt: Bool)
    case fence(ProseFence)
    case heading
    case rule
    case tableRow
    case quotation
    case admonition
  }

  var opening: Opening? {
    switch body.first {
    case ">": return .quotation
    case "|": return .tableRow
    case "#": return isHeading ? .heading : nil
    case "!":
      return body.starts(with: ["!", "!", "!", " "]) ? .admonition : nil
    case "`", "~": return ProseFence(opening: body, indent: indent).map { .fence($0) }
    case "-", "*", "+", "_": return isRule ? .rule : bullet
    case let first? where ("0"..."9").contains(first): return number
    default: return nil
    }
  }

  /// The rest of the line after its first characters, as a line that begins at the column where it stands.
  func dropping(_ count: Int) -> ProseLine {
    let rest = body.dropFirst(count)
    let text = rest.drop { $0.properties.isWhitespace }
    return ProseLine(raw: raw, indent: indent + count + rest.count - text.count, body: text)
  }

  /// The whole line without so many columns of white space at its beginning and without any at its end.
  func code(dropping columns: Int) -> String {
    var column = 0
    var rest = raw
    while column < columns, let first = rest.first, first == " " || first == "\t" {
      column = first == "\t" ? (column / 4 + 1) * 4 : column + 1
      rest = rest.dropFirst()
    }
    let text = String(String.UnicodeScalarView(ProseLine.trimmed(rest)))
    return text.isEmpty ? "" : String(repeating: " ", count: max(0, column - columns)) + text
  }

  var text: String { String(String.UnicodeScalarView(body)) }

  /// The text divided into lines, which end at LF, CR LF or CR.
  static func lines(_ text: String) -> [Scalars] {
    let scalars = Array(text.unicodeScalars)
    var lines: [Scalars] = []
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      guard scalar == "\n" || scalar == "\r" else { continue }
      lines.append(scalars[start..<index - 1])
      if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
      start = index
    }
    return lines + [scalars[start...]]
  }

  private static func trimmed(_ scalars: Scalars) -> Scalars {
    var scalars = scalars
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return scalars
  }

  private var isHeading: Bool {
    let rest = body.drop { $0 == "#" }
    return body.count - rest.count <= 6 && (rest.first?.properties.isWhitespace ?? true)
  }

  private var isRule: Bool {
    let marks = body.filter { !$0.properties.isWhitespace }
    return body.first != "+" && marks.count >= 3 && marks.allSatisfy { $0 == marks.first }
  }

  private var bullet: Opening? {
    guard body.first != "_" else { return nil }
    let rest = body.dropFirst()
    guard rest.first?.properties.isWhitespace ?? true else { return nil }
    return .item(marker: "-", length: 1, canInterrupt: !rest.isEmpty)
  }

  private var number: Opening? {
    let digits = body.prefix(10).prefix { ("0"..."9").contains($0) }
    let rest = body.dropFirst(digits.count)
    guard digits.count <= 9, rest.first == "." || rest.first == ")" else { return nil }
    guard rest.dropFirst().first?.properties.isWhitespace ?? true else { return nil }
    let marker = String(String.UnicodeScalarView(digits)) + "."
    return .item(marker: marker, length: digits.count + 1, canInterrupt: marker == "1." && rest.count > 1)
  }
}

/// The fence that opens a block of code.
struct ProseFence {
  let character: Unicode.Scalar
  let length: Int
  let indent: Int
  /// What is said after the fence: the language.
  let info: String

  init?(opening body: ProseLine.Scalars, indent: Int) {
    guard let first = body.first, first == "`" || first == "~" else { return nil }
    let length = body.prefix { $0 == first }.count
    let rest = body.dropFirst(length)
    guard length >= 3, first == "~" || !rest.contains("`") else { return nil }
    character = first
    self.length = length
    self.indent = indent
    info = Prose.collapsed(String(String.UnicodeScalarView(rest)))
  }

  func isClosed(by line: ProseLine) -> Bool {
    line.body.count >= length && line.indent < indent + 4 && line.body.allSatisfy { $0 == character }
  }
}
