import EthosTestSupport
import Testing

/// The same signed words under another form of their signature: git takes the two for different commits.
@Suite struct TwinnedSignatureTests {
  /// Puts a twin of a commit at a reference, by an edit of its headers.
  private static func twin(_ bank: GuardedBank, of commit: String, at reference: String, _ edit: String) throws {
    try bank.shell(
      "git update-ref \(reference) $(git cat-file commit \(commit) | \(edit) | git hash-object -t commit -w --stdin)")
    #expect(try bank.rev(reference) != bank.rev(commit))
  }

  private static let otherHeader = "sed 's/^gpgsig /gpgsig-sha256 whatever nobody signed\\ngpgsig /'"
  /// The signature of another text: it vouches for nothing.
  private static let broken = "sed '/^ -----END SSH/!s/^ \\([A-Za-z0-9+/]\\{20\\}\\)A*/ \\1B/'"

  @Test func `a veto that was taken back does not stand again by a twin of it`() throws {
    let bank = try GuardedBank.signed(charter: GuardedBank.withVeto)
    try bank.agreed(by: "omar")
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("eve"))
    let objection = try bank.rev("reviews/lower/eve")
    try bank.bench.run(
      "approve", "lower", "--because", "I see now.", as: bank.person("eve", at: "2026-11-02T09:30:00Z"))
    try Self.twin(bank, of: objection, at: "refs/heads/reviews/lower/twin", Self.otherHeader)
    try bank.force("lower", reviews: ["jane", "ada", "ruth", "eve", "twin"], at: "2026-11-02T10:00:00Z")
    #expect(try bank.breaches() == [])
  }

  @Test(arguments: [["twin", "eve"], ["eve", "twin"]])
  func `a veto is not made void by a twin of it that nobody signed`(_ order: [String]) throws {
    let bank = try GuardedBank.signed(charter: GuardedBank.withVeto)
    try bank.agreed(by: "omar")
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("eve"))
    try Self.twin(bank, of: "reviews/lower/eve", at: "refs/heads/reviews/lower/twin", Self.broken)
    try bank.force("lower", reviews: ["jane", "ada", "ruth"] + order, at: "2026-11-02T10:00:00Z")
    #expect(try bank.breaches().contains("veto-overridden"))
  }

  @Test(arguments: ["aaa", "zzz"])
  func `an approval is not made void by a twin of it that nobody signed`(_ name: String) throws {
    let bank = try GuardedBank.signed()
    try bank.agreed()
    try Self.twin(bank, of: "reviews/lower/ada", at: "refs/heads/reviews/lower/\(name)", Self.broken)
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
  }
}
