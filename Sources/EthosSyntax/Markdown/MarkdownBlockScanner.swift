import EthosText

/// Says of each line of a Markdown document, in order, whether it may begin a block of the document itself: whether it
/// stands outside fenced and indented code, list items and comments (CommonMark 0.31, 4.4 to 4.6, 5.2).
struct MarkdownBlockScanner {
  private enum Container: Equatable {
    case none
    case fence(UInt8, length: Int)
    case comment
    /// A list item with the column at which its content begins. What is indented as far belongs to it, whatever it is.
    case listItem(Int)
  }

  private var container = Container.none

  /// Whether the line before stood in code, in a list item or in a comment that may go on.
  var isInside: Bool { container != .none }

  mutating func isTopLevel(_ line: String) -> Bool {
    let bytes = Array(line.utf8)
    let (indent, start) = MarkdownBlockScanner.indent(bytes)
    let body = bytes[start...]
    switch container {
    case .fence(let character, let length):
      let run = body.prefix { $0 == character }.count
      if indent < 4, run >= length, body.dropFirst(run).allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { container = .none }
      return false
    case .comment:
      if MarkdownBlockScanner.closesComment(body) { container = .none }
      return false
    case .listItem(let column):
      if body.isEmpty || indent >= column { return false }
      container = .none
    case .none: break
    }
    guard indent < 4 else { return false }
    container = MarkdownBlockScanner.opening(body, indent)
    return container == .none
  }

  private static func opening(_ body: ArraySlice<UInt8>, _ indent: Int) -> Container {
    guard let first = body.first else { return .none }
    if first == 0x60 || first == 0x7E {
      let length = body.prefix { $0 == first }.count
      let isFence = length >= 3 && (first == 0x7E || !body.dropFirst(length).contains(0x60))
      return isFence ? .fence(first, length: length) : .none
    }
    if body.starts(with: "<!--".utf8) { return closesComment(body.dropFirst(4)) ? .none : .comment }
    return listItem(body, indent)
  }

  private static func listItem(_ body: ArraySlice<UInt8>, _ indent: Int) -> Container {
    let digits = body.prefix { (0x30...0x39).contains($0) }.count
    let mark = body.dropFirst(digits).first
    switch (digits, mark) {
    case (0, 0x2D), (0, 0x2A), (0, 0x2B): if isThematicBreak(body) { return .none }
    case (1...9, 0x2E), (1...9, 0x29): break
    default: return .none
    }
    let rest = body.dropFirst(digits + 1)
    let spaces = rest.prefix { $0 == 0x20 || $0 == 0x09 }.count
    guard rest.isEmpty || spaces > 0 else { return .none }
    // An item that begins with code or with an empty line has its content one column after the marker.
    let padding = spaces == rest.count || spaces > 4 ? 1 : spaces
    return .listItem(indent + digits + 1 + padding)
  }

  private static func isThematicBreak(_ body: ArraySlice<UInt8>) -> Bool {
    let marks = body.filter { $0 != 0x20 && $0 != 0x09 }
    return marks.count >= 3 && marks.allSatisfy { $0 == marks.first }
  }

  private static func closesComment(_ body: ArraySlice<UInt8>) -> Bool {
    String(decoding: body, as: UTF8.self).holds("-->")
  }

  /// The column of the first byte that is no space (tabs stop at multiples of four), and its index.
  private static func indent(_ bytes: [UInt8]) -> (column: Int, start: Int) {
    var column = 0
    var index = 0
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 {
      column = bytes[index] == 0x09 ? (column / 4 + 1) * 4 : column + 1
      index += 1
    }
    return (column, index)
  }
}
