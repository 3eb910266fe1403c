import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

/// Which keys a change of people/ revokes for a time that has passed.
@Suite struct KeyRevocationTests {
  private static let key = String(repeating: "A", count: 40)

  private func people(_ keys: String) throws -> Snapshot {
    try identity(
      Bank.files(authority: Bank.authority).merging(
        ["people/jane.yaml": "id: jane\nname: Jane\nemails: [jane@x.example]\nkeys: [\(keys)]\n"]) { $1 })
  }

  private func revoked(_ before: String, _ after: String) throws -> [Day?] {
    let (before, after) = (try people(before), try people(after))
    let found = KeyRevocation.revocations(from: before, to: after, on: try #require(Day("2026-03-20")))
    #expect(found.allSatisfy { $0.person == "jane" && $0.key.text == Self.key })
    return found.map(\.lastDay)
  }

  @Test func `a last day that has passed revokes, and no other change does`() throws {
    let key = Self.key
    func until(_ day: String) -> String { "{key: \(key), until: \(day)}" }
    #expect(try revoked(key, until("2026-03-19")) == [Day("2026-03-19")])
    #expect(try revoked(until("2026-12-31"), until("2026-03-05")) == [Day("2026-03-05")])
    #expect(try revoked(until("2026-03-19"), until("2026-03-05")) == [Day("2026-03-05")])
    // An ordinary end, one that stays or comes later, another key, and none.
    #expect(try revoked(key, until("2026-03-20")) == [])
    #expect(try revoked(until("2026-03-05"), until("2026-03-05")) == [])
    #expect(try revoked(until("2026-03-05"), until("2026-03-10")) == [])
    #expect(try revoked(until("2026-03-05"), key) == [])
    #expect(try revoked(String(repeating: "B", count: 40), until("2026-03-05")) == [])
  }

  @Test func `nothing is said where the key signed nothing since`() throws {
    let signing = try #require(SigningKey(Self.key))
    let revocation = KeyRevocation(person: "jane", key: signing, lastDay: Day(daysSinceEpoch: 0))
    let commit = ObjectID(bytes: repeatElement(1, count: 20))
    #expect(revocation.finding([], commit: commit, by: "Jane") == nil)
    let finding = try #require(revocation.finding(["the merge x"], commit: commit, by: "Jane"))
    #expect(finding.severity == .note && finding.signed == ["the merge x"] && finding.code == "signed-after-revocation")
  }
}
