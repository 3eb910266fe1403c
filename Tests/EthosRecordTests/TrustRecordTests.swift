import EthosRecord
import Testing

/// The record by which trusted keys hand over to others, in its one form.
@Suite struct TrustRecordTests {
  private static let first = String(repeating: "A", count: 40)
  private static let second = String(repeating: "B", count: 40)

  private static let paragraph = "Rotation: 1\nThreshold: 2\nTrusts: \(first)\nTrusts: \(second)"

  @Test func `what is written is read, whatever words stand before it`() throws {
    let keys = try [Self.second, Self.first].map { try #require(SigningKey($0)) }
    let record = try #require(TrustRecord(keys: keys, threshold: 2, rotation: 1))
    #expect(record.text == Self.paragraph)
    for message in ["\(Self.paragraph)\n", "Hand over\n\nJane left us.\n\n\(Self.paragraph)\n"] {
      #expect(TrustRecord.reading(of: message) == .record(record))
    }
  }

  @Test func `words that name no keys are no record`() {
    for message in ["", "Vouch for it\n", "Vouch for it\n\nWe trust this commit: it is ours.\n"] {
      #expect(TrustRecord.reading(of: message) == .none)
    }
  }

  @Test(arguments: [
    "Rotation: 1\nThreshold: 2\nTrusts: \(second)\nTrusts: \(first)",
    "Rotation: 1\nThreshold: 1\nTrusts: \(first)\nTrusts: \(first)",
    "Rotation: 01\nThreshold: 1\nTrusts: \(first)", "Rotation: 1\nThreshold: 0\nTrusts: \(first)",
    "Rotation: 0\nThreshold: 1\nTrusts: \(first)", "Rotation: 1\nThreshold: 2\nTrusts: \(first)",
    "Rotation: 1\nThreshold: 1\nTrusts: \(String(repeating: "a", count: 40))",
    "Rotation: 1\nThreshold: 1\nTrusts:  \(first)", "Rotation: 1\nThreshold: 1\nTrusts: nobody",
    "Rotation: 1\nThreshold: 1", "Threshold: 1\nTrusts: \(first)", "Trusts: \(first)", "trusts: \(first)",
    " Trusts: \(first)", "T\u{200B}rusts: \(first)", "Rotation: +1\nThreshold: 1\nTrusts: \(first)",
    "Rotation: 1\nThreshold: 1\nTrusts: \(first)\nTrusts: ssh-ed25519 AAAA\nSigned-off-by: Jane",
    "Rotation: 1\nThreshold: 1\nTrusts: \(first)\n\nAnd more words.",
    "Rotation: 1\nThreshold: 1\nTrusts: \(first)\n\nRotation: 1\nThreshold: 1\nTrusts: \(second)",
  ])
  func `what is of another form is none, and no plain words either`(paragraph: String) {
    guard case .malformed = TrustRecord.reading(of: "Hand over\n\n\(paragraph)\n") else {
      Issue.record("\(TrustRecord.reading(of: "Hand over\n\n\(paragraph)\n"))")
      return
    }
  }
}
