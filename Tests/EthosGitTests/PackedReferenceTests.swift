import EthosRecord
import EthosTestSupport
import EthosText
import Testing

@testable import EthosGit

@Suite struct PackedReferenceTests {
  private static let first = String(repeating: "1", count: 40)
  private static let second = String(repeating: "2", count: 40)

  @Test func `a reference goes with what git adds below it, and no other does`() {
    let head = "# pack-refs with: peeled fully-peeled sorted \n"
    let text =
      head + "\(Self.first) refs/heads/a\n\(Self.first) refs/tags/t\n^\(Self.second)\n\(Self.second) refs/tags/t2\n"
    func without(_ name: String) -> String? {
      PackedReferences.without(name, Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(without("refs/tags/t") == head + "\(Self.first) refs/heads/a\n\(Self.second) refs/tags/t2\n")
    #expect(
      without("refs/heads/a")
        == head + "\(Self.first) refs/tags/t\n^\(Self.second)\n\(Self.second) refs/tags/t2\n")
    #expect(without("refs/heads") == nil && without("refs/heads/b") == nil)
  }

  @Test(arguments: [false, true]) func `what is packed is deleted, also where a newer place lies beside`(
    _ isMoved: Bool
  ) throws {
    let test = try TestRepository()
    let first = try test.commit(["a": "1"])
    try test.git("branch", "gone")
    try test.git("tag", "-a", "-m", "kept", "kept")
    try test.git("pack-refs", "--all")
    let second = try test.commit(["a": "2"])
    if isMoved { try test.git("update-ref", "refs/heads/gone", second) }
    let repository = try Repository.open(at: test.path, search: .exact, environment: Git.environment)
    let jane = Signature(name: Git.name, email: Git.email, when: Instant(seconds: Git.seconds))
    let update = ReferenceUpdate(
      name: "refs/heads/gone", before: ObjectID(hex: isMoved ? second : first), after: nil, reflogMessage: "x")
    // Who holds the lock is waited for, and then told of; nothing is deleted.
    try test.directory.write("", to: ".git/packed-refs.lock")
    #expect(throws: GitError.self) { try repository.update([update], signature: jane) }
    #expect(try test.git("rev-parse", "gone") == (isMoved ? second : first))
    #expect(try run("/bin/rm", [".git/packed-refs.lock"], in: test.path).status == 0)
    try repository.update([update], signature: jane)
    #expect(try test.git("for-each-ref", "--format=%(refname)") == "refs/heads/main\nrefs/tags/kept")
    #expect(try test.git("rev-parse", "kept^{commit}") == first)
    #expect(try run("/bin/ls", [".git"], in: test.path).output.contains("packed-refs.") == false)
    #expect(try test.git("fsck", "--strict") == "")
  }
}
