import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax
import EthosTestSupport
import Testing

/// Identities that are read on two threads.
@Suite struct LargeSnapshotTests {
  @Test func `many files are read as each by itself, in their order`() throws {
    let repository = try TestRepository()
    var files = ["ethos.yaml": "ethos: 1\norganisation: Test\n"]
    for number in 0..<2_300 {
      // Some of them have something wrong, which is to be told in the order of the files.
      let bound = number.isMultiple(of: 97) ? "many" : "\(number)"
      files["limits/\(number % 7)/l\(number).yaml"] = "id: l\(number)\ntitle: Limit \(number)\natMost: \(bound)\n"
    }
    try repository.commit(files, "Begin")
    func store() throws -> IdentityStore {
      IdentityStore(
        try Repository.open(at: repository.path, search: .exact, environment: ["GIT_CONFIG_NOSYSTEM": "1"]))
    }
    let head = try #require(ObjectID(hex: repository.git("rev-parse", "HEAD")))
    let large = try store()
    let snapshot = try large.snapshot(at: head)
    let single = try store()
    let results = try single.identityFiles(ofTree: single.repository.commit(head).tree).map { try single.read($0) }
    #expect(snapshot.documents.count == 2_301)
    #expect(snapshot.diagnostics == results.flatMap(\.diagnostics))
    #expect(snapshot.diagnostics.count == 24)
    for document in results.compactMap(\.document) {
      #expect(snapshot[document.key]?.meaning == document.meaning)
      #expect(snapshot[document.key]?.path == document.path)
    }
    // What was read on the other thread is known now, as the rest is.
    let reads = large.repository.reads.blobs
    #expect(try large.snapshot(at: head).documents.count == 2_301)
    #expect(large.repository.reads.blobs == reads)
  }

  @Test func `an identity made from the one before is the one that is read whole`() throws {
    let repository = try TestRepository()
    var heads: [ObjectID] = []
    func commit(_ files: [String: String], moves: [(String, String)] = [], gone: [String] = []) throws {
      for (from, to) in moves { try repository.git("mv", from, to) }
      for path in gone { try repository.git("rm", "-q", path) }
      try repository.commit(files, "Commit")
      heads.append(try #require(ObjectID(hex: repository.git("rev-parse", "HEAD"))))
    }
    func limit(_ id: String, _ bound: String) -> String { "id: \(id)\ntitle: Limit\natMost: \(bound)\n" }
    try commit(["ethos.yaml": "ethos: 1\norganisation: Test\n", "limits/a.yaml": limit("a", "1")])
    try commit(["limits/a.yaml": limit("a", "2"), "limits/b.yaml": limit("b", "1")])
    try commit(["limits/b.yaml": limit("b", "much"), "limits/c.yaml": "id: [\n"])
    try commit(["limits/b.yaml": limit("b", "3")], moves: [("limits/a.yaml", "limits/z.yaml")])
    // An id in two files, and the two apart again.
    try commit(["limits/d.yaml": limit("b", "4")])
    try commit(["limits/e.yaml": limit("e", "4")])
    try commit(["limits/d.yaml": limit("d", "4")])
    try commit([:], gone: ["limits/c.yaml"])
    try commit([:], moves: [("limits/z.yaml", "limits/y.yaml"), ("limits/b.yaml", "limits/z.yaml")])
    let opened = try Repository.open(at: repository.path, search: .exact, environment: ["GIT_CONFIG_NOSYSTEM": "1"])
    let store = IdentityStore(opened)
    func text(_ snapshot: Snapshot) -> [String] {
      snapshot.documents.map { "\($0) \($1.path) \(Node.record($1.meaning).summaryText)" }.sorted()
        + snapshot.diagnostics.map { "\($0)" }
    }
    let trees = try heads.map { try opened.commit($0).tree }
    var made = 0
    for (before, after) in trees.indices.flatMap({ first in trees.indices.map { (first, $0) } }) {
      let whole = try store.snapshot(ofTree: trees[after])
      let other = try store.snapshot(ofTree: trees[before])
      guard let near = try store.snapshot(ofTree: trees[after], near: (trees[before], other)) else { continue }
      #expect(text(near) == text(whole), "\(before) \(after)")
      made += 1
    }
    // All but those that begin or end with an id in two files.
    #expect(made == 7 * 7)
  }
}
