import EthosTestSupport
import Foundation
import Testing

/// How several people agree to one release.
@Suite struct ReleaseApprovalTests {
  @Test func `a release that several must agree to is made when they did, and names them`() throws {
    let bench = try ReleasingBank.founded()
    let refused = try bench.run("release", status: 1, as: ReleasingBank.person("jane", bench))
    #expect(refused.errors.contains("1 more approval of `board`: `ada`, with `ethos release --approve --cycle first"))
    let agreed = try bench.run("release", "--approve", "--words", "Good.", as: ReleasingBank.person("ada", bench))
    #expect(agreed.output.contains("1 more approval of `chief`: `jane`"))
    #expect(try bench.git("tag", "-l") == "")
    let branch = "refs/heads/reviews/release-first-1/ada"
    #expect(try bench.git("rev-parse", "\(branch)^") == bench.git("rev-parse", "main"))
    #expect(try bench.git("diff", "--stat", "main", branch) == "")
    let trailers = try bench.git("log", "-1", "--format=%(trailers:key=Release,key=Effective)", branch)
    #expect(trailers.contains("Release: first/1\nEffective: 2026-11-02"))
    try bench.run("release", as: ReleasingBank.person("jane", bench))
    let tag = try bench.git("cat-file", "tag", "release/first/1")
    let commit = try bench.git("rev-parse", branch).trimmingCharacters(in: .newlines)
    #expect(tag.contains("approvals:\n  - person: \"ada\"\n    commit: \"\(commit)\"\n..."))
    #expect(try ReleasingBank.found("first/1", bench) == [])
    let notes = try bench.run("releases", "first/1")
    #expect(notes.output.contains("Agreed to the release") && notes.output.contains("Good."))
  }

  @Test(arguments: [
    ["--effective", "2026-12-01"], ["--effective", "2026-10-01", "--retroactive", "--because", "So."],
  ])
  func `an approval of another day or of another reason does not count`(_ terms: [String]) throws {
    let bench = try ReleasingBank.founded()
    try bench.run("release", "--approve", as: ReleasingBank.person("ada", bench))
    let refused = try ReleasingBank.person("jane", bench).run(["release"] + terms)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("the approval of `ada`") && refused.errors.contains("effective from 2026-11-02"))
    // With the same terms on both sides it does.
    #expect(try ReleasingBank.person("ada", bench).run(["release", "--approve"] + terms).status == 0)
    let made = try ReleasingBank.person("jane", bench).run(["release"] + terms)
    #expect(made.status == 0, "\(made.errors)")
    #expect(try ReleasingBank.found("first/1", bench) == [])
  }

  @Test func `an approval does not count when the state moved since`() throws {
    let bench = try ReleasingBank.founded()
    try bench.run("release", "--approve", as: ReleasingBank.person("ada", bench))
    try bench.git("commit", "-q", "--allow-empty", "-m", "Nothing", "-m", "A pause.")
    let refused = try bench.run("release", status: 1, as: ReleasingBank.person("jane", bench))
    #expect(refused.errors.contains("is of another state of the identity"))
  }

  @Test func `who holds no office fills no seat, and who is nobody cannot approve`() throws {
    let bench = try ReleasingBank.founded()
    let omar = try bench.run("release", "--approve", as: ReleasingBank.person("omar", bench))
    #expect(omar.output.contains("fills no seat"))
    #expect(
      try bench.run("release", status: 1, as: ReleasingBank.person("jane", bench)).errors.contains("`board`: `ada`"))
    let nobody = try bench.run("release", "--approve", status: 1)
    #expect(nobody.errors.contains("no person of this identity has the e-mail address"))
    // One person in two seats is one person.
    try bench.run("release", "--approve", as: ReleasingBank.person("jane", bench))
    try bench.run("release", status: 1, as: ReleasingBank.person("jane", bench))
  }

  @Test func `an approval that another wrote in her name is none`() throws {
    let bench = try ReleasingBank.founded()
    try bench.run("release", "--approve", as: ReleasingBank.person("ada", bench))
    let forged = """
      cd '\(bench.work)' && tip=refs/heads/reviews/release-first-1/ada && git show -s --format=%B $tip | \
      git commit-tree main^{tree} -p main | xargs git update-ref $tip
      """
    #expect(try ReleasingBank.person("omar", bench).shell(forged).status == 0)
    #expect(
      try bench.run("release", status: 1, as: ReleasingBank.person("jane", bench)).errors.contains("`board`: `ada`"))
  }
}
