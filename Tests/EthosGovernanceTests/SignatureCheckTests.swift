import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

/// Who has to sign what, by the rules of the state that judges.
@Suite struct SignatureCheckTests {
  private static let when = Screening.merged

  private static func commit(
    _ number: UInt8, by who: String, committedBy other: String? = nil, _ message: String = "It\n\nWhy.\n"
  )
    -> Commit
  {
    func signature(_ who: String) -> Signature {
      Signature(name: who, email: "\(who)@northgate.example", when: when)
    }
    return Commit(
      id: ObjectID(bytes: repeatElement(number, count: 20)), tree: ObjectID(bytes: repeatElement(0, count: 20)),
      parents: [], author: signature(who), committer: signature(other ?? who), message: message)
  }

  /// A merge of ada's that brings these commits, those named being writing.
  private static func codes(
    _ brought: [(commit: Commit, verdict: SignatureVerdict)], writing: Set<UInt8>? = nil,
    merge: (commit: Commit, verdict: SignatureVerdict)? = nil, form: LineStep.Form = .merge,
    charter: String = "signatures: required", isMade: Bool = true, isUnchanged: Bool = false
  ) throws -> [String] {
    let rules = try Screening(charter: charter).rules
    let merge = merge ?? (commit(99, by: "ada"), .valid(Screening.key("ada")))
    var step = LineStep(
      form: form, commit: merge.commit, parent: nil, before: rules, after: rules, changes: ChangeSet(changes: []),
      day: Screening.day(when))
    step.isMade = isMade
    step.isUnchanged = isUnchanged
    step.brought = brought.map(\.commit)
    step.writing = Set(brought.map(\.commit.id).filter { writing?.contains(Array($0.bytes)[0]) ?? true })
    var verdicts = Dictionary(brought.map { ($0.commit.id, $0.verdict) }) { $1 }
    verdicts[merge.commit.id] = merge.verdict
    return SignatureCheck(step, verdicts: verdicts, day: Screening.day).findings.map(\.code).sorted()
  }

  @Test func `whoever writes signs, and whoever ratifies`() throws {
    let signed = (Self.commit(1, by: "mei"), SignatureVerdict.valid(Screening.key("mei")))
    #expect(try Self.codes([signed]) == [])
    #expect(try Self.codes([(Self.commit(1, by: "mei"), .unsigned)]) == ["signature-missing"])
    #expect(try Self.codes([signed], merge: (Self.commit(99, by: "ada"), .unsigned)) == ["signature-missing"])
    #expect(
      try Self.codes([(Self.commit(1, by: "mei"), .unsigned)], charter: "signatures: optional") == [])
  }

  @Test func `what nobody wrote needs no signature`() throws {
    let update = (Self.commit(1, by: "forge"), SignatureVerdict.unsigned)
    #expect(try Self.codes([update], writing: []) == [])
    #expect(try Self.codes([update]) == ["signature-missing"])
  }

  @Test func `nobody is named as the author of a change by another's signature`() throws {
    let inHerName = (
      Self.commit(1, by: "ada", committedBy: "mei"), SignatureVerdict.valid(Screening.key("mei"))
    )
    #expect(try Self.codes([inHerName]) == ["signature-of-another"])
    #expect(try Self.codes([inHerName], writing: []) == [], "who records what another wrote signs for the recording")
  }

  @Test(arguments: ["signatures: required", "signatures: optional"], [Set<UInt8>(), [1]])
  func `a signature that speaks against who recorded it is told of everywhere`(
    _ charter: String, _ writing: Set<UInt8>
  ) throws {
    for (verdict, code) in [
      (SignatureVerdict.invalid("another text"), "signature-invalid"),
      (.valid(Screening.key("omar")), "signature-of-another"),
    ] {
      #expect(
        try Self.codes([(Self.commit(1, by: "mei"), verdict)], writing: writing, charter: charter) == [code])
    }
  }

  @Test func `a ratification that somebody thinks of needs no signature yet`() throws {
    #expect(try Self.codes([], merge: (Self.commit(99, by: "ada"), .unsigned), isMade: false) == [])
  }

  @Test func `a merge that says nothing is nobody's, and a reaffirmation is somebody's`() throws {
    #expect(try Self.codes([], merge: (Self.commit(99, by: "forge"), .unsigned), isUnchanged: true) == [])
    let reaffirmed = ReaffirmationRecord(
      entries: [
        .init(key: Bank.risk, fingerprint: try #require(Fingerprint.of(Bank.risk, in: identity(Bank.files()))))
      ],
      because: "It is right.")
    let record = Self.commit(99, by: "omar", reaffirmed.message)
    #expect(try Self.codes([], merge: (record, .unsigned), form: .unchanged) == ["signature-missing"])
    #expect(try Self.codes([], merge: (record, .valid(Screening.key("omar"))), form: .unchanged) == [])
    #expect(try Self.codes([], merge: (Self.commit(99, by: "omar"), .unsigned), form: .unchanged) == [])
  }

  @Test func `an address that is nobody's signs for nobody`() throws {
    let stranger = (Self.commit(1, by: "stranger"), SignatureVerdict.valid(Screening.key("mei")))
    #expect(try Self.codes([stranger]) == ["signature-unknown-person"])
    let key = (Self.commit(1, by: "mei"), SignatureVerdict.valid(Screening.key("nobody")))
    #expect(try Self.codes([key]) == ["signature-unknown-key"])
  }
}
