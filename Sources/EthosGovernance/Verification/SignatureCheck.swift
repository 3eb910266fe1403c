import EthosDiff
import EthosModel
package import EthosRecord
package import EthosText

/// What the signatures of one commit of the line are worth: which of its reviews count, and what is wrong.
///
/// Whose key it is, is asked of the people of the state before: a key that was taken away by then, or that came later,
/// is nobody's. An unsigned review counts unless the charter asks for signatures; one whose signature speaks against its
/// author never does.
package struct SignatureCheck {
  /// The reviews that count.
  package private(set) var counting: [SubmittedReview] = []
  package private(set) var findings: [Finding] = []
  private let step: LineStep
  private let signers: Signers
  private let people: People
  private let isRequired: Bool
  private let verdicts: [ObjectID: SignatureVerdict]
  private let day: (Instant) -> Day
  private var signed: Set<ObjectID> = []

  /// Judges the signatures of a step.
  ///
  /// - Parameters:
  ///   - step: the step, with all reviews that it brought.
  ///   - verdicts: what cryptography says of the commit, of what it brought and of the reviews.
  ///   - day: the day of a moment, in the time zone of the identity.
  package init(
    _ step: LineStep, verdicts: [ObjectID: SignatureVerdict], day: @escaping (Instant) -> Day
  ) {
    self.step = step
    self.verdicts = verdicts
    self.day = day
    signers = Signers(snapshot: step.before)
    people = People(snapshot: step.before)
    isRequired = Charter(snapshot: step.before).requiresSignatures
    for review in step.reviews { judge(review) }
    for commit in step.brought { judge(commit, isRecord: false) }
    let isReaffirmation = ReaffirmationRecord(message: step.commit.message) != nil
    if step.form == .merge || (step.form == .unchanged && isReaffirmation) {
      judge(step.commit, isRecord: isReaffirmation)
    }
  }

  /// Whether something could not be checked here: with other programs another verdict may come of it.
  package var isIncomplete: Bool {
    verdicts.values.contains { if case .unchecked = $0 { true } else { false } }
  }

  /// What the approvals that the ratification needed rest on. `approvals` are the reviews that counted.
  package func assurance(of approvals: [ObjectID]) -> Assurance {
    let count = approvals.filter(signed.contains).count
    return Assurance(signed: count, partly: 0, unsigned: approvals.count - count)
  }

  private mutating func judge(_ review: SubmittedReview) {
    // Who signs when a key has ended can write any date as the author's: the committer's has to be within its term too,
    // and that is held to those of the commits before.
    let judgements = [review.author.when, review.committed ?? review.author.when].map {
      signers.judgement(of: verdicts[review.id] ?? .unsigned, by: review.author.email, on: day($0))
    }
    guard let first = judgements.first else { return }
    var judgement = first
    for other in judgements { if case .outsideTerm = other { judgement = other } }
    if case .signed = judgement, let read = review.builtOn,
      review.author.when.seconds + toleratedClockDifference < read.seconds
    {
      findings.append(
        Finding(
          "review-backdated", .breach,
          "the review \(review.id.short) of \(review.author.name) is dated \(review.author.when.iso8601), and what it "
            + "speaks of \(read.iso8601)", commit: step.commit.id, entries: review.record.reviewed.map(\.key).sorted(),
          rule: "a date decides whose key it was: a review is not dated more than a day before what it speaks of",
          missing: ["a review of \(review.author.name) with its true date"],
          help: [
            "let its author say it again; what is in force already: `ethos adopt \(step.commit.id.short) --because …`"
          ]))
      return
    }
    let name = "the review \(review.id.short) of \(review.author.name)"
    switch judgement {
    case .signed:
      signed.insert(review.id)
      counting.append(review)
    case .unknownPerson:
      // Who is nobody fills no seat; that is said where the quorum is asked for.
      counting.append(review)
    case .unsigned where !isRequired: counting.append(review)
    case .unchecked where !isRequired: counting.append(review)
    case .unknownKey where !isRequired && !hasKeys(review.author.email): counting.append(review)
    default: add(judgement, name, review.id)
    }
  }

  /// A commit of a change or a merge: what speaks against it is told, and no signature is asked of it where it is no
  /// record. Whoever merges, the forge among them, adds no authority.
  private mutating func judge(_ commit: Commit, isRecord: Bool) {
    let judgement = signers.judgement(
      of: verdicts[commit.id] ?? .unsigned, by: commit.committer.email, on: day(commit.committer.when))
    switch judgement {
    case .invalid, .ofAnother: add(judgement, "the commit \(commit.id.short) of \(commit.committer.name)", commit.id)
    case .signed where commit.author.email.lowercased() == commit.committer.email.lowercased(): return
    case .signed, .unknownPerson: break
    case .unsigned, .unchecked, .unknownKey, .outsideTerm:
      if isRecord, isRequired { add(judgement, "the commit \(commit.id.short) of \(commit.committer.name)", commit.id) }
    }
    // Who wrote a change may not agree to it: where names are signed for, that one is too.
    guard isRequired, step.writing.contains(commit.id) else { return }
    switch signers.judgement(
      of: verdicts[commit.id] ?? .unsigned, by: commit.author.email, on: day(commit.committer.when))
    {
    case .signed: break
    case .invalid: break
    case let judgement: add(judgement, "the change \(commit.id.short) by \(commit.author.name)", commit.id)
    }
  }

  private func hasKeys(_ email: String) -> Bool {
    people.person(email: email).flatMap { step.before[EntryKey(.person, $0.id)] }?.meaning["keys"]?.list?.isEmpty
      == false
  }

  private mutating func add(_ judgement: SignatureJudgement, _ what: String, _ id: ObjectID) {
    guard let (code, message) = SignatureCheck.told(judgement, what) else { return }
    findings.append(
      Finding(
        code, .breach, message, commit: step.commit.id,
        entries: step.reviews.first { $0.id == id }?.record.reviewed.map(\.key).sorted() ?? [],
        rule: SignatureCheck.rule(isRequired), missing: [what],
        help: [
          "let its author say it again, signed; what is in force already: "
            + "`ethos adopt \(step.commit.id.short) --because …`"
        ]))
  }

  /// Why an approval of a release does not count for its signature, to follow its name; nil where nothing speaks against
  /// it. The same is asked of it as of a review.
  package static func problem(_ judgement: SignatureJudgement, isRequired: Bool, hasKeys: Bool) -> String? {
    switch judgement {
    case .unsigned where !isRequired, .unchecked where !isRequired, .unknownKey where !isRequired && !hasKeys: nil
    default: told(judgement, "it").map { $0.message.begins(with: "it ") ? String($0.message.dropFirst(3)) : $0.message }
    }
  }

  /// What is wrong with the signature of a release's tag; nil where nothing is.
  package static func finding(
    _ judgement: SignatureJudgement, ofTag tag: String, by tagger: String, isRequired: Bool
  ) -> Finding? {
    switch judgement {
    case .unsigned where !isRequired, .unchecked where !isRequired, .unknownKey where !isRequired, .unknownPerson:
      return nil
    default: break
    }
    return told(judgement, "the release by \(tagger)").map { code, message in
      Finding(
        code, .breach, message, tag: tag, rule: rule(isRequired), missing: ["a signature of \(tagger)"],
        help: ["release again, signed: `ethos release`"])
    }
  }

  private static func rule(_ isRequired: Bool) -> String {
    isRequired
      ? "a record is signed with a key that was its author's when it was made"
      : "a signature is by a key that was its author's when it was made"
  }

  private static func told(_ judgement: SignatureJudgement, _ what: String) -> (code: String, message: String)? {
    switch judgement {
    case .invalid(let reason): ("signature-invalid", "\(what) is not as it was signed: \(reason)")
    case .unsigned: ("signature-missing", "\(what) is not signed")
    case .unchecked(let reason): ("signature-unchecked", "the signature of \(what) could not be checked: \(reason)")
    case .unknownKey(let key): ("signature-unknown-key", "\(what) is signed with a key that was nobody's then: \(key)")
    case .ofAnother(let person): ("signature-of-another", "\(what) is signed with a key of `\(person)`")
    case .outsideTerm(let person, let from, let until):
      (
        "signature-outside-term",
        "\(what) is signed with a key of `\(person)` that was theirs \(SignatureCheck.period(from, until))"
      )
    case .unknownPerson:
      ("signature-unknown-person", "\(what) is signed by somebody, and is by an address that is nobody's")
    case .signed: nil
    }
  }

  private static func period(_ from: Day?, _ until: Day?) -> String {
    switch (from, until) {
    case (let from?, let until?): "from \(from) to \(until)"
    case (let from?, nil): "from \(from) on"
    case (nil, let until?): "until \(until)"
    case (nil, nil): "at another time"
    }
  }
}
