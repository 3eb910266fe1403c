import EthosDecision
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

/// What an output declares is held: an answer of another type, or one that is not allowed, is found where it is written, and
/// is not given where it is computed.
@Suite struct DeclaredAnswerTests {
  private static func text(
    output: String = "name: out, type: string, allowed: '\"no\", \"later\", \"yes\"'", answer: String = "yes",
    hitPolicy: String = "first", more: String = ""
  ) -> String {
    DecisionText.text(
      inputs: ["name: x, type: number"], outputs: [output], hitPolicy: hitPolicy,
      rules: """
        | id | x   | out |
        |----|-----|-----|
        | r1 | > 5 | \(answer) |
        | r2 | -   | - |
        """, more: more)
  }

  private func codes(_ text: String) throws -> [String] {
    let read = DocumentReader.read(SourceText(path: "decisions/d.yaml", text: text))
    #expect(!read.hasErrors, "\(read.diagnostics)\n\(text)")
    let document = try #require(read.document)
    let found = DecisionCheck.diagnostics(Snapshot(documents: [document]))
    #expect(found.allSatisfy { $0.location != nil && $0.help?.isEmpty == false })
    return found.map(\.code.rawValue)
  }

  private static let number = "name: out, type: number, allowed: \"[0..10]\""

  @Test func `an answer in a rule is one of those that are declared`() throws {
    #expect(try codes(Self.text(answer: "yes")) == [])
    #expect(try codes(Self.text(answer: "\"later\"")) == [])
    #expect(try codes(Self.text(answer: "\"y\" + \"es\"")) == [])
    #expect(try codes(Self.text(answer: "\"yess\"")) == ["answer-not-allowed"])
    #expect(try codes(Self.text(answer: "\"y\" + \"ess\"")) == ["answer-not-allowed"])
    #expect(try codes(Self.text(answer: "yess")).count == 1)
    #expect(try codes(Self.text(answer: "7")) == ["answer-type"])
    #expect(try codes(Self.text(answer: "[\"yes\"]")) == ["answer-type"])
    #expect(try codes(Self.text(output: Self.number, answer: "10")) == [])
    #expect(try codes(Self.text(output: Self.number, answer: "5 + 6")) == ["answer-not-allowed"])
    #expect(try codes(Self.text(output: Self.number, answer: "-1")) == ["answer-not-allowed"])
    #expect(try codes(Self.text(output: Self.number, answer: "\"high\"")) == ["answer-type"])
    #expect(try codes(Self.text(output: "name: out, type: date", answer: "\"2026-01-01\"")) == ["answer-type"])
    #expect(try codes(Self.text(output: "name: out, type: date", answer: "@\"2026-01-01\"")) == [])
    // What a fact makes of it is not known here.
    #expect(try codes(Self.text(output: Self.number, answer: "x * 2")) == [])
  }

  @Test func `the finding stands at the cell`() throws {
    let source = SourceText(path: "decisions/d.yaml", text: Self.text(answer: "\"yess\""))
    let document = try #require(DocumentReader.read(source).document)
    let found = try #require(DecisionCheck.diagnostics(Snapshot(documents: [document])).first?.location)
    #expect(source.text(found.span) == "\"yess\"")
  }

  @Test func `a default, an example and an assertion name what may be answered`() throws {
    func more(_ text: String, _ policy: String = "first") throws -> [String] {
      try codes(Self.text(hitPolicy: policy, more: text))
    }
    #expect(try more("default: {out: later}") == [])
    #expect(try more("default: {out: '\"sometime\"'}") == ["answer-not-allowed"])
    #expect(try more("default: {out: 3}") == ["answer-type"])
    #expect(try more("default: {uot: later}") == ["unknown-name"])
    #expect(try more("examples: [{given: {x: 9}, expect: {out: yes}}]") == [])
    #expect(try more("examples: [{given: {x: 9}, expect: {out: yess}}]") == ["answer-not-allowed"])
    #expect(try more("assert: [{never: {out: '\"no\"'}}]") == [])
    #expect(try more("assert: [{never: {out: '\"on\"'}}]") == ["answer-not-allowed"])
    // Of a policy that lists, every item is one of them.
    #expect(try more("examples: [{given: {x: 9}, expect: {out: '[\"yes\", null]'}}]", "collect") == [])
    #expect(
      try more("examples: [{given: {x: 9}, expect: {out: '[\"yess\"]'}}]", "collect") == ["answer-not-allowed"])
    // A sum is none of its parts, and a count is no answer of a rule.
    let sum = Self.text(
      output: Self.number, answer: "9", hitPolicy: "collect sum", more: "examples: [{given: {x: 9}, expect: {out: 18}}]"
    )
    #expect(try codes(sum) == [])
    #expect(try codes(Self.text(output: Self.number, answer: "\"a\"", hitPolicy: "collect count")) == [])
  }

  @Test func `names in cases and in exceptions are those of the decision`() throws {
    func more(_ text: String) throws -> [String] { try codes(Self.text(more: "cases: {name: c, sha256: 00, \(text)}")) }
    #expect(try more("columns: {x: score}, translate: {out: {J: yes}, x: {a: 1}}, outcomes: {out: result}") == [])
    #expect(try more("columns: {y: score}") == ["unknown-name"])
    #expect(try more("translate: {z: {J: yes}}") == ["unknown-name"])
    #expect(try more("outcomes: {x: result}") == ["unknown-name"])
    func exception(_ outcome: String) throws -> [String] {
      let graph = Decisions.graph([
        "decisions/d.yaml": Self.text(),
        "exceptions/e.yaml":
          "id: e\ntitle: E\nof: decision/d\nuntil: 2030-01-01\nwhen: {client id: '\"F-1\"'}\noutcome: {\(outcome)}\n",
      ])
      return DecisionCheck.diagnostics(graph.snapshot).map(\.code.rawValue)
    }
    #expect(try exception("out: yes") == [])
    #expect(try exception("uot: yes") == ["exception-invalid"])
    #expect(try exception("out: '\"yess\"'") == ["exception-invalid"])
  }

  @Test func `what is computed and not allowed is not given, by any way of deciding`() throws {
    let side = Decisions.side(Self.text(output: Self.number, answer: "x * 2"))
    var graph = side.graph
    let compiled = try CompiledDecision(side)
    for (x, expected) in [(3, Outcome.decided(.null)), (6, .failed), (5, .decided(.null)), (100, .failed)] {
      let value = FEELValue.number(FEELNumber(x))
      let answer = graph.decide(side.key, facts: [("x", value)])
      let decided = try #require(answer)
      #expect(decided.outcome == expected, "\(x)")
      #expect(compiled.decide([value]).outcome == expected)
      if expected == .failed { #expect(decided.problems.map(\.code) == ["answer-not-allowed"]) }
    }
    // A limit that the cell names is a constant to the grid, and none to the reader.
    let uses = Self.text(output: Self.number, answer: "cap", more: "uses: {cap: limit/cap}")
    for (cap, expected) in [("7", Outcome.decided(.number(FEELNumber(7)))), ("70", .failed)] {
      let side = Decisions.side(uses, with: ["limits/cap.yaml": "id: cap\ntitle: Cap\natMost: \(cap)\n"])
      var graph = side.graph
      let value = FEELValue.number(FEELNumber(9))
      #expect(graph.decide(side.key, facts: [("x", value)])?.outcome == expected)
      #expect(try CompiledDecision(side).decide([value]).outcome == expected)
    }
  }

  @Test func `what may be answered is a part of what is decided`() throws {
    let before = Decisions.side(Self.text(output: Self.number, answer: "x * 2"))
    let after = Decisions.side(Self.text(output: "name: out, type: number, allowed: \"[0..20]\"", answer: "x * 2"))
    #expect(try BehaviourComparison.compare(before, before).verdict == .equivalent)
    let difference = try BehaviourComparison.compare(before, after)
    #expect(difference.verdict == .different)
  }

  /// The law: where a decision decides, its answer is null or of the type and among what is allowed, for random types,
  /// allowed values and answers.
  @Test func `no answer leaves what is declared`() throws {
    var random = SeededGenerator(seed: 1_409)
    let values = ["1", "7", "12", "\"a\"", "\"b\"", "true", "null", "@\"2026-01-01\"", "[1]", "x", "x * 3", "x > 3"]
    let types = ["number": "[0..10]", "string": "\"a\", \"c\"", "boolean": "true", "date": "> @\"2025-01-01\""]
    var (given, refused) = (0, 0)
    for _ in 0..<400 {
      let (type, allowed) = try #require(types.sorted { $0.key < $1.key }.randomElement(using: &random))
      let isBound = Bool.random(using: &random)
      let policy = try #require(["first", "unique", "any", "collect"].randomElement(using: &random))
      let answer = try #require(values.randomElement(using: &random))
      let side = Decisions.side(
        Self.text(
          output: "name: out, type: \(type)" + (isBound ? ", allowed: '\(allowed)'" : ""), answer: answer,
          hitPolicy: policy == "unique" ? "first" : policy))
      var graph = side.graph
      let tests = try FEELParser.unaryTests(allowed, names: FEELNames([String](), allowsUnknown: false)).get()
      for x in [2, 4, 6, 9] {
        let outcome = graph.decide(side.key, facts: [("x", .number(FEELNumber(x)))])?.outcome
        guard case .decided(let value)? = outcome else {
          refused += 1
          continue
        }
        let items = if case .list(let items) = value, policy == "collect" { items } else { [value] }
        for item in items where !item.isNull {
          given += 1
          let kind = type == "date" ? "date" : type
          #expect(item.kindName == kind, "\(item) of \(type)")
          if isBound { #expect(FEELEvaluator().satisfies(tests, input: item, in: .empty).result == true) }
        }
      }
    }
    #expect(given > 50 && refused > 50)
  }
}

/// One question is asked before anything is decided: whether something is in the way.
@Suite struct ObstacleTests {
  private func graph(_ files: [String: String]) -> DecisionGraph {
    let results = files.sorted { $0.key < $1.key }.map { DocumentReader.read(SourceText(path: $0.key, text: $0.value)) }
    return DecisionGraph(
      Snapshot(documents: results.compactMap(\.document), diagnostics: results.flatMap(\.diagnostics)))
  }

  private static let good = DecisionText.text(
    inputs: ["name: x, type: number"], outputs: ["name: out, type: number"],
    rules: "| id | x | out |\n|---|---|---|\n| r | > cap | 1 |\n| s | - | 2 |", more: "uses: {cap: limit/cap}")
  private static let cap = "id: cap\ntitle: Cap\natMost: 5\n"

  @Test(
    arguments: [
      ("nothing", good, cap, nil),
      ("an unknown hit policy", good.replacing("hitPolicy: first", with: "hitPolicy: frist"), cap, "invalid-decision"),
      ("an output without a type", good.replacing("out, type: number", with: "out"), cap, "invalid-decision"),
      ("an unknown field", good + "\nownr: a\n", cap, "invalid-decision"),
      ("a cell that cannot be read", good.replacing("> cap", with: "> cup"), cap, "invalid-decision"),
      ("an answer of another type", good.replacing("| 2 |", with: "| \"2\" |"), cap, "invalid-decision"),
      ("no such limit", good.replacing("limit/cap", with: "limit/cup"), cap, "missing-limit"),
      ("a bound that the limit has", good.replacing("limit/cap", with: "limit/cap.atMost"), cap, nil),
      ("a bound that it has not", good.replacing("limit/cap", with: "limit/cap.atLeast"), cap, "missing-limit"),
      ("a retired limit", good, cap + "status: retired\nsince: 2026-01-01\nbecause: x\n", "missing-limit"),
      ("a limit of two directions", good, cap + "atLeast: 3\n", "invalid-limit"),
      ("a limit with a number that readers disagree about", good, cap.replacing("5", with: "050"), "invalid-limit"),
      ("itself", good.replacing("limit/cap", with: "decision/d.out"), cap, "decision-cycle"),
      ("no such decision", good.replacing("limit/cap", with: "decision/e.out"), cap, "missing-decision"),
    ] as [(String, String, String, String?)])
  func `a decision with an obstacle decides nothing`(_ name: String, _ text: String, _ limit: String, _ code: String?)
    throws
  {
    var graph = graph(["decisions/d.yaml": text, "limits/cap.yaml": limit])
    let key = EntryKey(.decision, "d")
    let obstacle = graph.obstacle(to: key)
    #expect(obstacle?.code.rawValue == code, "\(name)")
    if let obstacle { #expect(obstacle.diagnostics.contains { $0.severity == .error }) }
    let answer = graph.decide(key, facts: [("x", .number(FEELNumber(3)))])
    let decided = try #require(answer)
    let side = DecisionSide(graph, key)
    let difference = try BehaviourComparison.compare(side, side)
    if code == nil {
      #expect(decided.outcome == .decided(.number(FEELNumber(2))))
      #expect(difference.verdict == .equivalent)
      #expect(throws: Never.self) { try CompiledDecision(side) }
    } else {
      #expect(decided.outcome == .failed)
      #expect(decided.problems.map(\.code) == [code])
      #expect(difference.verdict == .undecided)
      #expect(difference.reason == obstacle?.message)
      #expect(throws: CompiledDecision.Failure.self) { try CompiledDecision(side) }
      #expect(TableAnalysis.findings(side).isEmpty)
    }
  }

  @Test func `two files of one id decide nothing`() throws {
    let other = Self.good.replacing("| 2 |", with: "| 3 |")
    var graph = graph(["decisions/a.yaml": Self.good, "decisions/b.yaml": other, "limits/cap.yaml": Self.cap])
    #expect(graph.obstacle(to: EntryKey(.decision, "d"))?.code == "invalid-decision")
  }

  @Test func `what uses a decision with errors decides nothing either`() throws {
    let user = Self.good.replacing("id: d\n", with: "id: e\n").replacing("limit/cap", with: "decision/d.out")
    let files = ["decisions/d.yaml": Self.good, "decisions/e.yaml": user, "limits/cap.yaml": Self.cap]
    var whole = graph(files)
    #expect(whole.obstacle(to: EntryKey(.decision, "e")) == nil)
    var broken = graph(files.merging(["decisions/d.yaml": Self.good.replacing("> cap", with: "> cup")]) { $1 })
    #expect(broken.obstacle(to: EntryKey(.decision, "e"))?.decision == EntryKey(.decision, "d"))
  }
}
