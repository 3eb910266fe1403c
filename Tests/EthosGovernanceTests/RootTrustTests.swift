import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

/// Who vouches for the first commit, of those whom somebody trusts.
@Suite struct RootTrustTests {
  private static let root = ObjectID(bytes: repeatElement(1, count: 20))
  private static let (ada, jane, omar, eve) = (key("A"), key("B"), key("C"), key("D"))

  private static func key(_ digit: String) -> SigningKey { SigningKey(.openPGP, String(repeating: digit, count: 40)) }

  private static func tag(
    _ name: String, _ verdict: SignatureVerdict, _ record: TrustRecord? = nil, at target: ObjectID = root,
    named: String? = nil, message: String = "Vouch for it"
  ) -> TrustTag {
    TrustTag(
      reference: "trust/\(name)",
      tag: AnnotatedTag(
        id: ObjectID(bytes: repeatElement(7, count: 20)), name: "trust/\(named ?? name)", target: target, tagger: nil,
        message: message + (record.map { "\n\n\($0.text)\n" } ?? "\n")), verdict: verdict)
  }

  private static func record(_ keys: [SigningKey], _ threshold: Int = 1, _ rotation: Int = 1) -> TrustRecord? {
    TrustRecord(keys: keys, threshold: threshold, rotation: rotation)
  }

  private func trust(
    _ keys: [SigningKey], of threshold: Int? = nil, signed: SignatureVerdict = .valid(jane), _ tags: TrustTag...
  ) -> RootTrust {
    RootTrust(
      RootTrust.Demand(seats: keys.map { TrustedSeat(keys: [$0]) }, threshold: threshold ?? keys.count),
      root: Self.root, rootVerdict: signed, tags: tags)
  }

  @Test func `the signature of the first commit vouches, and that of a tag at it`() {
    #expect(trust([Self.jane]).findings == [])
    #expect(trust([Self.jane, Self.ada], Self.tag("ada", .valid(Self.ada))).findings == [])
    #expect(trust([Self.ada], signed: .unsigned, Self.tag("ada", .valid(Self.ada))).findings == [])
    let two = trust([Self.jane, Self.ada, Self.omar], of: 2, Self.tag("x", .valid(Self.omar)))
    #expect(two.findings == [])
    #expect(two.vouched.map(\.tag) == [nil, "trust/x"])
    #expect(two.vouched.map(\.key) == [Self.jane, Self.omar])
  }

  @Test func `who is missing is named, with what there is to type`() throws {
    let one = trust([Self.jane, Self.ada, Self.omar], of: 2)
    let finding = try #require(one.findings.first)
    #expect(one.findings.count == 1 && !one.isTrusted)
    #expect(finding.code == "root-untrusted" && finding.severity == .breach)
    #expect(finding.missing == [Self.ada.text, Self.omar.text] && finding.signed.count == 1)
    #expect(finding.help.first?.contains("`git tag -s trust/key \(Self.root) -m ") == true)
    for verdict: SignatureVerdict in [
      .unsigned, .invalid("it was altered"), .unchecked("gpg is missing"), .valid(Self.eve),
    ] {
      #expect(trust([Self.jane], signed: verdict).findings.map(\.code) == ["root-untrusted"])
    }
  }

  @Test func `one key counts once, however often it signs`() {
    let twice = trust(
      [Self.jane, Self.ada], Self.tag("jane", .valid(Self.jane)), Self.tag("ada", .valid(Self.jane)))
    #expect(twice.vouched.count == 1 && twice.findings.map(\.code) == ["root-untrusted"])
  }

  @Test(arguments: [
    tag("ada", .unsigned), tag("ada", .invalid("altered")), tag("ada", .unchecked("no gpg")),
    tag("ada", .valid(ada), at: ObjectID(bytes: repeatElement(2, count: 20))),
    tag("ada", .valid(ada), named: "else"), tag("ada", .valid(ada), message: "x\n\nTrusts: nobody"),
    TrustTag(reference: "trust/ada", tag: nil, verdict: .valid(ada)),
  ])
  func `a tag that is not of the form vouches for nothing`(tag: TrustTag) {
    #expect(trust([Self.ada], tag).findings.map(\.code) == ["root-untrusted", "trust-tag-void"])
    // Nor does it harm: it is a note.
    #expect(trust([Self.jane], tag).findings.map(\.severity) == [.note])
  }

  // MARK: - handed over

  @Test func `those who are trusted hand over, and the new keys are asked`() throws {
    let record = Self.record([Self.ada])
    let tags = [Self.tag("jane", .valid(Self.jane), record), Self.tag("ada", .valid(Self.ada), record)]
    let old = trust([Self.jane], tags[0], tags[1])
    #expect(old.findings.map(\.code) == ["trust-rotated"] && old.isTrusted)
    #expect(old.vouched.map(\.key) == [Self.ada] && old.vouched.first?.rotation == 1)
    #expect(
      old.findings.first?.help.first?.contains("`ethos verify --trust \(shellWord("\(Self.ada)")) --threshold 1`")
        == true)
    let new = trust([Self.ada], tags[0], tags[1])
    #expect(new.findings == [] && new.vouched.first?.rotation == 1)
  }

  @Test func `neither the old keys alone hand over, nor the new ones`() {
    let record = Self.record([Self.ada])
    // A stranger's first commit, which names a key of somebody else, is not that person's.
    let stranger = trust([Self.ada], signed: .valid(Self.eve), Self.tag("eve", .valid(Self.eve), record))
    #expect(stranger.findings.map(\.code) == ["root-untrusted"])
    // Nor do strangers take over what others began.
    let takeover = Self.record([Self.eve])
    let taken = trust([Self.jane], Self.tag("eve", .valid(Self.eve), takeover))
    #expect(taken.findings == [] && taken.followed == [])
    // One of two is not enough.
    let half = trust(
      [Self.jane, Self.ada], Self.tag("a", .valid(Self.ada)), Self.tag("e", .valid(Self.eve), takeover),
      Self.tag("j", .valid(Self.jane), takeover))
    #expect(half.findings == [] && half.followed == [])
    let both = trust(
      [Self.jane, Self.ada], Self.tag("a", .valid(Self.ada), takeover), Self.tag("e", .valid(Self.eve), takeover),
      Self.tag("j", .valid(Self.jane), takeover))
    #expect(both.findings.map(\.code) == ["trust-rotated"])
    // Different records are not the same one.
    let other = Self.record([Self.eve, Self.omar])
    let apart = trust(
      [Self.jane, Self.ada], Self.tag("a", .valid(Self.ada), takeover), Self.tag("e", .valid(Self.eve), takeover),
      Self.tag("j", .valid(Self.jane), other))
    #expect(apart.findings == [] && apart.followed == [])
  }

  @Test func `what was handed over is handed on, and back`() {
    let (first, second) = (Self.record([Self.ada, Self.omar], 2), Self.record([Self.jane], 1, 2))
    let tags = [
      Self.tag("1j", .valid(Self.jane), first), Self.tag("1a", .valid(Self.ada), first),
      Self.tag("1o", .valid(Self.omar), first), Self.tag("2a", .valid(Self.ada), second),
      Self.tag("2o", .valid(Self.omar), second), Self.tag("2j", .valid(Self.jane), second),
    ]
    let back = trust([Self.jane], tags[0], tags[1], tags[2], tags[3], tags[4], tags[5])
    #expect(back.isTrusted && back.followed.map(\.rotation) == [1, 2] && back.findings == [])
    // Without one of those that were trusted in between it is not.
    let cut = trust([Self.jane], tags[0], tags[1], tags[2], tags[3], tags[5])
    #expect(cut.followed.map(\.rotation) == [1] && cut.demand.threshold == 2)
  }

  @Test func `two that hand over the same trust are an error`() {
    let (first, second) = (Self.record([Self.ada]), Self.record([Self.eve]))
    let split = trust(
      [Self.jane], Self.tag("a", .valid(Self.ada), first), Self.tag("e", .valid(Self.eve), second),
      Self.tag("j1", .valid(Self.jane), first), Self.tag("j2", .valid(Self.jane), second))
    #expect(split.findings.map(\.code) == ["root-untrusted"] && !split.isTrusted)
  }

  // MARK: - seats

  @Test func `a person is trusted by the keys of the first commit, and no key counts twice`() throws {
    let keys = [Self.jane, Self.ada, Self.omar].map(\.text)
    let files = Bank.files(authority: Bank.authority).merging(
      [
        "people/jane.yaml":
          "id: jane\nname: Jane\nemails: [jane@x.example]\nkeys: [\(keys[0]), {key: \(keys[1]), until: 2001-01-01}]\n",
        "people/ada.yaml": "id: ada\nname: Ada\nemails: [ada@x.example]\nkeys: [\(keys[0])]\n",
        "people/ruth.yaml": "id: ruth\nname: Ruth\nemails: [ruth@x.example]\n",
      ]) { $1 }
    let people = try identity(files)
    let seats = try TrustedSeat.read(["jane", keys[2]], people: people, on: Bank.day)
    #expect(seats == [TrustedSeat(person: "jane", keys: [Self.jane]), TrustedSeat(keys: [Self.omar])])
    for words in [
      ["jane", "ada"], ["jane", keys[0]], [keys[2], keys[2]], ["ruth"], ["nobody"], ["ssh-ed25519 AAAA"],
    ] {
      #expect(throws: TrustedSeat.Problem.self, "\(words)") {
        try TrustedSeat.read(words, people: people, on: Bank.day)
      }
    }
  }
}
