import EthosTestSupport
import Foundation
import Testing

/// Which branch is in force follows from the first commit along ratified changes, whatever is pushed or checked out.
@Suite struct BranchInForceTests {
  private static func charter(_ branch: String) -> [String: String] {
    ["ethos.yaml": GuardedBank.charter.replacing("branch: main", with: "branch: \(branch)")]
  }

  private func branch(_ bank: GuardedBank, _ arguments: String...) throws -> String? {
    let result = try bank.person("ada").run(["verify", "--format", "json"] + arguments)
    let document = try? JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return document?["branch"] as? String ?? result.errors
  }

  /// The bank with another branch in force, by its rules.
  private func moved() throws -> GuardedBank {
    let bank = try GuardedBank()
    try bank.propose("move", Self.charter("trunk"))
    try bank.approve("move", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "move", as: bank.person("ada"))
    return bank
  }

  @Test func `a ratified change puts another branch in force, which goes on from it`() throws {
    let bank = try moved()
    let absent = try bank.bench.run("status", status: 2)
    #expect(absent.errors.contains("is in force since"), "\(absent.errors)")
    #expect(absent.errors.contains("`git fetch origin trunk:trunk`"), "\(absent.errors)")
    try bank.shell("git branch trunk main")
    #expect(try branch(bank) == "trunk")
    #expect(try bank.breaches() == [])
    // It goes on: what is checked out, and what becomes of the old branch, changes nothing.
    try bank.propose("lower", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 50\n"])
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.shell("git switch -q trunk")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try branch(bank) == "trunk")
    try bank.shell("git switch -q proposals/lower")
    #expect(try branch(bank) == "trunk")
    try bank.shell("git switch -q trunk && git branch -qD main")
    #expect(try branch(bank) == "trunk")
    #expect(try bank.breaches() == [])
    // A clone that has only the new one knows it too.
    try bank.shell("git clone -q . ../clone && git -C ../clone branch -a")
    let clone = try bank.person("ada").run(["verify", "-C", "\(bank.bench.root)/clone"])
    #expect(clone.status == 0 && clone.output.contains("Verification of trunk"), "\(clone.output)\(clone.errors)")
  }

  @Test func `a direct change puts no branch in force`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.charter("trunk"))
    #expect(try branch(bank) == "main")
    try bank.shell(
      "git switch -q --orphan trunk && git checkout -q main -- . && git add -A && git commit -qm Found -m x && git switch -q main"
    )
    #expect(try branch(bank) == "main")
    #expect(try bank.breaches() == ["direct-change"])
    #expect(try bank.findings().filter { $0.severity == "note" }.map(\.code) == ["branch-replaced"])
    // Nor does a branch that goes on from it.
    try bank.shell("git branch -qD trunk && git branch -q trunk main")
    #expect(try branch(bank) == "main")
  }

  @Test func `the branch that is in force has to hold what put it there`() throws {
    let bank = try moved()
    try bank.shell("git branch trunk main~1")
    let refused = try bank.bench.run("status", status: 2)
    #expect(refused.errors.contains("does not hold that commit"), "\(refused.errors)")
    #expect(refused.errors.contains("`git branch -m trunk aside-trunk`"), "\(refused.errors)")
  }

  @Test func `an adopted change puts a branch in force that holds the adoption`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.charter("trunk"))
    try bank.shell("git branch trunk main")
    try bank.bench.run("adopt", "main", "--because", "It was meant.", as: bank.person("ruth"))
    let name = try bank.shell("git for-each-ref --format='%(refname:lstrip=3)' refs/heads/proposals")
    try bank.approve(name, "jane", "ada", "ruth")
    try bank.bench.run("ratify", name, as: bank.person("ada"))
    #expect(try bank.bench.run("status", status: 2).errors.contains("does not hold that commit"))
    try bank.shell("git branch -f trunk main")
    #expect(try branch(bank) == "trunk")
    #expect(try bank.breaches() == [])
  }

  @Test func `what cannot be read gives no leave to name a branch`() throws {
    let bank = try GuardedBank()
    try bank.push(["ethos.yaml": "ethos: 1\nbroken: [\n"])
    try bank.push(Self.charter("trunk"))
    try bank.shell("git branch trunk main")
    #expect(try branch(bank) == "main")
    // Nor does a charter without an authority that nobody agreed to.
    let open = try GuardedBank()
    try open.push(["ethos.yaml": "ethos: 1\norganisation: Small Bank\nbranch: main\n"])
    try open.push(["ethos.yaml": "ethos: 1\norganisation: Small Bank\nbranch: trunk\n"])
    try open.shell("git branch trunk main")
    #expect(try branch(open) == "main")
  }

  @Test func `an open identity goes on under the name that it gives itself, where it does go on`() throws {
    let open = "ethos: 1\norganisation: Small Bank\n"
    let bank = try GuardedBank(["ethos.yaml": open + "branch: main\n"])
    try bank.push(["ethos.yaml": open + "branch: trunk\n"])
    #expect(try branch(bank) == "main")
    try bank.shell("git branch trunk main")
    #expect(try branch(bank) == "trunk")
    try bank.shell("git branch -f trunk main~1")
    #expect(try branch(bank) == "main")
  }

  @Test func `the configuration of a clone goes before everything`() throws {
    let bank = try GuardedBank()
    try bank.shell("git branch other main && git config ethos.branch other")
    #expect(try branch(bank) == "other")
    try bank.shell("git config ethos.branch nowhere")
    #expect(try bank.bench.run("status", status: 2).errors.contains("`ethos.branch`"))
  }

  @Test func `of two lines the one that is checked out is meant, and where none is, somebody says`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 50\n"])
    try bank.shell(
      "git switch -q --orphan rival && git checkout -q main -- . && sed -i 's/branch: main/branch: rival/' ethos.yaml && git add -A && git commit -qm Found -m x && git switch -q main"
    )
    #expect(try branch(bank) == "main")
    try bank.shell("git switch -q proposals/lower")
    let refused = try bank.bench.run("status", status: 2)
    #expect(refused.errors.contains("`git config ethos.branch main`"), "\(refused.errors)")
    try bank.shell("git config ethos.branch main")
    #expect(try branch(bank) == "main")
  }

  // MARK: - a server

  @Test func `a server takes the move, and keeps what put it in force`() throws {
    let bank = try GuardedBank()
    try bank.shell("git init -q --bare -b main ../server.git && git remote add origin ../server.git")
    try bank.shell("ethos hook install -C ../server.git && git push -q origin main")
    try bank.propose("move", Self.charter("trunk"))
    try bank.approve("move", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "move", as: bank.person("ada"))
    // What comes into force with the move is judged with it.
    try bank.shell("git switch -q -c trunk main")
    try bank.push(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 99\n"])
    try bank.shell("git push -q origin trunk:trunk")
    let refused = try bank.shell("git push -q origin main", status: 1)
    #expect(refused.contains("direct-change"), "\(refused)")
    try bank.shell("git push -q origin :trunk && git push -q origin main main:trunk")
    let served = try bank.person("ada").run(["verify", "-C", "\(bank.bench.root)/server.git"])
    #expect(served.output.contains("Verification of trunk"), "\(served.output)\(served.errors)")
    let rewound = try bank.shell("git push -q --force origin main~1:main", status: 1)
    #expect(rewound.contains("branch-replaced"), "\(rewound)")
    let direct = try bank.shell("git push -q origin trunk", status: 1)
    #expect(direct.contains("direct-change"), "\(direct)")
  }
}
