import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

@Suite struct DocumentReaderTests {
  @Test(arguments: Samples.all.map(\.path))
  func `a valid file of every kind is read without a diagnostic`(path: String) throws {
    let text = try #require(Samples.all.first { $0.path == path }?.text)
    let result = DocumentReader.read(SourceText(path: path, text: text))
    #expect(result.diagnostics == [])
    #expect(result.document?.fields.isEmpty == false)
  }

  @Test func `scalars are typed by their field and never by their look`() throws {
    let text = """
      id: "no"
      title: 2024
      unit: yes
      atMost: 60.50
      x-flag: no
      x-none: ~
      x-deep: {a: [1, two], b: {c: null}}
      """
    let result = DocumentReader.read(SourceText(path: "limits/a.yaml", text: text))
    let fields = try #require(result.document?.fields)
    #expect(result.diagnostics == [])
    #expect(fields["id"] == .text("no"))
    #expect(fields["title"] == .text("2024"))
    #expect(fields["unit"] == .text("yes"))
    #expect(fields["atMost"] == DecimalNumber("60.5").map { .number($0) })
    #expect(fields["x-flag"] == .text("no"))
    #expect(fields["x-none"] == .text("~"))
    #expect(
      fields["x-deep"]
        == .record(Record(["a": .list([.text("1"), .text("two")]), "b": .record(Record(["c": .text("null")]))])))
  }

  @Test func `bare items stand for records that have nothing but their key`() throws {
    let cycle = try #require(read("cycles/renewal-2026.yaml", Samples.cycle).document)
    let offices = try #require(cycle.fields["offices"]?.record)
    func person(_ id: String) -> Node { .record(Record(["person": .text(id)])) }
    #expect(offices["chief-executive"] == .list([person("jane-doe")]))
    #expect(offices["board"] == .list([person("jane-doe"), person("ada-obi"), person("ruth-klein")]))
  }

  @Test func `every value has the place of its own bytes`() throws {
    let text = "id: a\ntitle: 'Größe 😀'  # x\nunit: |\n  ä\n  b\n\n# end\natMost: 5\n"
    let source = SourceText(path: "limits/a.yaml", text: text)
    let fields = try #require(DocumentReader.read(source).document?.fields)
    #expect(fields["title"]?.span.map { source.text($0) } == "'Größe 😀'")
    #expect(fields["unit"]?.span.map { source.text($0) } == "|\n  ä\n  b")
    #expect(fields["atMost"]?.span.map { source.text($0) } == "5")
    #expect(fields.entries.first { $0.name == "atMost" }?.nameSpan.map { source.text($0) } == "atMost")
  }

  @Test func `what is right beside an error is kept`() throws {
    let result = read("limits/a.yaml", "id: a\ntitle: A\natMost: many\nowner: board\nwrong: 1\n")
    let fields = try #require(result.document?.fields)
    #expect(fields.names == ["id", "title", "owner"])
    #expect(result.diagnostics.map(\.code) == ["wrong-type", "unknown-key"])
  }

  @Test func `anchors are followed and cost what they repeat`() throws {
    let text = "id: a\ntitle: A\nserves: &all [x, y]\noutranks: *all\n"
    let fields = try #require(read("values/a.yaml", text).document?.fields)
    #expect(fields["outranks"]?.texts == ["x", "y"])
    #expect(fields["serves"]?.span.map { SourceText(path: "", text: text).text($0) } == "[x, y]")
  }
}

func read(_ path: String, _ text: String) -> ReadResult { DocumentReader.read(SourceText(path: path, text: text)) }
