package import EthosText

/// Reads XML 1.0 with namespaces, as far as exchange formats need it: UTF-8, no document type declaration.
///
/// A declaration of a document type is refused, so there are no entities but the five of XML, no default attributes and
/// nothing outside the file. It is written by hand for three reasons: every element and text has the exact bytes that
/// it was read from, hostile input has nothing to expand, and the program needs no Foundation, whose start costs more
/// than all of ours. Costs one pass over the bytes. It does not trap, whatever the bytes are.
package struct XMLReader {
  package struct Failure: Error, Sendable {
    package var diagnostic: Diagnostic
  }

  let source: SourceText
  let bytes: [UInt8]
  let limits: XMLLimits
  var index = 0
  private var open: [XMLElement] = []
  private var openNames: [String] = []
  private var bindings: [String: [String]] = ["xml": ["http://www.w3.org/XML/1998/namespace"]]
  private var bound: [[String]] = []
  private var count = 0
  private var root: XMLElement?

  private init(_ source: SourceText, _ limits: XMLLimits) {
    self.source = source
    bytes = source.bytes
    self.limits = limits
  }

  /// The root element, or what is wrong: the first error ends the reading, as XML demands.
  package static func read(_ source: SourceText, limits: XMLLimits = .standard) throws(Failure) -> XMLElement {
    var reader = XMLReader(source, limits)
    return try reader.document()
  }

  func failure(_ code: Diagnostic.Code, _ message: String, _ start: Int, _ end: Int? = nil) -> Failure {
    Failure(diagnostic: Diagnostic(code, .error, message, at: source.location(Span(start, end ?? start + 1))))
  }

  private mutating func document() throws(Failure) -> XMLElement {
    guard bytes.count <= limits.size else {
      throw failure("file-too-large", "the file has \(bytes.count) bytes, and the limit is \(limits.size)", 0)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw failure("encoding", "the file is UTF-16, and only UTF-8 is read", 0)
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw failure("encoding", "the file is not UTF-8", 0)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    try declaration()
    while index < bytes.count {
      if bytes[index] == 0x3C {
        try markup()
      } else {
        try text()
      }
    }
    if let name = openNames.last, let element = open.last {
      throw failure("malformed-xml", "the element `\(name)` is not closed", element.span.start, element.span.end)
    }
    guard let root else { throw failure("malformed-xml", "there is no element", 0) }
    return root
  }

  /// Reads `<?xml version="1.0" encoding="UTF-8"?>`.
  private mutating func declaration() throws(Failure) {
    guard at("<?xml"), index + 5 < bytes.count, Self.isSpace(bytes[index + 5]) else { return }
    let start = index
    let end = try find("?>", from: index, "the XML declaration is not closed")
    let text = source.text(Span(start, end))
    index = end + 2
    guard let place = text.range(ofPlain: "encoding") else { return }
    let rest = text[place...].drop { $0 != "\"" && $0 != "'" }.dropFirst()
    let name = rest.prefix { $0 != "\"" && $0 != "'" }.uppercased()
    guard ["UTF-8", "US-ASCII", "ASCII"].contains(name) else {
      throw failure(
        "encoding", "the file says that it is `\(visibleText(name))`, and only UTF-8 is read", start, end + 2)
    }
  }

  private mutating func markup() throws(Failure) {
    let start = index
    if at("<!--") {
      index = try find("-->", from: index + 4, "a comment is not closed") + 3
    } else if at("<![CDATA[") {
      guard !open.isEmpty else { throw failure("malformed-xml", "there is text outside the root element", start) }
      let end = try find("]]>", from: index + 9, "a CDATA section is not closed")
      let span = Span(index + 9, end)
      let raw = source.text(span)
      try checkCharacters(span)
      append(XMLText(Self.withLineFeeds(raw), span, isVerbatim: !raw.utf8.contains(0x0D)))
      index = end + 3
    } else if at("<!") {
      throw failure(
        "document-type", "a document type declaration is not read: it could name other files and entities", start,
        start + 9)
    } else if at("<?") {
      index = try find("?>", from: index + 2, "a processing instruction is not closed") + 2
    } else if at("</") {
      try endTag()
    } else {
      try startTag()
    }
  }

  private mutating func endTag() throws(Failure) {
    let start = index
    index += 2
    let name = try self.name()
    skipSpace()
    guard index < bytes.count, bytes[index] == 0x3E else { throw failure("malformed-xml", "`>` is missing", index) }
    index += 1
    guard let expected = openNames.last else {
      throw failure("malformed-xml", "`</\(visibleText(name))>` closes nothing", start, index)
    }
    guard expected == name else {
      throw failure(
        "malformed-xml", "`</\(visibleText(name))>` stands where `</\(visibleText(expected))>` is due", start, index)
    }
    close()
  }

  private mutating func close() {
    guard let element = open.popLast() else { return }
    openNames.removeLast()
    for prefix in bound.removeLast() { bindings[prefix]?.removeLast() }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(.element(element)) }
  }

  private mutating func startTag() throws(Failure) {
    let start = index
    index += 1
    let name = try self.name()
    guard root == nil else { throw failure("malformed-xml", "there are two root elements", start, index) }
    count += 1
    guard count <= limits.elements else {
      throw failure("too-many-elements", "the file has more elements than the limit of \(limits.elements)", start)
    }
    guard open.count < limits.depth else {
      throw failure("nesting", "elements nest deeper than the limit of \(limits.depth)", start)
    }
    let (raw, isEmpty) = try attributes(start, name)
    bound.append([])
    for attribute in raw where attribute.name == "xmlns" || attribute.name.begins(with: "xmlns:") {
      let prefix = attribute.name == "xmlns" ? "" : String(attribute.name.dropFirst(6))
      guard prefix != "xml", prefix != "xmlns" else { continue }
      bindings[prefix, default: []].append(attribute.value)
      bound[bound.count - 1].append(prefix)
    }
    let (namespace, local) = try resolve(name, start, isAttribute: false)
    var element = XMLElement(namespace: namespace, name: local, span: Span(start, index))
    for attribute in raw where attribute.name != "xmlns" && !attribute.name.begins(with: "xmlns:") {
      let (namespace, local) = try resolve(attribute.name, attribute.span.start, isAttribute: true)
      element.attributes.append(
        XMLAttribute(namespace: namespace, name: local, value: attribute.value, span: attribute.span))
    }
    open.append(element)
    openNames.append(name)
    if isEmpty { close() }
  }

  private struct RawAttribute {
    var name: String
    var value: String
    var span: Span
  }

  private mutating func attributes(_ start: Int, _ name: String) throws(Failure) -> ([RawAttribute], isEmpty: Bool) {
    var result: [RawAttribute] = []
    var seen: Set<String> = []
    while true {
      let before = index
      skipSpace()
      guard index < bytes.count else {
        throw failure("malformed-xml", "the tag `<\(visibleText(name))` is not closed", start, index)
      }
      if bytes[index] == 0x3E {
        index += 1
        return (result, false)
      }
      if at("/>") {
        index += 2
        return (result, true)
      }
      guard before < index else { throw failure("malformed-xml", "a space is missing before the attribute", index) }
      let from = index
      let attribute = try self.name()
      skipSpace()
      guard index < bytes.count, bytes[index] == 0x3D else {
        throw failure("malformed-xml", "the attribute `\(visibleText(attribute))` has no value", from, index)
      }
      index += 1
      skipSpace()
      let value = try attributeValue()
      guard seen.insert(attribute).inserted else {
        throw failure("malformed-xml", "the attribute `\(visibleText(attribute))` stands here twice", from, index)
      }
      guard result.count < limits.attributes else {
        throw failure("too-many-attributes", "an element has more than \(limits.attributes) attributes", from, index)
      }
      result.append(RawAttribute(name: attribute, value: value, span: Span(from, index)))
    }
  }

  private mutating func attributeValue() throws(Failure) -> String {
    guard index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 else {
      throw failure("malformed-xml", "an attribute's value has no quotes", index)
    }
    let quote = bytes[index]
    index += 1
    let start = index
    while index < bytes.count, bytes[index] != quote {
      guard bytes[index] != 0x3C else { throw failure("malformed-xml", "`<` stands in an attribute's value", index) }
      index += 1
    }
    guard index < bytes.count else { throw failure("malformed-xml", "an attribute's value is not closed", start) }
    let value = try decoded(Span(start, index), isAttribute: true)
    index += 1
    return value
  }

  private func resolve(_ name: String, _ start: Int, isAttribute: Bool) throws(Failure) -> (String, String) {
    guard let colon = name.utf8.firstIndex(of: 0x3A) else {
      return (isAttribute ? "" : bindings[""]?.last ?? "", name)
    }
    let prefix = String(name[..<colon])
    let local = String(name[name.utf8.index(after: colon)...])
    guard !local.isEmpty, !local.utf8.contains(0x3A), let namespace = bindings[prefix]?.last else {
      throw failure(
        "malformed-xml", "the prefix of `\(visibleText(name))` is bound to no namespace", start, start + name.utf8.count
      )
    }
    return (namespace, local)
  }

  private mutating func text() throws(Failure) {
    let start = index
    while index < bytes.count, bytes[index] != 0x3C { index += 1 }
    let span = Span(start, index)
    guard !open.isEmpty else {
      if let place = (start..<index).first(where: { !Self.isSpace(bytes[$0]) }) {
        throw failure("malformed-xml", "there is text outside the root element", place)
      }
      return
    }
    let isVerbatim = !bytes[start..<index].contains { $0 == 0x26 || $0 == 0x0D }
    append(XMLText(try decoded(span, isAttribute: false), span, isVerbatim: isVerbatim))
  }

  private mutating func append(_ text: XMLText) { open[open.count - 1].children.append(.text(text)) }
}
