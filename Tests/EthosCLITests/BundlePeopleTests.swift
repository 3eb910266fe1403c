import EthosTestSupport
import Foundation
import Testing

/// Nobody is in a bundle: every place that can name somebody has a mark here, and none is found again.
@Suite struct BundlePeopleTests {
  private static let files: [String: String] = [
    "ethos.yaml": """
    ethos: 1
    organisation: Small Bank  # zq7-comment
    defaultOwner: zq7-chief
    recorders: [{office: zq7-recorder, level: minor}]
    authority:
      - {change: ["*"], level: critical, quorum: {zq7-chief: 1}, veto: [zq7-veto], selfApproval: true}
    x-contact: zq7-own-field

    """,
    "cycles/now.yaml": """
    id: now
    title: Now
    from: 2020-01-01
    mandate: Go on.
    offices:
      zq7-chief: [{person: zq7-holder, deputy: zq7-deputy, from: 2020-01-01}]
      zq7-recorder: zq7-holder
      zq7-veto: zq7-deputy

    """,
    "people/zq7-holder.yaml": """
    id: zq7-holder
    name: Zq7 Holder
    emails: [zq7@holder.example]
    keys: [openpgp:0123456789ABCDEF0123456789ABCDEF01234567]
    because: Zq7 was always here.

    """,
    "people/zq7-deputy.yaml": "id: zq7-deputy\nname: Zq7 Deputy\nemails: [zq7@deputy.example]\n",
    "values/candour.yaml":
      "id: candour\ntitle: Candour\nstatement: We must tell.\nowner: zq7-chief\nx-author: {name: zq7-own-field}\n",
    "limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 60\nowner: zq7-chief\n",
    "decisions/loan.yaml": """
    id: loan
    title: Loans
    question: Do we lend?
    owner: zq7-chief
    inputs:
      - {name: score, type: number, allowed: "[0..100]", x-owner: zq7-own-field}
    outputs:
      - {name: answer, type: string, allowed: '"no", "yes"'}
    hitPolicy: first
    rules: |
      | score               | answer |
      |---------------------|--------|
      | > 60 /* zq7 said */ | no     |
      |                     | yes    |

    """,
    "exceptions/friends.yaml": """
    id: friends
    title: Friends
    of: limit/risk
    owner: zq7-chief
    benefits: [zq7-deputy, zq7-recorder]
    until: 2030-01-01

    """,
    "systems/desk.yaml": "id: desk\ntitle: Desk\nowner: zq7-chief\nimplements: [decision/loan]\nstatus: live\n",
  ]

  private static func bench(_ changed: [String: String] = [:]) throws -> Bench {
    let bench = try Bench(name: "Zq7 Holder", email: "zq7@holder.example")
    try bench.git("init", "-q", "-b", "main")
    for (path, text) in files.merging(changed, uniquingKeysWith: { $1 }) { try bench.write(text, to: path) }
    try bench.git("add", ".")
    try bench.git("commit", "-qm", "Zq7 begins\n\nZq7 must.")
    return bench
  }

  @Test func `nobody is in a bundle, whoever wrote, approved, commented, released, owns, holds or gains`() throws {
    let bench = try Self.bench()
    try bench.run("set", "limit/risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "Zq7 says so.")
    try bench.run("comment", "lower", "--because", "Zq7 wonders.")
    try bench.run("approve", "lower", "--because", "Zq7 agrees.")
    try bench.run("ratify", "lower")
    try bench.run("release", "--cycle", "now")
    let bundle = try bench.run("export", "bundle")
    #expect(!bundle.output.lowercased().contains("zq7"), "\(bundle.output)")
    #expect(bundle.errors.hasPrefix("ethos: sha256 "))
    // All else is there.
    for text in ["Candour", "We must tell.", #""atMost":"55""#, "Go on.", "friends", "desk", "> 60", "now/1"] {
      #expect(bundle.output.contains(text), "\(text)")
    }
    // A digest of people could be guessed.
    let entries = try #require(
      (try JSONSerialization.jsonObject(with: Data(bundle.output.utf8)) as? [String: Any])?["entries"]
        as? [[String: Any]])
    let without = entries.filter { $0["fingerprint"] is NSNull }.compactMap { $0["id"] as? String }
    #expect(without.sorted() == ["friends", "now"])
  }

  @Test func `every field that a bundle leaves out is marked above`() throws {
    let bench = try Bench()
    func object(_ value: Any?) throws -> [String: Any] { try #require(value as? [String: Any]) }
    func schema(_ name: String) throws -> [String: Any] {
      try object(JSONSerialization.jsonObject(with: Data(try bench.run("schema", name).output.utf8)))
    }
    let bundled = try object(schema("bundle")["$defs"])
    #expect(bundled["person"] == nil)
    var left: Set<String> = []
    for kind in bundled.keys {
      let whole = try object(schema(kind)["properties"])
      left.formUnion(Set(whole.keys).subtracting(try object(object(bundled[kind])["properties"]).keys))
    }
    #expect(left == ["authority", "benefits", "defaultOwner", "offices", "owner", "recorders"])
    let text = Self.files.values.joined()
    for name in left { #expect(text.contains("\(name):"), "\(name)") }
  }

  @Test(arguments: ["Zq7 Holder", "ZQ7@HOLDER.EXAMPLE", "zq7-deputy", "Zq7 Deputy's", "(Zq7 Holder)"])
  func `a text that names somebody stands as it is, and is told of`(name: String) throws {
    let bench = try Self.bench([
      "values/candour.yaml": "id: candour\ntitle: Candour\nstatement: \"Ask \(name) first.\"\n"
    ])
    let bundle = try bench.run("export", "bundle", "--at", "HEAD")
    #expect(bundle.errors.contains("warning: value/candour.statement names a person"))
    #expect(bundle.output.contains("Ask \(name) first."))
  }

  @Test(arguments: ["Zq7 Holders", "aZq7 Holder", "zq7-deputy2", "Zq7"])
  func `what only begins like a name names nobody`(text: String) throws {
    let bench = try Self.bench([
      "values/candour.yaml": "id: candour\ntitle: Candour\nstatement: \"Ask \(text) first.\"\n"
    ])
    #expect(try bench.run("export", "bundle", "--at", "HEAD").errors.hasPrefix("ethos: sha256 "))
  }

  // MARK: - Signatures

  private static func verify(_ bench: Bench, _ file: String) throws -> Int32 {
    try EthosTestSupport.run(
      "/usr/bin/env",
      ["sh", "-c", "ssh-keygen -Y verify -f signers -I jane@bank.example -n git -s bundle.json.sig < '\(file)'"],
      in: bench.work, environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
    ).status
  }

  @Test func `a signed bundle is verified by plain ssh-keygen, and not with one byte changed`() throws {
    let bank = try GuardedBank.signed()
    let bench = bank.bench
    let jane = bank.person("jane")
    let result = try bench.run("export", "bundle", "--at", "HEAD", "--output", "bundle.json", "--sign", as: jane)
    #expect(result.output.contains("its signature to bundle.json.sig"))
    try bench.write(try bench.run("export", "signers").output, to: "signers")
    #expect(try Self.verify(bench, "bundle.json") == 0)
    let text = try bench.read("bundle.json")
    #expect(text.contains(#""atMost":"60""#))
    try bench.write(text.replacing(#""atMost":"60""#, with: #""atMost":"61""#), to: "changed.json")
    try bench.write(text + "\n", to: "longer.json")
    #expect(try Self.verify(bench, "changed.json") != 0)
    #expect(try Self.verify(bench, "longer.json") != 0)
    // Signed by another, it is not hers.
    try bench.run("export", "bundle", "--at", "HEAD", "--output", "bundle.json", "--sign", as: bank.person("eve"))
    #expect(try bench.read("bundle.json") == text)
    #expect(try Self.verify(bench, "bundle.json") != 0)
  }

  @Test func `what cannot be signed is not written`() throws {
    let bank = try GuardedBank()
    let broken = bank.person("jane").with("GIT_CONFIG_COUNT", "1").with("GIT_CONFIG_KEY_0", "gpg.format")
      .with("GIT_CONFIG_VALUE_0", "ssh")
    let result = try bank.bench.run(
      "export", "bundle", "--at", "HEAD", "--output", "bundle.json", "--sign", status: 2, as: broken)
    #expect(result.errors.contains("`--sign` asks for a signature"))
    #expect(!FileManager.default.fileExists(atPath: "\(bank.work)/bundle.json"))
    #expect(
      try bank.bench.run("export", "bundle", "--at", "HEAD", "--sign", status: 64).errors.contains("--output FILE"))
  }
}
