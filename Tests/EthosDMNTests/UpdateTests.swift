import EthosDMN
import EthosModel
import EthosSyntax
import EthosText
import Testing

/// A model is imported again, over what people made of it.
@Suite struct `A model imported again` {
  private static let first = ["> 60|\"decline\"", "> 40|\"refer\"", "-|\"approve\""]

  private func plan(
    _ rows: [String], input: String = "score", output: String = "route", name: String = "Route"
  ) throws -> DMNImportPlan.Decision {
    let body = decision(
      name, needs: [],
      table(
        "FIRST", inputs: [(input, "number")], outputs: [(output, "string")],
        rows.map { $0.split(separator: "|").map(String.init) }))
    let plan = DMNImport.plan(try #require(DMNReader.read(model(body)).model))
    return try #require(plan.decisions.first)
  }

  /// The file of an import, with what people made of its text.
  private func file(_ decision: DMNImportPlan.Decision, _ edit: (String) -> String = { $0 }) throws -> Document {
    var fields = decision.fields
    fields[DMNImportPlan.sourceField] = .text(decision.source)
    fields[DMNMemory.field] = .text(DMNMemory.text(of: decision.fields))
    let text = edit(DocumentPrinter.text(kind: .decision, fields: fields))
    let read = DocumentReader.read(SourceText(path: "decisions/\(decision.id).yaml", text: text))
    #expect(read.diagnostics.filter { $0.severity == .error } == [])
    return try #require(read.document)
  }

  private func rules(_ fields: Record) -> [String] {
    (fields["rules"]?.list ?? []).map { node in
      ["id", "score", "points", "route", "because"].compactMap { node.record?[$0]?.text }.filter { $0 != "-" }.joined(
        separator: " ")
    }
  }

  @Test func `an unchanged model changes nothing, whatever people made of it`() throws {
    let decision = try plan(Self.first)
    let document = try file(decision) {
      $0.replacing("nullable: true", with: "step: 1, allowed: \"[0..100]\"")
        .replacing("What is Route?", with: "Which way?").replacing("title: Route", with: "title: The way")
        .replacing("> 40", with: "> 45")
    }
    let update = DMNUpdate(document, saying: decision)
    #expect(update.fields == document.fields)
    #expect(update.notes == [])
  }

  @Test func `what changed in the model changes alone`() throws {
    let document = try file(try plan(Self.first)) {
      $0.replacing("nullable: true", with: "step: 1, allowed: \"[0..100]\"").replacing(
        "What is Route?", with: "Which way?")
    }
    let update = DMNUpdate(document, saying: try plan(["> 60|\"decline\"", "> 45|\"refer\"", "-|\"approve\""]))
    #expect(rules(update.fields) == ["r1 > 60 \"decline\"", "r2 > 45 \"refer\"", "r3 \"approve\""])
    #expect(update.fields["inputs"] == document.fields["inputs"])
    #expect(update.fields["question"] == .text("Which way?"))
  }

  @Test func `reasons stay with their rule, and what cannot be told is told`() throws {
    let document = try file(try plan(Self.first)) { text in
      var isHead = true
      return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        guard line.utf8.starts(with: "  |".utf8) else { return String(line) }
        defer { isHead = false }
        if isHead { return line + " because |" }
        if line.contains("---") { return line + "---|" }
        return line + (line.contains("60") ? " a |" : line.contains("40") ? " b |" : " |")
      }.joined(separator: "\n")
    }
    #expect(rules(document.fields) == ["r1 > 60 \"decline\" a", "r2 > 40 \"refer\" b", "r3 \"approve\""])
    func update(_ rows: [String]) throws -> DMNUpdate { DMNUpdate(document, saying: try plan(rows)) }
    let before = try update(["> 90|\"block\""] + Self.first)
    #expect(
      rules(before.fields) == [
        "r4 > 90 \"block\"", "r1 > 60 \"decline\" a", "r2 > 40 \"refer\" b", "r3 \"approve\"",
      ])
    #expect(before.notes == [])
    let turned = try update(Self.first.reversed())
    #expect(rules(turned.fields) == ["r3 \"approve\"", "r2 > 40 \"refer\" b", "r1 > 60 \"decline\" a"])
    let moved = try update(["> 65|\"decline\""] + Self.first.dropFirst())
    #expect(rules(moved.fields).first == "r1 > 65 \"decline\" a")
    #expect(moved.notes == ["the rule `r1` is another in the model now: see that what is said of it still holds"])
    let other = try update(["> 90|\"block\"", "> 70|\"ask\""] + Self.first.dropFirst())
    #expect(rules(other.fields).prefix(2) == ["r4 > 90 \"block\"", "r5 > 70 \"ask\""])
    #expect(other.notes == ["the rule `r1` is not in the model, and is gone, with its `because`"])
  }

  @Test func `a column with another name is the same column`() throws {
    let document = try file(try plan(Self.first)) {
      $0.replacing("nullable: true", with: "step: 1, allowed: \"[0..100]\"")
        + "examples:\n  - given: {score: 70}\n    expect: {route: '\"decline\"'}\n"
    }
    let update = DMNUpdate(document, saying: try plan(Self.first, input: "points"))
    #expect(
      update.fields["inputs"]?.list?.first?.record
        == Record([
          "name": .text("points"), "type": .text("number"), "step": .number(try #require(DecimalNumber("1"))),
          "allowed": .text("[0..100]"),
        ]))
    #expect(rules(update.fields) == ["r1 > 60 \"decline\"", "r2 > 40 \"refer\"", "r3 \"approve\""])
    #expect(update.fields["examples"]?.list?.first?.record?["given"]?.record?.names == ["points"])
    #expect(update.notes == ["`score` is called `points` in the model now"])
  }

  @Test func `another decision with the same ids is no later state`() throws {
    let document = try file(try plan(Self.first))
    #expect(DMNUpdate.isKin(document, try plan(Self.first)))
    #expect(DMNUpdate.isKin(document, try plan(["> 1|\"x\""])))
    #expect(DMNUpdate.isKin(document, try plan(Self.first, input: "points")))
    #expect(!DMNUpdate.isKin(document, try plan(["> 1|\"x\""], input: "age", output: "price")))
    #expect(!DMNUpdate.isKin(document, try plan(["> 1|\"x\""], input: "age", name: "Price")))
  }
}
