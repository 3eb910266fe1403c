package import EthosText

/// Reads the XML of DMN 1.1 to 1.6.
///
/// What is not understood is told, by its name and place, and left out; nothing of it is guessed. Diagrams, extensions
/// of tools and the parts of the standard that say nothing about behaviour are told once each, as notes.
package enum DMNReader {
  /// Reads a file.
  ///
  /// The model is nil where the file is no XML or no model.
  package static func read(
    _ source: SourceText, limits: XMLLimits = .standard
  ) -> (model: DMNModel?, diagnostics: [Diagnostic]) {
    do throws(XMLReader.Failure) {
      let root = try XMLReader.read(source, limits: limits)
      return read(root, source)
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  private static func read(_ root: XMLElement, _ source: SourceText) -> (DMNModel?, [Diagnostic]) {
    let place = source.location(root.span)
    guard root.name == "definitions", let version = DMNVersion(namespace: root.namespace) else {
      let known = DMNVersion.allCases.map(\.rawValue).joined(separator: ", ")
      let namespace = root.namespace.isEmpty ? "no namespace" : "the namespace `\(visibleText(root.namespace))`"
      return (
        nil,
        [
          Diagnostic(
            "not-dmn", .error, "`\(visibleText(root.name))` in \(namespace) is no model of DMN", at: place,
            help:
              "a model is the element `definitions` of DMN \(known); where it is one of DMN 1.1, write the namespace "
              + "`\(DMNVersion.v11.namespace)`")
        ]
      )
    }
    var elements = DMNElements(source: source, namespace: root.namespace)
    let model = elements.model(root, version)
    return (model, elements.finish())
  }
}

/// Turns elements into the parts of a model, and gathers what is not understood.
struct DMNElements {
  let source: SourceText
  let namespace: String
  private var diagnostics: [Diagnostic] = []
  private var hidden = 0
  /// The language of expressions that name none, where the model says one; nil for FEEL.
  var language: String?
  /// How many cells were met that are in another language than FEEL.
  var foreignExpressions = 0
  /// What is left out by its name: the first place, and how often.
  private var leftOut: [String: (location: Location, count: Int)] = [:]

  private static let limit = 200

  init(source: SourceText, namespace: String) {
    self.source = source
    self.namespace = namespace
  }

  mutating func report(
    _ code: Diagnostic.Code, _ severity: Diagnostic.Severity, _ message: String, _ span: Span, help: String? = nil
  ) {
    guard diagnostics.count < Self.limit else {
      hidden += 1
      return
    }
    diagnostics.append(Diagnostic(code, severity, message, at: source.location(span), help: help))
  }

  /// Notes something that says nothing about behaviour.
  mutating func leaveOut(_ name: String, _ span: Span) {
    if let known = leftOut[name] {
      leftOut[name] = (known.location, known.count + 1)
    } else {
      leftOut[name] = (source.location(span), 1)
    }
  }

  mutating func finish() -> [Diagnostic] {
    for (name, found) in leftOut {
      let times = found.count == 1 ? "" : ", \(found.count) times"
      diagnostics.append(
        Diagnostic(
          "left-out", .note, "\(name) says nothing about behaviour and is left out\(times)", at: found.location))
    }
    if hidden > 0 {
      diagnostics.append(Diagnostic("left-out", .note, "\(hidden) further problems are not told"))
    }
    return diagnostics.sorted(by: Diagnostic.precedes)
  }

  // MARK: - Walking

  /// Calls a reader for each child of DMN; one that it does not take is told.
  mutating func children(of parent: XMLElement, _ take: (inout DMNElements, XMLElement) -> Bool) {
    for child in parent.elements {
      guard child.namespace == namespace else {
        leaveOut(
          child.name == "DMNDI" ? "the diagram" : "`\(visibleText(child.name))` of another namespace", child.span)
        continue
      }
      checkAttributes(child)
      if Self.silent.contains(child.name) {
        if child.name != "description" { leaveOut("`\(child.name)`", child.span) }
      } else if !take(&self, child) {
        report(
          "not-understood", .warning,
          "`\(visibleText(child.name))` in `\(parent.name)` is not understood and is left out", child.span)
      }
    }
  }

  /// What may stand nearly everywhere and has no behaviour.
  private static let silent: Set<String> = [
    "description", "extensionElements", "knowledgeSource", "authorityRequirement", "textAnnotation", "association",
    "group", "artifact", "elementCollection", "organizationUnit", "performanceIndicator", "businessContextElement",
    "impactedPerformanceIndicator", "decisionMaker", "decisionOwner", "usingProcess", "usingTask",
    "supportedObjective", "allowedAnswers",
  ]

  private mutating func checkAttributes(_ element: XMLElement) {
    for attribute in element.attributes where attribute.namespace.isEmpty && !Self.attributes.contains(attribute.name) {
      report(
        "not-understood", .warning,
        "the attribute `\(visibleText(attribute.name))` of `\(element.name)` is not understood and is left out",
        attribute.span)
    }
  }

  private static let attributes: Set<String> = [
    "id", "name", "label", "namespace", "typeRef", "href", "isCollection", "hitPolicy", "aggregation",
    "preferredOrientation", "outputLabel", "expressionLanguage", "typeLanguage", "kind", "iteratorVariable",
    "importType", "locationURI", "importedElement", "exporter", "exporterVersion", "textFormat", "triggerVariable",
    "URI", "associationDirection", "outputTypeRef", "outputParameterTypeRef", "constraintsType",
  ]

  // MARK: - Parts that many elements have

  func text(_ element: XMLElement) -> DMNText {
    let text = element.text
    return DMNText(text.string, span: text.span, isVerbatim: text.isVerbatim)
  }

  /// The text of the child `text`.
  mutating func innerText(_ element: XMLElement) -> DMNText? {
    var result: DMNText?
    children(of: element) { elements, child in
      guard child.name == "text" else { return false }
      result = elements.text(child)
      return true
    }
    return result
  }

  /// A type by its name; DMN 1.1 wrote it with the prefix of a namespace.
  func typeName(_ text: String?) -> String? {
    guard var name = text.map({ DMNNames.normalized($0) }), !name.isEmpty else { return nil }
    if let colon = name.unicodeScalars.lastIndex(of: ":") {
      name = String(name[name.unicodeScalars.index(after: colon)...])
    }
    return name
  }

  mutating func name(of element: XMLElement) -> String {
    let name = DMNNames.normalized(element["name"] ?? "")
    if name.isEmpty { report("missing-name", .warning, "`\(element.name)` has no name", element.span) }
    return name
  }

  func plainText(_ element: XMLElement) -> String? {
    let text = DMNNames.normalized(element.text.string)
    return text.isEmpty ? nil : text
  }

  func description(of element: XMLElement) -> String? {
    element.elements.first { $0.namespace == namespace && $0.name == "description" }.flatMap { plainText($0) }
  }

  mutating func link(_ element: XMLElement, _ role: DMNLink.Role) -> DMNLink? {
    guard let href = element["href"], !href.isEmpty else {
      report("missing-reference", .warning, "`\(element.name)` refers to nothing", element.span)
      return nil
    }
    guard let hash = href.utf8.firstIndex(of: 0x23) else { return DMNLink(role, href, span: element.span) }
    let namespace = String(href[..<hash])
    let id = String(href[href.utf8.index(after: hash)...])
    return DMNLink(role, id, namespace: namespace.isEmpty ? nil : namespace, span: element.span)
  }
}

/// Names as DMN compares them.
package enum DMNNames {
  /// The name with every run of white space as one space, and none at the ends.
  package static func normalized(_ text: String) -> String {
    text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ")
  }
}
