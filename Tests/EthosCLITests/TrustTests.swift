import EthosTestSupport
import Foundation
import Testing

/// Who vouches for the first commit, by plain git's tags.
@Suite struct TrustTests {
  private let keys: [String: SSHKeyPair]
  private let bank: GuardedBank

  init() throws {
    keys = ["jane": try SSHKeyPair(), "ada": try SSHKeyPair()]
    bank = try GuardedBank(keys: keys)
  }

  private func key(_ id: String) throws -> String { try #require(keys[id]).publicKey }

  private func root() throws -> String { try bank.shell("git rev-list --max-parents=0 main") }

  private func basis(_ arguments: String...) throws -> [String: Any] {
    let result = try bank.person("ada").run(["verify", "--format", "json"] + arguments)
    let document = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    return try #require((document["basis"] as? [String: Any])?["trust"] as? [String: Any])
  }

  /// The first command that a finding says is to be typed.
  private func advice(_ code: String, _ arguments: [String]) throws -> String {
    let result = try bank.person("ada").run(["verify", "--format", "json"] + arguments)
    let document = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let findings = try #require(document["findings"] as? [[String: Any]])
    let help = try #require(findings.first { $0["code"] as? String == code }?["help"] as? [String])
    return try #require(
      help.first?.split(separator: "`").last { $0.hasPrefix("git ") || $0.hasPrefix("ethos ") }.map(String.init))
  }

  @Test func `as many as are asked for vouch, by the command that the finding says`() throws {
    let both = ["--trust", try key("jane"), "--trust", try key("ada")]
    #expect(try bank.breaches("--trust", key("jane")) == [])
    #expect(try bank.breaches("--trust", key("jane"), "--trust", key("ada")) == ["root-untrusted"])
    #expect(try bank.breaches("--trust", key("jane"), "--trust", key("ada"), "--threshold", "1") == [])
    // What somebody else types is not hers.
    let command = try advice("root-untrusted", both)
    #expect(command.hasPrefix("git tag -s trust/"))
    try bank.shell(command.replacingOccurrences(of: "trust/key", with: "trust/mine"), by: "jane")
    #expect(try bank.breaches("--trust", key("jane"), "--trust", key("ada")) == ["root-untrusted"])
    try bank.shell(command, by: "ada")
    #expect(try bank.breaches("--trust", key("jane"), "--trust", key("ada")) == [])
    let trust = try basis("--trust", key("jane"), "--trust", key("ada"))
    #expect(trust["threshold"] as? Int == 2)
    let vouched = try #require(trust["vouched"] as? [[String: Any]])
    #expect(try vouched.map { $0["key"] as? String } == [key("jane"), key("ada")])
    #expect(vouched.first?["tag"] is NSNull && vouched.last?["tag"] as? String == "trust/key")
    let text = try bank.bench.run("verify", "--trust", key("jane"), "--trust", key("ada")).output
    #expect(text.contains("2 of 2 that are trusted vouch for it, 2 must"), "\(text)")
    // A part of the line has the same first commit, and so has a line that was verified before.
    let stranger = try SSHKeyPair().publicKey
    #expect(try bank.breaches("main..main", "--trust", stranger) == ["root-untrusted"])
    #expect(try bank.breaches("--trust", stranger) == ["root-untrusted"])
  }

  @Test func `a person is trusted by the keys of the first commit`() throws {
    #expect(try bank.breaches("--trust", "jane") == [])
    #expect(try bank.breaches("--trust", "jane", "--trust", "ada") == ["root-untrusted"])
    let command = try advice("root-untrusted", ["--trust", "jane", "--trust", "ada"])
    #expect(command.hasPrefix("git tag -s trust/ada "))
    try bank.shell(command, by: "ada")
    #expect(try bank.breaches("--trust", "jane", "--trust", "ada") == [])
    let text = try bank.bench.run("verify", "--trust", "ada").output
    #expect(text.contains("the keys of people are those that the first commit itself gives them"), "\(text)")
  }

  @Test func `the trusted keys hand over, and the new one is asked for`() throws {
    let new = try SSHKeyPair()
    let record = "Rotation: 1\nThreshold: 1\nTrusts: \(new.publicKey)"
    let tag = try "git tag -s %@ \(root()) -m 'Hand over' -m '\(record)'"
    try bank.shell(tag.replacingOccurrences(of: "%@", with: "trust/jane-2"), by: "jane")
    // Until the new key has signed too, nothing is handed over.
    #expect(try bank.breaches("--trust", new.publicKey) == ["root-untrusted"])
    #expect(try bank.findings(["--trust", key("jane")]).map(\.code) == [])
    try bank.shell(
      tag.replacingOccurrences(of: "git tag", with: "git -c user.signingKey=\(new.file) tag")
        .replacingOccurrences(of: "%@", with: "trust/jane-3"), by: "jane")
    #expect(try bank.breaches("--trust", new.publicKey) == [])
    #expect(try bank.findings(["--trust", key("jane")]).map(\.code) == ["trust-rotated"])
    let command = try advice("trust-rotated", ["--trust", key("jane")])
    #expect(command == "ethos verify --trust '\(new.publicKey)' --threshold 1")
    #expect(try bank.shell(command).contains("`trust/jane-3`, rotation 1"))
    let trust = try basis("--trust", key("jane"))
    #expect(trust["rotations"] as? [Int] == [1])
  }

  @Test func `what cannot be asked for is refused`() throws {
    for arguments in [
      ["--threshold", "1"], ["--trust", "jane", "--threshold", "2"], ["--trust", "jane", "--threshold", "0"],
      ["--trust", "jane", "--trust", "jane"], ["--trust", "jane", "--trust", try key("jane")], ["--trust", "omar"],
      ["--trust", "nobody"], ["--trust", ""],
    ] {
      #expect(try bank.person("ada").run(["verify"] + arguments).status == 64, "\(arguments)")
    }
  }

  @Test func `a server keeps the tags that vouch, and takes new ones`() throws {
    let served = try GuardedBank.served()
    try served.shell("git tag -a trust/ada $(git rev-list --max-parents=0 main) -m 'Vouch for it'")
    try served.shell("git push -q origin trust/ada")
    try served.shell("git tag -fa trust/ada main -m 'Vouch for another'")
    try served.refuses("--force origin trust/ada", "tag-remade")
    try served.refuses("origin :trust/ada", "tag-removed")
    try served.shell("git tag trust/ada-2 main && git push -q origin trust/ada-2")
  }
}
