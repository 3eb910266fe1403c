import EthosModel
import EthosRecord
import EthosText
import Testing

@Suite struct `A review in words` {
  static let digest = String(repeating: "0a", count: 32)

  @Test func `is read as it was written, with whom it speaks for, its source and its conditions`() throws {
    var record = ReviewRecord(proposal: "lower", verdict: .approve, reviewed: [], words: "As minuted.")
    record.onBehalfOf = "ruth-klein"
    record.sources = [try #require(RecordedSource(name: "Minutes sha256: of May.pdf", sha256: Self.digest))]
    record.conditions = ["The branches are told.", "It is reviewed in June."]
    record.about = try Reference(parsing: "limit/client-risk.atMost")
    let read = try #require(ReviewRecord(message: record.message))
    #expect(read == record)
    #expect(record.message.contains("\nSource: Minutes sha256: of May.pdf sha256:\(Self.digest)\n"))
  }

  @Test(arguments: ["minutes.pdf", "minutes.pdf sha256:0a", " sha256:", "minutes.pdf sha256:\(digest.uppercased())"])
  func `rests on no source without a digest`(_ text: String) {
    #expect(RecordedSource(text) == nil)
  }

  @Test func `that speaks for two people is none`() {
    let message = "Approve x\n\nReview: approve\nOn-Behalf-Of: ada\nOn-Behalf-Of: ruth\n"
    #expect(ReviewRecord(message: message) == nil)
  }
}
