import EthosTestSupport
import Foundation
import Testing

/// What forgery of signed records comes to, and what an honest twin looks like.
@Suite struct SignedAdversaryTests {
  private static let people = ["jane", "ada", "ruth", "omar", "eve"]
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]

  private static func bank(_ changed: [String: String] = [:]) throws -> GuardedBank {
    try GuardedBank(changed, keys: Dictionary(uniqueKeysWithValues: people.map { ($0, try SSHKeyPair()) }))
  }

  private static let required = [
    "ethos.yaml": GuardedBank.charter.replacing("branch: main", with: "branch: main\nsignatures: required")
  ]

  private func assurance(_ bank: GuardedBank) throws -> String? {
    let result = try bank.person("ada").run("verify", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return document?["assurance"] as? String
  }

  @Test func `a history that is signed throughout says so, and one that is not says that`() throws {
    let bank = try Self.bank(Self.required)
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    #expect(try bank.breaches() == [])
    #expect(try assurance(bank) == "signed")

    let open = try GuardedBank()
    try open.propose("lower", Self.lowered)
    try open.approve("lower", "jane", "ada", "ruth")
    try open.bench.run("ratify", "lower", as: open.person("ada"))
    #expect(try assurance(open) == "unsigned")
  }

  @Test func `a history of which a part is signed is partly signed`() throws {
    let bank = try GuardedBank(keys: ["jane": SSHKeyPair()])
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    #expect(try assurance(bank) == "partly signed")
  }

  @Test func `the words of a review cannot be edited after the fact`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth")
    try bank.bench.run("approve", "lower", "--because", "For a year.", as: bank.person("jane"))
    try bank.forge("refs/heads/reviews/lower/jane", replacing: "For a year", with: "For ever")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.told() == ["quorum-missing", "signature-invalid (note)"])
  }

  @Test func `an objection cannot be made an approval`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth")
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("jane"))
    try bank.forge("refs/heads/reviews/lower/jane", replacing: "Review: object", with: "Review: approve")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.told() == ["quorum-missing", "signature-invalid (note)"])
  }

  @Test func `the reason of a change cannot be edited after the fact`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.forge("refs/heads/proposals/lower", replacing: "It is time", with: "The board asked")
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["signature-invalid"])
  }

  @Test func `nobody signs for another`() throws {
    let eve = try SSHKeyPair()
    var keys = Dictionary(uniqueKeysWithValues: Self.people.map { ($0, eve) })
    for id in Self.people where id != "eve" { keys[id] = try SSHKeyPair() }
    let bank = try GuardedBank(keys: keys)
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth")
    try bank.bench.run("approve", "lower", as: bank.person("jane", key: eve))
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.told() == ["quorum-missing", "signature-of-another (note)"])
  }

  @Test func `a key that was taken away signs no more, and what it signed before stands`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    let file = GuardedBank.files["people/ruth.yaml"] ?? ""
    let next = try SSHKeyPair()
    try bank.propose("key", ["people/ruth.yaml": file + "keys: [{key: \(next.publicKey)}]\n"])
    try bank.approve("key", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "key", as: bank.person("ada"))
    #expect(try bank.breaches() == [])

    try bank.propose("raise", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"])
    try bank.approve("raise", "jane", "ada", "ruth")
    try bank.force("raise", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.told() == ["quorum-missing", "signature-unknown-key (note)"])
  }

  @Test func `a key that comes later signs nothing before`() throws {
    let bank = try Self.bank()
    let next = try SSHKeyPair()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada")
    try bank.bench.run("approve", "lower", as: bank.person("ruth", key: next))
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    let file = GuardedBank.files["people/ruth.yaml"] ?? ""
    try bank.propose("key", ["people/ruth.yaml": file + "keys: [{key: \(next.publicKey)}]\n"])
    try bank.approve("key", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "key", as: bank.person("ada"))
    #expect(try bank.told() == ["quorum-missing", "signature-unknown-key (note)"])
  }

  @Test func `a key signs within its term`() throws {
    for (until, expected) in [("2026-06-30", ["quorum-missing", "signature-outside-term (note)"]), ("2026-11-30", [])] {
      let key = try SSHKeyPair()
      let file = GuardedBank.files["people/jane.yaml"] ?? ""
      let bank = try GuardedBank(
        ["people/jane.yaml": file + "keys: [{key: \(key.publicKey), until: \(until)}]\n"], keys: ["jane": key])
      try bank.propose("lower", Self.lowered)
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.force("lower", reviews: ["jane", "ada", "ruth"], by: "jane")
      #expect(try bank.told() == expected, "\(until)")
    }
  }

  @Test func `where signatures are required an unsigned review does not count`() throws {
    let bank = try Self.bank(Self.required)
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    // The same review without its signature.
    try bank.shell(
      "git update-ref refs/heads/reviews/lower/jane $(git cat-file commit reviews/lower/jane | "
        + "sed '/^gpgsig/,/END SSH SIGNATURE/d' | git hash-object -t commit -w --stdin)")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.told() == ["quorum-missing", "signature-missing (note)"])
  }

  @Test func `the first commit is signed by the key that is trusted`() throws {
    let jane = try SSHKeyPair()
    let bank = try GuardedBank(keys: ["jane": jane])
    #expect(try bank.breaches("--trust", jane.publicKey) == [])
    #expect(try bank.breaches("--trust", SSHKeyPair().publicKey) == ["root-untrusted"])
    #expect(try GuardedBank().breaches("--trust", jane.publicKey) == ["root-untrusted"])
  }

  @Test func `a release is signed by who made it`() throws {
    let (jane, eve) = (try SSHKeyPair(), try SSHKeyPair())
    let bank = try GuardedBank(keys: ["jane": jane, "eve": eve])
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane", key: eve))
    #expect(try bank.breaches() == ["signature-of-another"])
    let honest = try GuardedBank(keys: ["jane": jane, "eve": eve])
    try honest.bench.run("release", "--cycle", "second", as: honest.person("jane"))
    #expect(try honest.breaches() == [])
  }

  // MARK: - dates and authors

  @Test func `a key that ended signs nothing by an old date of its author`() throws {
    for (date, expected) in [
      ("2026-06-01T10:00:00Z", ["quorum-missing", "signature-outside-term (note)"]), ("2026-11-02T08:00:00Z", []),
    ] {
      let key = try SSHKeyPair()
      let file = GuardedBank.files["people/jane.yaml"] ?? ""
      let until = expected.isEmpty ? "2026-11-30" : "2026-06-30"
      let bank = try GuardedBank(
        ["people/jane.yaml": file + "keys: [{key: \(key.publicKey), until: \(until)}]\n"], keys: ["jane": key])
      try bank.propose("lower", Self.lowered)
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.shell(
        """
        git log -1 --format=%B reviews/lower/jane > ../message && git update-ref refs/heads/reviews/lower/jane \
        $(GIT_AUTHOR_DATE=\(date) git commit-tree -S 'proposals/lower^{tree}' -p proposals/lower -F ../message)
        """, by: "jane", at: "2026-11-02T08:00:00Z")
      try bank.force("lower", reviews: ["jane", "ada", "ruth"], by: "jane")
      #expect(try bank.told() == expected)
    }
  }

  @Test func `a signed review is not dated before what it speaks of`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth", "jane")
    try bank.shell(
      """
      git log -1 --format=%B reviews/lower/jane > ../message && git update-ref refs/heads/reviews/lower/jane \
      $(GIT_AUTHOR_DATE=2026-10-01T08:00:00Z git commit-tree -S 'proposals/lower^{tree}' -p proposals/lower -F ../message)
      """, by: "jane")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.told() == ["quorum-missing", "review-backdated (note)"])
  }

  @Test func `where signatures are required a change is signed by its author`() throws {
    for (author, key, expected) in [
      ("Jane Doe <jane@bank.example>", "--no-gpg-sign", ["signature-missing"]),
      ("Jane Doe <jane@bank.example>", "-S", ["signature-of-another"]),
      ("Nobody <nobody@bank.example>", "-S", ["signature-unknown-person"]),
      ("Omar Reyes <omar@bank.example>", "-S", []),
    ] {
      let bank = try Self.bank(Self.required)
      try bank.bench.write("id: risk\ntitle: Risk\natMost: 55\n", to: "limits/risk.yaml")
      try bank.shell(
        "git switch -q -c proposals/lower && git commit -qam Lower -m 'It is time.' --author '\(author)' \(key) && git switch -q main",
        by: "omar")
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.force("lower", reviews: ["jane", "ada", "ruth"])
      let found = try bank.breaches().filter { $0 != "quorum-missing" }
      #expect(found == expected, "\(author) \(key)")
    }
  }

  // MARK: - releases

  private static let shared = required.mapValues {
    $0.replacing(
      "{change: [release], level: critical, quorum: {chief: 1}}",
      with: "{change: [release], level: critical, quorum: {chief: 1, board: 2}}")
  }

  @Test func `approvals of a release are signed like reviews`() throws {
    for isSigned in [true, false] {
      let bank = try Self.bank(Self.shared)
      for id in ["ada", "ruth"] { try bank.bench.run("release", "--approve", as: bank.person(id)) }
      let start = try bank.shell("git rev-parse reviews/release-second-1/ada")
      try bank.bench.run("release", as: bank.person("jane"))
      #expect(try bank.breaches() == [])
      guard !isSigned else { continue }
      // The same approval without its signature, and the manifest that names it.
      try bank.shell(
        """
        id=$(git cat-file commit \(start) | sed '/^gpgsig/,/END SSH SIGNATURE/d' | git hash-object -t commit -w --stdin) && \
        git update-ref refs/heads/reviews/release-second-1/ada $id && \
        git cat-file tag release/second/1 | sed '1,/^$/d; /BEGIN SSH/,$d' | sed "s/\(start)/$id/" > ../manifest && \
        git tag -f -s --cleanup=verbatim -F ../manifest release/second/1 main
        """, by: "jane", at: "2026-11-02T08:00:00Z")
      #expect(try bank.breaches() == ["release-approval", "release-quorum-missing"])
    }
    let bank = try Self.bank(Self.shared)
    for id in ["ada", "ruth"] { try bank.bench.run("release", "--approve", as: bank.person(id)) }
    try bank.shell(
      "git update-ref refs/heads/reviews/release-second-1/ada $(git cat-file commit reviews/release-second-1/ada | "
        + "sed '/^gpgsig/,/END SSH SIGNATURE/d' | git hash-object -t commit -w --stdin)")
    let refused = try bank.bench.run("release", status: 1, as: bank.person("jane"))
    #expect(refused.errors.contains("is not signed"), "\(refused.errors)")
  }
}
