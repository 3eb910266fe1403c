/// Reads Markdown line by line into a flat list of blocks, each with its level of nesting.
///
/// Quotations have a reader of their own, as each of their lines begins anew after its `>`.
struct ProseReader {
  /// A list item or an admonition that is open: what is indented by two columns more belongs to it.
  private struct Container {
    var column: Int
    /// Where its own text begins; what is indented by four columns more is code.
    var content: Int
  }

  private var blocks: [ProseBlock] = []
  private var containers: [Container] = []
  /// Whether the last block may take more lines.
  private var isOpen = false
  private var fence: ProseFence?
  private let depth: Int

  init(depth: Int) { self.depth = depth }

  mutating func read(_ line: ProseLine) {
    if let open = fence {
      if open.isClosed(by: line) {
        fence = nil
        isOpen = false
      } else {
        append(code: line.code(dropping: open.indent))
      }
      return
    }
    guard !line.body.isEmpty else {
      readBlank()
      return
    }
    let remaining = containers.prefix { line.indent >= $0.column + 2 }.count
    let opening = opening(of: line, among: remaining)
    if opening == nil, continues(line) { return }
    if remaining < containers.count {
      containers.removeLast(containers.count - remaining)
      isOpen = false
    }
    if opening == nil, readIndentedCode(line) { return }
    start(line, opening)
  }

  /// Whether a line of plain text that follows now would belong to a paragraph.
  private var hasOpenParagraph: Bool {
    guard isOpen, let last = blocks.last else { return false }
    switch last.content {
    case .paragraph: return true
    case .quotation(let inner): return inner.first?.hasOpenParagraph ?? false
    default: return false
    }
  }

  /// An empty line ends what is open, but for code by indentation, which it may stand in.
  private mutating func readBlank() {
    guard let last = blocks.indices.last, isOpen else { return }
    if case .code(_, _, isIndented: true) = blocks[last].content {
      append(code: "")
    } else {
      isOpen = false
    }
  }

  private func opening(of line: ProseLine, among remaining: Int) -> ProseLine.Opening? {
    // Outside of containers, what is indented by four columns is code, or continues a paragraph.
    guard remaining > 0 || line.indent < 4, let opening = line.opening else { return nil }
    if case .code(_, _, isIndented: true)? = blocks.last?.content, isOpen, remaining == containers.count,
      line.indent >= codeColumn
    {
      return nil
    }
    switch opening {
    case .item(_, _, let canInterrupt):
      let interrupts = isOpen && remaining == containers.count && isParagraph
      return mayNest(remaining) && (canInterrupt || !interrupts) ? opening : nil
    case .quotation, .admonition: return mayNest(remaining) ? opening : nil
    default: return opening
    }
  }

  private var isParagraph: Bool { if case .paragraph? = blocks.last?.content { true } else { false } }

  private func mayNest(_ containers: Int) -> Bool { depth + containers < Prose.maximumNesting }

  private var codeColumn: Int { (containers.last?.content ?? 0) + 4 }

  /// Adds a line of plain text to the paragraph that is open, wherever that is.
  private mutating func continues(_ line: ProseLine) -> Bool {
    guard hasOpenParagraph, let last = blocks.indices.last else { return false }
    switch blocks[last].content {
    case .paragraph(var text):
      // Taken out before it is changed, so that it is not copied.
      blocks[last].content = .rule
      text.append(line.text)
      blocks[last].content = .paragraph(text)
    case .quotation(var inner):
      blocks[last].content = .rule
      inner[0].read(line)
      blocks[last].content = .quotation(inner)
    default: return false
    }
    return true
  }

  private mutating func readIndentedCode(_ line: ProseLine) -> Bool {
    guard line.indent >= codeColumn else { return false }
    let text = line.code(dropping: codeColumn)
    if isOpen, case .code(_, _, isIndented: true)? = blocks.last?.content {
      append(code: text)
    } else {
      add(.code(info: "", lines: [text], isIndented: true))
    }
    return true
  }

  private mutating func append(code line: String) {
    guard let last = blocks.indices.last, case .code(let info, var lines, let isIndented) = blocks[last].content else {
      return
    }
    blocks[last].content = .rule
    lines.append(line)
    blocks[last].content = .code(info: info, lines: lines, isIndented: isIndented)
  }

  private mutating func start(_ line: ProseLine, _ opening: ProseLine.Opening?) {
    var line = line
    var opening = opening
    while case .item(let marker, let length, _) = opening {
      add(.item(marker))
      let rest = line.dropping(length)
      containers.append(
        Container(column: line.indent, content: rest.body.isEmpty ? line.indent + length + 1 : rest.indent))
      isOpen = false
      guard !rest.body.isEmpty else { return }
      line = rest
      opening = self.opening(of: rest, among: containers.count)
    }
    switch opening {
    case .fence(let opened):
      fence = opened
      add(.code(info: opened.info, lines: [], isIndented: false))
    case .heading: addClosed(.line(Prose.collapsed(line.text)))
    case .rule: addClosed(.rule)
    case .tableRow: addClosed(.tableRow(ProseBlock.tableRow(line.text)))
    case .admonition:
      addClosed(.admonition(Prose.collapsed(line.text)))
      containers.append(Container(column: line.indent, content: line.indent + 4))
    case .quotation: readQuotation(line)
    case .item, nil:
      var text = ProseParagraph()
      text.append(line.text)
      add(.paragraph(text))
    }
  }

  private mutating func readQuotation(_ line: ProseLine) {
    let rest = line.body.dropFirst()
    let inner = ProseLine(rest.first?.properties.isWhitespace ?? false ? rest.dropFirst() : rest)
    if isOpen, let last = blocks.indices.last, case .quotation(var reader) = blocks[last].content {
      blocks[last].content = .rule
      reader[0].read(inner)
      blocks[last].content = .quotation(reader)
    } else {
      var reader = ProseReader(depth: depth + containers.count + 1)
      reader.read(inner)
      add(.quotation([reader]))
    }
  }

  private mutating func add(_ content: ProseBlock.Content) {
    blocks.append(ProseBlock(content: content, depth: containers.count))
    isOpen = true
  }

  private mutating func addClosed(_ content: ProseBlock.Content) {
    add(content)
    isOpen = false
  }

  /// The canonical lines.
  func rendered() -> [String] {
    var lines: [String] = []
    var previous: ProseBlock?
    for block in blocks {
      let indent = String(repeating: "    ", count: block.depth)
      if case .item(let marker)? = previous?.content, case .paragraph(let text) = block.content,
        let item = previous, block.depth == item.depth + 1
      {
        // The first words of an item stand beside its marker.
        lines.removeLast()
        let inner = text.lines
        let itemIndent = String(repeating: "    ", count: item.depth)
        lines.append("\(itemIndent)\(marker) \(inner.first ?? "")")
        lines += inner.dropFirst().map { indent + $0 }
        previous = ProseBlock(content: .itemText, depth: item.depth)
        continue
      }
      let own = block.lines
      // An empty quotation says nothing.
      guard !own.isEmpty else { continue }
      if let previous, !block.follows(previous) { lines.append("") }
      lines += own.map { $0.isEmpty ? "" : indent + $0 }
      previous = block
    }
    return lines
  }
}
