/// A JSON value (RFC 8259) whose objects keep the order in which their members are given.
package indirect enum JSON: Sendable, Hashable {
  case object([Member])
  case array([JSON])
  case string(String)
  /// A number by its text, so that none loses a digit.
  case number(String)
  case boolean(Bool)
  case null

  /// One member of an object.
  package struct Member: Sendable, Hashable {
    package var name: String
    package var value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  package static func number(_ value: Int) -> JSON { .number(String(value)) }

  /// A text, or `null` where there is none.
  package static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  package static func strings(_ texts: some Sequence<String>) -> JSON { .array(texts.map(JSON.string)) }

  /// The members that have a value, in their order.
  package static func members(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
    .object(pairs.compactMap { pair in pair.value.map { Member(pair.key, $0) } })
  }

  /// The value of a member, or nil where this is no object or has no such member.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(stringLiteral value: String) { self = .string(value) }
}

// MARK: - Writing

extension JSON {
  /// The text: with one member or item a line, indented by two spaces, and a line feed at the end; or on one line.
  ///
  /// Besides what JSON asks for, everything that its reader would not see is escaped (controls, format characters, tags,
  /// variation selectors), so that the text is safe on a terminal and shows what it holds; U+2028 and U+2029, which end lines
  /// in JavaScript, are among them. Costs one pass over the value.
  package func text(pretty: Bool = true) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: pretty ? 0 : nil)
    if pretty { bytes.append(0x0A) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .object(let members):
      JSON.write(members, between: (0x7B, 0x7D), to: &bytes, indent: indent) { member, bytes, indent in
        JSON.write(string: member.name, to: &bytes)
        bytes += (indent == nil ? ":" : ": ").utf8
        member.value.write(to: &bytes, indent: indent)
      }
    case .array(let items):
      JSON.write(items, between: (0x5B, 0x5D), to: &bytes, indent: indent) { item, bytes, indent in
        item.write(to: &bytes, indent: indent)
      }
    case .string(let text): JSON.write(string: text, to: &bytes)
    case .number(let text):
      // What is no JSON number would break the whole document; as a string it is only of another type.
      if JSON.isNumber(text) { bytes += text.utf8 } else { JSON.write(string: text, to: &bytes) }
    case .boolean(let value): bytes += (value ? "true" : "false").utf8
    case .null: bytes += "null".utf8
    }
  }

  private static func write<Item>(
    _ items: [Item], between brackets: (open: UInt8, close: UInt8), to bytes: inout [UInt8], indent: Int?,
    each: (Item, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(brackets.open)
    let inner = indent.map { $0 + 2 }
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      if let inner { breakLine(&bytes, inner) }
      each(item, &bytes, inner)
    }
    if let indent, !items.isEmpty { breakLine(&bytes, indent) }
    bytes.append(brackets.close)
  }

  private static func breakLine(_ bytes: inout [UInt8], _ indent: Int) {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent))
  }

  private static func write(string: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for scalar in string.unicodeScalars {
      switch scalar.value {
      case 0x22: bytes += "\\\"".utf8
      case 0x5C: bytes += "\\\\".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x20..<0x7F: bytes.append(UInt8(scalar.value))
      default:
        guard scalar.isUnseen else {
          bytes += String(scalar).utf8
          break
        }
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
        }
      }
    }
    bytes.append(0x22)
  }

  /// Whether a text is a number by the grammar of RFC 8259, section 6.
  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func digits() -> Int {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == 0x2D { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == 0x30
    let whole = digits()
    guard whole > 0, !(leadsWithZero && whole > 1) else { return false }
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == 0x65 || rest.first == 0x45 {
      rest = rest.dropFirst()
      if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
