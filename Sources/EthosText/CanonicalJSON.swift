extension JSON {
  /// The text of RFC 8785: no white space, members by the UTF-16 code units of their names, and in texts only what JSON
  /// itself asks for is escaped.
  ///
  /// Numbers stand as they are given: who wants them exact gives them as texts. Of two members of one name the first stands.
  package var canonicalText: String {
    var bytes: [UInt8] = []
    writeCanonically(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func writeCanonically(to bytes: inout [UInt8]) {
    switch self {
    case .object(let members):
      bytes.append(0x7B)
      var last: String?
      for member in members.enumerated().sorted(by: JSON.precedes).map(\.element) {
        if let last, last.utf8.elementsEqual(member.name.utf8) { continue }
        if last != nil { bytes.append(0x2C) }
        last = member.name
        JSON.writeCanonically(member.name, to: &bytes)
        bytes.append(0x3A)
        member.value.writeCanonically(to: &bytes)
      }
      bytes.append(0x7D)
    case .array(let items):
      bytes.append(0x5B)
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        item.writeCanonically(to: &bytes)
      }
      bytes.append(0x5D)
    case .string(let text): JSON.writeCanonically(text, to: &bytes)
    case .number, .boolean, .null: bytes += text(pretty: false).utf8
    }
  }

  private static func precedes(_ left: (offset: Int, element: Member), _ right: (offset: Int, element: Member)) -> Bool
  {
    let (first, second) = (left.element.name.utf16, right.element.name.utf16)
    if first.elementsEqual(second) { return left.offset < right.offset }
    return first.lexicographicallyPrecedes(second)
  }

  private static func writeCanonically(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: bytes += "\\\"".utf8
      case 0x5C: bytes += "\\\\".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20:
        let digits = String(scalar.value, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      default: bytes += String(scalar).utf8
      }
    }
    bytes.append(0x22)
  }
}
