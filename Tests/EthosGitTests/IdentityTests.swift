import EthosGit
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

@Suite struct IdentityTests {
  private static let now = Instant(seconds: 1_800_000_000, offsetMinutes: -300)

  /// Environment and configuration, as git would be run with them; an empty value of the configuration is left unset.
  struct Situation: CustomTestStringConvertible, Sendable {
    var environment: [String: String] = [:]
    var configuration: [String: String] = [:]
    var testDescription: String { "\(environment.sorted(by: <)) \(configuration.sorted(by: <))" }
  }

  private static let situations: [Situation] = {
    let environments: [[String: String]] = [
      [:], ["GIT_AUTHOR_NAME": "Env Author"], ["GIT_AUTHOR_EMAIL": "env-author@x"],
      ["GIT_COMMITTER_NAME": "Env Committer", "GIT_COMMITTER_EMAIL": "env-committer@x"], ["EMAIL": "mail@x"],
      ["GIT_AUTHOR_NAME": " .,Crud <x>; "], ["GIT_AUTHOR_NAME": "In\nthe <mid>dle"],
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "User.Name", "GIT_CONFIG_VALUE_0": "Counted"],
    ]
    let configurations: [[String: String]] = [
      ["user.name": "User", "user.email": "user@x"],
      ["user.name": "User", "user.email": "user@x", "author.name": "Author", "committer.email": "committer@x"],
      ["user.name": "User", "user.email": "user@x", "author.email": "author@x", "committer.name": "Committer"],
      ["user.name": "User", "author.email": "author@x", "committer.email": "committer@x"],
    ]
    return environments.flatMap { environment in
      configurations.map { Situation(environment: environment, configuration: $0) }
    }
  }()

  @Test(arguments: situations)
  func `who signs is whom git would sign as`(situation: Situation) throws {
    let test = try TestRepository()
    for (key, value) in situation.configuration { try test.git("config", key, value) }
    let repository = try open(test)
    var environment = Git.environment.filter { !$0.key.hasPrefix("GIT_AUTHOR") && !$0.key.hasPrefix("GIT_COMMITTER") }
    environment.merge(situation.environment) { $1 }
    for role in [SigningRole.author, .committer] {
      let variable = "GIT_\(role.rawValue.uppercased())_IDENT"
      let said = try run("/usr/bin/git", ["var", variable], in: test.path, environment: environment)
      #expect(said.status == 0, "\(said.errors)")
      let ours = try repository.identity(environment: environment, role: role, now: Self.now)
      #expect("\(ours.name) <\(ours.email)> " == said.output.prefix { $0 != ">" } + "> ")
      #expect(ours.when == Self.now)
    }
  }

  @Test func `what is missing is named, with what to type; nothing is made up`() throws {
    let repository = try open(TestRepository())
    func error(_ environment: [String: String]) -> GitError? {
      failure { _ = try repository.identity(environment: environment, role: .author, now: Self.now) }
    }
    let both = error([:])
    #expect(both?.code == .missingIdentity)
    #expect(both?.message == "git does not know your name and your e-mail address")
    #expect(both?.help == "git config --global user.name \"Your Name\"; git config --global user.email you@example.org")
    #expect(error(["EMAIL": "a@b"])?.message == "git does not know your name")
    #expect(error(["GIT_AUTHOR_NAME": "A", "EMAIL": ""])?.message == "git does not know your e-mail address")
    #expect(error(["GIT_AUTHOR_NAME": " <> ", "EMAIL": "a@b"])?.code == .missingIdentity)
    #expect(error(["GIT_AUTHOR_NAME": "", "EMAIL": "a@b"])?.code == .missingIdentity)
  }

  @Test func `the date of the environment counts for its role`() throws {
    let repository = try open(TestRepository())
    var environment = ["GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_DATE": "@5 +0000"]
    #expect(try repository.identity(environment: environment, role: .author, now: Self.now).when == Self.now)
    environment["GIT_AUTHOR_DATE"] = "@5 -0000"
    #expect(
      try repository.identity(environment: environment, role: .author, now: Self.now).when
        == Instant(seconds: 5, isOffsetUnknown: true))
    environment["GIT_AUTHOR_DATE"] = "yesterday"
    let error = failure { _ = try repository.identity(environment: environment, role: .author, now: Self.now) }
    #expect(error?.code == .invalid)
    #expect(error?.message.contains("`yesterday`") == true)
    #expect(error?.help?.contains("2026-02-01T09:30:00+01:00") == true)
  }

  @Test(
    arguments: [
      "@1769934600 +0100", "1769934600 +0100", "1769934600 -0530", "@0 +0000", "2026-02-01T09:30:00+01:00",
      "2026-02-01T09:30:00+0100", "2026-02-01 09:30:00 +0100", "2026-02-01T09:30:00Z", "2026-02-01T09:30:00 -0330",
      "2024-02-29T23:59:59+14:00",
    ])
  func `a date is read as git reads it`(text: String) throws {
    let environment = Git.environment.merging(["GIT_AUTHOR_DATE": text]) { $1 }
    let said = try run("/usr/bin/git", ["var", "GIT_AUTHOR_IDENT"], in: "/", environment: environment).output
    let date = try #require(GitDate.parse(text))
    let sign = date.offsetMinutes < 0 ? "-" : "+"
    let minutes = abs(date.offsetMinutes)
    let digits = String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst()
    #expect(said.hasSuffix("> \(date.seconds) \(sign)\(digits)\n"), "\(said)")
  }

  @Test(
    arguments: [
      "", "now", "2026-02-01", "2026-02-30T09:30:00Z", "2026-02-01T24:30:00Z", "2026-02-01T09:30Z", "20260201", "@",
      "@x +0100", "@5 0100", "@5 +2500", "@5 +0100 x", "Sun, 01 Feb 2026 09:30:00 +0100", "@99999999999999999999 +0000",
      "-5 +0000", "2026-02-01T09:30:00+1:00",
    ])
  func `a date of another form is refused`(text: String) { #expect(GitDate.parse(text) == nil) }
}

@Suite struct ConfigurationTests {
  @Test func `values are those that git reads`() throws {
    let test = try TestRepository()
    try test.git("config", "gpg.format", "ssh")
    try test.git("config", "branch.Main.note", "kept")
    try test.git("config", "--add", "x.y", "1")
    try test.git("config", "--add", "x.y", "2")
    let repository = try open(test)
    #expect(try repository.configuration("gpg.format") == "ssh")
    #expect(try repository.configuration("GPG.Format") == "ssh")
    #expect(try repository.configuration("branch.Main.note") == "kept")
    #expect(try repository.configuration("branch.main.note") == nil)
    #expect(try repository.configuration("x.y") == "2")
    #expect(try repository.configuration("no.such") == nil)
  }

  @Test func `GIT_CONFIG_GLOBAL takes the place of the home's file, which libgit2 would read`() throws {
    let test = try TestRepository()
    try test.directory.write("[user]\n\tname = Elsewhere\n[x]\n\ty = global\n", to: "elsewhere")
    try test.git("config", "x.y", "local")
    let plain = try open(test)
    #expect(try plain.configuration("init.defaultBranch") == "main")
    let environment = ["GIT_CONFIG_GLOBAL": "\(test.path)/elsewhere"]
    let repository = try open(test.path, environment: environment)
    #expect(try repository.configuration("user.name") == "Elsewhere")
    #expect(try repository.configuration("init.defaultBranch") == nil)
    #expect(try repository.configuration("x.y") == "local")
    let none = try open(test.path, environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"])
    #expect(try none.configuration("init.defaultBranch") == nil)
    #expect(try none.configuration("x.y") == "local")
  }
}
