/// A JSON value (RFC 8259) whose objects keep the order in which their members are given.
package indirect enum JSON: Sendable {
  case object([(name: String, value: JSON)])
  case array([JSON])
  case string(String)
  /// A number by its text, so that none loses a digit. The text is written as it stands: it must be a JSON number.
  case number(String)
  case boolean(Bool)
  case null

  package static func number(_ value: Int) -> JSON { .number(String(value)) }

  /// The members that have a value, in their order.
  package static func members(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
    .object(pairs.compactMap { pair in pair.value.map { (pair.key, $0) } })
  }

  /// The text: on one line, or with one member or item a line, indented by two spaces, and a line feed at the end.
  ///
  /// Costs one pass over the value.
  package func text(pretty: Bool) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: pretty ? 0 : nil)
    if pretty { bytes.append(0x0A) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .object(let members):
      JSON.write(members, between: ("{", "}"), to: &bytes, indent: indent) { member, bytes, indent in
        JSON.write(string: member.name, to: &bytes)
        bytes += (indent == nil ? ":" : ": ").utf8
        member.value.write(to: &bytes, indent: indent)
      }
    case .array(let items):
      JSON.write(items, between: ("[", "]"), to: &bytes, indent: indent) { item, bytes, indent in
        item.write(to: &bytes, indent: indent)
      }
    case .string(let text): JSON.write(string: text, to: &bytes)
    case .number(let text): bytes += text.utf8
    case .boolean(let value): bytes += (value ? "true" : "false").utf8
    case .null: bytes += "null".utf8
    }
  }

  private static func write<Item>(
    _ items: [Item], between brackets: (open: String, close: String), to bytes: inout [UInt8], indent: Int?,
    each: (Item, inout [UInt8], Int?) -> Void
  ) {
    bytes += brackets.open.utf8
    let inner = indent.map { $0 + 2 }
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      if let inner { breakLine(&bytes, inner) }
      each(item, &bytes, inner)
    }
    if let indent, !items.isEmpty { breakLine(&bytes, indent) }
    bytes += brackets.close.utf8
  }

  private static func breakLine(_ bytes: inout [UInt8], _ indent: Int) {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent))
  }

  /// Control characters, quotes and backslashes are escaped; so are DEL and C1, which terminals act on, and U+2028 and
  /// U+2029, which are line ends in JavaScript.
  private static func write(string: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    defer { bytes.append(0x22) }
    guard string.utf8.contains(where: mayNeedEscape) else {
      bytes += string.utf8
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      default: bytes += UTF8.encode(scalar).map { Array($0) } ?? []
      }
    }
  }

  /// Whether a byte is, or may begin, a scalar that is escaped.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2 || byte == 0xE2
  }
}

extension JSON: Equatable {
  package static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.object(let left), .object(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    case (.array(let left), .array(let right)): left == right
    case (.string(let left), .string(let right)), (.number(let left), .number(let right)): left == right
    case (.boolean(let left), .boolean(let right)): left == right
    case (.null, .null): true
    default: false
    }
  }
}
