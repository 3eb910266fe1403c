import EthosDMN
import EthosDecision
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

/// Random decisions of ours as DMN and back.
@Suite struct `Random decisions as DMN and back` {
  private static let limit = """
    id: top
    title: The top
    atMost: 5
    owner: board
    """

  /// A decision of all hit policies, columns and cells that an identity may have.
  private static func decision(_ generator: inout SeededGenerator) -> String {
    func any<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &generator)] }
    let policy = any(["unique", "any", "first", "priority", "rule order", "output order", "collect", "collect sum"])
    let isNumber = policy == "collect sum"
    var rows = ["| id | a | w | ok | r | because |", "|---|---|---|---|---|---|"]
    for index in 0..<Int.random(in: 1...6, using: &generator) {
      let a = any(["-", "> 3", "<= top", "[2..6)", "4, 7", "not(5)", "? * 2 > 7", "null"])
      let w = any(["-", "x", "\"y\"", "not(x)", "x, y", "starts with(?, \"x\")"])
      let r = isNumber ? any(["1", "a + 1", "top", "2.50"]) : any(["low", "\"high\"", "mid"])
      rows.append(
        "| k\(index * 3) | \(a) | \(w) | \(any(["-", "true", "false"])) | \(r) | \(any(["", "why \(index)"])) |")
    }
    let fallback = any(["", "default: {r: \(isNumber ? "9" : "mid")}\n"])
    let nullable = any(["", ", nullable: true", ", step: 0.5"])
    let allowed = isNumber ? "" : ", allowed: '\"high\", \"mid\", \"low\"'\(any(["", ", strictest: first"]))"
    return DecisionText.text(
      inputs: [
        "name: a, type: number\(nullable)", "name: w, type: string, allowed: '\"x\", \"y\", \"z\"'",
        "name: ok, type: boolean",
      ],
      outputs: ["name: r, type: \(isNumber ? "number" : "string")\(allowed)"], hitPolicy: policy,
      rules: rows.joined(separator: "\n"), more: "uses: {top: limit/top}\nowner: board\n" + fallback)
  }

  private func read(_ path: String, _ text: String) throws -> Document {
    let read = DocumentReader.read(SourceText(path: path, text: text))
    #expect(read.diagnostics.filter { $0.severity == .error } == [], "\(text)")
    return try #require(read.document)
  }

  @Test func `limits stay limits here, and elsewhere it decides the same`() throws {
    var generator = SeededGenerator(seed: 14)
    var isCarried = 0
    for number in 0..<200 {
      let document = try read("decisions/d.yaml", Self.decision(&generator))
      let limit = try read("limits/top.yaml", Self.limit)
      let snapshot = Snapshot(documents: [document, limit])
      let export = DMNExport.model(of: [document.key], in: snapshot, organisation: "o")
      let text = DMNWriter.text(export.model)
      let model = try #require(DMNReader.read(SourceText(path: "o.dmn", text: text)).model)
      guard !export.leftOut.contains(where: { $0.message.holds("is not carried over") }) else { continue }
      isCarried += 1

      // Into the same identity.
      var here = DMNImport.Options(known: [DMNExport.mark(document.key, "o"): "d"], taken: ["d"])
      here.limits[DMNExport.mark(limit.key, "o")] = .init(id: "top", bound: "5")
      here.useNames["d"] = ["limit/top": "top"]
      let plan = DMNImport.plan(model, options: here)
      #expect(plan.leftOut.map(\.message) == [], "\(number): \(text)")
      #expect(plan.decisions.map(\.id) == ["d"])
      let said = try #require(plan.decisions.first)
      // A limit is used where it stands, by the name that the table has for it.
      let uses = said.fields["uses"]
      #expect(uses == nil || uses == document.fields["uses"], "\(number)")

      // Into an empty one.
      let trip = RoundTrip(SourceText(path: "o.dmn", text: text))
      #expect(trip.problems == [], "\(number)")
      #expect(trip.leftOut == [], "\(number)")
      var before = DecisionGraph(snapshot)
      var after = DecisionGraph(Snapshot(documents: trip.documents))
      for a in [0, 2, 4, 5, 6, 9] {
        for w in ["x", "y", "z"] {
          for ok in [true, false] {
            let facts: [(name: String, value: FEELValue)] = [
              ("a", .number(FEELNumber(a))), ("w", .string(w)), ("ok", .boolean(ok)),
            ]
            let wanted = before.decide(document.key, facts: facts)?.outcome
            let found = after.decide(EntryKey(.decision, "d"), facts: facts)?.outcome
            #expect(wanted?.value == found?.value, "\(number): \(facts)\n\(text)")
          }
        }
      }
    }
    #expect(isCarried > 150)
  }
}
