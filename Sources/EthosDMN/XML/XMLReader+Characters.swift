import EthosText

/// Names, references and characters of XML.
extension XMLReader {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  mutating func skipSpace() {
    while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
  }

  func at(_ text: StaticString) -> Bool {
    guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      for (offset, byte) in buffer.enumerated() where bytes[index + offset] != byte { return false }
      return true
    }
  }

  /// The offset of the next occurrence of a text.
  mutating func find(_ text: StaticString, from start: Int, _ message: String) throws(Failure) -> Int {
    let begin = index
    index = start
    while index < bytes.count {
      if at(text) {
        let found = index
        index = begin
        return found
      }
      index += 1
    }
    throw failure("malformed-xml", message, begin)
  }

  /// A name with its prefix.
  ///
  /// What is no space and no delimiter may stand in it: files are read leniently here, for a name that XML forbids is
  /// unknown anyway.
  mutating func name() throws(Failure) -> String {
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D, 0x2F, 0x3E, 0x3C, 0x3D, 0x22, 0x27, 0x26:
        guard index > start else { throw failure("malformed-xml", "a name is missing", start) }
        return source.text(Span(start, index))
      case 0..<0x20: throw failure("malformed-xml", "a control character stands in a name", index)
      default: index += 1
      }
    }
    throw failure("malformed-xml", "the file ends inside a tag", start)
  }

  /// The characters of a span with the references replaced, and line ends as XML has them.
  func decoded(_ span: Span, isAttribute: Bool) throws(Failure) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(span.end - span.start)
    var place = span.start
    while place < span.end {
      let byte = bytes[place]
      switch byte {
      case 0x26:
        guard let end = bytes[place..<min(span.end, place + 12)].firstIndex(of: 0x3B) else {
          throw failure("malformed-xml", "`&` begins no reference: write `&amp;`", place)
        }
        result.append(contentsOf: String(try reference(place, end)).utf8)
        place = end
      case 0x0D:
        if place + 1 >= span.end || bytes[place + 1] != 0x0A { result.append(isAttribute ? 0x20 : 0x0A) }
      case 0x0A, 0x09: result.append(isAttribute ? 0x20 : byte)
      case 0..<0x20: throw failure("malformed-xml", "a control character stands in the text", place)
      default: result.append(byte)
      }
      place += 1
    }
    let text = String(decoding: result, as: UTF8.self)
    try refuseHidden(text, span)
    return text
  }

  /// XML allows characters that a terminal obeys instead of showing, or that change the direction of a text unseen; no
  /// file of an identity may hold them.
  private func refuseHidden(_ text: String, _ span: Span) throws(Failure) {
    guard text.utf8.contains(where: { $0 >= 0x7F }) else { return }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
        let code = String(scalar.value, radix: 16, uppercase: true)
        throw failure(
          "control-character",
          "the text holds the control character U+\(String(repeating: "0", count: 4 - code.count))\(code)",
          span.start)
      default: continue
      }
    }
  }

  func checkCharacters(_ span: Span) throws(Failure) {
    for place in span.start..<span.end where bytes[place] < 0x20 && !Self.isSpace(bytes[place]) {
      throw failure("malformed-xml", "a control character stands in the text", place)
    }
    try refuseHidden(source.text(span), span)
  }

  static func withLineFeeds(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var result: [UInt8] = []
    var wasReturn = false
    for byte in text.utf8 {
      if byte == 0x0A, wasReturn {
        wasReturn = false
        continue
      }
      wasReturn = byte == 0x0D
      result.append(wasReturn ? 0x0A : byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func reference(_ start: Int, _ end: Int) throws(Failure) -> Character {
    let name = source.text(Span(start + 1, end))
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard name.begins(with: "#") else {
      throw failure("malformed-xml", "`&\(visibleText(name));` is no entity of XML", start, end + 1)
    }
    let digits = name.dropFirst()
    let value = digits.begins(with: "x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let value, let scalar = Unicode.Scalar(value), Self.isCharacter(value) else {
      throw failure("malformed-xml", "`&\(visibleText(name));` is no character of XML", start, end + 1)
    }
    return Character(scalar)
  }

  private static func isCharacter(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}

extension String {
  /// Where a text begins in this one, byte by byte.
  func range(ofPlain text: String) -> String.Index? {
    let wanted = Array(text.utf8)
    var index = utf8.startIndex
    while index < utf8.endIndex {
      if utf8[index...].starts(with: wanted) { return index }
      index = utf8.index(after: index)
    }
    return nil
  }
}
