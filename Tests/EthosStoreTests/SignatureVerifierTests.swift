import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

@Suite struct SignatureVerifierTests {
  private static let environment = Git.environment

  private static func verifier(
    _ test: TestRepository, _ extra: [String: String] = [:], environment: [String: String] = environment
  ) throws -> SignatureVerifier {
    let repository = try Repository.open(
      at: test.path, search: .exact, environment: environment.merging(extra) { $1 })
    return SignatureVerifier(IdentityStore(repository), environment: environment)
  }

  private static func id(_ test: TestRepository, _ name: String) throws -> ObjectID {
    try #require(ObjectID(hex: test.git("rev-parse", name)))
  }

  /// A repository in which git signs with a key.
  private static func repository(signing pair: SSHKeyPair) throws -> TestRepository {
    let test = try TestRepository()
    try test.git("config", "gpg.format", "ssh")
    try test.git("config", "user.signingKey", pair.file)
    return test
  }

  /// Stores an object as another with some text replaced.
  private static func forged(_ test: TestRepository, _ name: String, _ text: String, _ other: String) throws -> ObjectID
  {
    let kind = try test.git("cat-file", "-t", name)
    let content = try test.git("cat-file", kind, name) + "\n"
    try #require(content.contains(text))
    let forged = Array(content.replacing(text, with: other).utf8)
    return try #require(ObjectID(hex: test.git("hash-object", "-t", kind, "-w", "--stdin", input: forged)))
  }

  @Test(arguments: [("ed25519", 256), ("rsa", 2_048), ("ecdsa", 384)])
  func `what git signed is valid, and what was changed afterwards is not`(_ type: String, _ bits: Int) throws {
    let pair = try SSHKeyPair(type, bits: bits)
    let test = try Self.repository(signing: pair)
    try test.git("commit", "-q", "--allow-empty", "-S", "-m", "Words\n\nBecause.")
    try test.git("tag", "-s", "-m", "Released", "release/x/1")
    let verifier = try Self.verifier(test)
    for name in ["HEAD", "refs/tags/release/x/1"] {
      #expect(try verifier.verdict(of: Self.id(test, name)) == .valid(SigningKey(.ssh, pair.publicKey)))
    }
    let forgeries = [
      try Self.forged(test, "HEAD", "Because.", "because."), try Self.forged(test, "HEAD", "Jane Doe", "Omar Reyes"),
      try Self.forged(test, "refs/tags/release/x/1", "Released", "Recalled"),
    ]
    for forgery in forgeries {
      #expect(try verifier.verdict(of: forgery) == .invalid("what it says is not what was signed"))
    }
    let left = try run("/bin/sh", ["-c", "find .git/ethos -type f 2>/dev/null | wc -l"], in: test.path).output
    #expect(left == "0\n")
  }

  @Test func `what nobody signed is unsigned, and what is no signature is invalid`() throws {
    let pair = try SSHKeyPair()
    let test = try Self.repository(signing: pair)
    try test.commit(["a": "1"], "Plain")
    let verifier = try Self.verifier(test)
    #expect(try verifier.verdict(of: Self.id(test, "HEAD")) == .unsigned)
    #expect(throws: GitError.self) { try verifier.verdict(of: Self.id(test, "HEAD:a")) }
    try test.git("commit", "-q", "--allow-empty", "-S", "-m", "Signed")
    let malformed = try Self.forged(test, "HEAD", "-----END SSH", "----- END SSH")
    #expect(try verifier.verdict(of: malformed) == .invalid("its SSH signature is malformed"))
    let strange = try Self.forged(test, "HEAD", "-----BEGIN SSH SIGNATURE-----", "-----BEGIN SSL SIGNATURE-----")
    #expect(try verifier.verdict(of: strange) == .invalid("its signature is of no known form"))
    let x509 = try Self.forged(test, "HEAD", "-----BEGIN SSH SIGNATURE-----", "-----BEGIN SIGNED MESSAGE-----")
    guard case .unchecked = try verifier.verdict(of: x509) else {
      Issue.record("a form that is not checked here got a verdict")
      return
    }
  }

  @Test func `a signature made for something else than git is invalid`() throws {
    let pair = try SSHKeyPair()
    let test = try TestRepository()
    let repository = try Repository.open(at: test.path, search: .exact, environment: Self.environment)
    let tree = try repository.writeTree(base: nil, edits: [])
    let jane = EthosRecord.Signature(name: Git.name, email: Git.email, when: .init(seconds: Git.seconds))
    let text = try repository.commitText(tree: tree, parents: [], author: jane, committer: jane, message: "m")
    let verifier = SignatureVerifier(IdentityStore(repository), environment: Self.environment)
    let right = try repository.writeCommit(text, signature: pair.signature(of: text))
    #expect(try verifier.verdict(of: right) == .valid(SigningKey(.ssh, pair.publicKey)))
    let wrong = try repository.writeCommit(text, signature: pair.signature(of: text, for: "file"))
    #expect(try verifier.verdict(of: wrong) == .invalid("its SSH signature was made for `file`, not for git"))
  }

  @Test func `ed25519 asks no program, and without the program other keys stay unchecked`() throws {
    let missing = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "gpg.ssh.program", "GIT_CONFIG_VALUE_0": "/no/such/program",
    ]
    for (type, isChecked) in [("ed25519", true), ("ecdsa", false)] {
      let pair = try SSHKeyPair(type)
      let test = try Self.repository(signing: pair)
      try test.git("commit", "-q", "--allow-empty", "-S", "-m", "Signed")
      let verdict = try Self.verifier(test, missing).verdict(of: Self.id(test, "HEAD"))
      if isChecked {
        #expect(verdict == .valid(SigningKey(.ssh, pair.publicKey)))
      } else if case .unchecked(let reason) = verdict {
        #expect(reason.contains("/no/such/program"))
      } else {
        Issue.record("\(verdict)")
      }
    }
  }

  @Test func `a verdict is asked for once`() throws {
    let test = try Self.repository(signing: SSHKeyPair())
    try test.git("commit", "-q", "--allow-empty", "-S", "-m", "Signed")
    let repository = try Repository.open(at: test.path, search: .exact, environment: Self.environment)
    let verifier = SignatureVerifier(IdentityStore(repository), environment: Self.environment)
    let head = try Self.id(test, "HEAD")
    let first = try verifier.verdict(of: head)
    let reads = repository.reads.commits
    #expect(try verifier.verdict(of: head) == first)
    #expect(repository.reads.commits == reads)
  }

  // MARK: OpenPGP

  @Test(.enabled(if: OpenPGPHome.isInstalled, "gpg is not installed"))
  func `OpenPGP signatures are gpg's to judge`() throws {
    let home = try OpenPGPHome()
    defer { home.close() }
    let test = try TestRepository()
    let environment = Git.environment.merging(home.environment) { $1 }
    try test.git(
      "commit", "-q", "--allow-empty", "-S\(home.fingerprint)", "-m", "Words\n\nWhy.", environment: environment)
    try test.git("tag", "-u", home.fingerprint, "-m", "Released", "t", environment: environment)
    let verifier = try Self.verifier(test, environment: environment)
    for name in ["HEAD", "refs/tags/t"] {
      #expect(try verifier.verdict(of: Self.id(test, name)) == .valid(SigningKey(.openPGP, home.fingerprint)))
    }
    let forged = try Self.forged(test, "HEAD", "Why.", "How.")
    #expect(try verifier.verdict(of: forged) == .invalid("what it says is not what was signed"))
    // Who lacks the key, or gpg, cannot tell.
    let stranger = try OpenPGPHome()
    defer { stranger.close() }
    let lacking = Git.environment.merging(stranger.environment) { $1 }
    for (environment, word) in [(lacking, "public key"), (environment.merging(["PATH": "/nowhere"]) { $1 }, "gpg")] {
      guard
        case .unchecked(let reason) = try Self.verifier(test, environment: environment).verdict(
          of: Self.id(test, "HEAD"))
      else {
        Issue.record("a verdict without the means for one")
        return
      }
      #expect(reason.contains(word))
    }
  }
}
