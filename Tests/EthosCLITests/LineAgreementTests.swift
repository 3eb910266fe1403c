import EthosTestSupport
import Foundation
import Testing

/// Plain git, asked about the reviews of a line of ratifications that `verify` judges.
@Suite struct LineAgreementTests {
  private enum Signing: CaseIterable { case own, altered, expired, foreign, ofAnother, none }

  private static let people = [
    ("jane", "Jane Doe"), ("ada", "Ada Obi"), ("ruth", "Ruth Klein"), ("omar", "Omar Reyes"),
  ]

  private static func file(_ id: String, _ key: SSHKeyPair, earlier: SSHKeyPair) -> String {
    (GuardedBank.files["people/\(id).yaml"] ?? "")
      + "keys:\n  - {key: \(key.publicKey)}\n  - {key: \(earlier.publicKey), until: 2026-06-30}\n"
  }

  /// A commit with a signature of its text.
  private static func signed(_ text: String, by key: SSHKeyPair) throws -> String {
    let signature = String(decoding: try key.signature(of: Array(text.utf8)), as: UTF8.self)
    let lines = signature.trimmingCharacters(in: .newlines).replacing("\n", with: "\n ")
    let end = try #require(text.firstRange(of: "\n\n")).lowerBound
    return "\(text[..<end])\ngpgsig \(lines)\(text[end...])"
  }

  @Test func `verify finds the reviews that git verify-commit refuses, and those with another's key`() throws {
    let stranger = try SSHKeyPair()
    var keys: [String: SSHKeyPair] = ["eve": try SSHKeyPair()]
    var earlier: [String: SSHKeyPair] = [:]
    var files = [
      "ethos.yaml": GuardedBank.charter.replacing("branch: main", with: "branch: main\nsignatures: required")
    ]
    for (id, _) in Self.people {
      let (now, then) = (try SSHKeyPair(), try SSHKeyPair())
      (keys[id], earlier[id]) = (now, then)
      files["people/\(id).yaml"] = Self.file(id, now, earlier: then)
    }
    let bank = try GuardedBank(files, keys: keys)
    var expected: Set<String> = []
    var refused = 0
    var reviews: [String] = []
    let count = 6 * soakFactor
    for number in 0..<count {
      if number == count / 2 {
        // What the key signed stands; what it signs from now on does not.
        let next = try SSHKeyPair()
        try bank.push(["people/jane.yaml": Self.file("jane", next, earlier: try #require(keys["jane"]))])
        (keys["jane"], earlier["jane"]) = (next, keys["jane"])
      }
      let name = "p\(number)"
      try bank.propose(name, ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: \(61 + number)\n"])
      try bank.bench.run("approve", name, "--because", "For a year.", as: bank.person("ada"))
      let pattern = "/^gpgsig/,/END SSH SIGNATURE/d"
      let given = try bank.shell("git cat-file commit reviews/\(name)/ada | sed '\(pattern)'") + "\n"
      try bank.bench.run("export", "signers", as: bank.person("ada")).output
        .write(toFile: "\(bank.bench.root)/signers", atomically: true, encoding: .utf8)
      for (offset, (id, title)) in Self.people.enumerated() {
        let signing = Signing.allCases[(number + offset) % Signing.allCases.count]
        let text = given.replacing("Ada Obi <ada@", with: "\(title) <\(id)@")
        let other = Self.people[(offset + 1) % Self.people.count].0
        let commit: String =
          switch signing {
          case .own: try Self.signed(text, by: try #require(keys[id]))
          case .altered:
            try Self.signed(text, by: try #require(keys[id])).replacing("For a year", with: "For ever")
          case .expired: try Self.signed(text, by: try #require(earlier[id]))
          case .foreign: try Self.signed(text, by: stranger)
          case .ofAnother: try Self.signed(text, by: try #require(keys[other]))
          case .none: text
          }
        let written = try bank.bench.ethos.run(
          program: "/usr/bin/env", ["git", "hash-object", "-t", "commit", "-w", "--stdin"], input: commit)
        let review = written.output.trimmingCharacters(in: .newlines)
        try bank.shell("git update-ref refs/heads/reviews/\(name)/\(id) \(review)")
        let git = try bank.bench.ethos.run(
          program: "/usr/bin/env",
          ["git", "-c", "gpg.ssh.allowedSignersFile=\(bank.bench.root)/signers", "verify-commit", review])
        // Git asks whether the key is anybody's; that it is another's than the commit says, it leaves to the reader.
        if git.status != 0 { refused += 1 }
        if git.status != 0 || signing == .ofAnother { expected.insert(review) }
        reviews.append(review)
      }
      try bank.force(name, reviews: Self.people.map(\.0))
    }
    // Of six ways to sign git likes two.
    #expect(refused == reviews.count * 4 / 6)
    let named = try bank.findings().filter { $0.code.hasPrefix("signature-") }.map(\.message)
      .compactMap { $0.hasPrefix("the review ") ? $0.split(separator: " ")[2] : nil }
    let found = reviews.filter { review in named.contains { review.hasPrefix($0) } }
    #expect(Set(found) == expected)
    #expect(named.count == expected.count)
  }
}
