import EthosTestSupport
import Foundation
import Testing

/// The log that a server keeps of what it accepted, and what a clone learns from it.
@Suite struct ServerLogTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]
  private static let server = "git -C ../server.git"

  /// A bank on a server with a log.
  private static func logged(_ key: SSHKeyPair) throws -> GuardedBank {
    try GuardedBank.served(
      config: "git config gpg.format ssh && git config user.signingKey \(key.file) && git config ethos.log true")
  }

  /// What a fresh clone finds, with the log and all branches and tags.
  private func clone(
    _ bank: GuardedBank, key: SSHKeyPair? = nil, mirror: Bool = true, after: String = "true",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    try bank.shell(
      "rm -rf ../clone && git clone -q \(mirror ? "--mirror" : "") ../server.git ../clone"
        + (mirror ? "" : " && git -C ../clone fetch -q origin refs/ethos/log:refs/remotes/origin/ethos/log"))
    try bank.shell("cd ../clone && \(after)")
    if let key { try bank.shell("git -C ../clone config ethos.logKey '\(key.publicKey)'") }
    let answer = try bank.person("ada").run(["verify", "-C", "../clone", "--format", "json"])
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any], "\(answer.errors)",
      sourceLocation: sourceLocation)
    return try #require(document["findings"] as? [[String: Any]]).map {
      "\($0["code"] ?? "")\($0["severity"] as? String == "note" ? " (note)" : "")"
    }.sorted()
  }

  private func ratified(_ bank: GuardedBank) throws {
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.shell("git push -q origin proposals/lower 'refs/heads/reviews/*'")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.shell("git push -q origin main")
  }

  @Test func `what is accepted is written down, and what is refused is not`() throws {
    let key = try SSHKeyPair()
    let bank = try Self.logged(key)
    try ratified(bank)
    try bank.push(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"])
    try bank.refuses("origin main", "direct-change")
    try bank.shell("git push -q origin main~1:refs/heads/draft && git push -q origin :draft")
    let log = try bank.shell("\(Self.server) log --reverse --format=%B refs/ethos/log")
    #expect(
      log.split(separator: "\n").filter { ["begun", "accepted", "found"].contains($0) } == [
        "begun", "accepted", "accepted", "accepted", "accepted", "accepted",
      ])
    #expect(log.contains("refs/heads/draft"))
    #expect(try bank.shell("\(Self.server) fsck --strict") == "")
    #expect(try clone(bank, key: key) == [])
    #expect(try clone(bank, key: key, mirror: false) == [])
    #expect(try clone(bank) == ["log-unpinned (note)"])
    // A clone whose own branch lags behind what it has fetched is only late.
    #expect(try clone(bank, key: key, mirror: false, after: "git reset -q --hard HEAD~1") == ["head-behind (note)"])
    #expect(try clone(bank, key: SSHKeyPair()) == ["log-broken"])
    // Nobody pushes to it.
    try bank.refuses("--force origin main:refs/ethos/log", "reference-foreign")
    try bank.refuses("origin :refs/ethos/log", "reference-foreign")
  }

  @Test func `a server that cannot write its log takes nothing`() throws {
    let key = try SSHKeyPair()
    let bank = try Self.logged(key)
    try bank.shell("\(Self.server) config user.signingKey ../nothing")
    // With nothing to write down before it, the push is taken, and what its entry lacks is found at the next.
    try bank.shell("git push -q origin main:refs/heads/draft")
    let said = try bank.shell("git push -q origin main:refs/heads/other", status: 1)
    #expect(said.contains("this server keeps a log"), "\(said)")
    try bank.shell("\(Self.server) config user.signingKey \(key.file) && git push -q origin main:refs/heads/other")
    let log = try bank.shell("\(Self.server) log --reverse --format=%B refs/ethos/log")
    #expect(log.contains("found\n"))
    #expect(try clone(bank, key: key) == [])
    // Another key goes on with the log once both are named.
    let other = try SSHKeyPair()
    try bank.shell("\(Self.server) config user.signingKey \(other.file)")
    try bank.shell("git push -q origin :other", status: 0)
    #expect(try bank.shell("git push -q origin main:refs/heads/third", status: 1).contains("not signed with the key"))
    try bank.shell("\(Self.server) config ethos.logKey '\(key.publicKey), \(other.publicKey)'")
    try bank.shell("git push -q origin main:refs/heads/third")
    #expect(try clone(bank, key: key) == ["log-broken"])
  }

  @Test func `what is taken back behind the hook is on record`() throws {
    let key = try SSHKeyPair()
    let bank = try Self.logged(key)
    try ratified(bank)
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    try bank.shell("git push -q origin release/second/1")
    #expect(try clone(bank, key: key) == [])
    // Whoever has the machine, and not its key.
    let (main, tag) = (
      try bank.shell("\(Self.server) rev-parse main"), try bank.shell("\(Self.server) rev-parse release/second/1")
    )
    try bank.shell("\(Self.server) update-ref refs/heads/main main~1")
    #expect(try clone(bank, key: key) == ["head-rewound", "release-off-line"])
    #expect(try clone(bank, key: key, mirror: false) == ["head-rewound", "release-off-line"])
    try bank.shell("git switch -q -c fork \(main)~1 && git commit -q --allow-empty -m 'Nothing' && git switch -q main")
    try bank.shell("git push -q ../server.git fork:refs/heads/fork")
    try bank.shell("\(Self.server) update-ref refs/heads/main fork")
    #expect(try clone(bank, key: key).contains("head-rewound"))
    try bank.shell("\(Self.server) update-ref refs/heads/main \(main)")
    try bank.shell("\(Self.server) update-ref -d refs/tags/release/second/1")
    // The push of the fork wrote down that main had been taken back: that stays on record.
    #expect(try clone(bank, key: key) == ["head-rewound (note)", "head-unlogged (note)", "tag-removed"])
    try bank.shell("\(Self.server) update-ref refs/tags/release/second/1 main")
    #expect(try clone(bank, key: key).contains("tag-remade"))
    try bank.shell("\(Self.server) update-ref refs/tags/release/second/1 \(tag)")
    #expect(try clone(bank, key: key) == ["head-rewound (note)", "head-unlogged (note)"])
    // The next push writes down what it finds, and then it is on record for ever.
    try bank.shell(
      "\(Self.server) update-ref -d refs/tags/release/second/1 && git push -q origin main:refs/heads/draft")
    try bank.shell("\(Self.server) update-ref refs/tags/release/second/1 \(tag)")
    #expect(try clone(bank, key: key) == ["head-rewound (note)", "tag-removed"])
  }

  @Test func `a review that was on the server is missed`() throws {
    let key = try SSHKeyPair()
    let bank = try Self.logged(key)
    try bank.propose("lower", Self.lowered)
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("ruth"))
    try bank.shell("git push -q origin proposals/lower reviews/lower/ruth")
    let review = try bank.shell("\(Self.server) rev-parse reviews/lower/ruth")
    try bank.shell("\(Self.server) update-ref -d refs/heads/reviews/lower/ruth")
    #expect(try clone(bank, key: key) == ["proposal-lost"])
    try bank.shell("\(Self.server) update-ref refs/heads/reviews/lower/ruth \(review)")
    // Rewritten or withdrawn by the rules, nothing is lost.
    try bank.shell("git switch -q proposals/lower && git commit -q --amend -m Lower -m 'It is high time.'")
    try bank.shell("git push -q --force origin proposals/lower && git switch -q main")
    #expect(try clone(bank, key: key) == [])
    try bank.bench.run("withdraw", "lower", "--because", "Later.", as: bank.person("eve"))
    try bank.shell("git push -q origin closed/lower :proposals/lower :reviews/lower/ruth")
    #expect(try clone(bank, key: key) == [])
  }

  @Test func `a log that was tampered with is none`() throws {
    let key = try SSHKeyPair()
    let bank = try Self.logged(key)
    try ratified(bank)
    let tip = try bank.shell("\(Self.server) rev-parse refs/ethos/log")
    // Cut short, it is the log of an earlier day, and says less.
    try bank.shell("\(Self.server) update-ref refs/ethos/log \(tip)~1")
    #expect(try clone(bank, key: key) == ["head-unlogged (note)"])
    let edits = [
      "s/accepted/found/", "s/^date 2026/date 2027/", "s/^parent .*//;/^$/{x;s/^/x/;/^x$/{x;d};x}",
      "/^refs.heads.main/d",
    ]
    for edit in edits {
      try bank.shell(
        "\(Self.server) update-ref refs/ethos/log $(\(Self.server) cat-file commit \(tip) | sed '\(edit)' | "
          + "\(Self.server) hash-object -t commit -w --stdin --literally)")
      #expect(try clone(bank, key: key) == ["log-broken"], "\(edit)")
    }
    // An entry of another key, and one that is not signed.
    let message =
      "\(Self.server) log -1 --format=%B \(tip) | sed '$d' | sed 's/^refs.*/refs\\/heads\\/x none \(String(repeating: "a", count: 40))/'"
    for (sign, settings) in [("", ""), ("-S", "-c gpg.format=ssh -c user.signingKey=\(try SSHKeyPair().file)")] {
      try bank.shell(
        "\(message) > ../entry; \(Self.server) update-ref refs/ethos/log $(\(Self.server) \(settings) commit-tree \(sign) "
          + "$(\(Self.server) rev-parse \(tip)^{tree}) -p \(tip) -F ../entry)", at: "2026-11-02T08:00:00Z")
      #expect(try clone(bank, key: key) == ["log-broken"])
    }
    #expect(try bank.shell("git push -q origin main:refs/heads/draft", status: 1).contains("last entry of the log"))
    // Taken away, it is missed where its key is known.
    try bank.shell("\(Self.server) update-ref -d refs/ethos/log")
    #expect(try clone(bank, key: key) == ["log-broken"])
    #expect(try clone(bank) == [])
  }

  @Test func `dates are those of the server`() throws {
    let key = try SSHKeyPair()
    let bank = try Self.logged(key)
    try bank.propose("lower", Self.lowered, at: "2026-10-01T09:00:00Z")
    try bank.approve("lower", "jane", "ada", "ruth", at: "2026-10-02T09:00:00Z")
    // It comes a month after it was made, and the server has accepted others meanwhile.
    try bank.bench.run("ratify", "lower", as: bank.person("ada", at: "2026-10-03T09:00:00Z"))
    try bank.refuses("origin main", "merge-backdated")
    try bank.shell("git push -q ../server.git main:refs/heads/draft")
    try bank.shell("\(Self.server) update-ref refs/heads/main draft && git push -q origin :draft")
    #expect(try clone(bank, key: key) == ["merge-backdated"])
  }

  @Test func `without a key there is no log, and the installation says so`() throws {
    let bank = try GuardedBank.served()
    #expect(try bank.shell("ethos hook install -C ../server.git").contains("No log is kept"))
    #expect(try bank.shell("\(Self.server) for-each-ref refs/ethos") == "")
    try bank.shell("\(Self.server) config ethos.log true && \(Self.server) config gpg.format ssh")
    #expect(try bank.shell("ethos hook install -C ../server.git").contains("every push is refused"))
    #expect(try bank.shell("git push -q origin main:refs/heads/draft", status: 1).contains("keeps a log"))
  }
}
