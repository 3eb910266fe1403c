package import EthosDecision
import EthosModel
import EthosText

/// What the examples and assertions of decisions came to.
package struct TestReport: Sendable {
  package var results: [TestResult]
  package var decisions: Int

  package init(_ results: [TestResult], decisions: Int) {
    self.results = results
    self.decisions = decisions
  }

  package var report: Report { Report(blocks, json: json) }

  private func count(_ verdict: TestResult.Verdict) -> Int { results.count { $0.verdict == verdict } }

  private var blocks: [Block] {
    var blocks: [Block] = []
    var keys: [EntryKey] = []
    for result in results where !keys.contains(result.decision) { keys.append(result.decision) }
    for key in keys {
      let own = results.filter { $0.decision == key }
      let open = own.filter { $0.verdict != .passed }
      blocks.section("\(key, .reference)  \(summary(own))")
      blocks.list(open.map(item))
    }
    if !keys.isEmpty { blocks.blank() }
    blocks.paragraph(
      results.isEmpty
        ? "\(counted(decisions, "decision")), and no example or assertion in \(decisions == 1 ? "it" : "them")."
        : "\(counted(results.count, "test")) of \(counted(decisions, "decision")): \(summary(results))")
    return blocks
  }

  private func summary(_ results: [TestResult]) -> Inline {
    let examples = results.filter { $0.kind == .example }
    let assertions = results.filter { $0.kind == .assertion }
    var parts: [Inline] = []
    if !examples.isEmpty {
      parts.append(
        "\(examples.count { $0.verdict == .passed }) of \(counted(examples.count, "example")) decided as expected")
    }
    if !assertions.isEmpty {
      parts.append("\(assertions.count { $0.verdict == .passed }) of \(counted(assertions.count, "assertion")) proved")
    }
    return .list(parts)
  }

  private func item(_ result: TestResult) -> Item {
    let what = result.kind == .example ? "example" : "assertion"
    var blocks: [Block] = []
    if !result.witness.isEmpty {
      blocks.append(.paragraph("the case: \(.list(result.witness.map { "\($0.input, .name) \($0.text)" }))"))
    }
    let verdict = result.verdict == .failed ? "does not hold" : "is neither proved nor refuted"
    return Item(
      result.verdict == .failed ? .removed : .warning,
      "\(what) \(result.number) \(verdict): \(result.title): \(result.detail ?? "")", blocks)
  }

  private var json: JSON {
    [
      "schema": "ethos.test.v1",
      "decisions": .number(decisions),
      "passed": .number(count(.passed)),
      "failed": .number(count(.failed)),
      "undecided": .number(count(.undecided)),
      "tests": .array(
        results.map { result in
          [
            "decision": .string(result.decision.description),
            "kind": .string(result.kind == .example ? "example" : "assertion"),
            "number": .number(result.number),
            "verdict": .string(TestReport.word(result.verdict)),
            "title": .string(result.title),
            "detail": .optional(result.detail),
            "witness": result.witness.isEmpty
              ? .null : .object(result.witness.map { JSON.Member($0.input, .string($0.text)) }),
          ]
        }),
    ]
  }

  private static func word(_ verdict: TestResult.Verdict) -> String {
    switch verdict {
    case .passed: "passed"
    case .failed: "failed"
    case .undecided: "undecided"
    }
  }
}
