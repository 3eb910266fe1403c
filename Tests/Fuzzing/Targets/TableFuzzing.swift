import EthosDecision
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosText

/// The input is the file of a decision; a line `=====` may follow and a second revision of it.
enum TableFuzzing {
  private static let path = "decisions/d.yaml"
  private static let separator = Array("\n=====\n".utf8)

  /// What a decision may use: a limit, and another decision.
  private static let others: [Document] = [
    ("limits/l.yaml", "id: l\ntitle: L\natMost: 3\nunit: points\nbecause: it is a limit\n"),
    (
      "decisions/used.yaml",
      """
      id: used
      title: Used
      question: What?
      inputs: [{name: n, type: number}]
      outputs: [{name: o, type: string, allowed: '"a", "b"'}]
      hitPolicy: first
      rules: |
        | n   | o |
        |-----|---|
        | > 1 | a |
        | -   | b |

      """
    ),
  ].compactMap { DocumentReader.read(SourceText(path: $0, text: $1)).document }

  private static let limits: BehaviourLimits = {
    var limits = BehaviourLimits(work: 20_000, hunkWork: 5_000, leaves: 50, samples: 50, regions: 10)
    (limits.searchSteps, limits.listingSteps) = (200_000, 50_000)
    return limits
  }()

  static func run(_ bytes: [UInt8]) {
    let revisions = split(bytes).map { side($0) }
    for revision in revisions { decide(revision) }
    let sides = revisions.compactMap { $0 }
    for side in sides {
      let difference = compare(side, side)
      require(difference.verdict != .different, "a decision is as itself: \(difference)")
    }
    guard sides.count == 2 else { return }
    let (there, back) = (compare(sides[0], sides[1]), compare(sides[1], sides[0]))
    require(
      there.verdict == back.verdict || there.verdict == .undecided || back.verdict == .undecided,
      "a difference is one from both sides: \(there), \(back)")
  }

  private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
    guard let range = bytes.firstRange(of: separator) else { return [bytes] }
    return [Array(bytes[...range.lowerBound]), Array(bytes[range.upperBound...])]
  }

  private static func side(_ bytes: [UInt8]) -> DecisionSide? {
    let read = DocumentReader.read(SourceText(path: path, bytes: bytes))
    guard let document = read.document, document.kind == .decision else { return nil }
    if !read.hasErrors { print(document) }
    return DecisionSide(DecisionGraph(Snapshot(documents: others + [document])), document.key)
  }

  /// What is printed is read as what was meant.
  private static func print(_ document: Document) {
    let text = DocumentPrinter.text(kind: .decision, fields: document.fields)
    let again = DocumentReader.read(SourceText(path: path, text: text))
    require(!again.hasErrors, "what is printed can be read: \(again.diagnostics.map(\.message))\n\(text)")
    require(again.document?.meaning == document.meaning, "what is printed means the same:\n\(text)")
  }

  /// Decides a case of each kind, and the examples that the decision gives itself.
  private static func decide(_ side: DecisionSide?) {
    guard var graph = side?.graph, let key = side?.key, let decision = graph.decision(key) else { return }
    for example in decision.examples { decide(decision, &graph, example.given.map { ($0.input, $0.value) }) }
    for round in 0..<2 { decide(decision, &graph, decision.facts.map { ($0.name, value($0, round)) }) }
    decide(decision, &graph, [])
  }

  private static func decide(
    _ decision: Decision, _ graph: inout DecisionGraph, _ facts: [(name: String, value: FEELValue)]
  ) {
    guard let decided = graph.decide(decision.key, facts: facts) else { return }
    _ = decision.described(decided.outcome).json.text(pretty: true)
    _ = decided.rules.map { decision.name(ofRule: $0) }
  }

  private static func value(_ input: DecisionTable.Input, _ round: Int) -> FEELValue {
    let texts: [String] =
      switch input.type {
      case .number: ["3", "-0.5"]
      case .boolean: ["true", "false"]
      case .date: ["2026-02-01", "2024-02-29"]
      case .time: ["12:30:00", "00:00:00Z"]
      case .dateAndTime: ["2026-02-01T12:30:00", "2024-02-29T00:00:00Z"]
      case .daysAndTimeDuration: ["P1D", "-PT3H"]
      case .yearsAndMonthsDuration: ["P1Y", "-P3M"]
      default: ["a", "b"]
      }
    return FactText.value(texts[round % texts.count], input.type) ?? .null
  }

  private static func compare(_ before: DecisionSide, _ after: DecisionSide) -> BehaviourDifference {
    do {
      let difference = try BehaviourComparison.compare(before, after, limits: limits)
      _ = difference.inverted
      return difference
    } catch {
      fatalError("broken law: the comparison and the reference evaluation agree: \(error)")
    }
  }
}
