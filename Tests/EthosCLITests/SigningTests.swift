import EthosTestSupport
import Foundation
import Testing

/// Records that ethos signs, read by plain git.
@Suite struct SigningTests {
  /// Jane alone leads, and `signatures` says what the charter asks for.
  private static func bench(signatures: String = "optional", key: SSHKeyPair? = nil) throws -> Bench {
    let bench = try Bench()
    try bench.git("init", "-q", "-b", "main")
    try bench.write(
      """
      ethos: 1
      organisation: Northgate
      signatures: \(signatures)
      authority:
        - {change: ["*"], level: critical, quorum: {chief-executive: 1}, selfApproval: true}

      """, to: "ethos.yaml")
    try bench.write(
      """
      id: renewal
      title: Renewal
      from: 2026-02-01
      offices: {chief-executive: jane-doe}

      """, to: "cycles/renewal.yaml")
    try bench.write(
      """
      id: jane-doe
      name: Jane Doe
      emails: [jane@northgate.example]
      \(key.map { "keys: [{key: \($0.publicKey), from: 2026-01-10, until: 2026-11-02}]" } ?? "")

      """, to: "people/jane-doe.yaml")
    try bench.write(
      "id: client-risk\ntitle: Client risk\natMost: 60\nowner: chief-executive\n", to: "limits/client-risk.yaml")
    try bench.git("add", ".")
    try bench.git("commit", "-qm", "Begin\n\nBecause we must.")
    return bench
  }

  private static func configure(_ bench: Bench, key: String, format: String = "ssh") throws {
    try bench.git("config", "gpg.format", format)
    try bench.git("config", "user.signingKey", key)
    try bench.git("config", "commit.gpgSign", "true")
    try bench.git("config", "tag.gpgSign", "true")
  }

  /// Makes one of every record.
  private static func record(_ bench: Bench) throws {
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "We know more.")
    try bench.run("approve", "lower", "--because", "So do I.")
    try bench.run("ratify", "lower")
    try bench.run("reaffirm", "limit/client-risk", "--because", "It holds.")
    try bench.run("release", "--cycle", "renewal")
    try bench.run("set", "limit/client-risk.atMost", "50")
    try bench.run("propose", "lower-still", "--because", "We know more yet.")
    try bench.run("approve", "lower-still", "--because", "Perhaps.")
    try bench.run("withdraw", "lower-still", "--because", "It was too much.")
  }

  /// Every commit but the first, and every tag.
  private static func records(_ bench: Bench) throws -> (commits: [String], tags: [String]) {
    let commits = try bench.git("rev-list", "--all").split(separator: "\n").map(String.init)
    return (Array(commits.dropLast()), try bench.git("tag").split(separator: "\n").map(String.init))
  }

  @Test(arguments: [("ed25519", "private"), ("ed25519", "public"), ("rsa", "private"), ("ecdsa", "private")])
  func `every record is signed as git is told to sign, and git agrees`(_ type: String, _ half: String) throws {
    let key = try SSHKeyPair(type)
    let bench = try Self.bench(key: key)
    try Self.configure(bench, key: half == "public" ? key.file + ".pub" : key.file)
    try Self.record(bench)
    let signers = try bench.run("export", "signers").output
    #expect(signers.hasPrefix("jane@northgate.example namespaces=\"git\",valid-after=\"20260110000000Z\","))
    try signers.write(toFile: "\(bench.root)/signers", atomically: true, encoding: .utf8)
    try bench.git("config", "gpg.ssh.allowedSignersFile", "\(bench.root)/signers")
    let (commits, tags) = try Self.records(bench)
    // A change, a review, a merge, a reaffirmation; then a change, a review and what closes them.
    #expect(commits.count == 7)
    #expect(tags == ["closed/lower-still", "release/renewal/1"])
    for commit in commits { try bench.git("verify-commit", commit) }
    for tag in tags { try bench.git("verify-tag", tag) }
    // A manifest is still read, and nothing is left in the folder of temporary files.
    #expect(try bench.run("releases").output.contains("renewal/1"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(bench.work)/.git/ethos/new") == [])
    #expect(try bench.git("fsck", "--strict") == "")
  }

  @Test func `the first commit of a new identity is signed`() throws {
    let key = try SSHKeyPair()
    let bench = try Bench()
    let configuration = "[gpg]\nformat = ssh\n[user]\nsigningKey = \(key.file)\n[commit]\ngpgSign\n"
    try configuration.write(toFile: "\(bench.root)/home/.gitconfig", atomically: true, encoding: .utf8)
    try bench.run("init", ".", "--template", "minimal")
    #expect(try bench.git("cat-file", "commit", "HEAD").contains("gpgsig -----BEGIN SSH SIGNATURE-----"))
    // The people of a story sign nothing: nobody has their keys.
    try bench.run("init", "../story", "--template", "financial-services", "--story")
    #expect(try !bench.git("-C", "../story", "log", "--format=raw").contains("gpgsig"))
  }

  @Test func `a key that ssh-agent holds signs, named by itself or by its file`() throws {
    let key = try SSHKeyPair()
    for name in ["key::\(key.publicKey)", key.publicKey, "agent.pub"] {
      let bench = try Self.bench(key: key)
      try bench.write("\(key.publicKey)\n", to: "agent.pub")
      try Self.configure(bench, key: name)
      try bench.run("set", "limit/client-risk.atMost", "55")
      // Without the agent there is no private half.
      let refused = try bench.run("propose", "lower", "--because", "We know more.", status: 2)
      #expect(refused.errors.contains("cannot be signed"))
      let line = "ssh-add -q '\(key.file)' && ethos propose lower --because 'We know more.'"
      let end = "status=\\$?; ssh-agent -k >/dev/null; exit \\$status"
      let result = try bench.ethos.shell("ssh-agent sh -c \"\(line); \(end)\"")
      #expect(result.status == 0, "\(result.errors)")
      try bench.run("export", "signers").output
        .write(toFile: "\(bench.root)/signers", atomically: true, encoding: .utf8)
      try bench.git("-c", "gpg.ssh.allowedSignersFile=\(bench.root)/signers", "verify-commit", "HEAD")
    }
  }

  @Test(.enabled(if: OpenPGPHome.isInstalled, "gpg is not installed"))
  func `OpenPGP signs where git says so`() throws {
    let home = try OpenPGPHome()
    defer { home.close() }
    let bench = try Self.bench()
    try Self.configure(bench, key: home.fingerprint, format: "openpgp")
    var ethos = bench.ethos
    ethos.environment.merge(home.environment) { $1 }
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "We know more.", as: ethos)
    let verified = try ethos.run(program: "/usr/bin/env", ["git", "verify-commit", "HEAD"])
    #expect(verified.status == 0, "\(verified.errors)")
  }

  @Test func `a charter that asks for signatures lets nothing be recorded without one`() throws {
    let key = try SSHKeyPair()
    let bench = try Self.bench(signatures: "required", key: key)
    try bench.git("config", "gpg.format", "ssh")
    try bench.run("set", "limit/client-risk.atMost", "55")
    let before = try bench.state()
    let refused = try bench.run("propose", "lower", "--because", "We know more.", status: 2)
    #expect(refused.errors.contains("the charter asks for signed records"))
    #expect(refused.errors.contains("git config user.signingKey ~/.ssh/id_ed25519.pub"))
    #expect(try bench.state() == before)
    // With a key it signs, whatever `commit.gpgSign` says.
    try bench.git("config", "user.signingKey", key.file)
    try bench.git("config", "commit.gpgSign", "false")
    try bench.run("propose", "lower", "--because", "We know more.")
    #expect(try bench.git("cat-file", "commit", "HEAD").contains("gpgsig -----BEGIN SSH SIGNATURE-----"))
  }

  @Test func `what cannot sign is said in words, and nothing is recorded`() throws {
    let bench = try Self.bench()
    for (format, key, words) in [
      ("x509", "A", "`gpg.format` set to `x509`"), ("ssh", "/no/such/key", "/no/such/key"),
    ] {
      try Self.configure(bench, key: key, format: format)
      try bench.run("set", "limit/client-risk.atMost", "55")
      let before = try bench.state()
      let refused = try bench.run("propose", "lower", "--because", "We know more.", status: 2)
      #expect(refused.errors.contains(words), "\(refused.errors)")
      #expect(try bench.state() == before)
    }
    try bench.git("config", "gpg.ssh.program", "/no/such/program")
    let refused = try bench.run("propose", "lower", "--because", "We know more.", status: 2)
    #expect(refused.errors.contains("/no/such/program"))
  }

  @Test func `check reports what is no key, and export says where nobody has one`() throws {
    let bench = try Self.bench()
    #expect(try bench.run("export", "signers", status: 1).errors.contains("keys: [{key: ssh-ed25519"))
    let person = try bench.read("people/jane-doe.yaml")
    try bench.write("\(person)keys: [ssh-ed25519 AAAA]\n", to: "people/jane-doe.yaml")
    #expect(try bench.run("check", status: 1).output.contains("key-invalid"))
  }
}
