import EthosModel
import Testing

@testable import EthosDiff

/// What decisions decide otherwise, among the other changes: whom it is asked of, what it is called, what it weighs.
@Suite struct BehaviourChangeTests {
  private static let limit = EntryKey(.limit, "cap")
  private static let decision = EntryKey(.decision, "it")
  private static let user = EntryKey(.decision, "user")

  private static func identity(cap: String = "60", cell: String = "> cap", answer: String = "refer") -> Snapshot {
    snapshot([
      document(.limit, "cap", ["title": "Cap", "atMost": .text(cap)]),
      document(
        .decision, "it",
        [
          "title": "It", "uses": ["cap": "limit/cap"], "inputs": [["name": "risk", "type": "number"]],
          "outputs": [["name": "route", "type": "string"]],
          "rules": [["id": "r1", "risk": .text(cell), "route": .text(answer)]],
        ]),
      document(
        .decision, "user",
        [
          "title": "User", "uses": ["route": "decision/it.route"], "inputs": [["name": "age", "type": "number"]],
          "outputs": [["name": "fee", "type": "number"]], "rules": [["id": "u1", "age": "-", "fee": "1"]],
        ]),
    ])
  }

  private func changes(
    _ before: Snapshot, _ after: Snapshot, _ verdicts: [EntryKey: BehaviourDifference], severity: Severity = .standard
  ) -> ChangeSet {
    Comparison.changes(from: before, to: after, severity: severity) { verdicts[$0] }
  }

  private func different(
    _ direction: BehaviourDifference.Direction, isComplete: Bool = true
  ) -> BehaviourDifference {
    BehaviourDifference(verdict: .different, direction: direction, isComplete: isComplete)
  }

  @Test func `a decision is asked about when it, a limit or a decision that it uses changed, and once`() {
    var asked: [EntryKey] = []
    _ = Comparison.changes(from: Self.identity(), to: Self.identity(cap: "50"), severity: .standard) { key in
      asked.append(key)
      return nil
    }
    #expect(asked.sorted() == [Self.decision, Self.user])
    asked = []
    _ = Comparison.changes(from: Self.identity(), to: Self.identity(answer: "decline"), severity: .standard) { key in
      asked.append(key)
      return nil
    }
    #expect(asked.sorted() == [Self.decision, Self.user])
    asked = []
    _ = Comparison.changes(from: Self.identity(), to: Self.identity(), severity: .standard) { key in
      asked.append(key)
      return nil
    }
    #expect(asked == [])
  }

  /// Else a new title would hide what a limit does.
  @Test func `a decision that changed beside is asked about too, and what uses it`() throws {
    let after = Self.identity(cap: "50")
    let documents = after.documents.values.map { document -> Document in
      guard document.key == Self.decision else { return document }
      var fields = document.fields
      fields["title"] = .text("That")
      return Document(key: document.key, path: document.path, fields: fields)
    }
    let found = changes(
      Self.identity(), Snapshot(documents: documents),
      [Self.decision: different(.loosened), Self.user: different(.loosened)])
    #expect(
      found.changes.map(\.kind.id) == [
        "behaviour-loosened", "decision-retitled", "behaviour-loosened", "limit-tightened",
      ])
    #expect(found.touches.map(\.touched) == [Self.decision, Self.user])
  }

  @Test(arguments: [
    (BehaviourDifference.Direction.tightened, true, "behaviour-tightened", Level.major),
    (.loosened, true, "behaviour-loosened", .critical), (.changed, true, "behaviour-changed", .critical),
    // Only all regions together can say that nothing became more permissive.
    (.tightened, false, "behaviour-changed", .critical),
  ])
  func `a limit that moves moves the decisions that use it, and says why`(
    direction: BehaviourDifference.Direction, isComplete: Bool, id: String, level: Level
  ) throws {
    let found = changes(
      Self.identity(), Self.identity(cap: "50"), [Self.decision: different(direction, isComplete: isComplete)])
    let change = try #require(found.changes.first { $0.entry == Self.decision })
    #expect(change.kind.id == id)
    #expect(change.level == level)
    #expect(change.causes == [Self.limit])
    #expect(change.field == FieldPath("behaviour"))
    #expect(change.behaviour?.direction == direction)
    #expect(!found.changes.contains { $0.entry == Self.user })
  }

  @Test func `an edit of a table that is proved to decide the same is editorial`() {
    let (before, after) = (Self.identity(), Self.identity(cell: ">= cap"))
    let kept = changes(before, after, [Self.decision: BehaviourDifference(verdict: .equivalent)])
    #expect(kept.changes.map(\.kind.id) == ["rule-changed"])
    #expect(kept.changes.map(\.level) == [.editorial])
    #expect(kept.changes.map(\.isBehaviourKept) == [true])
    let unknown = changes(before, after, [:])
    #expect(unknown.changes.map(\.level) == [.major])
  }

  /// What is not proved counts as the worst: else a table could be made too hard to compare.
  @Test func `what was not settled is critical, and leaves the edit at its level`() {
    let found = changes(
      Self.identity(), Self.identity(answer: "decline"),
      [Self.decision: BehaviourDifference(verdict: .undecided, reason: "too large")])
    #expect(found.changes.map(\.kind.id) == ["behaviour-unsettled", "rule-changed"])
    #expect(found.changes.map(\.level) == [.critical, .major])
    #expect(found.changes.map(\.causes) == [[], []])
  }

  @Test func `a limit that a rule names no longer is bypassed, however the rule decides`() {
    let found = changes(
      Self.identity(), Self.identity(cell: "> 60"), [Self.decision: BehaviourDifference(verdict: .equivalent)])
    #expect(found.changes.map(\.kind.id) == ["limit-bypassed"])
    #expect(found.changes.map(\.level) == [.critical])
  }

  @Test(arguments: [BehaviourDifference.Direction.tightened, .loosened, .changed])
  func `behaviour inverts by the table and is no field to apply`(direction: BehaviourDifference.Direction) {
    let (before, after) = (Self.identity(), Self.identity(answer: "decline"))
    let there = changes(before, after, [Self.decision: different(direction)])
    let back = changes(after, before, [Self.decision: different(direction).inverted])
    #expect(Set(there.inverted().changes) == Set(back.changes))
    #expect(there.applied(to: before)[Self.decision]?.meaning == after[Self.decision]?.meaning)
    let kept = changes(before, after, [Self.decision: BehaviourDifference(verdict: .equivalent)])
    #expect(
      Set(kept.inverted().changes)
        == Set(changes(after, before, [Self.decision: BehaviourDifference(verdict: .equivalent)]).changes))
  }

  @Test func `a charter gives behaviour another level`() {
    let charter = document(.charter, "", ["severity": ["behaviour-loosened": "major"]])
    let found = changes(
      Self.identity(), Self.identity(cap: "70"), [Self.decision: different(.loosened)],
      severity: Severity(charter: charter))
    #expect(found.changes.first { $0.entry == Self.decision }?.level == .major)
  }
}
