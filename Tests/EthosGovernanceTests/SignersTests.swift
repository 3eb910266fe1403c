import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

@Suite struct SignersTests {
  /// Keys of the right form; nobody has their private halves.
  private static let first = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"
  private static let second = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAC"
  private static let fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567"

  private static func people(_ keys: [String: String], emails: [String: String] = [:]) throws -> Snapshot {
    var files: [String: String] = ["ethos.yaml": "ethos: 1\norganisation: Northgate\n"]
    for id in ["jane", "omar"] {
      let address = emails[id] ?? "\(id)@northgate.example"
      files["people/\(id).yaml"] = "id: \(id)\nname: \(id)\nemails: [\(address)]\nkeys: \(keys[id] ?? "[]")\n"
    }
    return try identity(files)
  }

  private static func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private static let terms = [
    "jane": "[{key: \(first) jane's laptop, from: 2026-01-10, until: 2026-06-30}]",
    "omar": "[\(second), openpgp:\(fingerprint.lowercased())]",
  ]

  @Test(arguments: [
    ("2026-01-10", true), ("2026-06-30", true), ("2026-03-01", true), ("2026-01-09", false), ("2026-07-01", false),
  ])
  func `a key signs from its first to its last day`(_ text: String, _ signs: Bool) throws {
    let signers = Signers(snapshot: try Self.people(Self.terms))
    let judgement = signers.judgement(
      of: .valid(SigningKey(.ssh, Self.first)), by: "Jane@Northgate.example", on: try Self.day(text))
    let outside = SignatureJudgement.outsideTerm(
      person: "jane", from: try Self.day("2026-01-10"), until: try Self.day("2026-06-30"))
    #expect(judgement == (signs ? .signed(person: "jane") : outside))
  }

  @Test func `a key signs for nobody but the person who has it`() throws {
    let signers = Signers(snapshot: try Self.people(Self.terms))
    let day = try Self.day("2026-03-01")
    func judged(_ key: SigningKey, _ email: String) -> SignatureJudgement {
      signers.judgement(of: .valid(key), by: email, on: day)
    }
    let pgp = SigningKey(.openPGP, Self.fingerprint)
    #expect(judged(pgp, "omar@northgate.example") == .signed(person: "omar"))
    #expect(judged(SigningKey(.ssh, Self.second), "omar@northgate.example") == .signed(person: "omar"))
    #expect(judged(pgp, "jane@northgate.example") == .ofAnother(person: "omar"))
    #expect(judged(pgp, "eve@elsewhere.example") == .unknownPerson)
    let unknown = SigningKey(.openPGP, String(Self.fingerprint.reversed()))
    #expect(judged(unknown, "omar@northgate.example") == .unknownKey(unknown))
  }

  @Test func `what cryptography denies no person can mend`() throws {
    let signers = Signers(snapshot: try Self.people(Self.terms))
    let day = try Self.day("2026-03-01")
    let cases: [(SignatureVerdict, SignatureJudgement)] = [
      (.unsigned, .unsigned), (.invalid("a"), .invalid("a")), (.unchecked("b"), .unchecked("b")),
    ]
    for (verdict, expected) in cases {
      #expect(signers.judgement(of: verdict, by: "jane@northgate.example", on: day) == expected)
    }
  }

  @Test func `a key of two people, or an address of two, says of nobody that they signed`() throws {
    let day = try Self.day("2026-03-01")
    let verdict = SignatureVerdict.valid(SigningKey(.ssh, Self.first))
    let sharedKey = Signers(
      snapshot: try Self.people(["jane": "[\(Self.first)]", "omar": "[\(Self.first) the same]"]))
    #expect(sharedKey.judgement(of: verdict, by: "jane@northgate.example", on: day) == .ofAnother(person: "omar"))
    #expect(sharedKey.judgement(of: verdict, by: "omar@northgate.example", on: day) == .ofAnother(person: "jane"))
    let address = ["jane": "both@northgate.example", "omar": "both@northgate.example"]
    let sharedAddress = Signers(snapshot: try Self.people(["jane": "[\(Self.first)]"], emails: address))
    #expect(sharedAddress.judgement(of: verdict, by: "both@northgate.example", on: day) == .unknownPerson)
  }

  @Test func `allowed signers are written in UTC, to the last second of the last day`() throws {
    let signers = Signers(snapshot: try Self.people(Self.terms))
    // Days begin an hour before UTC's.
    let text = signers.allowedSigners { Instant(seconds: Int64($0.daysSinceEpoch) * 86_400 - 3_600) }
    let period = "valid-after=\"20260109230000Z\",valid-before=\"20260630225959Z\""
    #expect(
      text == """
        jane@northgate.example namespaces="git",\(period) \(Self.first)
        omar@northgate.example namespaces="git" \(Self.second)

        """)
  }

  @Test(arguments: ["'*'", "'a,b@c.example'", "'!a@b.example'", "'a b@c.example'", "'#a@b.example'", "'a@b.example?'"])
  func `an address that OpenSSH would take as a pattern is no principal`(_ address: String) throws {
    let signers = Signers(snapshot: try Self.people(["jane": "[\(Self.first)]"], emails: ["jane": address]))
    #expect(signers.allowedSigners { Instant(seconds: Int64($0.daysSinceEpoch) * 86_400) } == "")
  }

  @Test func `the check names what is no key, and keys of several people`() throws {
    #expect(KeyCheck.diagnostics(try Self.people(Self.terms)) == [])
    let keys = ["jane": "[ssh-ed25519 AAAA, \(Self.first)]", "omar": "[{key: \(Self.first) mine, from: 2026-01-01}]"]
    let found = KeyCheck.diagnostics(try Self.people(keys))
    #expect(found.map(\.code) == ["key-invalid", "shared-key"])
    #expect(found.map { $0.location?.file } == ["people/jane.yaml", "people/omar.yaml"])
    #expect(found.first?.message == "`ssh-ed25519 AAAA` is no key that can sign")
    #expect(found.last?.message.contains("`jane`, `omar`") == true)
  }
}
