import EthosModel
import Testing

@testable import EthosDiff

/// What merges and what conflicts, by the smallest cases.
@Suite struct MergeTests {
  // MARK: - Fields and sets

  @Test func `different fields merge, the same field conflicts`() throws {
    let base = limit([("atMost", "60"), ("unit", "points")])
    let merged = merge(
      base, limit([("atMost", "55"), ("unit", "points")]), limit([("atMost", "60"), ("unit", "marks")]))
    #expect(merged.conflicts == [])
    #expect(merged.fields == limit([("atMost", "55"), ("unit", "marks")]).meaning)

    let clash = merge(
      base, limit([("atMost", "55"), ("unit", "points")]), limit([("atMost", "50"), ("unit", "points")]))
    let conflict = try #require(clash.conflicts.first)
    #expect(clash.conflicts.count == 1 && conflict.form == .value && conflict.field == FieldPath("atMost"))
    #expect([conflict.base, conflict.ours, conflict.theirs].map { $0?.summaryText } == ["60", "55", "50"])
  }

  @Test func `sets merge by element`() {
    let merged = merge(
      value([("outranks", ["a", "b"])]), value([("outranks", ["a", "b", "c"])]), value([("outranks", ["b", "d"])]))
    #expect(merged.conflicts == [])
    #expect(merged.fields?["outranks"]?.texts == ["b", "c", "d"])
  }

  @Test func `two replacements of one element conflict`() {
    let merged = merge(value([("outranks", ["a"])]), value([("outranks", ["b"])]), value([("outranks", ["c"])]))
    #expect(merged.conflicts.map(\.field) == [FieldPath("outranks")])
  }

  @Test func `free text that both changed conflicts`() {
    let merged = merge(
      value([("statement", "We ask.")]), value([("statement", "We ask twice.")]),
      value([("statement", "We always ask.")])
    )
    #expect(merged.conflicts.map(\.field) == [FieldPath("statement")])
  }

  // MARK: - Items and maps

  @Test func `friction merges by what is accepted, holders by person`() {
    let merged = merge(
      value([("friction", [["accept": "slow", "limit": "limit/a"]])]),
      value([("friction", [["accept": "slow", "limit": "limit/a"], ["accept": "costly"]])]),
      value([("friction", [["accept": "slow", "limit": "limit/b"]])]))
    #expect(merged.conflicts == [])
    #expect(
      merged.fields
        == value([("friction", [["accept": "costly"], ["accept": "slow", "limit": "limit/b"]])]).meaning)

    func cycle(_ offices: Written) -> Document { document(.cycle, "c", [("title", "C"), ("offices", offices)]) }
    let holders = merge(
      cycle(["board": [["person": "a"]]]), cycle(["board": [["person": "a"], ["person": "b"]]]),
      cycle(["board": [["person": "a"]], "chair": [["person": "c"]]]))
    #expect(holders.conflicts == [])
    #expect(
      holders.fields == cycle(["board": [["person": "a"], ["person": "b"]], "chair": [["person": "c"]]]).meaning)

    let successors = merge(
      cycle(["chair": [["person": "a"]]]), cycle(["chair": [["person": "b"]]]), cycle(["chair": [["person": "c"]]]))
    #expect(successors.conflicts.map(\.field.description) == ["offices.chair"])
  }

  @Test func `an item that goes on one side and changes on the other conflicts`() {
    let merged = merge(
      value([("friction", [["accept": "slow", "limit": "limit/a"], ["accept": "costly"]])]),
      value([("friction", [["accept": "costly"]])]),
      value([("friction", [["accept": "slow", "limit": "limit/b"], ["accept": "costly"]])]))
    #expect(merged.conflicts.map(\.field.description) == ["friction[slow]"])
  }

  // MARK: - Rules

  @Test func `rules merge by id and cell, and new ones stand where their side put them`() {
    let merged = merge(
      table([rule("r1", "> 60", "decline"), rule("r2", "-", "approve")]),
      table([rule("r1", "> 55", "decline"), rule("r2", "-", "approve")]),
      table([rule("r1", "> 60", "decline"), rule("r3", "> 40", "refer"), rule("r2", "-", "approve")]))
    #expect(merged.conflicts == [])
    #expect(
      merged.fields
        == table([rule("r1", "> 55", "decline"), rule("r3", "> 40", "refer"), rule("r2", "-", "approve")]).meaning)
  }

  @Test func `one new order merges with edits, two conflict`() {
    let rules = [rule("a", "1", "x"), rule("b", "2", "y"), rule("c", "3", "z")]
    let edited = merge(
      table(rules), table([rules[1], rules[0], rules[2]]), table([rules[0], rules[1], rule("c", "4", "z")]))
    #expect(edited.conflicts == [])
    #expect(edited.fields == table([rules[1], rules[0], rule("c", "4", "z")]).meaning)

    let clash = merge(table(rules), table([rules[1], rules[0], rules[2]]), table([rules[0], rules[2], rules[1]]))
    #expect(clash.conflicts.map(\.form) == [.order])
    // Where the order says nothing there is none to conflict.
    let free = merge(
      table(rules, "unique"), table([rules[1], rules[0], rules[2]], "unique"),
      table([rules[0], rules[2], rule("b", "5", "y")], "unique"))
    #expect(free.conflicts == [])
  }

  @Test func `two new rules in one place conflict where the order decides`() {
    let base = [rule("a", "1", "x"), rule("b", "2", "y")]
    let (left, right) = (base + [rule("c", "3", "z")], base + [rule("d", "4", "z")])
    #expect(merge(table(base), table(left), table(right)).conflicts.map(\.form) == [.order])
    #expect(merge(table(base, "unique"), table(left, "unique"), table(right, "unique")).conflicts == [])
    #expect(merge(table(base), table(left), table(left)).conflicts == [])
  }

  @Test func `a new rule conflicts with a hit policy that begins to read the order`() {
    let base = [rule("a", "1", "x"), rule("b", "2", "y")]
    let merged = merge(table(base, "unique"), table(base), table(base + [rule("c", "3", "z")], "unique"))
    #expect(merged.conflicts.map(\.form) == [.order])
  }

  // MARK: - Entries and paths

  @Test func `an entry that goes or is retired conflicts with its change`() {
    let base = limit([("atMost", "60")])
    let changed = limit([("atMost", "55")])
    let retired = limit([("atMost", "60"), ("status", "retired"), ("because", "Over.")])
    for end in [nil, retired] {
      let merged = ThreeWayMerge.merge(base.key, bases: [base], ours: end, theirs: changed)
      #expect(merged.conflicts.map(\.form) == [.entry])
      let quiet = ThreeWayMerge.merge(base.key, bases: [base], ours: end, theirs: base)
      #expect(quiet.conflicts == [] && quiet.fields == end?.meaning)
    }
  }

  @Test func `an entry that both add merges where they agree`() {
    let merged = ThreeWayMerge.merge(
      EntryKey(.limit, "l"), bases: [nil], ours: limit([("atMost", "60"), ("unit", "points")]),
      theirs: limit([("atMost", "55"), ("unit", "points")]))
    #expect(merged.conflicts.map(\.field) == [FieldPath("atMost")])
    let same = limit([("atMost", "60")])
    #expect(ThreeWayMerge.merge(same.key, bases: [nil], ours: same, theirs: same).conflicts == [])
  }

  @Test func `a file that one side moves stays moved, and two moves conflict`() {
    let base = limit([("atMost", "60")])
    func moved(_ document: Document, _ path: String) -> Document {
      Document(key: document.key, path: path, fields: document.fields)
    }
    let merged = merge(base, moved(base, "limits/risk/l.yaml"), limit([("atMost", "55")]))
    #expect(merged.conflicts == [] && merged.path == "limits/risk/l.yaml")
    #expect(merged.fields == limit([("atMost", "55")]).meaning)
    let clash = merge(base, moved(base, "limits/a.yaml"), moved(base, "limits/b.yaml"))
    #expect(clash.conflicts.map(\.form) == [.path])
  }

  @Test func `bases that disagree leave no field that the sides may differ in`() {
    let (one, other) = (limit([("atMost", "60")]), limit([("atMost", "55")]))
    let crossed = ThreeWayMerge.merge(one.key, bases: [one, other], ours: one, theirs: other)
    #expect(crossed.conflicts.map(\.field) == [FieldPath("atMost")])
    let agreed = ThreeWayMerge.merge(one.key, bases: [one, other], ours: one, theirs: one)
    #expect(agreed.conflicts == [])
  }

  // MARK: - Making

  private func merge(_ base: Document, _ ours: Document, _ theirs: Document) -> EntryMerge {
    ThreeWayMerge.merge(base.key, bases: [base], ours: ours, theirs: theirs)
  }

  private func limit(_ fields: [(String, Written)]) -> Document {
    document(.limit, "l", [("title", "L")] + fields)
  }

  private func value(_ fields: [(String, Written)]) -> Document {
    document(.value, "v", [("title", "V")] + fields)
  }

  private func rule(_ id: String, _ cell: String, _ answer: String) -> Written {
    ["id": .text(id), "risk": .text(cell), "route": .text(answer)]
  }

  private func table(_ rules: [Written], _ policy: String = "first") -> Document {
    document(.decision, "d", [("title", "D"), ("hitPolicy", .text(policy)), ("rules", .list(rules))])
  }
}
