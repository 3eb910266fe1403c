package import EthosText

/// An element of an XML document with its name resolved, and where it stands.
package struct XMLElement: Sendable {
  /// The namespace; empty where there is none.
  package var namespace: String
  /// The name without its prefix.
  package var name: String
  package var attributes: [XMLAttribute]
  package var children: [XMLNode]
  /// The start tag.
  package var span: Span

  package init(
    namespace: String, name: String, attributes: [XMLAttribute] = [], children: [XMLNode] = [], span: Span
  ) {
    self.namespace = namespace
    self.name = name
    self.attributes = attributes
    self.children = children
    self.span = span
  }

  /// The value of an attribute without namespace.
  package subscript(attribute: String) -> String? { self.attribute(attribute)?.value }

  /// An attribute without namespace, or of a namespace.
  package func attribute(_ name: String, namespace: String = "") -> XMLAttribute? {
    attributes.first { $0.name == name && $0.namespace == namespace }
  }

  package var elements: [XMLElement] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The text directly inside, comments left out, with the place of its raw bytes.
  package var text: XMLText {
    var result: XMLText?
    for case .text(let piece) in children {
      if result == nil {
        result = piece
        continue
      }
      result?.extend(by: piece)
    }
    return result ?? XMLText("", Span(span.end, span.end), isVerbatim: true)
  }
}

package struct XMLAttribute: Sendable {
  package var namespace: String
  package var name: String
  package var value: String
  /// The name and the value with its quotes.
  package var span: Span
}

package enum XMLNode: Sendable {
  case element(XMLElement)
  case text(XMLText)
}

/// Character data with the place of its raw bytes.
package struct XMLText: Sendable {
  package var string: String
  package var span: Span
  /// Whether the bytes of the file are the bytes of the text, so that an offset in one is an offset in the other.
  package var isVerbatim: Bool

  package init(_ string: String, _ span: Span, isVerbatim: Bool) {
    self.string = string
    self.span = span
    self.isVerbatim = isVerbatim
  }

  /// Takes on a text that stands further on.
  mutating func extend(by piece: XMLText) {
    isVerbatim = isVerbatim && piece.isVerbatim && span.end == piece.span.start
    string += piece.string
    span.end = max(span.end, piece.span.end)
  }
}

/// How much a document may ask of the reader.
///
/// What goes beyond is an error that names the limit.
package struct XMLLimits: Sendable {
  /// Bytes of one document; models of 20 MB are known.
  package var size = 32 << 20
  /// Elements within each other.
  package var depth = 128
  /// Elements of one document.
  package var elements = 1_000_000
  /// Attributes of one element.
  package var attributes = 200

  package init() {}

  package static let standard = XMLLimits()
}
