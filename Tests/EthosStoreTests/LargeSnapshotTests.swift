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
}
