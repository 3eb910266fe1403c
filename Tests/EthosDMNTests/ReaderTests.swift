import EthosDMN
import EthosFEEL
import EthosTestSupport
import EthosText
import Testing

@Suite struct `Reading XML` {
  @Test(arguments: [
    ("<a><b></a></b>", "`</a>` stands where `</b>` is due"), ("<a", "the file ends inside a tag"),
    ("<a x='1' x='2'/>", "the attribute `x` stands here twice"), ("<a>&foo;</a>", "`&foo;` is no entity of XML"),
    ("<a>&#0;</a>", "`&#0;` is no character of XML"), ("<a/><b/>", "there are two root elements"),
    ("<p:a/>", "the prefix of `p:a` is bound to no namespace"), ("", "there is no element"),
    ("<a>", "the element `a` is not closed"), ("text<a/>", "there is text outside the root element"),
    ("<a>\u{1}</a>", "a control character stands in the text"),
    ("<a>x\u{7F}</a>", "the text holds the control character U+007F"),
    ("<a b=\"&#x202E;\"/>", "the text holds the control character U+202E"),
  ]) func `an error ends the reading`(_ text: String, _ message: String) {
    #expect(DMNReader.read(SourceText(path: "x", text: text)).diagnostics.map(\.message) == [message])
  }

  @Test(arguments: [
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "<a><!DOCTYPE a></a>", "<!ENTITY a 'b'><a/>",
  ]) func `a document type is refused`(_ text: String) {
    let found = DMNReader.read(SourceText(path: "x", text: text)).diagnostics
    #expect(found.map(\.code) == ["document-type"])
  }

  @Test func `other encodings than UTF-8 are refused`() {
    for text in ["<?xml version='1.0' encoding='UTF-7'?><a/>", "<?xml version='1.0' encoding=\"ISO-8859-1\"?><a/>"] {
      #expect(DMNReader.read(SourceText(path: "x", text: text)).diagnostics.map(\.code) == ["encoding"])
    }
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x3C, 0], [0x3C, 0xFF, 0x3E]] {
      #expect(DMNReader.read(SourceText(path: "x", bytes: bytes)).diagnostics.map(\.code) == ["encoding"])
    }
  }

  @Test func `references, line ends, comments and sections make one text`() throws {
    let text = "<a b='1&#10;2\n3'>x &lt;\r\n<!-- no --><![CDATA[<&>]]>&#x41;</a>"
    let root = try XMLReader.read(SourceText(path: "x", text: text))
    #expect(root["b"] == "1\n2 3")
    #expect(root.text.string == "x <\n<&>A")
    #expect(!root.text.isVerbatim)
  }

  @Test func `limits are errors that name the limit`() {
    var limits = XMLLimits()
    limits.depth = 3
    let deep = String(repeating: "<a>", count: 4) + String(repeating: "</a>", count: 4)
    let found = DMNReader.read(SourceText(path: "x", text: deep), limits: limits).diagnostics
    #expect(found.map(\.message) == ["elements nest deeper than the limit of 3"])
  }

  @Test func `no bytes make it trap`() {
    let whole = model(
      input("a", "number")
        + decision(
          "d", needs: ["input:a"], table("FIRST", inputs: [("a", "number")], outputs: [("x", "number")], [["1", "2"]]))
    ).bytes
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<1_500 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
        default: bytes.insert(contentsOf: whole.prefix(Int.random(in: 0...80, using: &generator)), at: place)
        }
      }
      guard let model = DMNReader.read(SourceText(path: "x", bytes: bytes)).model else { continue }
      let evaluator = DMNEvaluator(DMNProgram(model))
      _ = evaluator.evaluate(decision: "d", given: [DMNGiven("a", .number(.one))])
      _ = DMNImport.plan(model)
    }
  }
}

@Suite struct `Reading models` {
  @Test(arguments: DMNVersion.allCases) func `every version is read`(_ version: DMNVersion) throws {
    let read = DMNReader.read(model(input("a", "number") + literal("b", "a + 1", needs: ["input:a"]), version: version))
    #expect(read.diagnostics == [])
    let found = try #require(read.model)
    #expect(found.version == version)
    let result = DMNEvaluator(DMNProgram(found)).evaluate(decision: "b", given: [DMNGiven("a", .number(.one))])
    #expect(result?.value == .number(FEELNumber(2)))
  }

  @Test func `what is not understood is named, at its place`() throws {
    let body =
      "<decision name=\"d\" colour=\"red\"><variable name=\"d\"/>\n<magic/><literalExpression><text>1</text></literalExpression></decision>"
    let read = DMNReader.read(model(body))
    #expect(
      read.diagnostics.map { "\($0.location?.line ?? 0): \($0.message)" } == [
        "3: the attribute `colour` of `decision` is not understood and is left out",
        "4: `magic` in `decision` is not understood and is left out",
      ])
  }

  @Test func `a problem in a cell is told at its byte`() throws {
    let source = model(
      input("a", "number")
        + decision(
          "d", needs: ["input:a"],
          table("FIRST", inputs: [("a", "number")], outputs: [("x", "number")], [["> )", "2"]])))
    let program = DMNProgram(try #require(DMNReader.read(source).model))
    let place = try #require(program.diagnostics.first?.location)
    #expect(source.text(Span(place.span.start, place.span.start + 1)) == ")")
  }

  @Test func `decisions in a circle are an error`() throws {
    let body = literal("a", "b", needs: ["decision:b"]) + literal("b", "a", needs: ["decision:a"])
    let program = DMNProgram(try #require(DMNReader.read(model(body)).model))
    #expect(program.diagnostics.map(\.message) == ["`a`, `b` require each other in a circle"])
    #expect(DMNEvaluator(program).evaluate(decision: "a", given: [])?.value == .null)
  }

  @Test func `other languages than FEEL are left out`() throws {
    let body =
      "<decision name=\"d\"><variable name=\"d\"/><literalExpression expressionLanguage=\"javascript\"><text>1</text></literalExpression></decision>"
    let read = DMNReader.read(model(body))
    #expect(read.diagnostics.map(\.code) == ["expression-language"])
    #expect(read.model?.decisions.first?.logic == nil)
  }

  @Test func `types that double each other cost nothing`() throws {
    var body = "<itemDefinition name=\"t0\"><typeRef>number</typeRef></itemDefinition>"
    for level in 1...40 {
      body +=
        "<itemDefinition name=\"t\(level)\"><itemComponent name=\"a\"><typeRef>t\(level - 1)</typeRef></itemComponent>"
      body += "<itemComponent name=\"b\"><typeRef>t\(level - 1)</typeRef></itemComponent></itemDefinition>"
    }
    let program = DMNProgram(try #require(DMNReader.read(model(body + input("x", "t40"))).model))
    #expect(program.diagnostics.contains { $0.message.hasSuffix("has more than 5000 parts and is not checked") })
  }

  @Test func `a written model reads as the same`() throws {
    let body =
      input("a", "number") + literal("b", "a < 3 and \"x & y\" = \"x\"", type: "boolean", needs: ["input:a"])
      + decision(
        "c", needs: ["input:a"],
        table("COLLECT MAX", inputs: [("a", "number")], outputs: [("x", "number")], [["> 1", "2"]]))
    let first = try #require(DMNReader.read(model(body)).model)
    let again = DMNReader.read(SourceText(path: "y", text: DMNWriter.text(first)))
    #expect(again.diagnostics == [])
    let second = try #require(again.model)
    #expect(DMNWriter.text(second) == DMNWriter.text(first))
    #expect(second.decisions.map(\.name) == ["b", "c"])
  }
}
