import EthosModel
import EthosText
import Testing

@Suite struct SnapshotCheckTests {
  @Test func `an identity that holds together has no findings`() {
    #expect(findings(SnapshotCheckTests.clean) == [])
  }

  @Test(arguments: cases) func `each problem is found where it stands, and nothing else`(problem: Problem) {
    var identity = SnapshotCheckTests.clean
    problem.make(&identity)
    #expect(findings(identity) == problem.expected)
  }

  @Test(arguments: harmless) func `what is no problem is none`(problem: Problem) {
    var identity = SnapshotCheckTests.clean
    problem.make(&identity)
    #expect(findings(identity) == [])
  }

  @Test func `the loop and the chain are printed`() {
    var identity = SnapshotCheckTests.clean
    identity["value/growth", "outranks"] = ["speed"]
    identity["decision/onboarding", "rules"] = [["id": "r9", "enacts": ["speed"], "over": ["prudence"]]]
    #expect(
      message("rule-against-order", identity)
        == "rule `r9` of `decision/onboarding` enacts `speed` over `prudence`, which outranks it:"
        + " `prudence` over `growth` over `speed`")
    identity["value/speed", "outranks"] = ["prudence"]
    #expect(
      message("outranks-loop", identity)
        == "the order of values goes in a circle: `growth` over `speed` over `prudence` over `growth`")
  }

  @Test func `an unknown name is answered with the nearest one, and with the command to type`() {
    var identity = SnapshotCheckTests.clean
    identity["value/prudence", "outranks"] = ["growht"]
    identity["limit/client-risk", "owner"] = "chief-risk-oficer"
    identity["exception/founder", "until"] = "2026-01-31"
    let help = Dictionary(
      diagnostics(identity).map { ($0.code.rawValue, $0.help) }, uniquingKeysWith: { first, _ in first })
    #expect(help["unresolved-reference"] == "did you mean `growth`?")
    #expect(help["owner-unknown"] == "did you mean `chief-risk-officer`?")
    #expect(help["exception-expired"]??.contains("`ethos set exception/founder.until DAY`") == true)
  }

  @Test func `an office that nobody holds is reported once, with what it owns`() {
    var identity = SnapshotCheckTests.clean
    identity["cycle/renewal", "offices"] = ["chief-executive": [["person": "jane-doe"]]]
    identity["cycle/growth-2019", "offices"] = ["chief-risk-officer": [["person": "jane-doe"]]]
    let vacancies = diagnostics(identity).filter { $0.code == "owner-vacant" }
    #expect(vacancies.count == 1)
    #expect(vacancies.first?.location?.file == "cycles/renewal.yaml")
    #expect(vacancies.first?.message.hasSuffix("which owns `value/prudence` and 3 more") == true)
  }

  @Test(arguments: [("2025-12-31", "growth-2019"), ("2026-01-01", nil), ("2026-02-01", "renewal"), ("2018-01-01", nil)])
  func `the cycle in force is the last begun that holds the day`(day: String, expected: String?) throws {
    let leadership = Leadership(SnapshotCheckTests.clean.snapshot)
    #expect(try leadership.cycle(on: #require(Day(day)))?.document.key.id == expected)
  }

  @Test func `an office is held within its term by each person once`() throws {
    var identity = SnapshotCheckTests.clean
    identity["cycle/renewal", "offices"] = [
      "board": [
        ["person": "jane-doe"], ["person": "omar-reyes", "from": "2026-03-01", "until": "2026-03-31"],
        ["person": "jane-doe", "from": "2026-03-01"],
      ]
    ]
    let cycle = try #require(Leadership(identity.snapshot).cycles.last)
    func holders(_ day: String) throws -> [String] { cycle.holders(of: "board", on: try #require(Day(day))) }
    #expect(try holders("2026-02-28") == ["jane-doe"])
    #expect(try holders("2026-03-31") == ["jane-doe", "omar-reyes"])
    #expect(try holders("2026-04-01") == ["jane-doe"])
    #expect(try holders("2026-01-31") == [])
  }

  @Test func `ten thousand values in one chain, and in one circle, are checked`() {
    var identity = IdentityBuilder([:])
    for index in 0..<10_000 { identity["value/v\(index)", "outranks"] = [.text("v\(index + 1)")] }
    identity["value/v9999", "outranks"] = nil
    #expect(!diagnostics(identity).contains { $0.code == "outranks-loop" })
    identity["value/v9999", "outranks"] = ["v0"]
    #expect(diagnostics(identity).filter { $0.code == "outranks-loop" }.count == 1)
  }

  // MARK: - Helpers

  struct Problem: CustomTestStringConvertible, Sendable {
    let name: String
    let expected: [String]
    let make: @Sendable (inout IdentityBuilder) -> Void

    /// Each finding is expected as `code: text at its place`.
    init(_ name: String, _ expected: String..., make: @escaping @Sendable (inout IdentityBuilder) -> Void) {
      self.name = name
      self.expected = expected
      self.make = make
    }

    var testDescription: String { name }
  }

  private func diagnostics(_ identity: IdentityBuilder) -> [Diagnostic] {
    guard let day = Day("2026-05-01") else { return [] }
    return SnapshotCheck.diagnostics(identity.snapshot, on: day)
  }

  private func message(_ code: Diagnostic.Code, _ identity: IdentityBuilder) -> String? {
    diagnostics(identity).first { $0.code == code }?.message
  }

  private func findings(_ identity: IdentityBuilder) -> [String] {
    let snapshot = identity.snapshot
    let sources = Dictionary(
      snapshot.documents.values.compactMap { document in document.source.map { ($0.path, $0) } },
      uniquingKeysWith: { first, _ in first })
    return diagnostics(identity).map { diagnostic in
      let place = diagnostic.location.flatMap { sources[$0.file]?.text($0.span) } ?? "nowhere"
      return "\(diagnostic.code): \(place)"
    }
  }
}
