package import EthosDecision
import EthosModel
package import EthosPractice
package import EthosText

/// Who is decided otherwise under another revision, in the recorded cases.
package struct ReplayReport: Sendable {
  /// A revision of the decision with its name and commit.
  package typealias Side = (name: String, commit: String?, decision: Decision)

  package var file: String
  package var before: Side
  package var after: Side
  package var result: ReplayResult

  package init(file: String, before: Side, after: Side, result: ReplayResult) {
    self.file = file
    self.before = before
    self.after = after
    self.result = result
  }

  package var report: Report { Report(blocks, json: json) }

  private var decided: Int { result.decided }

  // MARK: - Text

  package var blocks: [Block] {
    var blocks: [Block] = []
    blocks.title(headline)
    blocks.facts(facts)
    return blocks + tables
  }

  /// The same as a part of another report.
  package var sections: [Block] {
    var blocks: [Block] = []
    blocks.paragraph(headline)
    blocks.facts(facts)
    return blocks + tables
  }

  private var headline: Inline {
    if let undecided = result.undecided { return "nobody can say who is decided otherwise: \(undecided)" }
    return Inline(
      result.flipped == 0
        ? "none of \(counted(decided, "case")) is decided otherwise"
        : "\(result.flipped) of \(counted(decided, "case")) \(result.flipped == 1 ? "is" : "are") decided otherwise\(share(result.flipped))"
    )
  }

  private var facts: [Fact] {
    [
      Fact("decision", Inline(after.decision.key.description, .reference)),
      Fact("before", Inline(before.name, .reference)), Fact("after", Inline(after.name, .reference)),
      Fact("cases", "\(counted(result.cases, "record")) of \(file, .name)"),
      Fact("incomplete", result.incomplete == 0 ? "" : "\(counted(result.incomplete, "case"))"),
      Fact("malformed", result.malformed == 0 ? "" : "\(counted(result.malformed, "record"))"),
    ]
  }

  private var tables: [Block] {
    var blocks: [Block] = []
    if !result.unfed.isEmpty {
      blocks.blank()
      blocks.list(
        result.unfed.map { fact in
          let sides: Inline =
            fact.sides.count > 1 ? "" : fact.sides == [0] ? " (before)" : " (after)"
          let said: Inline = fact.isSaid ? ", as was said" : ""
          return Item(
            .warning,
            "no column feeds \(fact.fact, .name)\(said): every case is decided as if it were missing\(sides)")
        })
    }
    appendTransitions(&blocks)
    appendSegments(&blocks)
    ReplayReport.append(missing: result.missing, to: &blocks)
    ReplayReport.append(malformed: result.described, of: result.malformed, to: &blocks)
    return blocks
  }

  /// A part of the decided cases in per cent, to one place.
  private func share(_ count: Int, of all: Int? = nil) -> String {
    let all = all ?? decided
    guard all > 0 else { return "" }
    let tenths = (count * 1_000 + all / 2) / all
    return " (\(tenths / 10).\(tenths % 10) %)"
  }

  private func bar(_ label: String, _ count: Int, of all: Int) -> Chart.Bar? {
    guard all > 0 else { return nil }
    let text = share(count, of: all).filter { $0 != "(" && $0 != ")" }
    return Chart.Bar(label, Double(count) / Double(all), "\(count),\(text)")
  }

  private func appendTransitions(_ blocks: inout [Block]) {
    let flips = result.transitions.filter(\.isFlip)
    if !flips.isEmpty {
      blocks.section("Decided otherwise")
      blocks.chart(
        "cases decided otherwise, of all that are decided",
        ["before", "after", .init("cases", .right), .init("first row", .right), "gained", "lost"],
        flips.map { flip in
          [
            "\(text(before, flip.before), .removed)", "\(text(after, flip.after), .added)", "\(flip.cases)",
            "\(flip.row)",
            values(flip.gained), values(flip.lost),
          ]
        }, bars: flips.map { bar("\(text(before, $0.before)) → \(text(after, $0.after))", $0.cases, of: decided) })
      for flip in flips where !flip.facts.isEmpty {
        blocks.list([
          Item(.bullet, "row \(flip.row): \(.list(flip.facts.map { "\($0.name, .name) \($0.text)" }))")
        ])
      }
    }
    let same = result.transitions.filter { !$0.isFlip }
    if !same.isEmpty {
      blocks.section("Decided as before")
      blocks.chart(
        "cases decided as before, of all that are decided",
        ["answer", .init("cases", .right), .init("first row", .right)],
        same.map { ["\(text(before, $0.before), .name)", "\($0.cases)", "\($0.row)"] },
        bars: same.map { bar(text(before, $0.before), $0.cases, of: decided) })
    }
  }

  private func values(_ values: [(value: String, cases: Int)]) -> Inline {
    .list(values.map { "\("value/\($0.value)", .reference) \($0.cases)" })
  }

  private func text(_ side: Side, _ outcome: Outcome) -> String { side.decision.described(outcome).text }

  private func appendSegments(_ blocks: inout [Block]) {
    var columns: [String] = []
    for segment in result.segments where !columns.contains(segment.column) { columns.append(segment.column) }
    for column in columns {
      let segments = result.segments.filter { $0.column == column }
      blocks.section("By \(column, .name)")
      let shown = segments.prefix(ReplayReport.shownSegments)
      blocks.chart(
        "cases decided otherwise, by \(column)",
        [.init(column), .init("cases", .right), .init("otherwise", .right), .init("share", .right), "from → to"],
        shown.map { segment in
          let flips = segment.transitions.filter { $0.before != $0.after }
          return [
            segment.value.isEmpty ? "(empty)" : "\(segment.value, .name)", "\(segment.cases)", "\(segment.flipped)",
            Inline(
              String(
                share(segment.flipped, of: segment.cases - segment.incomplete).replacingScalar("(", with: "")
                  .replacingScalar(")", with: "").drop { $0 == " " })),
            .list(flips.map { "\(text(before, $0.before)) → \(text(after, $0.after)) \($0.cases)" }),
          ]
        },
        bars: shown.map {
          bar($0.value.isEmpty ? "(empty)" : $0.value, $0.flipped, of: $0.cases - $0.incomplete)
        })
      if segments.count > ReplayReport.shownSegments {
        blocks.paragraph("and \(segments.count - ReplayReport.shownSegments) more values: `--format json` has them all")
      }
    }
  }

  private static let shownSegments = 50

  static func append(missing: [ReplayResult.Missing], to blocks: inout [Block]) {
    guard !missing.isEmpty else { return }
    blocks.section("Incomplete: a fact is missing that the rules need")
    blocks.table(
      ["fact", .init("cases", .right), .init("first row", .right)],
      missing.map { ["\($0.input, .name)", "\($0.cases)", "\($0.row)"] })
  }

  static func append(malformed described: [MalformedCase], of all: Int, to blocks: inout [Block]) {
    guard !described.isEmpty else { return }
    blocks.section("Malformed: not counted above")
    blocks.list(
      described.map { record in
        var text: Inline = "line \(record.line): "
        if let column = record.column, !record.reason.begins(with: "`\(column)`") {
          text += "column \(column, .name): "
        }
        text += Inline(record.reason)
        if let value = record.value { text += "; it is \(value)" }
        return Item(.warning, text)
      })
    let more = all - described.count
    if more > 0 { blocks.paragraph("and \(more) more") }
  }

  // MARK: - JSON

  package var json: JSON {
    [
      "schema": "ethos.replay.v1",
      "decision": .string(after.decision.key.description),
      "file": .string(file),
      "before": ["revision": .string(before.name), "commit": .optional(before.commit)],
      "after": ["revision": .string(after.name), "commit": .optional(after.commit)],
      "cases": .number(result.cases),
      "decided": .number(decided),
      "flipped": .number(result.flipped),
      "incomplete": .number(result.incomplete),
      "malformed": .number(result.malformed),
      "transitions": .array(result.transitions.map(transition)),
      "segments": .array(result.segments.map(segment)),
      "missing": ReplayReport.json(missing: result.missing),
      "unfed": .array(
        result.unfed.map { fact in
          [
            "fact": .string(fact.fact), "sides": .strings(fact.sides.map { $0 == 0 ? "before" : "after" }),
            "said": .boolean(fact.isSaid),
          ]
        }),
      "records": ReplayReport.json(malformed: result.described),
    ]
  }

  static func json(missing: [ReplayResult.Missing]) -> JSON {
    .array(missing.map { ["fact": .string($0.input), "cases": .number($0.cases), "row": .number($0.row)] })
  }

  static func json(malformed: [MalformedCase]) -> JSON {
    .array(
      malformed.map { record in
        [
          "row": .number(record.row), "line": .number(record.line), "column": .optional(record.column),
          "reason": .string(record.reason), "value": .optional(record.value),
        ]
      })
  }

  private func transition(_ transition: ReplayResult.Transition) -> JSON {
    [
      "before": before.decision.described(transition.before).json,
      "after": after.decision.described(transition.after).json,
      "cases": .number(transition.cases), "row": .number(transition.row),
      "gained": .array(transition.gained.map { ["value": .string($0.value), "cases": .number($0.cases)] }),
      "lost": .array(transition.lost.map { ["value": .string($0.value), "cases": .number($0.cases)] }),
      "facts": transition.facts.isEmpty
        ? .null : .object(transition.facts.map { JSON.Member($0.name, .string($0.text)) }),
    ]
  }

  private func segment(_ segment: ReplayResult.Segment) -> JSON {
    [
      "column": .string(segment.column), "value": .string(segment.value), "cases": .number(segment.cases),
      "flipped": .number(segment.flipped), "incomplete": .number(segment.incomplete),
      "transitions": .array(
        segment.transitions.map { transition in
          [
            "before": before.decision.described(transition.before).json,
            "after": after.decision.described(transition.after).json, "cases": .number(transition.cases),
          ]
        }),
    ]
  }
}
