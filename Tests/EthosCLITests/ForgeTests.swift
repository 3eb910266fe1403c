import EthosTestSupport
import Foundation
import Testing

/// What a forge does with pull requests, done by plain git, and what `ethos verify` says of it.
@Suite struct ForgeTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]
  private static let smaller = ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 400\n"]
  private static let forge =
    "export GIT_AUTHOR_NAME=Forge GIT_AUTHOR_EMAIL=noreply@forge.example GIT_COMMITTER_NAME=Forge "
    + "GIT_COMMITTER_EMAIL=noreply@forge.example"

  /// Merges a pull request from `proposals/NAME` as a forge does: one merge commit of two parents, without trailers.
  private func merge(_ name: String, _ bank: GuardedBank) throws {
    try bank.shell(
      "\(Self.forge); git switch -q main && git merge -q --no-ff -m 'Merge pull request #1 from proposals/\(name)' "
        + "proposals/\(name)")
  }

  private func collect(_ name: String, _ bank: GuardedBank, by id: String = "eve") throws {
    try bank.bench.run("collect", name, as: bank.person(id))
  }

  @Test func `a pull request that carries its reviews is in order once the forge has merged it`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    let before = try bank.bench.git("rev-parse", "proposals/lower^{tree}")
    let tips = try ["proposals", "reviews"].map {
      try bank.bench.git("for-each-ref", "--format=%(objectname)", "refs/heads/\($0)/lower")
    }
    try collect("lower", bank)
    // It changes no file, and has the tip first and all reviews after it.
    #expect(try bank.bench.git("rev-parse", "proposals/lower^{tree}") == before)
    let parents = try bank.bench.git("show", "-s", "--format=%P", "proposals/lower").split { $0.isWhitespace }
    #expect(parents.first.map { $0 + "\n" } == Substring(tips[0]))
    #expect(Set(parents.dropFirst()) == Set(tips[1].split(separator: "\n")))
    #expect(try bank.bench.run("collect", "lower").output.contains("carries all reviews"))
    // The branch alone travels: the reviews may be gone by then.
    try bank.shell("git branch -q -D reviews/lower/jane reviews/lower/ada reviews/lower/ruth")
    try bank.bench.run("review", "lower")
    try merge("lower", bank)
    #expect(try bank.breaches() == [])
    let why = try bank.bench.run("why", "limit/risk.atMost").output
    #expect(why.contains("Jane Doe") && why.contains("Ruth Klein"), "\(why)")
  }

  @Test func `a pull request whose reviews were not joined lacks its quorum`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try merge("lower", bank)
    #expect(try bank.breaches() == ["quorum-missing"])

    let few = try GuardedBank()
    try few.propose("lower", Self.lowered)
    try few.approve("lower", "ada", "ruth")
    try collect("lower", few)
    try merge("lower", few)
    #expect(try few.breaches() == ["quorum-missing"])
  }

  @Test func `an objection that was left behind when a forge merged is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try collect("lower", bank)
    try bank.bench.run("object", "lower", "--because", "Not yet.", as: bank.person("omar"))
    try merge("lower", bank)
    #expect(try bank.breaches() == ["objection-left-out"])
  }

  @Test func `what a forge squashes or rebases is found`() throws {
    let squashed = try GuardedBank()
    try squashed.propose("lower", Self.lowered)
    try squashed.approve("lower", "jane", "ada", "ruth")
    try collect("lower", squashed)
    try squashed.shell(
      "\(Self.forge); git merge -q --squash proposals/lower && git commit -qm 'Lower it (#1)' -m 'Why.'")
    #expect(try squashed.breaches() == ["squash-merge"])

    let rebased = try GuardedBank()
    try rebased.propose("lower", Self.lowered)
    try rebased.shell("git switch -q proposals/lower && echo 'id: loan\ntitle: Loan\natMost: 400' > limits/loan.yaml")
    try rebased.shell("git commit -qam 'Lower the loan' -m 'Why.' && git switch -q main")
    try rebased.approve("lower", "jane", "ada", "ruth")
    try collect("lower", rebased)
    try rebased.shell("\(Self.forge); git cherry-pick proposals/lower~2 proposals/lower~1")
    // With the last of them everything is there that the proposal has.
    #expect(try rebased.breaches() == ["direct-change", "squash-merge"])
  }

  @Test func `a proposal that was collected is ratified like any other`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada")
    let state = try bank.bench.state()
    let dry = try bank.bench.run("collect", "lower", "--dry-run").output
    #expect(dry.contains("would join what Jane Doe and Ada Obi said") || dry.contains("Ada Obi and Jane Doe"), "\(dry)")
    #expect(try bank.bench.state() == state)
    try collect("lower", bank, by: "ada")
    try bank.approve("lower", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    // The merge has what the branch does not carry, and nothing twice.
    #expect(try bank.bench.git("show", "-s", "--format=%P", "main").split(separator: " ").count == 3)
    #expect(try bank.breaches() == [])
    try bank.bench.run("collect", "lower", status: 1)
  }

  @Test func `who collects reviews of an earlier state writes nothing`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    // What they agreed to stands; a second commitment comes to it.
    try bank.shell("git switch -q proposals/lower")
    try bank.bench.write(Self.smaller["limits/loan.yaml"] ?? "", to: "limits/loan.yaml")
    try bank.shell("git commit -qam 'Lower the loan' -m 'Why.' && git switch -q main")
    try collect("lower", bank, by: "ruth")
    let half = try bank.bench.run("review", "lower", status: 1).output
    #expect(half.contains("limit/loan") && !half.contains("is an author"), "\(half)")
    try bank.approve("lower", "jane", "ada", "ruth")
    try collect("lower", bank, by: "ruth")
    try merge("lower", bank)
    #expect(try bank.breaches() == [])
  }

  @Test func `the words of a review that is carried are no reason of the proposal`() throws {
    let bank = try GuardedBank()
    try bank.shell("git switch -q -c proposals/lower && sed -i s/60/55/ limits/risk.yaml && git commit -qam Lower")
    try bank.shell("git switch -q main")
    for id in ["jane", "ada", "ruth"] {
      try bank.bench.run("approve", "lower", "--because", "I agree.", as: bank.person(id))
    }
    try collect("lower", bank)
    #expect(try bank.bench.run("ratify", "lower", status: 1).errors.contains("gives no reason"))
    try merge("lower", bank)
    #expect(try bank.breaches() == ["reason-missing"])
  }

  // MARK: - the script of the check

  private static let script = "\(EthosProcess.projectFolder)/Templates/ci/report.sh"

  private func report(_ bank: GuardedBank, _ arguments: String, status: Int32) throws -> String {
    // The merge that the script makes for the verdict is dated by git's own clock.
    let result = try bank.person("eve").with("GIT_COMMITTER_DATE", "2026-11-02T08:30:00Z").shell(
      "cd '\(bank.work)' && sh '\(Self.script)' \(arguments)")
    #expect(result.status == status, "\(result.output)\(result.errors)")
    return result.output
  }

  @Test func `the check says what the forge's merge would lack, until it lacks nothing`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    let pull = "pull proposals/lower proposals/lower main"
    let nobody = try report(bank, pull, status: 1)
    #expect(nobody.contains("60") && nobody.contains("55") && nobody.contains("quorum-missing"), "\(nobody)")
    try bank.approve("lower", "jane", "ada", "ruth")
    // They agreed, and the branch does not carry it yet: merging now would be a breach.
    let waiting = try report(bank, pull, status: 1)
    #expect(waiting.contains("quorum-missing") && waiting.contains("would join what"), "\(waiting)")
    try collect("lower", bank)
    let state = try bank.bench.state()
    let ready = try report(bank, pull, status: 0)
    #expect(ready.contains("nothing is in breach"), "\(ready)")
    // It moved nothing.
    #expect(try bank.bench.state() == state)
  }

  @Test func `the check judges branches that are no proposals, and looks at names before it uses them`() throws {
    let bank = try GuardedBank()
    try bank.shell("git switch -q -c draft && sed -i s/60/90/ limits/risk.yaml && git commit -qam Raise -m Why.")
    try bank.shell("git switch -q main && git switch -q -c notes && echo Hello > README.md && git add -A")
    try bank.shell("git commit -qm 'Say hello' && git switch -q main")
    let draft = try report(bank, "pull draft draft main", status: 1)
    #expect(draft.contains("is no proposal") && draft.contains("quorum-missing"), "\(draft)")
    let names = [
      "proposals/--help", "'proposals/$(touch ../hit)'", "'proposals/a b'", "proposals/", "'proposals/`touch ../hit`'",
      "'proposals/a;touch ../hit'", "'proposals/lówer'", "'proposals/a\u{202E}b'", "\"$(printf 'proposals/a\\nb')\"",
      "''",
      "'proposals/a/b'", "'proposals/.a'", "-n",
    ]
    for name in names {
      #expect(try report(bank, "pull \(name) draft main", status: 1).contains("is no proposal"))
    }
    #expect(try bank.shell("ls ..").contains("hit") == false)
    #expect(try report(bank, "pull notes notes main", status: 0).contains("nothing is in breach"))
    _ = try report(bank, "pull draft nowhere main", status: 2)
    _ = try report(bank, "pull draft", status: 64)
  }

  @Test func `the check shows the commits of the pull request, whatever its branch is called`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try collect("lower", bank)
    // A fork's branch of the same name, with another content.
    try bank.shell("git switch -q -c fork main && sed -i s/60/99/ limits/risk.yaml && git commit -qam Raise -m Why.")
    try bank.shell("git switch -q main && git update-ref refs/ethos/pull fork && git branch -q -D fork")
    let pull = "pull proposals/lower refs/ethos/pull main"
    let forked = try report(bank, pull, status: 1)
    #expect(forked.contains("bears the name of another proposal"), "\(forked)")
    #expect(!forked.contains("60 → 55") && !forked.contains("would join"), "\(forked)")
    #expect(forked.contains("quorum-missing"))
    // Harmless content makes it no better: it is not what its name says.
    try bank.shell("git update-ref refs/ethos/pull main")
    #expect(try report(bank, pull, status: 1).contains("bears the name of another proposal"))
    // The proposal itself, and a fork's under a name that nobody has.
    try bank.shell("git update-ref refs/ethos/pull proposals/lower")
    #expect(try report(bank, pull, status: 0).contains("60 → 55"))
    try bank.shell("git update-ref -d refs/heads/proposals/lower")
    #expect(try report(bank, pull, status: 0).contains("60 → 55"))
    try bank.shell("git update-ref -d refs/heads/proposals/lower")
    #expect(try report(bank, "pull proposals/raise refs/ethos/pull main", status: 0).contains("60 → 55"))
    // A name that was closed is nobody's again.
    try bank.propose("raise", Self.smaller)
    try bank.bench.run("withdraw", "raise", "--because", "No.", as: bank.person("eve"))
    #expect(
      try report(bank, "pull proposals/raise refs/ethos/pull main", status: 1).contains("bears the name of another"))
  }

  @Test func `a review of a commit is of that commit, or none`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    let tip = try bank.shell("git rev-parse proposals/lower")
    #expect(try bank.bench.run("review", "lower", "--at", tip, status: 1).output.contains("60 → 55"))
    let other = try bank.bench.run("review", "lower", "--at", "main", status: 1)
    #expect(other.output.isEmpty && other.errors.contains("which bears the same name"), "\(other.errors)")
    #expect(try bank.bench.run("collect", "lower", "--at", "main", "--dry-run", status: 1).output.isEmpty)
    try bank.bench.run("review", "--at", tip, status: 64)
    try bank.bench.run("review", "a b", "--at", tip, status: 64)
    try bank.bench.run("review", "lower", "--at", "nowhere", status: 2)
  }

  @Test func `the check of the branch in force finds breaches and a branch that went back`() throws {
    let bank = try GuardedBank()
    let zeros = String(repeating: "0", count: 40)
    _ = try report(bank, "line", status: 0)
    _ = try report(bank, "line \(zeros)", status: 0)
    _ = try report(bank, "line main", status: 0)
    try bank.shell("git branch older && git commit -q --allow-empty -m more && git branch newer")
    _ = try report(bank, "line older", status: 0)
    try bank.shell("git reset -q --hard older")
    #expect(try report(bank, "line newer", status: 1).contains("went back"))
    try bank.push(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"])
    #expect(try report(bank, "line older", status: 1).contains("direct-change"))
  }

  /// The scripts of a file for a forge: the blocks that follow `run: |` or `- |`, and what stands on one line.
  private static func scripts(_ name: String) throws -> [String] {
    let text = try String(contentsOfFile: "\(EthosProcess.projectFolder)/Templates/ci/\(name)", encoding: .utf8)
    var scripts: [String] = []
    var indent: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == " " }.count
      if let start = indent, depth > start || line.allSatisfy({ $0 == " " }) {
        scripts[scripts.count - 1] += line + "\n"
        continue
      }
      indent = nil
      guard let match = line.firstMatch(of: /^ *(?:- )?(?:run: |- )(.*)$/) else { continue }
      if match.1 == "|" {
        indent = depth
        scripts.append("")
      } else if line.contains("run: ") {
        scripts.append(String(match.1))
      }
    }
    return scripts
  }

  @Test(arguments: [("github/ethos.yml", 5), ("gitlab/ethos.gitlab-ci.yml", 2)])
  func `no text of a pull request is written into a script`(_ name: String, _ count: Int) throws {
    let scripts = try Self.scripts(name)
    #expect(scripts.count == count)
    let bench = try Bench()
    for script in scripts {
      // The forge puts expressions in as text, before the shell reads it.
      #expect(!script.contains("${{"), "\(script)")
      let result = try bench.ethos.run(program: "/bin/sh", ["-n"], input: script)
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  @Test func `the files for forges are no template of an identity`() throws {
    let bench = try Bench()
    let said = try bench.run("init", "x", "--template", "ci", status: 64)
    #expect(said.errors.contains("there is no template `ci`"), "\(said.errors)")
  }
}
