import EthosTestSupport
import EthosText

/// The first state of a generated identity.
enum Founding {
  private static let names = [
    "Jane Doe", "Ada Obi", "Ruth Klein", "Omar Reyes", "Mei Lin", "Sam Roe", "Eve Ling", "Max Old", "Ida Berg",
  ]

  static func state(_ mode: World.Mode, _ random: inout SeededGenerator) throws -> ModelState {
    let count = Int.random(in: 6...9, using: &random)
    var people: [String: ModelPerson] = [:]
    for name in names.prefix(count) {
      let id = name.lowercased().replacing(" ", with: "-")
      people[id] = ModelPerson(
        id: id, name: name, emails: ["\(id)@bank.example"],
        keys: mode == .unsigned ? [] : [.init(publicKey: try SoftwareKey("\(id) 1").publicKey)])
    }
    let ids = people.keys.sorted().shuffled(using: &random)
    let first = ModelCycle(id: "first", from: 20_089, until: nil, offices: offices(ids, &random))
    return ModelState(
      charter: charter(mode, &random), cycles: ["first": first], people: people, entries: entries(&random))
  }

  /// Who holds what, of people in this order.
  static func offices(_ people: [String], _ random: inout SeededGenerator) -> [String: [ModelHolder]] {
    let deputy = random.happens(60) ? people[5] : nil
    let board = [people[2], people[3], people[4]] + (random.happens(40) ? [people[0]] : [])
    return [
      "chief-executive": [ModelHolder(person: people[0])],
      "chief-risk-officer": [ModelHolder(person: people[1], deputy: deputy)],
      "board": board.map { ModelHolder(person: $0) },
      "secretary": [ModelHolder(person: people[5])],
      "operations": [ModelHolder(person: people[random.happens(50) ? 1 : 4])],
    ]
  }

  private static func charter(_ mode: World.Mode, _ random: inout SeededGenerator) -> ModelCharter {
    var rows = [
      ModelRow(
        change: ["value", "limit", "exception"], level: .critical,
        quorum: random.pick([["chief-executive": 1, "board": 2], ["owner": 1, "board": 1], ["board": 2]])),
      ModelRow(change: ["decision"], level: .critical, quorum: ["owner": 1, "chief-executive": 1]),
      ModelRow(change: ["decision", "limit"], level: random.pick([.minor, .minor, .major]), quorum: ["owner": 1]),
      ModelRow(change: ["charter", "cycle", "person"], level: .critical, quorum: ["chief-executive": 1, "board": 2]),
      ModelRow(
        change: ["release"], level: .critical,
        quorum: random.pick([["chief-executive": 1], ["chief-executive": 1, "board": 1]])),
      ModelRow(change: ["system"], level: .critical, quorum: random.pick([["owner": 1], ["anyone": 2]])),
      ModelRow(change: ["*"], level: .editorial, quorum: ["anyone": 1]),
    ]
    if random.happens(30) { rows[0].veto = [random.pick(["secretary", "chief-risk-officer"])] }
    if random.happens(30) { rows[2].selfApproval = true }
    if random.happens(30) { rows[5].selfApproval = true }
    return ModelCharter(
      signaturesRequired: mode == .required, recorderLevel: random.pick([nil, .major, .critical]), rows: rows)
  }

  private static func entries(_ random: inout SeededGenerator) -> [String: ModelEntry] {
    func owner() -> String { random.pick(["chief-risk-officer", "operations", "board"]) }
    let all = [
      ModelEntry(
        kind: "value", id: "prudence",
        fields: [
          "title": "Prudence before growth", "statement": "We would rather lose a client than not understand one.",
          "because": "The losses of 2023.", "owner": owner(),
        ]),
      ModelEntry(
        kind: "value", id: "candour",
        fields: [
          "title": "Candour", "statement": "We say what we know.", "because": "It was asked for.", "owner": owner(),
        ]),
      ModelEntry(
        kind: "limit", id: "risk",
        fields: [
          "title": "Risk appetite", "atMost": "60", "unit": "points", "because": "What we can explain.",
          "owner": owner(),
        ]),
      ModelEntry(
        kind: "limit", id: "days",
        fields: [
          "title": "Days to decide", "atMost": "30", "unit": "days", "because": "Clients wait.", "owner": owner(),
        ]),
      ModelEntry(
        kind: "decision", id: "onboarding",
        fields: [
          "title": "Client onboarding", "question": "Do we take this client on?", "owner": owner(),
          "enforcement": "strict", "uses": "{client risk: limit/risk}",
          "inputs": """

            - {name: risk score, type: number, allowed: "[0..100]", step: 1}
            - {name: country, type: string, allowed: '"low", "high"'}
          """,
          "outputs": """

            - {name: route, type: string, allowed: '"decline", "refer", "approve"', strictest: first}
          """,
          "hitPolicy": "first", "threshold": "80", "because": "Regulation.",
        ]),
      ModelEntry(
        kind: "system", id: "bot",
        fields: [
          "title": "Onboarding bot", "owner": owner(), "status": "planned", "since": "2026-01-01",
          "implements": "[decision/onboarding]", "because": "Clients wait.",
        ]),
    ]
    return Dictionary(uniqueKeysWithValues: all.map { ("\($0.kind)/\($0.id)", $0) })
  }
}

/// Copies a folder of plain files.
func copyFolder(_ source: String, to target: String) throws {
  let result = try run("/bin/cp", ["-r", "\(source)/.", target], in: "/")
  if result.status != 0 { throw TestFailure(result.errors) }
}
