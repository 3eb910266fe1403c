import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

@Suite struct ReviewScreenTests {
  // MARK: - signatures

  @Test func `a review that its author signed counts, and is known as signed`() throws {
    var test = try Screening()
    let id = test.review("jane")
    #expect(test.screen.counting.map(\.id) == [id] && test.screen.signed == [id] && test.codes == [])
  }

  @Test(arguments: ReviewRecord.Verdict.allCases)
  func `where signatures are asked for nothing counts that nobody signed`(_ verdict: ReviewRecord.Verdict) throws {
    var test = try Screening()
    test.review("jane", verdict, signed: .unsigned)
    #expect(test.screen.counting.isEmpty && test.codes == ["signature-missing"])
    var open = try Screening(charter: "signatures: optional")
    open.review("jane", verdict, signed: .unsigned)
    #expect(open.screen.counting.count == 1 && open.screen.signed.isEmpty && open.codes == [])
  }

  @Test func `a forged review beside true ones is set aside alone`() throws {
    var test = try Screening()
    let true1 = test.review("jane")
    let forged = test.review("ruth", .object, signed: .unsigned)
    let true2 = test.review("ada")
    #expect(test.screen.counting.map(\.id) == [true1, true2])
    #expect(test.screen.aside.map(\.review.id) == [forged])
    #expect(test.screen.aside[0].inWords.hasSuffix("does not count: it is not signed"))
  }

  @Test(arguments: ["signatures: required", "signatures: optional"])
  func `a signature that speaks against its author is believed nowhere`(_ charter: String) throws {
    var test = try Screening(charter: charter)
    test.review("jane", signed: .invalid("the text was changed"))
    test.review("jane", signed: .valid(Screening.key("omar")))
    test.review("jane", .object, signed: .valid(Screening.key("omar")))
    #expect(test.screen.counting.isEmpty)
    #expect(test.codes == ["signature-invalid", "signature-of-another", "signature-of-another"])
  }

  @Test func `a key that is nobody's counts only where its author has none and none is asked for`() throws {
    let stranger = SignatureVerdict.valid(Screening.key("stranger"))
    var required = try Screening(withoutKey: ["jane"])
    required.review("jane", signed: stranger)
    #expect(required.codes == ["signature-unknown-key"])
    var open = try Screening(charter: "", withoutKey: ["jane"])
    open.review("jane", signed: stranger)
    open.review("omar", signed: stranger)
    #expect(open.screen.counting.map(\.author.name) == ["jane"] && open.codes == ["signature-unknown-key"])
  }

  @Test func `what could not be checked here counts only where nothing is asked for`() throws {
    var required = try Screening()
    required.review("jane", signed: .unchecked("gpg is missing"))
    #expect(required.codes == ["signature-unchecked"])
    var open = try Screening(charter: "")
    open.review("jane", signed: .unchecked("gpg is missing"))
    #expect(open.codes == [] && open.screen.signed.isEmpty)
  }

  @Test(arguments: [false, true])
  func `of the forms of one signature the one counts that its author made`(_ isLast: Bool) throws {
    for forged in [SignatureVerdict.invalid("another text"), .valid(Screening.key("omar")), .unchecked("no gpg")] {
      var test = try Screening()
      let id = test.review("jane", .object)
      let twin = ObjectID(bytes: repeatElement(0xEE, count: 20))
      test.reviews[0].twins = [twin]
      (test.verdicts[twin], test.verdicts[id]) =
        isLast ? (.valid(Screening.key("jane")), forged) : (forged, .valid(Screening.key("jane")))
      #expect(test.codes == [] && test.screen.signed == [id])
      // Where none is its author's, none counts.
      (test.verdicts[twin], test.verdicts[id]) = (forged, forged)
      #expect(test.codes.count == 1 && test.screen.counting.isEmpty)
    }
  }

  // MARK: - keys and days

  private static func text(_ daysBefore: Int) -> String { "\(Screening.day(Screening.before(daysBefore)))" }

  @Test func `a key has to last from the review to the merge`() throws {
    var ended = try Screening(terms: ["jane": "until: \(Self.text(5))"])
    ended.review("jane", written: Screening.before(9))
    #expect(ended.codes == ["signature-outside-term"])
    var lasting = try Screening(terms: ["jane": "until: \(Self.text(0))"])
    lasting.review("jane", written: Screening.before(9))
    #expect(lasting.codes == [] && lasting.screen.signed.count == 1)
    var later = try Screening(terms: ["jane": "from: \(Self.text(5))"])
    later.review("jane", written: Screening.before(9))
    #expect(later.codes == ["signature-outside-term"])
  }

  @Test func `an old date of the author does not revive a key that has ended`() throws {
    var test = try Screening(terms: ["jane": "from: \(Self.text(90)), until: \(Self.text(50))"])
    test.review("jane", .object, written: Screening.before(60), committed: Screening.before(2))
    #expect(test.codes == ["signature-outside-term"])
  }

  @Test func `an objection outlives the key that signed it`() throws {
    var test = try Screening(terms: ["jane": "until: \(Self.text(5))"])
    test.review("jane", .object, written: Screening.before(9))
    #expect(test.codes == [] && test.screen.counting.count == 1)
  }

  @Test func `a signed review is dated at most a day before what it speaks of`() throws {
    var test = try Screening()
    let when = Screening.before(9)
    test.review("jane", written: when, builtOn: Instant(seconds: when.seconds + toleratedClockDifference))
    #expect(test.codes == [])
    test.review("ada", written: when, builtOn: Instant(seconds: when.seconds + toleratedClockDifference + 1))
    #expect(test.codes == ["review-backdated"])
  }

  @Test func `offices are asked about on the day of the commit, not on the one that the author writes`() throws {
    var test = try Screening()
    test.review("jane", written: Screening.before(30), committed: Screening.before(3))
    #expect(test.screen.counting.map(\.day) == [Screening.day(Screening.before(3))])
  }

  // MARK: - one proposal, one base, a time

  @Test(arguments: [ReviewRecord.Verdict.approve, .abstain])
  func `an approval says of which proposal it is, and is of this one`(_ verdict: ReviewRecord.Verdict) throws {
    var test = try Screening()
    test.review("jane", verdict, of: nil)
    test.review("ada", verdict, of: "raise")
    test.review("ruth", verdict, lineage: .foreign)
    let counting = test.review("omar", verdict)
    #expect(test.screen.counting.map(\.id) == [counting])
    #expect(test.screen.aside.map(\.lack) == [.ofNothing, .ofAnother("raise"), .ofOtherCommits])
    #expect(Set(test.codes) == ["review-of-another-proposal"])
  }

  @Test func `a name that only looks the same is another`() throws {
    var test = try Screening()
    test.name = "caf\u{E9}"
    test.review("jane", of: "cafe\u{301}")
    #expect(test.screen.aside.map(\.lack) == [.ofAnother("cafe\u{301}")])
  }

  @Test func `an approval is carried through a re-basing of its proposal`() throws {
    var test = try Screening()
    test.review("jane", lineage: .rebased)
    #expect(test.codes == [])
  }

  @Test(arguments: [nil, "raise", Screening.proposal], [SubmittedReview.Lineage.ofTip, .rebased, .foreign])
  func `objections and comments are heard whatever they name`(
    _ named: String?, _ lineage: SubmittedReview.Lineage
  ) throws {
    var test = try Screening()
    test.review("jane", .object, of: named, lineage: lineage, written: Screening.before(4_000))
    test.review("ada", .comment, of: named, lineage: lineage)
    #expect(test.screen.counting.count == 2 && test.codes == [])
  }

  @Test(arguments: [("", 365), ("approvalsExpire: 180 days", 180), ("approvalsExpire: 1 day", 1)])
  func `an approval counts to its last day and not longer`(_ charter: String, _ limit: Int) throws {
    var test = try Screening(charter: "signatures: required\n\(charter)")
    test.review("jane", written: Screening.before(limit))
    #expect(test.codes == [])
    test.review("ada", written: Screening.before(limit + 1))
    test.review("ruth", .abstain, written: Screening.before(limit + 1))
    test.review("omar", .object, written: Screening.before(limit + 1))
    #expect(test.codes == ["approval-expired", "approval-expired"])
    #expect(
      test.screen.aside.map(\.lack).first
        == .expired(given: Screening.day(Screening.before(limit + 1)), limit: limit))
  }

  @Test func `it is the day of the commit from which an approval expires`() throws {
    var test = try Screening()
    test.review("jane", written: Screening.before(400), committed: Screening.before(10))
    test.review("ada", written: Screening.before(10), committed: Screening.before(400))
    #expect(test.screen.counting.map(\.author.name) == ["jane"])
    #expect(test.codes == ["approval-expired"])
  }

  // MARK: - merges that give no name

  @Test func `a merge without a name is of the proposal that most speakers name`() throws {
    var test = try Screening()
    test.name = nil
    test.review("mei", of: "another")
    test.review("mei", of: "another")
    test.review("jane")
    test.review("ada")
    #expect(test.screen.proposal == "lower")
    #expect(test.screen.aside.map(\.review.author.name) == ["mei", "mei"])
  }

  @Test func `who speaks in others' names names no proposal for them`() throws {
    var test = try Screening()
    test.name = nil
    let genuine = test.review("jane")
    for id in ["ada", "ruth", "omar"] { test.review(id, of: "another", signed: .unsigned) }
    #expect(test.screen.proposal == "lower" && test.screen.counting.map(\.id) == [genuine])
  }

  @Test func `comments, and what was said of other commits, name no proposal`() throws {
    var test = try Screening()
    test.name = nil
    test.review("mei", .comment, of: "another")
    test.review("ruth", of: "another", lineage: .foreign)
    #expect(test.screen.proposal == nil)
    test.review("jane")
    #expect(test.screen.proposal == "lower")
  }
}
