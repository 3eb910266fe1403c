import EthosGit
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// What was in force and what replaced it, where proposals are made beside each other.
@Suite struct LedgerTests {
  /// A history of one limit, drawn with plain git.
  private struct Drawing {
    let repository: TestRepository
    let root: String

    init() throws {
      repository = try TestRepository()
      root = try repository.commit(
        ["ethos.yaml": "ethos: 1\norganisation: Test\n", "limits/risk.yaml": Drawing.risk(60)], "Begin")
    }

    static func risk(_ value: Int, unit: String = "points") -> String {
      "id: risk\ntitle: Risk\natMost: \(value)\nunit: \(unit)\n"
    }

    func on(_ branch: String) throws { try repository.git("switch", "-q", branch) }

    func begin(_ branch: String, at start: String = "main") throws {
      try repository.git("switch", "-qc", branch, start)
    }

    /// Commits a value on the branch that is checked out.
    @discardableResult
    func set(_ value: Int, unit: String = "points") throws -> String {
      try repository.commit(
        ["limits/risk.yaml": Drawing.risk(value, unit: unit)], "Set \(value)\n\nBecause of \(value).")
    }

    /// Merges a branch into the one that is checked out, with this value.
    @discardableResult
    func merge(_ branch: String, keeping value: Int, unit: String = "points", proposal: String? = nil) throws -> String
    {
      try repository.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", branch)
      return try repository.commit(
        ["limits/risk.yaml": Drawing.risk(value, unit: unit)],
        "Merge \(branch)" + (proposal.map { "\n\nProposal: \($0)\nRuleset: 1" } ?? ""))
    }

    /// Ratifies a proposal on main.
    @discardableResult
    func ratify(_ branch: String, as value: Int, unit: String = "points") throws -> String {
      try on("main")
      return try merge(branch, keeping: value, unit: unit, proposal: branch)
    }

    /// What a walk over the history answers, after asking the index the same.
    private func answer<Answer: Equatable>(
      at revision: String, _ ask: (Ledger) throws -> Answer
    ) throws -> Answer {
      let opened = try Repository.open(at: repository.path, search: .exact, environment: Git.environment)
      func id(_ name: String) throws -> ObjectID { try #require(ObjectID(hex: repository.git("rev-parse", name))) }
      let store = IdentityStore(opened)
      let (head, main) = (try id(revision), try id("main"))
      let walked = try ask(Ledger(store, WalkedGraph(store), head: head, inForce: main) { $0.writersDay })
      let progress = IndexFile.Progress(commits: { _, _ in }, notice: { Issue.record("\($0)") })
      let index = try #require(IndexFile(store).open([head], inForce: main, progress))
      let indexed = try ask(Ledger(store, index, head: head, inForce: main) { $0.writersDay })
      #expect(indexed == walked)
      return walked
    }

    private var key: EntryKey { EntryKey(.limit, "risk") }

    func why(at revision: String = "main") throws -> LedgerEntry {
      try #require(try answer(at: revision) { try $0.why(key, FieldPath("atMost")) })
    }

    /// `before→value` of each change, the newest first.
    func log(at revision: String = "main") throws -> [String] {
      try entries(at: revision).map { "\($0.before ?? "-")→\($0.value ?? "-")" }
    }

    func entries(at revision: String = "main") throws -> [LedgerEntry] {
      try answer(at: revision) { try $0.history(key, FieldPath("atMost"), limit: .max) }
    }
  }

  /// `a` (60→55) and `b` (60→50) are both open; `a` is ratified, `b` takes main in and keeps 50, and is ratified.
  private static func rivals() throws -> (drawing: Drawing, a: String, b: String) {
    let drawing = try Drawing()
    try drawing.begin("a")
    let a = try drawing.set(55)
    try drawing.begin("b", at: drawing.root)
    let b = try drawing.set(50)
    try drawing.ratify("a", as: 55)
    try drawing.on("b")
    try drawing.merge("main", keeping: 50)
    try drawing.ratify("b", as: 50)
    return (drawing, a, b)
  }

  @Test func `a proposal that outlived another changed what the other had brought into force`() throws {
    let (drawing, a, b) = try Self.rivals()
    let why = try drawing.why()
    #expect(why.commit.id.hex == b)
    #expect((why.before, why.value) == ("55", "50"))
    #expect((why.reason, why.proposal) == ("Because of 50.", "b"))
    let entries = try drawing.entries()
    #expect(entries.map(\.commit.id.hex) == [b, a, drawing.root])
    #expect(entries.map(\.proposal) == ["b", "a", nil])
    #expect(try drawing.log() == ["55→50", "60→55", "-→60"])
  }

  @Test func `a branch that took main in tells the same of what is in force`() throws {
    let (drawing, _, _) = try Self.rivals()
    try drawing.begin("c", at: "main~2")
    try drawing.set(60, unit: "marks")
    try drawing.merge("main", keeping: 50, unit: "marks")
    #expect(try drawing.log(at: "c") == ["55→50", "60→55", "-→60"])
  }

  @Test func `the direction of a change is that of what is in force`() throws {
    let drawing = try Drawing()
    try drawing.begin("a")
    try drawing.set(40)
    try drawing.begin("b", at: drawing.root)
    try drawing.set(50)
    try drawing.ratify("a", as: 40)
    try drawing.ratify("b", as: 50)
    #expect(try drawing.log() == ["40→50", "60→40", "-→60"])
    #expect(try drawing.entries().map(\.change) == ["limit-loosened", "limit-tightened", "limit-added"])
  }

  @Test func `a proposal is asked about on its own branch as its author wrote it`() throws {
    let drawing = try Drawing()
    try drawing.begin("b")
    let b = try drawing.set(50)
    try drawing.on("main")
    try drawing.set(55)
    let why = try drawing.why(at: "b")
    #expect(why.commit.id.hex == b)
    #expect((why.before, why.value) == ("60", "50"))
    #expect(try drawing.log(at: "b") == ["60→50", "-→60"])
  }

  @Test func `the steps of one proposal are all told, and why tells what was in force`() throws {
    let drawing = try Drawing()
    try drawing.begin("b")
    try drawing.set(58)
    try drawing.set(55)
    try drawing.ratify("b", as: 55)
    #expect(try drawing.log() == ["58→55", "60→58", "-→60"])
    #expect(try drawing.why().before == "60")
  }

  @Test func `the steps of a proposal begin at what was in force when it was ratified`() throws {
    let drawing = try Drawing()
    try drawing.begin("b")
    try drawing.set(58)
    try drawing.set(50)
    try drawing.begin("a", at: drawing.root)
    try drawing.set(55)
    try drawing.ratify("a", as: 55)
    try drawing.ratify("b", as: 50)
    #expect(try drawing.log() == ["58→50", "55→58", "60→55", "-→60"])
  }

  @Test func `a step to what was in force already is none`() throws {
    let drawing = try Drawing()
    try drawing.begin("b")
    try drawing.set(55)
    try drawing.set(50)
    try drawing.begin("a", at: drawing.root)
    try drawing.set(55)
    try drawing.ratify("a", as: 55)
    try drawing.ratify("b", as: 50)
    #expect(try drawing.log() == ["55→50", "60→55", "-→60"])
  }

  @Test func `a merge that brings an earlier value back is a change of what is in force`() throws {
    let drawing = try Drawing()
    try drawing.begin("b")
    try drawing.set(60, unit: "marks")
    try drawing.on("main")
    try drawing.set(55)
    try drawing.ratify("b", as: 60, unit: "marks")
    #expect(try drawing.log() == ["55→60", "60→55", "-→60"])
    #expect(try drawing.why().commit.id.hex == drawing.root)
  }

  /// Random histories: each change begins with what the next older one ends with, the newest ends with what is in force,
  /// and no state that was in force is missing.
  @Test(arguments: 0..<(6 * soakFactor))
  func `the log of a random history is a chain through all that was in force`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let drawing = try Drawing()
    var open: [String: Int] = [:]
    var (inForce, states) = (60, [60])
    for step in 0..<10 {
      let value = random.pick([50, 55, 58, 60])
      switch (random.pick([0, 1, 2, 3]), open.keys.sorted().first) {
      case (0, let name?):
        let ratified = open.removeValue(forKey: name) ?? inForce
        try drawing.ratify(name, as: ratified)
        inForce = ratified
        states.append(ratified)
      case (1, let name?):
        try drawing.on(name)
        try drawing.merge("main", keeping: open[name] ?? value)
      case (2, let name?):
        try drawing.on(name)
        try drawing.set(value)
        open[name] = value
      default:
        try drawing.begin("p\(step)", at: "main")
        try drawing.set(value)
        open["p\(step)"] = value
      }
    }
    let entries = try drawing.entries()
    #expect(entries.first?.value == "\(inForce)")
    #expect(entries.last?.before == nil)
    for (newer, older) in zip(entries, entries.dropFirst()) { #expect(newer.before == older.value) }
    for entry in entries { #expect(entry.before != entry.value) }
    let log = try drawing.log()
    // The states in force, without repetition, are found in their order among the values of the log.
    var left = entries.reversed().compactMap(\.value)[...]
    for (index, state) in states.enumerated() where index == 0 || states[index - 1] != state {
      let found = left.firstIndex(of: "\(state)")
      #expect(found != nil, "\(states): \(log)")
      left = found.map { left[($0 + 1)...] } ?? []
    }
  }

  @Test func `who abstained is told beside who approved and who objected`() throws {
    let drawing = try Drawing()
    try drawing.begin("b")
    let tip = try drawing.set(55)
    let (before, after) = (try fingerprint(drawing, "main"), try fingerprint(drawing, "b"))
    let verdicts = ["approve": "jane", "object": "mei", "abstain": "ada", "comment": "omar"]
    for (verdict, person) in verdicts.sorted(by: <) {
      try drawing.begin("reviews/b/\(person)", at: tip)
      let message =
        "Review\n\nWords of \(person).\n\nReview: \(verdict)\nReview-Of: b \(tip)\nReviewed: limit/risk@e1:\(before)..\(after)"
      try drawing.repository.git(
        "commit", "-q", "--allow-empty", "-m", message,
        environment: ["GIT_AUTHOR_NAME": person, "GIT_AUTHOR_EMAIL": "\(person)@northgate.example"])
    }
    try drawing.on("main")
    let tree = try drawing.repository.git("rev-parse", "b^{tree}")
    let parents = ["main", "b"] + verdicts.values.sorted().map { "reviews/b/\($0)" }
    let merge = try drawing.repository.git(
      "commit-tree", tree, "-p", parents[0], "-p", parents[1], "-p", parents[2], "-p", parents[3], "-p", parents[4],
      "-p", parents[5], "-m", "Ratify b\n\nProposal: b\nRuleset: 1")
    try drawing.repository.git("reset", "-q", "--hard", merge)
    let why = try drawing.why()
    #expect(why.approvedBy.map(\.name) == ["jane"])
    #expect(why.objectedBy.map(\.name) == ["mei"])
    #expect(why.abstainedBy.map(\.name) == ["ada"])
    #expect(why.abstainedBy.first?.words == "Words of ada.")
  }

  private func fingerprint(_ drawing: Drawing, _ revision: String) throws -> String {
    let opened = try Repository.open(at: drawing.repository.path, search: .exact, environment: [:])
    let id = try #require(ObjectID(hex: drawing.repository.git("rev-parse", "\(revision)^{tree}")))
    let snapshot = try IdentityStore(opened).snapshot(ofTree: id)
    return try #require(Fingerprint.of(EntryKey(.limit, "risk"), in: snapshot)).hex
  }
}
