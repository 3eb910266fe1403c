import EthosGit
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

@Suite struct SigningTests {
  private static let armour = "-----BEGIN SSH SIGNATURE-----\nU1NI\n\nU0lH\n-----END SSH SIGNATURE-----\n"

  /// Authors of every look that git allows.
  private static let authors = [
    jane,
    EthosRecord.Signature(name: " Ünïcode, Jr. ", email: "a b@c", when: Instant(seconds: 5, isOffsetUnknown: true)),
    EthosRecord.Signature(name: "West", email: "w", when: Instant(seconds: 4_000_000_000, offsetMinutes: -570)),
    EthosRecord.Signature(name: "East", email: "e@e", when: Instant(seconds: 0, offsetMinutes: 825)),
  ]

  @Test func `the text of a commit or a tag is what is stored without a signature`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    let tree = try repository.makeTree(["a": "1"])
    var parents: [ObjectID] = []
    for author in Self.authors {
      for message in ["", "Words", "Words\n", "Words\n\nBecause.\n\n"] {
        let commit = try repository.writeCommit(
          tree: tree, parents: parents, author: author, committer: jane, message: message)
        let text = try repository.commitText(
          tree: tree, parents: parents, author: author, committer: jane, message: message)
        #expect(try test.git("hash-object", "-t", "commit", "--stdin", "--literally", input: text) == commit.hex)
        #expect(try repository.signedContent(of: commit) == .unsigned)
        for target in [commit, tree] {
          let tag = try repository.writeTag(name: "release/x/1", target: target, tagger: author, message: message)
          let tagText = try repository.tagText(name: "release/x/1", target: target, tagger: author, message: message)
          #expect(try test.git("hash-object", "-t", "tag", "--stdin", "--literally", input: tagText) == tag.hex)
        }
        parents = Array((parents + [commit]).suffix(3))
      }
    }
  }

  @Test func `what was signed comes back as it was, and git accepts the objects`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    let signature = Array(Self.armour.utf8)
    let tree = try repository.makeTree(["a": "1"])
    let text = try repository.commitText(
      tree: tree, parents: [], author: jane, committer: jane, message: "Words\n\nWhy.")
    let commit = try repository.writeCommit(text, signature: signature)
    #expect(try repository.signedContent(of: commit) == .signed(payload: text, signature: signature))
    #expect(try repository.commit(commit).message == "Words\n\nWhy.\n")
    let tagText = try repository.tagText(name: "t", target: commit, tagger: jane, message: "Released\n\n---\na: 1\n...")
    let tag = try repository.writeTag(tagText, signature: signature)
    #expect(try repository.signedContent(of: tag) == .signed(payload: tagText, signature: signature))
    #expect(try repository.tag(tag).message == "Released\n\n---\na: 1\n...\n")
    try test.git("update-ref", "refs/heads/main", commit.hex)
    try test.git("update-ref", "refs/tags/t", tag.hex)
    // The same answer as git's own taking apart.
    #expect(try test.git("log", "-1", "--format=%B", "main") == "Words\n\nWhy.\n")
    #expect(try test.git("for-each-ref", "--format=%(contents:signature)", "refs/tags/t") == Self.armour)
    try requireSound(test)
  }

  private static let begin = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a> 1 +0000\n"

  @Test(arguments: [
    // A second signature, which git would put behind the first.
    (begin + "gpgsig A\ngpgsig B\n\nm\n", nil, nil), (begin + "gpgsig A\n B\nx y\ngpgsig C\n\nm\n", nil, nil),
    (begin + "gpgsig-sha512 A\ngpgsig B\n\nm\n", nil, nil), (begin + "gpgsig\n\nm\n", nil, nil),
    // What stands under the signature's name in SHA-256 is covered by none.
    (begin + "gpgsig-sha256 A\n B\ngpgsig C\n D\n\nm\n", nil, nil),
    (begin + "gpgsig C\ngpgsig-sha256 A\n B\nx y\n z\n\nm\n", nil, nil),
    // The message is no place for headers, nor are the lines of a merged tag.
    (begin + "gpgsig C\n\ngpgsig D\n m\n", begin + "\ngpgsig D\n m\n", "C\n"),
    (begin + "mergetag a\n gpgsig D\ngpgsig C\n\nm", begin + "mergetag a\n gpgsig D\n\nm", "C\n"),
    (begin + "gpgsig C", begin, "C"),
  ])
  func `a commit is taken apart as git does, and what would mislead is told`(
    _ text: String, _ payload: String?, _ signature: String?
  ) throws {
    let test = try TestRepository()
    let hex = try test.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input: Array(text.utf8))
    let content = try open(test).signedContent(of: id(hex))
    if let payload, let signature {
      #expect(content == .signed(payload: Array(payload.utf8), signature: Array(signature.utf8)))
    } else if case .misleading = content {
    } else {
      Issue.record("\(content)")
    }
  }

  @Test func `a tag's signature begins at the last line that begins one`() throws {
    let test = try TestRepository()
    let head = "object 4b825dc642cb6eb9a060e54bf8d69288fbee4904\ntype tree\ntag t\n"
    func content(_ text: String) throws -> SignedContent {
      let hex = try test.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", input: Array(text.utf8))
      return try open(test).signedContent(of: id(hex))
    }
    for begin in ["-----BEGIN SSH SIGNATURE-----", "-----BEGIN PGP SIGNATURE-----"] {
      let twice = "\(head)\nm\n\(begin)\na\n\(begin)\nb\n"
      let expected = "\(head)\nm\n\(begin)\na\n"
      #expect(
        try content(twice) == .signed(payload: Array(expected.utf8), signature: Array("\(begin)\nb\n".utf8)))
      #expect(try content("\(head)\nm \(begin)\n") == .unsigned)
    }
    guard case .misleading = try content("\(head)gpgsig A\n\nm\n-----BEGIN SSH SIGNATURE-----\n") else {
      Issue.record("a header that is not signed was overlooked")
      return
    }
  }

  @Test func `a tree is nothing to sign`() throws {
    let repository = try open(TestRepository())
    let tree = try repository.makeTree(["a": "1"])
    #expect(failure { _ = try repository.signedContent(of: tree) }?.code == .invalid)
  }
}

@Suite struct ConfigurationFlagTests {
  @Test(arguments: [
    ("gpgSign", true), ("gpgSign = true", true), ("gpgSign = yes", true), ("gpgSign = on", true), ("gpgSign = 1", true),
    ("gpgSign =", false), ("gpgSign = false", false), ("gpgSign = no", false), ("gpgSign = 0", false), ("", false),
  ])
  func `a flag says what git reads in it`(_ line: String, _ expected: Bool) throws {
    let test = try TestRepository()
    let configuration = test.directory.text(".git/config") ?? ""
    try test.directory.write("\(configuration)[commit]\n\(line)\n", to: ".git/config")
    let git = try Git.result(["config", "--type=bool", "--get", "commit.gpgSign"], in: test.path).output
    #expect((git == "true\n") == expected)
    #expect(try open(test).flag("commit.gpgSign") == expected)
    let forced = ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "commit.gpgSign", "GIT_CONFIG_VALUE_0": "yes"]
    #expect(try open(test.path, environment: forced).flag("commit.gpgSign"))
  }

  @Test func `what is neither yes nor no is an error`() throws {
    let test = try TestRepository()
    try test.git("config", "commit.gpgSign", "perhaps")
    let repository = try open(test)
    #expect(failure { _ = try repository.flag("commit.gpgSign") } != nil)
  }
}
