import CYaml
import EthosText

/// Reads bytes as one YAML document with libyaml's events.
///
/// Costs libyaml's own pass and one element per event. Reading stops at the first error.
struct YAMLComposer {
  private let limits: SyntaxLimits
  private let source: SourceText
  private var offsets: CharacterOffsets
  private var elements: [YAMLTree.Element] = []
  private var open: [Int] = []
  private var anchors: [String: Int] = [:]
  private var documents = 0

  /// The tree, or nil after an error that was reported.
  static func compose(
    _ source: SourceText, isASCII: Bool, limits: SyntaxLimits, into findings: inout Findings
  ) -> YAMLTree? {
    var composer = YAMLComposer(source, isASCII: isASCII, limits: limits)
    guard composer.run(into: &findings) else { return nil }
    return YAMLTree(elements: composer.elements)
  }

  private init(_ source: SourceText, isASCII: Bool, limits: SyntaxLimits) {
    self.source = source
    self.limits = limits
    offsets = CharacterOffsets(source.bytes, isASCII: isASCII)
    elements.reserveCapacity(source.bytes.count / 16)
  }

  private mutating func run(into findings: inout Findings) -> Bool {
    // libyaml keeps pointers into its parser, so it stays at one address.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      findings.add("out-of-memory", "there is no memory to read the file", at: Span(0, 0))
      return false
    }
    defer { yaml_parser_delete(parser) }
    return source.bytes.withUnsafeBufferPointer { buffer in
      // An empty array may have no address; libyaml wants one.
      var nothing: UInt8 = 0
      return withUnsafePointer(to: &nothing) { fallback in
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, buffer.baseAddress ?? fallback, buffer.count)
        return readEvents(parser, into: &findings)
      }
    }
  }

  private mutating func readEvents(_ parser: UnsafeMutablePointer<yaml_parser_t>, into findings: inout Findings) -> Bool
  {
    var event = yaml_event_t()
    while true {
      guard yaml_parser_parse(parser, &event) == 1 else {
        report(parser.pointee, into: &findings)
        return false
      }
      defer { yaml_event_delete(&event) }
      switch event.type {
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        guard documents == 1 else {
          findings.add(
            "multiple-documents", "a second YAML document begins here", at: span(event),
            help: "one file holds one document: remove `---` and what follows it, or make it a file of its own")
          return false
        }
      case YAML_SCALAR_EVENT: guard scalar(event, into: &findings) else { return false }
      case YAML_ALIAS_EVENT: guard alias(event, into: &findings) else { return false }
      case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
        guard begin(event, into: &findings) else { return false }
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: finish(event)
      case YAML_STREAM_END_EVENT:
        if elements.isEmpty {
          findings.add("empty-file", "the file says nothing", at: Span(0, 0), help: "write its fields, or delete it")
        }
        return !elements.isEmpty
      default: break
      }
    }
  }

  private mutating func scalar(_ event: yaml_event_t, into findings: inout Findings) -> Bool {
    let data = event.data.scalar
    let whole = span(event)
    guard accepts(tag: data.tag, at: whole, into: &findings), hasRoom(at: whole, into: &findings) else { return false }
    let style: YAMLTree.Style =
      switch data.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    let start = data.anchor == nil ? whole.start : contentStart(after: whole)
    var end = max(start, whole.end)
    if style == .literal || style == .folded { end = blockScalarEnd(start, end) }
    let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
    let index = elements.count
    elements.append(
      YAMLTree.Element(
        shape: .scalar, style: style, isAnchored: data.anchor != nil, start: start, end: end, next: index + 1,
        target: index, text: text))
    remember(data.anchor, index)
    return true
  }

  private mutating func alias(_ event: yaml_event_t, into findings: inout Findings) -> Bool {
    let whole = span(event)
    let name = String(cString: UnsafeRawPointer(event.data.alias.anchor).assumingMemoryBound(to: CChar.self))
    guard let target = anchors[name] else {
      findings.add(
        "unknown-anchor", "no anchor `&\(name)` stands before its alias", at: whole,
        help: nearestName(to: name, among: anchors.keys).map { "did you mean `*\($0)`?" })
      return false
    }
    guard elements[target].next != 0 else {
      findings.add("recursive-alias", "the alias `*\(name)` stands within what it repeats", at: whole)
      return false
    }
    guard hasRoom(at: whole, into: &findings) else { return false }
    elements.append(
      YAMLTree.Element(
        shape: .alias, style: .plain, isAnchored: false, start: whole.start, end: whole.end, next: elements.count + 1,
        target: target, text: name))
    return true
  }

  private mutating func begin(_ event: yaml_event_t, into findings: inout Findings) -> Bool {
    let whole = span(event)
    let isMapping = event.type == YAML_MAPPING_START_EVENT
    let anchor = isMapping ? event.data.mapping_start.anchor : event.data.sequence_start.anchor
    let tag = isMapping ? event.data.mapping_start.tag : event.data.sequence_start.tag
    guard accepts(tag: tag, at: whole, into: &findings), hasRoom(at: whole, into: &findings) else { return false }
    guard open.count < limits.maximumNesting else {
      findings.add(
        "nesting-too-deep", "lists and mappings are nested deeper than the limit of \(limits.maximumNesting)",
        at: whole, help: "an identity's files are flat: what nests this deep is no part of one")
      return false
    }
    let isFlow =
      isMapping
      ? event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      : event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    let start = anchor == nil ? whole.start : contentStart(after: whole)
    open.append(elements.count)
    remember(anchor, elements.count)
    elements.append(
      YAMLTree.Element(
        shape: isMapping ? .mapping : .list, style: isFlow ? .flow : .block, isAnchored: anchor != nil, start: start,
        end: start, next: 0, target: elements.count, text: ""))
    return true
  }

  private mutating func finish(_ event: yaml_event_t) {
    guard let index = open.popLast() else { return }
    elements[index].next = elements.count
    let first = elements[index].start < source.bytes.count ? source.bytes[elements[index].start] : 0
    if elements[index].style == .flow, first == 0x5B || first == 0x7B {
      elements[index].end = max(elements[index].start, span(event).end)
    } else {
      // libyaml ends a block at the next token, beyond comments; it ends for us with its last item. The same goes for
      // the mapping of a single pair in a flow list, `[a: b]`, which has no bracket of its own.
      elements[index].end = max(elements[index].start, endOfLastItem(in: index))
    }
  }

  private func endOfLastItem(in index: Int) -> Int {
    guard index + 1 < elements.count else { return elements[index].end }
    var last = index + 1
    while elements[last].next < elements.count, elements[last].next > last { last = elements[last].next }
    return elements[last].end
  }

  private mutating func span(_ event: yaml_event_t) -> Span {
    let start = offsets.byte(ofCharacter: event.start_mark.index)
    return Span(start, offsets.byte(ofCharacter: event.end_mark.index))
  }

  /// The first byte of content after an anchor: white space and comments are passed over.
  private func contentStart(after whole: Span) -> Int {
    let bytes = source.bytes
    var index = whole.start
    while index < bytes.count, !isBlankOrBreak(bytes[index]) { index += 1 }
    let limit = index
    while index < bytes.count {
      if isBlankOrBreak(bytes[index]) {
        index += 1
      } else if bytes[index] == 0x23 {
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
      } else {
        break
      }
    }
    // An anchor without content names an empty value that ends where the anchor does.
    return whole.end > limit ? index : limit
  }

  /// The end of the last line of a block scalar that holds something; a scalar that keeps its empty lines keeps them.
  private func blockScalarEnd(_ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, source.bytes[index] != 0x0A, source.bytes[index] != 0x0D {
      if source.bytes[index] == 0x2B { return end }
      if source.bytes[index] == 0x23 { break }
      index += 1
    }
    var last = end
    while last > start, isBlankOrBreak(source.bytes[last - 1]) { last -= 1 }
    // Spaces at the end of the last line belong to the text.
    while last < end, source.bytes[last] == 0x20 || source.bytes[last] == 0x09 { last += 1 }
    return last
  }

  private mutating func remember(_ anchor: UnsafeMutablePointer<yaml_char_t>?, _ index: Int) {
    guard let anchor else { return }
    anchors[String(cString: UnsafeRawPointer(anchor).assumingMemoryBound(to: CChar.self))] = index
  }

  private func accepts(tag: UnsafeMutablePointer<yaml_char_t>?, at whole: Span, into findings: inout Findings) -> Bool {
    guard let tag else { return true }
    let name = String(cString: UnsafeRawPointer(tag).assumingMemoryBound(to: CChar.self))
    findings.add(
      "yaml-tag", "the tag `\(name)` is not used here", at: whole,
      help: "remove the tag: the field says what its value is")
    return false
  }

  private func hasRoom(at whole: Span, into findings: inout Findings) -> Bool {
    guard elements.count >= limits.maximumNodes else { return true }
    findings.add("too-many-nodes", "the file holds more values than the limit of \(limits.maximumNodes)", at: whole)
    return false
  }

  private mutating func report(_ parser: yaml_parser_t, into findings: inout Findings) {
    let text = parser.problem.map { String(cString: $0) } ?? "it ends too early"
    let isReader = parser.error == YAML_READER_ERROR
    let offset =
      isReader ? min(parser.problem_offset, source.bytes.count) : offsets.byte(ofCharacter: parser.problem_mark.index)
    let problem = YAMLProblem(problem: text, at: offset < source.bytes.count ? source.bytes[offset] : nil)
    var end = min(offset + 1, source.bytes.count)
    while end < source.bytes.count, source.bytes[end] & 0xC0 == 0x80 { end += 1 }
    findings.add(problem.code, problem.message, at: Span(offset, end), help: problem.help)
  }
}

/// Whether a byte is a space, a tab, a line feed or a carriage return.
func isBlankOrBreak(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
