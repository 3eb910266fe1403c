import EthosGit
import EthosRecord
import EthosTestSupport
import Testing

/// What a clone was made without is said to be not here, with what to type; in a whole one a missing object is damage.
@Suite struct LeftOutTests {
  struct Clone: CustomTestStringConvertible, Sendable {
    var options: [String]
    var code: GitError.Code?
    var word: String
    var testDescription: String { options.joined(separator: " ") }
  }

  static let clones = [
    Clone(options: [], code: nil, word: ""),
    Clone(options: ["--depth", "1"], code: .shallowRepository, word: "shallow clone"),
    Clone(options: ["--filter=blob:none", "--no-checkout"], code: .partialRepository, word: "partial clone"),
    Clone(options: ["--filter=tree:0", "--no-checkout"], code: .partialRepository, word: "partial clone"),
    Clone(options: ["--filter=blob:limit=1", "--no-checkout"], code: .partialRepository, word: "partial clone"),
    Clone(
      options: ["--filter=blob:none", "--no-checkout", "--depth", "1", "-o", "theirs"], code: .shallowRepository,
      word: "partial clone"),
  ]

  @Test(arguments: clones)
  func `what is not here is said, and what is typed then brings it`(clone: Clone) throws {
    let test = try TestRepository()
    try test.git("config", "uploadpack.allowFilter", "true")
    try test.git("config", "uploadpack.allowAnySHA1InWant", "true")
    let first = try test.commit(["a/a.yaml": "first"])
    try test.commit(["a/a.yaml": "second"])
    try test.git("tag", "-a", "-m", "T", "release/x/1", first)
    let blob = try id(try test.git("rev-parse", "\(first):a/a.yaml"))
    let folder = try TemporaryDirectory()
    try git("clone", "-q", "file://\(test.path)", "c", in: folder.path, options: clone.options)
    let path = "\(folder.path)/c"
    func everything() -> GitError? {
      failure {
        let repository = try open(path)
        let commit = try repository.commit(id(first))
        _ = try repository.files(in: commit.tree)
        _ = try repository.blob(blob)
      }
    }
    let found = everything()
    #expect(found?.code == clone.code)
    #expect(try open(path).leftOut()?.code == clone.code)
    guard let found else { return }
    #expect(found.message.contains("is not here: this is a ") && found.message.contains(clone.word), "\(found)")
    #expect(found.isOfClone && !found.isOfObject)
    // A read that leaves aside what cannot be read does not leave this aside.
    let hidden = try open(path)
    #expect(failure { _ = try hidden.problem(ofTree: id(test.git("rev-parse", "\(first)^{tree}"))) }?.isOfClone ?? true)
    let typed = try run("/bin/sh", ["-c", found.help ?? "false"], in: path, environment: Git.environment)
    #expect(typed.status == 0, "\(found.help ?? ""): \(typed.errors)")
    #expect(everything() == nil)
    #expect(try open(path).reference("refs/tags/release/x/1") != nil)
  }

  @Test func `in a whole clone a missing object is no clone's matter`() throws {
    let test = try TestRepository()
    try test.commit(["a.yaml": "1"])
    let clone = try TemporaryDirectory()
    try git("clone", "-q", "file://\(test.path)", "c", in: clone.path)
    let repository = try open("\(clone.path)/c")
    let error = failure { _ = try repository.commit(id(String(repeating: "1", count: 40))) }
    #expect(error?.code == .notFound)
    #expect(try repository.leftOut() == nil)
  }
}

/// Runs `git clone` with options in their place.
private func git(_ command: String, _ quiet: String, _ from: String, _ to: String, in folder: String, options: [String])
  throws
{
  let result = try Git.result([command, quiet] + options + [from, to], in: folder)
  if result.status != 0 { throw TestFailure(result.errors) }
}
