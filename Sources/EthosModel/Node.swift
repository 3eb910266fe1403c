package import EthosText

/// One parsed value with the place it was read from.
///
/// Equality ignores the place.
package struct Node: Sendable, Hashable {
  package var content: Content
  /// Where the value stands in its file; nil where no file was read.
  package var span: Span?

  // Lists and records would do without `indirect`; without it the optimiser of Swift 6.3.1 stops with an ownership error.
  package indirect enum Content: Sendable {
    case text(String)
    case number(DecimalNumber)
    case boolean(Bool)
    case day(Day)
    case list([Node])
    case record(Record)
  }

  package init(_ content: Content, span: Span? = nil) {
    self.content = content
    self.span = span
  }

  package static func text(_ text: String) -> Node { Node(.text(text)) }
  package static func number(_ number: DecimalNumber) -> Node { Node(.number(number)) }
  package static func boolean(_ value: Bool) -> Node { Node(.boolean(value)) }
  package static func day(_ day: Day) -> Node { Node(.day(day)) }
  package static func list(_ items: [Node]) -> Node { Node(.list(items)) }
  package static func record(_ record: Record) -> Node { Node(.record(record)) }

  package static func == (left: Node, right: Node) -> Bool { left.content == right.content }
  package func hash(into hasher: inout Hasher) { hasher.combine(content) }

  package var text: String? {
    guard case .text(let value) = content else { return nil }
    return value
  }
  package var number: DecimalNumber? {
    guard case .number(let value) = content else { return nil }
    return value
  }
  package var boolean: Bool? {
    guard case .boolean(let value) = content else { return nil }
    return value
  }
  package var day: Day? {
    guard case .day(let value) = content else { return nil }
    return value
  }
  package var list: [Node]? {
    guard case .list(let value) = content else { return nil }
    return value
  }
  package var record: Record? {
    guard case .record(let value) = content else { return nil }
    return value
  }

  /// The texts of a list of texts; items of other types are left out.
  package var texts: [String] { list?.compactMap(\.text) ?? [] }
}

extension Node.Content: Hashable {
  /// Texts are equal when their Unicode scalars are; Swift's canonical equivalence would call different bytes equal.
  package static func == (left: Node.Content, right: Node.Content) -> Bool {
    switch (left, right) {
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.number(let left), .number(let right)): left == right
    case (.boolean(let left), .boolean(let right)): left == right
    case (.day(let left), .day(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.record(let left), .record(let right)): left == right
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .text(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value)
    case .boolean(let value): hasher.combine(value)
    case .day(let value): hasher.combine(value)
    case .list(let value): hasher.combine(value)
    case .record(let value): hasher.combine(value)
    }
  }
}

/// Named values in the order in which they were written.
///
/// Equality ignores that order.
package struct Record: Sendable, Hashable {
  package struct Entry: Sendable {
    package var name: String
    package var nameSpan: Span?
    package var value: Node

    package init(_ name: String, _ value: Node, nameSpan: Span? = nil) {
      self.name = name
      self.value = value
      self.nameSpan = nameSpan
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  package init(_ pairs: KeyValuePairs<String, Node>) { entries = pairs.map { Entry($0.key, $0.value) } }

  /// The value of a name.
  ///
  /// Costs one pass over the names: records of a file are short.
  package subscript(name: String) -> Node? {
    get { entries.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }
    set {
      let index = entries.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(name, value))
      case (nil, nil): break
      }
    }
  }

  package var names: [String] { entries.map(\.name) }
  package var isEmpty: Bool { entries.isEmpty }

  package static func == (left: Record, right: Record) -> Bool {
    left.entries.count == right.entries.count && left.entries.allSatisfy { right[$0.name] == $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    for entry in entries.sorted(by: { utf8Precedes($0.name, $1.name) }) {
      hasher.combine(entry.name)
      hasher.combine(entry.value)
    }
  }
}
