import EthosModel
import EthosText

extension EditSession {
  /// The edit that puts a new entry into a mapping: after the last entry that the schema has before it.
  func insertion(
    of name: String, _ node: Node, _ type: FieldType, into container: Int, _ target: EditTarget
  ) -> ByteEdit {
    let element = tree.elements[container]
    let entries = tree.entries(of: container)
    let isFree: Bool
    if case .map = target.type { isFree = true } else { isFree = false }
    let position = position(of: name, among: entries.map { tree.elements[$0.key].text }, target.type)
    if element.style == .flow {
      let text = "\(writer.key(name, isFlow: true)): \(writer.flow(node, type, isFree: isFree))"
      return flowInsertion(text, element, items: entries.map { ($0.key, $0.value) }, at: position)
    }
    let indent = column(of: element.start)
    let lines = writer.entry(name, node, type, indent: indent, isFree: isFree)
    guard position > 0 else {
      let margin = TableWriter.spaces(indent)
      return ByteEdit(element.start, element.start, lines.dropFirst(indent) + margin)
    }
    return lineInsertion(lines, after: tree.elements[entries[position - 1].value].end)
  }

  /// The edit that puts a new item at the end of a list.
  func appending(_ item: Node, _ type: FieldType, to container: Int, _ target: EditTarget) -> ByteEdit {
    let element = tree.elements[container]
    let children = tree.children(of: container)
    if element.style == .flow {
      var text = writer.flow(.list([item]), type)
      text.removeFirst()
      text.removeLast()
      return flowInsertion(text, element, items: children.map { ($0, $0) }, at: children.count)
    }
    let lines = writer.list([item], type, indent: column(of: element.start))
    return lineInsertion(lines, after: children.last.map { tree.elements[$0].end } ?? element.end)
  }

  /// Which place a new name takes among the names of a mapping.
  private func position(of name: String, among names: [String], _ type: FieldType) -> Int {
    guard case .record(let fields) = type, let rank = fields.firstIndex(where: { $0.name == name }) else {
      return names.count
    }
    let before = Set(fields[..<rank].map(\.name))
    return names.lastIndex { before.contains($0) }.map { $0 + 1 } ?? 0
  }

  private func flowInsertion(
    _ text: String, _ element: YAMLTree.Element, items: [(first: Int, last: Int)], at position: Int
  ) -> ByteEdit {
    if position > 0 {
      let end = tree.elements[items[position - 1].last].end
      return ByteEdit(end, end, ", \(text)")
    }
    let start = element.start + 1
    return ByteEdit(start, start, items.isEmpty ? text : "\(text), ")
  }

  private func lineInsertion(_ lines: String, after end: Int) -> ByteEdit {
    // A block scalar that keeps its last line breaks ends at the beginning of a line.
    if end > 0, end <= bytes.count, source.lineStarts[source.line(at: end)] == end { return ByteEdit(end, end, lines) }
    let lineEndOffset = lineEnd(from: end)
    guard lineEndOffset < bytes.count else {
      return ByteEdit(lineEndOffset, lineEndOffset, lineEnd + withoutLineEnd(lines))
    }
    let next = afterBreak(lineEndOffset)
    return ByteEdit(next, next, lines)
  }

  private func withoutLineEnd(_ lines: String) -> String {
    String(decoding: Array(lines.utf8.dropLast(lineEnd.utf8.count)), as: UTF8.self)
  }

  private func afterBreak(_ offset: Int) -> Int {
    guard offset < bytes.count else { return offset }
    let isPair = bytes[offset] == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
    return offset + (isPair ? 2 : 1)
  }

  // MARK: - Removing

  /// The edit that removes an entry of a mapping or an item of a list.
  func removal(of target: EditTarget, _ step: EditTarget.Step) -> ByteEdit {
    let container = tree.elements[step.container]
    let parts: [(start: Int, end: Int)] =
      container.shape == .mapping
      ? tree.entries(of: step.container).map { (tree.elements[$0.key].start, tree.elements[$0.value].end) }
      : tree.children(of: step.container).map { (itemStart($0, container), tree.elements[$0].end) }
    guard step.position < parts.count else { return ByteEdit(0, 0, "") }
    if parts.count == 1 {
      return ByteEdit(container.start, container.end, container.shape == .mapping ? "{}" : "[]")
    }
    let part = parts[step.position]
    if container.style == .flow {
      if step.position + 1 < parts.count { return ByteEdit(part.start, parts[step.position + 1].start, "") }
      return ByteEdit(parts[step.position - 1].end, part.end, "")
    }
    let lineStart = source.lineStarts[source.line(at: part.start)]
    let isFirstOnLine = bytes[lineStart..<part.start].allSatisfy { $0 == 0x20 }
    guard isFirstOnLine else { return ByteEdit(part.start, parts[1].start, "") }
    let isAtLineStart = part.end > 0 && source.lineStarts[source.line(at: part.end)] == part.end
    let end = isAtLineStart ? part.end : afterBreak(lineEnd(from: part.end))
    return ByteEdit(lineStart, end, "")
  }

  /// Where an item begins: in block style with its dash, which stands in the column of the list.
  private func itemStart(_ child: Int, _ list: YAMLTree.Element) -> Int {
    let start = tree.elements[child].start
    guard list.style == .block else { return start }
    let dash = column(of: list.start)
    let first = source.line(at: list.start)
    var line = source.line(at: start)
    while line > first {
      let offset = source.lineStarts[line] + dash
      if offset < bytes.count, bytes[offset] == 0x2D, offset < start { return offset }
      line -= 1
    }
    return list.start
  }
}
