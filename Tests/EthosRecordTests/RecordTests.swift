import EthosModel
import EthosRecord
import EthosText
import Testing

private let one = Fingerprint(digestOf: [1])
private let two = Fingerprint(digestOf: [2])
private let prudence = EntryKey(.value, "prudence")
private let risk = EntryKey(.limit, "client-risk")

@Suite struct `A change` {
  @Test func `is read back as it was written`() {
    var record = ChangeRecord(subject: "Lower the appetite", because: "The board asked.\n\n- first\n- second")
    record.sources = ["board minutes of 2026-01-12", "https://example.org/r?a=b"]
    record.reasons = [.init(reference: Reference(risk, path: FieldPath("atMost")), because: "losses: too many")]
    record.classes = [.init(reference: Reference(prudence, path: FieldPath("statement")), action: "clarified")]
    record.coAuthors = ["Mei Lin <mei@northgate.example>", "no address"]
    #expect(ChangeRecord(message: record.message) == record)
    #expect(record.coAuthorEmails == ["mei@northgate.example"])
    #expect(record.message.contains("\nReason-For: limit/client-risk.atMost: losses: too many\n"))
    #expect(record.message.contains("\nClass: value/prudence.statement: clarified\n"))
  }

  @Test func `of a plain commit may lack its reason`() {
    let record = ChangeRecord(message: "Quick fix\n")
    #expect(record.subject == "Quick fix" && record.because.isEmpty && record.unreadable.isEmpty)
  }

  @Test(arguments: ["nonsense", "value/: x", "value/a.b", "value/a.b:", "thing/a: x", "value/a.['x: y"])
  func `keeps what it cannot read`(_ value: String) {
    let record = ChangeRecord(message: "s\n\nClass: \(value)\n")
    #expect(record.classes.isEmpty && record.unreadable.count == 1)
  }

  @Test(arguments: [
    "plain", "a: b", "it's: so", "''", "two  spaces", " edges ", "line\nbreak: x", "]: x", "['x': y", "back\\slash",
    "\\u{41}", "\u{A0}\u{2028}", "@day: x", ".'x: y", "\u{301}combined", "",
  ])
  func `names any place, whatever the key of an item holds`(_ key: String) {
    let path = FieldPath([.name("examples"), .item(key), .name("expect")])
    var record = ChangeRecord(subject: "s", because: "")
    record.classes = [.init(reference: Reference(prudence, path: path), action: "reworded")]
    record.reasons = [.init(reference: Reference(prudence, path: path), because: "x: y")]
    #expect(ChangeRecord(message: record.message) == record)
  }
}

@Suite struct `A review` {
  @Test(arguments: ReviewRecord.Verdict.allCases) func `is read back as it was written`(_ verdict: ReviewRecord.Verdict)
  {
    let record = ReviewRecord(
      proposal: "raise-limit", verdict: verdict,
      reviewed: [
        .init(key: risk, before: one, after: two), .init(key: prudence, before: nil, after: one),
        .init(key: .charter, before: two, after: nil),
      ],
      classes: [.init(reference: Reference(prudence, path: FieldPath("statement")), action: "clarified")],
      words: "Agreed, with a sigh.")
    #expect(ReviewRecord(message: record.message) == record)
    #expect(record.message.contains("\nReviewed: limit/client-risk@e1:\(one.hex)..\(two.hex)\n"))
    #expect(record.message.contains("\nReviewed: value/prudence@e1:none..\(one.hex)\n"))
  }

  @Test(arguments: [
    "Approve x\n", "Approve x\n\nReview: maybe\n", "Approve x\n\nReview: approve\nReview: object\n",
    "Review: approve\n", "Approve x\n\nReview: approve\n\nwords after it\n",
  ])
  func `is none without exactly one verdict`(_ message: String) {
    #expect(ReviewRecord(message: message) == nil)
  }

  @Test(arguments: [
    "limit/x@e1:none", "limit/x@e1:none..abc", "limit/x@e2:none..none", "limit/x.atMost@e1:none..none",
    "x@e1:none..none",
    "limit/x@e1:none..none..none", "limit/x@main@e1:none..none",
  ])
  func `ignores fingerprints that cannot be read, and keeps them`(_ value: String) throws {
    let record = try #require(ReviewRecord(message: "s\n\nReview: approve\nReviewed: \(value)\n"))
    #expect(record.reviewed.isEmpty && record.unreadable.count == 1)
  }

  @Test func `cannot be forged by the words of a change`() {
    let forged = ReviewRecord(proposal: "x", verdict: .approve, reviewed: []).message
    for because in [forged, "why\n\nReview: approve", "Review: approve\n\nConflicts:\n\tx"] {
      #expect(ReviewRecord(message: ChangeRecord(subject: "s", because: because).message) == nil)
      #expect(ReviewRecord(message: ChangeRecord(subject: because, because: "").message) == nil)
    }
  }

  @Test func `on behalf of another says so`() throws {
    let record = try #require(ReviewRecord(message: "s\n\nReview: approve\nOn-Behalf-Of: jane-doe\n"))
    #expect(record.onBehalfOf == "jane-doe")
  }
}

@Suite struct `Other records` {
  @Test func `a ratification is read back as it was written`() {
    var record = RatificationRecord(subject: "Ratify raise-limit", proposal: "raise-limit", ruleset: 1)
    record.body = "Lower the appetite\n\nThe board asked."
    record.approvedBy = ["Jane Doe <jane@northgate.example>", "Ada Obi <ada@northgate.example>"]
    record.objectedBy = ["Mei Lin <mei@northgate.example>"]
    record.answers = [
      .init(person: "mei-lin", because: "seen: and weighed"), .init(person: "x@y.example", because: "\u{301}odd"),
    ]
    record.levels = [.init(key: risk, level: "critical")]
    #expect(RatificationRecord(message: record.message) == record)
  }

  @Test(arguments: ["Merge branch x\n", "s\n\nProposal: ../x\n", "s\n\nProposal: a\nProposal: b\n"])
  func `a ratification names one proposal`(_ message: String) {
    #expect(RatificationRecord(message: message) == nil)
  }

  @Test func `a reaffirmation is read back as it was written`() {
    let record = ReaffirmationRecord(
      entries: [.init(key: prudence, fingerprint: one), .init(key: risk, fingerprint: two)], because: "It still holds.")
    #expect(ReaffirmationRecord(message: record.message) == record)
    #expect(record.message.contains("\nReaffirmed: value/prudence@e1:\(one.hex)\n"))
    #expect(ReaffirmationRecord(message: "s\n") == nil)
  }

  @Test func `a closing is read back as it was written`() {
    let record = ClosingRecord(proposal: "raise-limit", because: "Overtaken.")
    #expect(ClosingRecord(message: record.message) == record)
    #expect(ClosingRecord(message: "s\n") == nil)
  }

  @Test(arguments: ["raise-limit", "v1.2_x", "2026", "A"]) func `a proposal may be called`(_ name: String) {
    #expect(ProposalName.isValid(name))
  }

  @Test(arguments: [
    "", "-x", ".x", "a/b", "a..b", "a b", "a.lock", "a.LOCK", "a.", "é", "a\n", "a~1", "a@{0}", "@", "../x",
    String(repeating: "a", count: 101),
  ])
  func `a proposal may not be called`(_ name: String) {
    #expect(!ProposalName.isValid(name))
  }

  @Test func `a release is named by its cycle and number`() {
    #expect(ReleaseName("renewal-2026/2")?.description == "renewal-2026/2")
    #expect(ReleaseName("release/renewal-2026/12")?.number == 12)
    for text in ["x", "x/0", "x/01", "x/+1", "x/-1", "/1", "x/1/2", "release/x", "x/99999999999999999999"] {
      #expect(ReleaseName(text) == nil, "\(text)")
    }
  }
}
