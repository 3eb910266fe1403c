import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

@Suite struct `A release` {
  static func release() throws -> ReleaseManifest {
    ReleaseManifest(
      summary: "Renewal, second release\n\nMore selective.", name: try #require(ReleaseName("renewal-2026/2")),
      effective: try #require(Day("2026-02-01")), ruleset: 1, level: "critical",
      commit: ObjectID(bytes: repeatElement(1, count: 20)), tree: ObjectID(bytes: repeatElement(2, count: 20)),
      previous: ObjectID(bytes: repeatElement(3, count: 20)), bundle: String(repeating: "ab", count: 32),
      offices: [.init(office: "board", holders: ["ada-obi", "jane-doe"]), .init(office: "nobody", holders: [])],
      changes: [
        .init(
          id: "limit-loosened", level: "critical", entry: EntryKey(.limit, "client-risk"), field: "atMost",
          before: Fingerprint(digestOf: [1]), after: nil)
      ])
  }

  @Test func `is written for people and for programs`() throws {
    let one = Fingerprint(digestOf: [1])
    #expect(
      try Self.release().message == """
        Renewal, second release

        More selective.

        ---
        ethos: "release/1"
        cycle: "renewal-2026"
        number: 2
        effective: "2026-02-01"
        retroactive: null
        ruleset: 1
        level: "critical"
        commit: "\(String(repeating: "01", count: 20))"
        tree: "\(String(repeating: "02", count: 20))"
        previous: "\(String(repeating: "03", count: 20))"
        bundle: "\(String(repeating: "ab", count: 32))"
        offices:
          - office: "board"
            holders: ["ada-obi", "jane-doe"]
          - office: "nobody"
            holders: []
        changes:
          - change: "limit-loosened"
            level: "critical"
            entry: "limit/client-risk"
            field: "atMost"
            before: "e1:\(one.hex)"
            after: null
        ...

        """)
  }

  @Test func `names who agreed to it beforehand, and nothing where nobody had to`() throws {
    var release = try Self.release()
    let plain = release.message
    release.approvals = [.init(person: "ada-obi", commit: ObjectID(bytes: repeatElement(4, count: 20)))]
    let end = """
      approvals:
        - person: "ada-obi"
          commit: "\(String(repeating: "04", count: 20))"
      ...

      """
    #expect(release.message == plain.replacing("...\n", with: end))
    #expect(ReleaseManifest(message: release.message) == release)
    #expect(ReleaseManifest(message: plain)?.approvals == [])
    // One way to write it: an empty list is left out.
    #expect(ReleaseManifest(message: plain.replacing("\n...", with: "\napprovals: []\n...")) == nil)
  }

  @Test func `is agreed to in exactly its terms`() throws {
    var release = try Self.release()
    release.retroactive = "decided\nthen"
    let approval = ReleaseApproval(release.terms, words: "I agree.")
    #expect(approval.message.hasPrefix("Approve release/renewal-2026/2\n\nI agree.\n\nRelease: renewal-2026/2\n"))
    #expect(approval.message.contains("\nRetroactive: decided then\n"))
    let read = try #require(ReleaseApproval(message: approval.message))
    #expect(read == approval)
    #expect(ReleaseApproval(message: approval.message + "Effective: 2030-01-01\n") == nil)
    #expect(ReleaseApproval(message: approval.message.replacing("Bundle: ", with: "Bundles: ")) == nil)
    release.effective = release.effective.adding(days: 1)
    #expect(read.terms != release.terms)
  }

  @Test func `is read back whatever its texts hold`() throws {
    var random = SeededGenerator(seed: 5)
    let fragments = [
      "\n", "\r\n", "---", "\n---\n", "\n...\n", "...", "\"", "\\", "\\u0041", "\0", "\u{1B}", "\u{85}", "\u{2028}",
      "\u{FEFF}", "\u{202E}", "-----BEGIN PGP SIGNATURE-----", "\n-----BEGIN SSH SIGNATURE-----\n", "null", ": ", "]",
      "[",
      ", ", "\u{301}", "\t", "# x", "é", "𝄞", "words", "&a", "*a", "!!x", "e1:",
    ]
    func text() -> String { (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(fragments) }.joined() }
    for _ in 0..<500 {
      var release = try Self.release()
      release.summary = text()
      release.retroactive = Bool.random(using: &random) ? text() : nil
      if Bool.random(using: &random) { release.previous = nil }
      release.level = text()
      release.offices = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        .init(office: text(), holders: (0..<Int.random(in: 0...3, using: &random)).map { _ in text() })
      }
      release.changes = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        .init(id: text(), level: text(), entry: .charter, field: text(), before: nil, after: Fingerprint(digestOf: [7]))
      }
      release.approvals = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        .init(person: text(), commit: release.commit)
      }
      let message = release.message
      var read = try #require(ReleaseManifest(message: message), "\(message.debugDescription)")
      #expect(!message.contains("\n-----BEGIN") && !message.hasPrefix("-----BEGIN"))
      #expect(read.message == message)
      read.summary = release.summary
      #expect(read == release)
    }
  }

  @Test func `is read with git's signature behind it`() throws {
    let release = try Self.release()
    let signed = release.message + "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"
    #expect(ReleaseManifest(message: signed) == release)
  }

  @Test(arguments: [
    ("ethos: \"release/1\"", "ethos: \"release/2\""), ("number: 2", "number: 02"), ("number: 2", "number: 0"),
    ("number: 2", "number: 2 # x"), ("level: \"critical\"", "level: critical"), ("retroactive: null", "retroactive: ~"),
    ("retroactive: null\n", ""), ("    field: \"atMost\"\n", ""), ("\"jane-doe\"]", "\"jane-doe\", ]"),
    ("\"ada-obi\", ", "\"ada-obi\","), ("\"board\"", "\"bo\\u0061rd\""),
    ("effective: \"2026-02-01\"", "effective: \"2026-02-30\""),
    ("\n...\n", "\nextra: \"x\"\n...\n"), ("\n...\n", "\n"), ("\n---\n", "\n"), ("entry: \"limit/", "entry: \"limits/"),
    ("field: \"atMost\"", "field: \"at\\qMost\""), ("cycle: \"renewal", "cycle:  \"renewal"),
    ("tree: \"02", "tree: \"2"),
  ])
  func `is none when written in another way`(_ old: String, _ new: String) throws {
    let message = try Self.release().message
    let altered = message.replacing(old, with: new, maxReplacements: 1)
    #expect(altered != message)
    #expect(ReleaseManifest(message: altered) == nil)
  }
}
