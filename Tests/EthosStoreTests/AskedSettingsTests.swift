import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// Who writes is whom git would name, also by conditions that libgit2 passes over.
@Suite struct AskedSettingsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// Lines of git's own configuration in the home folder; HOME and REPO stand for the folders.
    var global: String = ""
    var environment: [String: String] = [:]
    var name: String
  }

  private static let work = "[user]\n\tname = Sam at Work\n\temail = work@x.example\n"

  static let cases = [
    Case(testDescription: "plain", name: "Sam"),
    Case(
      testDescription: "hasconfig",
      global: "[includeIf \"hasconfig:remote.*.url:https://git.example.org/**\"]\n\tpath = work.inc\n",
      name: "Sam at Work"),
    Case(
      testDescription: "hasconfig of another remote",
      global: "[includeIf \"hasconfig:remote.*.url:https://other.example/**\"]\n\tpath = work.inc\n", name: "Sam"),
    Case(testDescription: "onbranch", global: "[includeIf \"onbranch:ma*\"]\n\tpath = work.inc\n", name: "Sam at Work"),
    Case(testDescription: "gitdir", global: "[includeIf \"gitdir:REPO/\"]\n\tpath = work.inc\n", name: "Sam at Work"),
    Case(
      testDescription: "git -c", environment: ["GIT_CONFIG_PARAMETERS": "'user.name'='Sam at Work'"],
      name: "Sam at Work"),
    Case(
      testDescription: "counted",
      environment: ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Sam at Work"],
      name: "Sam at Work"),
    Case(testDescription: "author.name", global: "[author]\n\tname = Sam at Work\n", name: "Sam at Work"),
    Case(testDescription: "the last counts", global: "[user]\n\tname = A\n\tname = Sam at Work\n", name: "Sam at Work"),
  ]

  @Test(arguments: cases)
  func `who writes is whom git names`(situation: Case) throws {
    let (test, home) = (try TestRepository(), try TemporaryDirectory())
    try test.commit(["a.yaml": "1"])
    try test.git("remote", "add", "origin", "https://git.example.org/acme/identity")
    try home.write(Self.work, to: "work.inc")
    let plain = "[user]\n\tname = Sam\n\temail = sam@x.example\n"
    try home.write(plain + situation.global.replacing("REPO", with: test.path), to: ".gitconfig")
    var environment = ["HOME": home.path, "GIT_CONFIG_NOSYSTEM": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"]
    environment.merge(situation.environment) { $1 }
    let store = IdentityStore(try Repository.open(at: test.path, search: .exact, environment: environment))
    try store.askGitForSettings()
    let ours = try store.repository.identity(environment: environment, role: .author, now: Instant(seconds: 5))
    let said = try run("/usr/bin/git", ["var", "GIT_AUTHOR_IDENT"], in: test.path, environment: environment).output
    #expect(said.hasPrefix("\(ours.name) <\(ours.email)> "), "git says \(said)")
    #expect(ours.name == situation.name)
  }

  @Test func `what git reads as yes is yes, and a name without a value is no text`() throws {
    let test = try TestRepository()
    try test.directory.write(
      "[core]\n\trepositoryformatversion = 0\n[commit]\n\tgpgSign\n[tag]\n\tgpgSign = off\n[a]\n\tb = 1\n[c]\n\td = maybe\n",
      to: ".git/config")
    let store = IdentityStore(try Repository.open(at: test.path, search: .exact, environment: Git.environment))
    try store.askGitForSettings()
    let repository = store.repository
    #expect(try repository.flag("commit.gpgSign"))
    #expect(try !repository.flag("tag.gpgsign"))
    #expect(try repository.flag("a.b"))
    #expect(try !repository.flag("no.such"))
    #expect(try repository.configuration("no.such") == nil)
    #expect(try repository.configuration("A.B") == "1")
    #expect(throws: GitError.self) { try repository.flag("c.d") }
    #expect(throws: GitError.self) { try repository.configuration("commit.gpgSign") }
  }

  @Test func `without git, a configuration that only git reads is refused, and any other is taken`() throws {
    let (test, home) = (try TestRepository(), try TemporaryDirectory())
    let environment = ["PATH": home.path, "HOME": home.path, "GIT_CONFIG_NOSYSTEM": "1"]
    func ask() throws {
      try IdentityStore(try Repository.open(at: test.path, search: .exact, environment: environment))
        .askGitForSettings()
    }
    try ask()
    try test.git("config", "includeIf.onbranch:main.path", "x")
    try ask()
    try test.git("config", "includeIf.hasconfig:remote.*.url:https://x/**.path", "x")
    #expect(throws: GitError.self) { try ask() }
  }

  @Test func `a configuration that git cannot read is refused`() throws {
    let test = try TestRepository()
    let environment = Git.environment.merging(["GIT_CONFIG_PARAMETERS": "broken"]) { $1 }
    let store = IdentityStore(try Repository.open(at: test.path, search: .exact, environment: environment))
    #expect(throws: GitError.self) { try store.askGitForSettings() }
  }
}
