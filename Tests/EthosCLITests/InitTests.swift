import EthosTestSupport
import Foundation
import Testing

/// What `ethos init` leaves behind where it cannot begin.
@Suite struct InitTests {
  /// The program of somebody whom git does not know.
  private static func nobody(_ bench: Bench) -> EthosProcess {
    var process = bench.ethos
    for role in ["AUTHOR", "COMMITTER"] {
      process.environment["GIT_\(role)_NAME"] = nil
      process.environment["GIT_\(role)_EMAIL"] = nil
    }
    return process
  }

  @Test(arguments: [".", "bank", "a/new/bank"])
  func `without an identity of git nothing is made`(_ folder: String) throws {
    let bench = try Bench()
    let result = try bench.run("init", folder, "--template", "minimal", status: 2, as: Self.nobody(bench))
    #expect(result.errors.contains("git does not know your name and your e-mail address"))
    #expect(result.errors.contains("git config --global user.name"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.work) == [])
  }

  @Test func `the user's own empty repository stays where no identity is known`() throws {
    let bench = try Bench()
    try bench.git("init", "-qb", "main")
    try bench.run("init", ".", "--template", "minimal", status: 2, as: Self.nobody(bench))
    #expect(FileManager.default.fileExists(atPath: "\(bench.work)/.git/HEAD"))
  }

  @Test func `an identity that git has for repositories in one place alone is found`() throws {
    let bench = try Bench()
    // Git compares the real path of a repository.
    let place = URL(fileURLWithPath: bench.work).resolvingSymlinksInPath().path
    try "[includeIf \"gitdir:\(place)/\"]\n\tpath = at-work\n".write(
      toFile: "\(bench.root)/home/.gitconfig", atomically: true, encoding: .utf8)
    try "[user]\n\tname = Mei Lin\n\temail = mei@northgate.example\n".write(
      toFile: "\(bench.root)/home/at-work", atomically: true, encoding: .utf8)
    try bench.run("init", "bank", "--template", "minimal", as: Self.nobody(bench))
    #expect(try bench.git("-C", "bank", "log", "--format=%an <%ae>") == "Mei Lin <mei@northgate.example>\n")
  }

  @Test func `a story is told by its own people`() throws {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "financial-services", "--story", as: Self.nobody(bench))
  }
}
