import EthosModel
import EthosText

extension EditSession {
  /// The edits that set what a path leads to.
  func edits(for target: EditTarget, _ path: FieldPath, _ node: Node, _ expected: Record) -> [ByteEdit] {
    if target.isWhole { return [replacement(of: target, node, target.type)] }
    let container = tree.resolved(target.element)
    let shape = tree.elements[container].shape
    let rest = Array(target.remaining.dropFirst())
    switch (target.remaining.first, shape) {
    case (.name(let name)?, .mapping):
      guard let type = target.type.step(.name(name), columns) else { return [] }
      let value = Node.setting(rest[...], to: node, type, columns)
      return [insertion(of: name, value, type, into: container, target)]
    case (.item(let key)?, .list):
      let list = Node.list([]).setting(target.remaining[...], to: node, target.type, columns)
      let item = list?.list?.first ?? .text(key)
      return [appending(item, target.type, to: container, target)]
    default:
      // A shorthand, or nothing, stands where a list or mapping must be: it is written anew.
      let done = FieldPath(Array(path.segments.dropLast(target.remaining.count)))
      guard let whole = expected.written(at: done, reading.kind, columns) else { return [] }
      return [replacement(of: target, whole, target.type)]
    }
  }

  // MARK: - Replacing

  private func replacement(of target: EditTarget, _ node: Node, _ type: FieldType) -> ByteEdit {
    let element = tree.elements[target.element]
    let isText: Bool
    if case .text = node.content { isText = true } else { isText = false }
    if case .rules = type, let rules = node.list, !target.isInFlow {
      return blockReplacement(element, writer.table(rules, indent: contentIndent(target, element)))
    }
    if isText, let text = node.text { return textReplacement(of: target, element, text, type) }
    if element.shape == .list || element.shape == .mapping, element.style == .block {
      return blockCollection(element, node, type)
    }
    return inlineReplacement(element, writer.flow(node, type))
  }

  /// Text in the style that the old text has, where that can hold it.
  private func textReplacement(
    of target: EditTarget, _ element: YAMLTree.Element, _ text: String, _ type: FieldType
  ) -> ByteEdit {
    let isExact = writer.isExact(type)
    let indent = contentIndent(target, element)
    let parent = parentIndent(target)
    let content = isExact ? text : trimmingBreaks(text)
    let isBlockStyle = element.style == .literal || element.style == .folded
    if !target.isInFlow, element.style == .folded, !isExact,
      let folded = ScalarWriter.folded(content, header: ">-", indent: indent, width: 100, lineEnd: lineEnd)
    {
      return blockReplacement(element, header(element, folded, ">-"))
    }
    if !target.isInFlow, isBlockStyle || content.utf8.contains(0x0A),
      let literal = ScalarWriter.literal(text, indent: indent, parent: parent, isExact: isExact, lineEnd: lineEnd)
    {
      return blockReplacement(element, header(element, literal, "|"))
    }
    let isQuotedSafely = element.style == .singleQuoted && element.shape == .scalar
    if isQuotedSafely, let quoted = ScalarWriter.singleQuoted(content) { return inlineReplacement(element, quoted) }
    if element.style == .doubleQuoted { return inlineReplacement(element, ScalarWriter.doubleQuoted(content)) }
    return inlineReplacement(element, ScalarWriter.inline(content, isFlow: target.isInFlow))
  }

  /// The new block with the header that the old block has, where only the chomping of ours would replace it.
  private func header(_ element: YAMLTree.Element, _ block: String, _ ours: String) -> String {
    guard element.style == .literal || element.style == .folded else { return block }
    let old = source.text(Span(element.start, lineEnd(from: element.start)))
    let mark = old.prefix { $0 != " " && $0 != "\t" }
    let isPlain = block.begins(with: ours + lineEnd) && (mark == "|" || mark == ">" || mark == "|-" || mark == ">-")
    // Chomping tells nothing in text whose last line break does not count.
    return isPlain && (mark.first == ours.first) ? String(mark + block.dropFirst(ours.count)) : block
  }

  private func trimmingBreaks(_ text: String) -> String {
    var bytes = Array(text.utf8)
    while bytes.last == 0x0A { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A block scalar in place of a value.
  ///
  /// What follows the value on its line, a comment, follows the header.
  private func blockReplacement(_ element: YAMLTree.Element, _ block: String) -> ByteEdit {
    let isBlock = element.style == .literal || element.style == .folded
    // The rest of the old header, or of the line on which an inline value ends.
    let restStart =
      isBlock && element.shape == .scalar
      ? element.start + bytes[element.start..<lineEnd(from: element.start)].prefix { !isBlankOrBreak($0) }.count
      : element.end
    let restEnd = lineEnd(from: restStart)
    let rest = source.text(Span(restStart, restEnd))
    let firstBreak = block.utf8.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? block.utf8.endIndex
    var text = String(block[..<firstBreak]) + trimmingEnd(rest) + String(block[firstBreak...])
    // A block that keeps its last line breaks holds them; the new one ends before its own.
    if isBlock, element.end > 0, element.end <= bytes.count, bytes[element.end - 1] == 0x0A { text += lineEnd }
    let end = isBlock ? max(element.end, restEnd) : restEnd
    return ByteEdit(element.start, end, separated(element, text))
  }

  private func inlineReplacement(_ element: YAMLTree.Element, _ text: String) -> ByteEdit {
    guard element.shape == .scalar, element.style == .literal || element.style == .folded else {
      return ByteEdit(element.start, element.end, separated(element, text))
    }
    let headerEnd = lineEnd(from: element.start)
    let mark = bytes[element.start..<headerEnd].prefix { !isBlankOrBreak($0) }.count
    let rest = trimmingEnd(source.text(Span(element.start + mark, headerEnd)))
    let keepsBreak = element.end > headerEnd && bytes[element.end - 1] == 0x0A
    return ByteEdit(element.start, element.end, text + rest + (keepsBreak ? lineEnd : ""))
  }

  /// A value left out stands right after its colon or dash.
  private func separated(_ element: YAMLTree.Element, _ text: String) -> String {
    guard element.start == element.end, element.start > 0, !isBlankOrBreak(bytes[element.start - 1]) else {
      return text
    }
    return " " + text
  }

  private func blockCollection(_ element: YAMLTree.Element, _ node: Node, _ type: FieldType) -> ByteEdit {
    let indent = column(of: element.start)
    let lines: String
    switch node.content {
    case .list(let items) where !items.isEmpty: lines = writer.list(items, type, indent: indent)
    case .record(let record) where !record.isEmpty: lines = writer.mapping(record, type, indent: indent)
    default: return ByteEdit(element.start, element.end, writer.flow(node, type))
    }
    let text = lines.dropFirst(indent)
    return ByteEdit(element.start, element.end, String(text.utf8.dropLast(lineEnd.utf8.count)) ?? String(text))
  }

  // MARK: - Places

  /// The column of an offset in its line, in bytes: what stands before a key or a dash is indentation.
  func column(of offset: Int) -> Int { offset - source.lineStarts[source.line(at: offset)] }

  func lineEnd(from offset: Int) -> Int {
    var index = offset
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return index
  }

  /// The column below which the lines of a value must stay.
  private func parentIndent(_ target: EditTarget) -> Int {
    guard let step = target.steps.last else { return 0 }
    return column(of: step.key.map { tree.elements[$0].start } ?? tree.elements[step.container].start)
  }

  /// The column of the lines of a block scalar: where they are, else two further in than their key or dash.
  private func contentIndent(_ target: EditTarget, _ element: YAMLTree.Element) -> Int {
    let parent = parentIndent(target)
    guard element.style == .literal || element.style == .folded else { return parent + 2 }
    var line = source.line(at: element.start) + 1
    while line < source.lineStarts.count, source.lineStarts[line] < element.end {
      let start = source.lineStarts[line]
      let margin = bytes[start...].prefix { $0 == 0x20 }.count
      if start + margin < bytes.count, !isBlankOrBreak(bytes[start + margin]) {
        return margin > parent ? margin : parent + 2
      }
      line += 1
    }
    return parent + 2
  }

  private func trimmingEnd(_ text: String) -> String {
    var text = text
    while text.unicodeScalars.last == " " || text.unicodeScalars.last == "\t" { text.unicodeScalars.removeLast() }
    return text
  }
}

extension Node {
  /// The value that a path into nothing makes.
  static func setting(
    _ segments: ArraySlice<FieldPath.Segment>, to node: Node, _ type: FieldType, _ columns: TableColumns
  ) -> Node {
    guard !segments.isEmpty else { return node }
    let empty: Node =
      switch type {
      case .sequence, .set, .items, .rules: .list([])
      default: .record(Record())
      }
    return empty.setting(segments, to: node, type, columns) ?? node
  }
}

extension Record {
  /// The value at a path, items addressed as they were written or as they count.
  func written(at path: FieldPath, _ kind: Kind, _ columns: TableColumns) -> Node? {
    var node = Node.record(self)
    var type: FieldType = .record(Schema.of(kind).fields)
    for segment in path.segments {
      let next: Node? =
        switch segment {
        case .name(let name): node.record?[name]
        case .item(let key): node.list?.first { type.keys(of: $0).contains(key) }
        }
      guard let next, let nextType = type.step(segment, columns) else { return nil }
      node = next
      type = nextType
    }
    return node
  }
}
