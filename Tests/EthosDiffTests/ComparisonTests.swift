import EthosModel
import Testing

@testable import EthosDiff

@Suite struct GroupingTests {
  @Test func `the same edit of several entries is one act`() {
    func identity(_ ranks: [(String, String)]) -> Snapshot {
      snapshot(
        [document(.charter, "", ["ranks": ["root", "system", "platform"]])]
          + ranks.map { document(.value, $0.0, [("rank", .text($0.1))]) })
    }
    let before = identity([("a", "platform"), ("b", "platform"), ("c", "platform"), ("d", "platform")])
    let after = identity([("a", "root"), ("b", "system"), ("c", "root"), ("d", "root")])
    let acts = Comparison.changes(from: before, to: after, severity: .standard).acts()
    #expect(acts.map(\.change.entry.id) == ["a", "b"])
    #expect(acts.map { $0.also.map(\.id) } == [["c", "d"], []])
    #expect(acts.map(\.change.kind) == [.rankRaised, .rankRaised])
  }

  @Test func `a reversed priority is one act of two values, the higher first`() {
    let before = snapshot([document(.value, "growth", []), document(.value, "prudence", ["outranks": ["growth"]])])
    let after = snapshot([document(.value, "growth", ["outranks": ["prudence"]]), document(.value, "prudence", [])])
    let acts = Comparison.changes(from: before, to: after, severity: .standard).acts()
    #expect(acts.count == 1)
    #expect(acts.first?.also == [EntryKey(.value, "prudence")])
    #expect(acts.first?.change.before?.texts == ["prudence", "growth"])
    #expect(acts.first?.change.after?.texts == ["growth", "prudence"])
    #expect(acts.first?.change.level == .critical)
  }

  @Test func `the charter before gives the levels`() {
    let severe = document(.charter, "", ["severity": ["reason-reworded": "critical"]])
    let before = snapshot([severe, document(.value, "a", ["because": "A"])])
    let after = snapshot([document(.value, "a", ["because": "B"])])
    let changes = Comparison.changes(from: before, to: after, severity: Severity(charter: before.charter))
    #expect(changes.changes.map(\.level) == [.critical, .critical])
  }

  @Test func `only reworded texts have signals`() {
    let before = snapshot([document(.value, "a", ["statement": "We must.", "because": "We must."])])
    let after = snapshot([document(.value, "a", ["statement": "We may.", "because": "We may."])])
    let changes = Comparison.changes(from: before, to: after, severity: .standard).changes
    #expect(changes.map(\.kind) == [.valueReworded, .reasonReworded])
    #expect(changes.map(\.signals) == [[Signal("obligation", "must → may")], []])
    #expect(changes.map(\.level) == [.undecided, .minor])
  }

  @Test func `the limits that a decision stops using are named`() {
    let uses: Written = ["cap": "limit/client-risk", "bound": "limit/days"]
    func identity(_ risk: Written, _ uses: Written) -> Snapshot {
      snapshot([document(.decision, "d", ["uses": uses, "rules": [["id": "r1", "risk": risk]]])])
    }
    let before = identity("> cap", uses)
    for after in [identity("> bound", uses), identity("> 80", uses), identity("> cap", ["bound": "limit/days"])] {
      let bypassed = Comparison.changes(from: before, to: after, severity: .standard).changes.flatMap {
        $0.bypassedLimits(in: before)
      }
      // A cell that still names what `uses` names no longer bypasses the limit as well.
      #expect(Set(bypassed) == [EntryKey(.limit, "client-risk")])
    }
  }
}

@Suite struct RenameTests {
  private let text = "We would rather lose a client than take one on whom we do not understand, whoever asks us to."

  private func value(_ id: String, _ statement: String, _ more: [(String, Written)] = []) -> Document {
    document(.value, id, [("title", "Prudence"), ("statement", .text(statement))] + more)
  }

  private func renames(_ before: [Document], _ after: [Document]) -> [Rename] {
    Comparison.changes(from: snapshot(before), to: snapshot(after), severity: .standard).renames
  }

  @Test func `a removed or retired id and an added one with nearly the same words are a rename`() {
    let new = value("new", text + " Always.")
    let expected = [Rename(before: EntryKey(.value, "old"), after: EntryKey(.value, "new"), similarity: 97)]
    #expect(renames([value("old", text)], [new]) == expected)
    let tombstone = document(.value, "old", ["title": "Prudence", "status": "retired"])
    #expect(renames([value("old", text)], [tombstone, new]) == expected)
  }

  @Test func `another content, another kind or an old tombstone is no rename`() {
    #expect(renames([value("old", text)], [value("new", "Growth is what keeps the lights on in every office.")]) == [])
    #expect(
      renames([value("old", text)], [document(.decision, "new", ["title": "Prudence", "question": .text(text)])]) == [])
    #expect(renames([value("old", text, [("status", "retired")])], [value("new", text)]) == [])
  }

  @Test func `short entries must be nearly the same`() {
    func limit(_ id: String, _ title: String) -> Document {
      document(.limit, id, ["title": .text(title), "atMost": "30", "unit": "days"])
    }
    #expect(renames([limit("a", "Onboarding time")], [limit("b", "Complaint time")]) == [])
    #expect(renames([limit("a", "Onboarding time")], [limit("b", "Onboarding time")]).count == 1)
  }

  @Test func `of several that are alike the most alike are paired`() {
    let found = renames(
      [value("a", text), value("b", text + " So be it, as ever it was.")],
      [value("c", text + " So be it, as ever it was."), value("d", text)])
    #expect(found.map { "\($0.before.id) \($0.after.id)" } == ["a d", "b c"])
  }
}

@Suite struct TouchTests {
  private let rest = [
    document(.decision, "onboarding", ["uses": ["cap": "limit/risk"]]),
    document(.decision, "review", ["uses": ["route": "decision/onboarding.route"]]),
    document(.exception, "founder", ["of": "decision/review"]),
    document(.system, "assistant", ["implements": ["decision/onboarding"]]),
    document(.value, "prudence", ["friction": [["accept": "slower", "limit": "limit/risk"]]]),
    document(.decision, "other", ["uses": ["cap": "limit/days"]]),
  ]

  private func touches(_ before: Document, _ after: Document, with more: (Document, Document)? = nil) -> [String] {
    let changes = Comparison.changes(
      from: snapshot([before] + (more.map { [$0.0] } ?? []) + rest.filter { $0.key != more?.0.key }),
      to: snapshot([after] + (more.map { [$0.1] } ?? []) + rest.filter { $0.key != more?.0.key }), severity: .standard)
    return changes.touches.map { touch in
      ([touch.changed] + touch.through + [touch.touched]).map(\.description).joined(separator: " > ")
    }
  }

  @Test func `a changed limit touches what uses it, and what uses that`() {
    let found = touches(document(.limit, "risk", ["atMost": "60"]), document(.limit, "risk", ["atMost": "50"]))
    #expect(
      found == [
        "limit/risk > value/prudence", "limit/risk > decision/onboarding",
        "limit/risk > decision/onboarding > decision/review", "limit/risk > decision/onboarding > system/assistant",
        "limit/risk > decision/onboarding > decision/review > exception/founder",
      ])
  }

  @Test func `wording and owners of a limit touch nothing`() {
    #expect(
      touches(
        document(.limit, "risk", ["title": "A", "because": "B", "owner": "C"]),
        document(.limit, "risk", ["title": "D", "because": "E", "owner": "F"])) == [])
  }

  @Test func `what changed itself is not touched, and what it touches is its own`() {
    let found = touches(
      document(.limit, "risk", ["atMost": "60"]), document(.limit, "risk", ["atMost": "50"]),
      with: (
        document(.decision, "review", ["uses": ["route": "decision/onboarding.route"]]),
        document(.decision, "review", ["uses": ["route": "decision/onboarding.route"], "hitPolicy": "first"])
      ))
    #expect(
      found == [
        "decision/review > exception/founder", "limit/risk > value/prudence", "limit/risk > decision/onboarding",
        "limit/risk > decision/onboarding > system/assistant",
      ])
  }
}
