import EthosApp
import EthosGit
import EthosGovernance
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// Plain git, asked about the same signatures with the file that `export signers` writes.
@Suite struct SignatureAgreementTests {
  private struct Person {
    var id: String
    var key: SSHKeyPair
    var signature: EthosRecord.Signature
  }

  private static let zone = "Europe/Zurich"
  private static let from = "2026-01-10"
  private static let until = "2026-06-30"

  @Test func `our judgement of generated commits agrees with git verify-commit`() throws {
    let test = try TestRepository()
    let people = try ["jane", "omar"].map { id in
      Person(
        id: id, key: try SSHKeyPair(),
        signature: Signature(name: id, email: "\(id)@northgate.example", when: Instant(seconds: 0)))
    }
    let stranger = try SSHKeyPair()
    try test.commit(
      [
        "ethos.yaml": "ethos: 1\norganisation: Test\ntimeZone: \(Self.zone)\n",
        "people/jane.yaml": """
        id: jane
        name: Jane
        emails: [jane@northgate.example]
        keys: [{key: \(people[0].key.publicKey) laptop, from: \(Self.from), until: \(Self.until)}]

        """,
        "people/omar.yaml":
          "id: omar\nname: Omar\nemails: [omar@northgate.example]\nkeys: [\(people[1].key.publicKey)]\n",
      ], "Begin")
    let variables = Git.environment
    let repository = try Repository.open(at: test.path, search: .exact, environment: variables)
    let workspace = try Workspace(
      store: IdentityStore(repository),
      environment: AppEnvironment(
        variables: variables, workingDirectory: test.path, now: Instant(seconds: Git.seconds)))
    try test.directory.write(workspace.exportSigners(at: nil), to: "signers")
    let signers = Signers(snapshot: try workspace.mainSnapshot())
    let verifier = SignatureVerifier(workspace.store, environment: variables)
    let tree = try repository.writeTree(base: nil, edits: [])

    // The two moments about which OpenSSH and we must agree to the second.
    let rules = try #require(TimeZoneRules(Self.zone))
    let first = rules.instant(try #require(Day(Self.from)), hour: 0).seconds
    let afterLast = rules.instant(try #require(Day(Self.until)).adding(days: 1), hour: 0).seconds
    let edges = [first - 1, first, afterLast - 1, afterLast]

    var generator = SeededGenerator(seed: 2_026)
    var seen: [String: Int] = [:]
    for number in 0..<(100 * soakFactor) {
      var named = generator.pick(people)
      named.signature.when = Instant(
        seconds: generator.happens(30)
          ? generator.pick(edges) : Int64.random(in: (first - 8_000_000)..<(afterLast + 8_000_000), using: &generator),
        offsetMinutes: generator.pick([0, 60, 120, -480]))
      var text = try repository.commitText(
        tree: tree, parents: [], author: named.signature, committer: named.signature, message: "Number \(number)")
      let key = generator.pick([named.key, named.key, named.key, people[0].key, people[1].key, stranger])
      let signature = try key.signature(of: text)
      if generator.happens(15) { text[text.count - 2] ^= 1 }
      let commit =
        generator.happens(10)
        ? try repository.writeCommit(
          tree: tree, parents: [], author: named.signature, committer: named.signature, message: "Number \(number)")
        : try repository.writeCommit(text, signature: signature)

      let verdict = try verifier.verdict(of: commit)
      let day = try workspace.day(of: named.signature.when)
      let judgement = signers.judgement(of: verdict, by: named.signature.email, on: day)
      let git = try Git.result(
        ["-c", "gpg.ssh.allowedSignersFile=\(test.path)/signers", "verify-commit", commit.hex], in: test.path)
      let isGood = git.status == 0
      switch judgement {
      case .signed: #expect(isGood, "\(git.errors)")
      case .ofAnother(let holder):
        // Git asks whose the key is, not whom the commit names; of the holder it says what we say.
        let ofHolder = signers.judgement(of: verdict, by: "\(holder)@northgate.example", on: day)
        #expect(isGood == (ofHolder == .signed(person: holder)), "\(git.errors)")
      case .unsigned, .invalid, .unknownKey, .outsideTerm: #expect(!isGood, "\(judgement)")
      case .unchecked, .unknownPerson: Issue.record("\(judgement)")
      }
      seen["\(judgement)".prefix { $0 != "(" }.description, default: 0] += 1
    }
    // Each kind was met, and more than once.
    for kind in ["signed", "unsigned", "invalid", "unknownKey", "ofAnother", "outsideTerm"] {
      #expect(seen[kind, default: 0] > 1, "\(seen)")
    }
  }
}
