import EthosDiff
import EthosGit
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// What the index knows of the meaning of commits hides nothing that a comparison finds.
@Suite struct MeaningPassTests {
  private static let blockSize = 10

  @Test(arguments: 0..<(4 * soakFactor))
  func `by the index the log has the same acts of each kind as by a walk`(block: Int) throws {
    let repository = try TestRepository("--bare")
    let histories = (0..<Self.blockSize).map {
      RandomHistory(seed: UInt64(70_000 + block * Self.blockSize + $0), isLine: $0.isMultiple(of: 3))
    }
    for (history, ids) in zip(histories, try RandomHistory.write(histories, to: repository)) {
      let store = IdentityStore(
        try Repository.open(at: repository.path, search: .exact, environment: Git.environment))
      // The second time the index grows by what it has not compared yet.
      for head in [ids[ids.count / 2], ids[ids.count - 1]] {
        let progress = IndexFile.Progress(
          commits: { _, _ in }, notice: { Issue.record("\($0)") })
        let index = try #require(IndexFile(store).open([head], inForce: head, meanings: true, progress))
        for action in Action.allCases {
          var filter = LedgerFilter()
          filter.action = action
          func acts(_ graph: any HistoryGraph) throws -> [String] {
            try Ledger(store, graph, head: head, inForce: head) { $0.writersDay }
              .acts(filter, limit: .max).map { "\($0.reference) \($0.change ?? "") \($0.commit.id)" }
          }
          let expected = try acts(WalkedGraph(store))
          let found = try acts(index)
          guard found != expected else { continue }
          Issue.record("\(action) at \(head): \(found), not \(expected)\n\(history)")
          return
        }
      }
    }
  }

  /// Without it the test above could compare nothing with nothing.
  @Test func `random histories have acts of several kinds`() throws {
    let repository = try TestRepository("--bare")
    let history = RandomHistory(seed: 70_001, isLine: false)
    let ids = try #require(RandomHistory.write([history], to: repository).first)
    let store = IdentityStore(
      try Repository.open(at: repository.path, search: .exact, environment: Git.environment))
    let head = try #require(ids.last)
    let acts = try Ledger(store, WalkedGraph(store), head: head, inForce: head) { $0.writersDay }
      .acts(limit: .max)
    #expect(Set(acts.compactMap { $0.change.flatMap { ChangeKind.named($0) }?.action }).count >= 3)
  }

  @Test func `what two files say together is found too`() throws {
    let repository = try TestRepository()
    func value(_ id: String, _ fields: String) -> String { "id: \(id)\ntitle: \(id)\nrank: low\n\(fields)" }
    let charter = "ethos: 1\norganisation: Test\nranks: [high, low]\n"
    try repository.commit(
      ["ethos.yaml": charter, "values/a.yaml": value("a", "outranks: [b]\n"), "values/b.yaml": value("b", "")], "Begin")
    try repository.commit(
      ["values/a.yaml": value("a", ""), "values/b.yaml": value("b", "outranks: [a]\n")], "Turn the order")
    try repository.git("mv", "values/a.yaml", "values/other.yaml")
    try repository.commit([:], "Move a file")
    try repository.git("mv", "values/other.yaml", "values/c.yaml")
    try repository.commit(["values/c.yaml": value("c", "")], "Call it otherwise")
    try repository.commit(["values/b.yaml": value("b", "outranks: [a]\n").replacing("low", with: "high")], "Raise it")
    let store = IdentityStore(
      try Repository.open(at: repository.path, search: .exact, environment: Git.environment))
    let head = try #require(ObjectID(hex: repository.git("rev-parse", "HEAD")))
    let progress = IndexFile.Progress(commits: { _, _ in }, notice: { Issue.record("\($0)") })
    let index = try #require(IndexFile(store).open([head], inForce: head, meanings: true, progress))
    func changes(_ action: Action) throws -> [String] {
      var filter = LedgerFilter()
      filter.action = action
      return try Ledger(store, index, head: head, inForce: head) { $0.writersDay }
        .acts(filter, limit: .max).compactMap(\.change)
    }
    #expect(try changes(.reversed) == ["priority-reversed"])
    #expect(try changes(.raised) == ["rank-raised"])
    #expect(try changes(.removed) == ["value-removed"])
    #expect(try changes(.weakened) == [])
  }
}
