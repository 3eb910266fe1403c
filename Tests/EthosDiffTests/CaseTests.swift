import EthosModel
import Testing

@testable import EthosDiff

/// Every row of the table, by the smallest change that yields it, there and back.
@Suite struct CaseTests {
  static let all = valueCases + commitmentCases + decisionCases + charterCases + peopleCases

  @Test(arguments: all) func `a change is called by its name`(_ example: Case) {
    #expect(names(example.before, example.after) == example.changes)
  }

  @Test func `every row of the table is produced by a case`() {
    var produced: Set<String> = []
    for example in CaseTests.all {
      for (before, after) in [(example.before, example.after), (example.after, example.before)] {
        let changes = Comparison.changes(from: snapshot(before), to: snapshot(after), severity: .standard)
        produced.formUnion(changes.changes.map(\.kind.id))
      }
    }
    // Behaviour is compared by what decisions decide, which no case here does: see `BehaviourChangeTests`.
    let textual = ChangeKind.all.filter { $0.area != .behaviour }
    #expect(Set(textual.map(\.id)).subtracting(produced).sorted() == [])
  }

  @Test(arguments: all) func `cases invert and apply`(_ example: Case) {
    let (before, after) = (snapshot(example.before), snapshot(example.after))
    let there = Comparison.changes(from: before, to: after, severity: .standard)
    let back = Comparison.changes(from: after, to: before, severity: .standard)
    #expect(Set(there.inverted().changes) == Set(back.changes))
    let applied = there.applied(to: before)
    #expect(applied.keys == after.keys)
    for key in after.keys { #expect(applied[key]?.meaning == after[key]?.meaning) }
  }

  private func names(_ before: [Document], _ after: [Document]) -> [String] {
    Comparison.changes(from: snapshot(before), to: snapshot(after), severity: .standard).changes.map { change in
      "\(change.kind.id) \(Reference(change.entry, path: change.field))"
    }
  }
}

// MARK: - Whole entries and values

private let valueCases: [Case] =
  Kind.allCases.map { kind in
    Case(
      "\(kind) added", [], [document(kind, "it", [])], ["\(kind)-added \(EntryKey(kind, "it"))"])
  }
  + ChangeKind.retirable.map { kind in
    Case(
      "\(kind) retired", [document(kind, "it", ["title": "It", "because": "Why.", "owner": "board"])],
      [document(kind, "it", ["title": "It", "status": "retired", "since": "2026-02-01", "because": "Why not."])],
      ["\(kind)-retired \(kind)/it"])
  }
  + [.value, .decision, .limit, .exception, .cycle, .system].map { kind in
    Case(kind, "title", "It", "That", ["\(kind)-retitled \(kind)/it.title"])
  }
  + [
    Case(
      "a retirement that says something else beside",
      [document(.value, "it", ["title": "It", "statement": "We ask.", "since": "2025-01-01"])],
      [document(.value, "it", ["title": "That", "status": "retired", "since": "2026-02-01"])],
      ["value-retired value/it", "value-retitled value/it.title"]),
    Case(
      "a tombstone that says more, and less",
      [document(.limit, "it", ["title": "It", "atMost": "5", "unit": "days", "x-from": "a"])],
      [
        document(
          .limit, "it",
          ["title": "It", "status": "retired", "since": "2026-02-01", "because": "Why.", "unit": "weeks", "x-new": "n"])
      ],
      ["limit-retired limit/it", "unit-changed limit/it.unit", "field-changed limit/it.x-new"]),
    Case(
      "a tombstone with another reason", [document(.value, "it", ["status": "retired", "because": "Why."])],
      [document(.value, "it", ["status": "retired", "because": "Why not."])], ["reason-reworded value/it.because"]),
    Case(.value, "statement", "We must ask.", "We should ask.", ["value-reworded value/it.statement"]),
    Case(.value, "statement", nil, "We ask.", ["value-reworded value/it.statement"]),
    Case(.value, "statement", "We  ask.", "We ask.", []),
    Case(.value, "owner", "board", "staff", ["owner-reassigned value/it.owner"]),
    Case(.value, "because", "Why.", "Why not.", ["reason-reworded value/it.because"]),
    Case(.value, "since", nil, "2026-02-01", ["since-changed value/it.since"]),
    Case(.value, "x-source", "a", "b", ["field-changed value/it.x-source"]),
    Case(
      .value, "outranks", ["a"], ["b"],
      ["outranks-removed value/it.outranks[a]", "outranks-added value/it.outranks[b]"]),
    Case(.value, "serves", nil, ["b"], ["serves-added value/it.serves[b]"]),
    Case(.value, "audience", ["staff"], ["clients", "staff"], ["audience-widened value/it.audience"]),
    Case(.value, "audience", ["staff"], ["clients"], ["audience-changed value/it.audience"]),
    Case(.value, "audience", nil, ["clients"], ["audience-changed value/it.audience"]),
    Case(.value, "friction", nil, ["slower work"], ["friction-added value/it.friction[slower work]"]),
    Case(
      .value, "friction", ["slower work"], [["accept": "slower work", "limit": "limit/days"]],
      ["friction-changed value/it.friction[slower work].limit"]),
    Case(
      .value, "examples", nil, [["situation": "A", "expect": "B"]], ["example-added value/it.examples[A]"]),
    Case(
      .value, "examples", [["situation": "A", "expect": "B"]], [["situation": "A", "expect": "C"]],
      ["example-reworded value/it.examples[A].expect"]),
    Case(.value, "rank", nil, "root", ["rank-changed value/it.rank"]),
    Case(
      "a rank that the charter orders",
      [document(.charter, "", ["ranks": ["root", "system"]]), document(.value, "it", ["rank": "system"])],
      [document(.charter, "", ["ranks": ["root", "system"]]), document(.value, "it", ["rank": "root"])],
      ["rank-raised value/it.rank"]),
    Case(
      "a rank that only the charter after orders",
      [document(.charter, "", ["ranks": ["system"]]), document(.value, "it", ["rank": "system"])],
      [document(.charter, "", ["ranks": ["root", "system"]]), document(.value, "it", ["rank": "root"])],
      ["ranks-changed charter.ranks", "rank-raised value/it.rank"]),
    Case(
      "a rank on which the charters disagree",
      [document(.charter, "", ["ranks": ["system", "root"]]), document(.value, "it", ["rank": "system"])],
      [document(.charter, "", ["ranks": ["root", "system"]]), document(.value, "it", ["rank": "root"])],
      ["ranks-changed charter.ranks", "rank-changed value/it.rank"]),
    Case(
      "a reversed priority",
      [document(.value, "a", ["outranks": ["b", "c"]]), document(.value, "b", [])],
      [document(.value, "a", ["outranks": ["c"]]), document(.value, "b", ["outranks": ["a"]])],
      ["priority-reversed value/a.outranks", "priority-reversed value/b.outranks"]),
  ]

// MARK: - Limits and exceptions

private let commitmentCases: [Case] = [
  Case(.limit, "atMost", "60", "50", ["limit-tightened limit/it.atMost"]),
  Case(.limit, "atLeast", "60", "50", ["limit-loosened limit/it.atLeast"]),
  Case(.limit, "atMost", "60", nil, ["limit-loosened limit/it.atMost"]),
  Case(.limit, "atLeast", nil, "60", ["limit-tightened limit/it.atLeast"]),
  Case(.limit, "atMost", "2026-01-01", "2026-06-01", ["limit-loosened limit/it.atMost"]),
  Case(.limit, "atMost", "60", "2026-06-01", ["limit-changed limit/it.atMost"]),
  Case(.limit, "atMost", "60", "60.0", []),
  Case(.limit, "unit", "points", "percent", ["unit-changed limit/it.unit"]),
  Case(
    "a limit of the other direction", [document(.limit, "it", ["atMost": "60"])],
    [document(.limit, "it", ["atLeast": "40"])], ["limit-reversed limit/it.atMost"]),
  Case(
    "a limit of two bounds that loses one", [document(.limit, "it", ["atMost": "60", "atLeast": "10"])],
    [document(.limit, "it", ["atLeast": "5"])], ["limit-loosened limit/it.atMost", "limit-loosened limit/it.atLeast"]),
  Case(.exception, "until", "2026-01-01", "2026-06-01", ["exception-widened exception/it.until"]),
  Case(.exception, "until", "2026-06-01", "2026-01-01", ["exception-narrowed exception/it.until"]),
  Case(.exception, "until", nil, "2026-01-01", ["exception-narrowed exception/it.until"]),
  Case(.exception, "of", "decision/a", "decision/b", ["exception-moved exception/it.of"]),
  Case(.exception, "when", ["client": "\"A\""], ["client": "\"B\""], ["exception-changed exception/it.when.client"]),
  Case(
    .exception, "when", ["client": "\"A\""], ["client": "\"A\"", "route": "\"B\""],
    ["exception-narrowed exception/it.when.route"]),
  Case(.exception, "outcome", ["route": "\"A\""], ["route": "\"B\""], ["exception-changed exception/it.outcome.route"]),
]
