/// Writes XML, indented, one element a line; text stands inside its tags.
struct XMLWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  /// An element with elements inside.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ body: (inout XMLWriter) -> Void
  ) {
    open(name, attributes)
    text += ">\n"
    depth += 1
    let before = text.utf8.count
    body(&self)
    depth -= 1
    if text.utf8.count == before {
      text.removeLast(2)
      text += "/>\n"
    } else {
      text += "\(margin)</\(name)>\n"
    }
  }

  /// An element with nothing inside.
  mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    open(name, attributes)
    text += "/>\n"
  }

  /// An element with text inside.
  mutating func leaf(_ name: String, _ content: String) {
    open(name, [:])
    text += ">\(XMLWriter.escaped(content, isAttribute: false))</\(name)>\n"
  }

  private var margin: String { String(repeating: "  ", count: depth) }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    text += "\(margin)<\(name)"
    for (key, value) in attributes {
      if let value { text += " \(key)=\"\(XMLWriter.escaped(value, isAttribute: true))\"" }
    }
  }

  /// The text with what XML would take for its own escaped, and what it cannot hold replaced.
  static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result.append(contentsOf: "&amp;".unicodeScalars)
      case 0x3C: result.append(contentsOf: "&lt;".unicodeScalars)
      case 0x3E: result.append(contentsOf: "&gt;".unicodeScalars)
      case 0x22 where isAttribute: result.append(contentsOf: "&quot;".unicodeScalars)
      case 0x0D: result.append(contentsOf: "&#13;".unicodeScalars)
      case 0x09 where isAttribute, 0x0A where isAttribute:
        result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      case 0x09, 0x0A: result.append(scalar)
      case 0..<0x20, 0xFFFE, 0xFFFF: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
