import EthosApp
import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// A name that is two things is an error, and what anybody can push changes no name's meaning without a word.
@Suite struct RevisionNameTests {
  private let test: TestRepository
  private let first: String
  private let second: String

  init() throws {
    test = try TestRepository()
    first = try test.commit(["ethos.yaml": "ethos: 1\norganisation: Test\n"], "Begin")
    second = try test.commit(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 60\n"], "Go on")
  }

  private func workspace() throws -> Workspace {
    let repository = try Repository.open(at: test.path, search: .exact, environment: Git.environment)
    return try Workspace(
      store: IdentityStore(repository),
      environment: AppEnvironment(
        variables: Git.environment, workingDirectory: test.path, now: Instant(seconds: Git.seconds)))
  }

  private func commit(_ name: String) throws -> String { try workspace().revision(name).commit.id.hex }

  private func refusal(_ name: String) throws -> Failure? {
    do {
      let found = try workspace().revision(name)
      Issue.record("\(name) is \(found.commit.id)")
      return nil
    } catch let failure as Failure {
      return failure
    }
  }

  @Test func `names of one thing are that thing`() throws {
    try test.git("tag", "-am", "x", "v1", first)
    try test.git("branch", "side", first)
    try test.git("update-ref", "refs/remotes/origin/main", first)
    for name in ["main", "HEAD", "@", second, String(second.prefix(7)), "refs/heads/main", "heads/main", "main^0"] {
      #expect(try commit(name) == second, "\(name)")
    }
    for name in ["main~1", "HEAD^", "@~1", "v1", "side", "origin/main", "refs/tags/v1", "v1^{commit}"] {
      #expect(try commit(name) == first, "\(name)")
    }
  }

  @Test(arguments: [
    ("main", "refs/tags/main", ["refs/tags/main", "refs/heads/main"]),
    ("main~1", "refs/tags/main", ["refs/tags/main~1", "refs/heads/main~1"]),
    ("origin/main", "refs/heads/origin/main", ["refs/heads/origin/main", "refs/remotes/origin/main"]),
    ("second/1", "refs/heads/second/1", ["refs/tags/release/second/1", "refs/heads/second/1"]),
    ("release/second/1", "refs/heads/release/second/1", ["refs/tags/release/second/1", "refs/heads/release/second/1"]),
    ("heads/main", "refs/tags/heads/main", ["refs/heads/main", "refs/tags/heads/main"]),
    ("2026-02-01", "refs/tags/2026-02-01", ["refs/tags/2026-02-01", "day:2026-02-01"]),
  ])
  func `a name of two things is an error that names both`(name: String, pushed: String, full: [String]) throws {
    try test.git("update-ref", "refs/remotes/origin/main", second)
    try test.git("tag", "-am", "x", "release/second/1", second)
    try test.git("update-ref", pushed, first)
    let failure = try #require(try refusal(name))
    #expect(failure.message.contains("`\(name.split(separator: "~")[0])` is a "), "\(failure)")
    for name in full { #expect(failure.help.contains { $0.contains("`\(name)`") }, "\(failure.help)") }
    for name in full where !name.hasPrefix("day:") && !name.hasSuffix("~1") { _ = try workspace().revision(name) }
  }

  @Test func `digits that begin an id and name a branch are an error`() throws {
    let digits = String(second.prefix(8))
    try test.git("update-ref", "refs/heads/\(digits)", first)
    let failure = try #require(try refusal(digits))
    #expect(failure.help.contains { $0.contains(second) }, "\(failure.help)")
    #expect(try commit("refs/heads/\(digits)") == first)
  }

  @Test func `a whole id, a full name and HEAD are themselves, whatever is called like them`() throws {
    for name in [second, "HEAD", "refs/heads/main"] {
      try test.git("update-ref", "refs/heads/\(name)", first)
      try test.git("update-ref", "refs/tags/\(name)", first)
      #expect(try commit(name) == second, "\(name)")
    }
    let absent = String(repeating: "1", count: 40)
    try test.git("update-ref", "refs/heads/\(absent)", first)
    try test.git("update-ref", "refs/tags/refs/heads/gone", first)
    try test.git("update-ref", "refs/heads/FETCH_HEAD", first)
    for name in [absent, "refs/heads/gone", "FETCH_HEAD"] { #expect(try refusal(name) != nil, "\(name)") }
    try test.git("fetch", "-q", ".", "main")
    #expect(try commit("FETCH_HEAD") == second)
  }
}
