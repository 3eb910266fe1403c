import EthosModel
import EthosText
import Testing

@Suite struct FingerprintTests {
  /// The documents of the vectors, written as people might: unordered, repeated, spaced, with defaults.
  static let identity = IdentityBuilder([
    "value/prudence": [
      "x-b": true, "x-a": "kept  as it is", "title": "Prudence  before\u{A0}growth", "status": "active", "rank": "root",
      "statement": "We would rather\nlose a client.\n\n* one\n* two\n", "outranks": ["growth", "candour", "growth"],
      "friction": [["limit": "limit/client-risk", "accept": "slower onboarding"], ["accept": "noise"]],
      "audience": ["clients", "ai-systems"], "examples": [["expect": "No.", "situation": "A friend\nasks."]],
      "serves": [],
    ],
    "value/harmony": [
      "title": "Harmony", "status": "retired", "since": "2026-02-01", "because": "It kept us from saying no.",
    ],
    "limit/client-risk": [
      "title": "Client risk appetite", "atMost": .number(number("60.0")), "unit": "points",
      "owner": "chief-risk-officer", "serves": ["prudence"],
    ],
    "limit/deadline": ["atLeast": "2026-12-31", "title": "Deadline é"],
    "exception/founder": [
      "title": "Founder", "of": "decision/onboarding", "when": ["client id": #""F-1" , "F  2""#],
      "outcome": ["route": #""approve""#], "until": "2026-12-31",
    ],
    "cycle/renewal": [
      "title": "Renewal", "mandate": "Be selective.", "from": "2026-02-01",
      "offices": [
        "chief-risk-officer": [["deputy": "mei-lin", "person": "omar", "from": "2026-02-01"]],
        "board": [["person": "jane"], ["person": "ada"]],
      ],
    ],
    "person/omar": [
      "name": "Omar Reyes", "emails": ["omar@b.example", "a@b.example"],
      "keys": [["key": "ssh-ed25519 AAAA", "from": "2026-01-10"]],
    ],
    "system/assistant": [
      "title": "Assistant", "status": "live", "implements": ["decision/onboarding"],
      "builtFor": "release/growth-2019/1", "learntFrom": ["until": "2020-12-31", "from": "2017-01-01"],
    ],
    "charter": [
      "ethos": 1, "organisation": "Northgate", "branch": "main", "timeZone": "UTC", "signatures": "optional",
      "ranks": ["root", "guideline"], "recorders": [["office": "secretary"]],
      "authority": [
        [
          "level": "critical", "change": ["value", "limit"], "quorum": ["chief-executive": 1, "board": 2],
          "selfApproval": false,
        ]
      ], "severity": ["value-reworded": "undecided"],
    ],
    "decision/risk-class": [
      "title": "Class", "question": "Which?", "hitPolicy": "unique",
      "inputs": [
        [
          "name": "score", "type": "number", "allowed": "[ 0..100 ]", "step": .number(number(".50")), "nullable": false,
        ]
      ],
      "outputs": [["name": "class", "type": "string"]],
      "rules": [
        ["id": "b", "score": "> 10", "class": #""a  b""#, "enacts": ["prudence", "candour"], "over": "-"],
        ["id": "a", "score": "<= 10", "class": "low"],
      ],
      "default": ["class": "low"],
    ],
    "decision/onboarding": [
      "title": "Onboarding", "question": "Do we?", "enforcement": "strict",
      "uses": [
        "self": "decision/onboarding.route", "client risk": "limit/client-risk", "lost": "limit/lost",
        "class": "decision/risk-class.class",
      ],
      "inputs": [["name": "vip", "type": "boolean", "nullable": true], ["name": "risk  score", "type": "number"]],
      "outputs": [["name": "route", "type": "string", "strictest": "first"], ["name": "note", "type": "string"]],
      "hitPolicy": "first",
      "rules": [
        ["id": "z", "risk score": "> client  risk", "route": "decline", "note": "-"],
        ["id": "a", "risk score": "-", "route": "approve", "because": "else"],
      ],
      "assert": [["when": ["vip": "true"], "never": ["route": "approve"]]],
      "examples": [["given": ["vip": "false", "risk score": "20"], "expect": ["route": "approve"]]],
      "cases": ["name": "c-2025", "sha256": "9f"],
    ],
  ])

  @Test(arguments: FingerprintVectors.table)
  func `a fingerprint is the digest of the documented encoding`(key: String, encoding: String, digest: String) throws {
    let snapshot = Self.identity.snapshot
    let entry = try #require(snapshot.keys.first { $0.description == key })
    #expect(Fingerprint.encoding(of: entry, in: snapshot).map(hexadecimal) == encoding.replacing("\n", with: ""))
    #expect(Fingerprint.of(entry, in: snapshot)?.hex == digest)
    #expect(Fingerprint.of(entry, in: snapshot)?.description == "e1:" + digest)
    #expect(Fingerprint(hex: digest)?.hex == digest)
  }

  @Test func `there is a vector for every kind`() {
    let kinds = Set(FingerprintVectors.table.map { $0.key.prefix { $0 != "/" } })
    #expect(kinds == Set(Kind.allCases.map { Substring($0.rawValue) }))
  }

  @Test func `a limit that moves changes the fingerprint of what uses it, directly and through others`() throws {
    var identity = Self.identity
    identity["decision/risk-class", "uses"] = ["top": "limit/client-risk"]
    identity["decision/onboarding", "uses"] = ["class": "decision/risk-class.class"]
    let before = try prints(identity)
    identity["limit/client-risk", "atMost"] = 55
    let after = try prints(identity)
    let changed = before.keys.filter { before[$0] != after[$0] }.sorted()
    #expect(changed == ["decision/onboarding", "decision/risk-class", "limit/client-risk"])
  }

  @Test func `decisions that use each other have fingerprints that do not depend on who asks`() throws {
    var identity = Self.identity
    identity["decision/risk-class", "uses"] = ["route": "decision/onboarding.route", "top": "limit/client-risk"]
    let before = try prints(identity)
    #expect(before["decision/risk-class"] != before["decision/onboarding"])
    identity["limit/client-risk", "atMost"] = 55
    let after = try prints(identity)
    #expect(before["decision/risk-class"] != after["decision/risk-class"])
  }

  @Test func `decisions of which each uses the next by two names are read once each`() throws {
    var identity = IdentityBuilder([:])
    for index in 0..<2_000 {
      let next = "decision/d\(index + 1).x"
      identity["decision/d\(index)", "uses"] = ["a": .text(next), "b": .text(next)]
    }
    #expect(Fingerprint.of(EntryKey(.decision, "d0"), in: identity.snapshot) != nil)
  }

  @Test(arguments: [
    "", "e1", String(repeating: "0", count: 63), String(repeating: "g", count: 64),
    "+f" + String(repeating: "0", count: 62),
  ])
  func `what is no digest is none`(text: String) {
    #expect(Fingerprint(hex: text) == nil)
  }

  private func prints(_ identity: IdentityBuilder) throws -> [String: String] {
    let snapshot = identity.snapshot
    return Dictionary(
      uniqueKeysWithValues: try snapshot.keys.map { key in
        (key.description, try #require(Fingerprint.of(key, in: snapshot)).hex)
      })
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

  private static func number(_ text: String) -> DecimalNumber { DecimalNumber(text) ?? DecimalNumber(0) }
}
