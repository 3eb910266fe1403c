import EthosDiff
import EthosModel
package import EthosRecord
package import EthosText

/// What the signatures of one commit of the line are worth, and of those that it brings, reviews left aside.
///
/// Whose key it is, is asked of the state that judges. Where the charter asks for signatures, whoever writes a file of the
/// identity signs for it, merges among them, and so does whoever ratifies or reaffirms. A merge that takes what was in
/// force into a proposal and adds nothing was written by nobody: anybody, a forge too, may make it.
package struct SignatureCheck {
  package private(set) var findings: [Finding] = []
  private let step: LineStep
  private let signers: Signers
  private let isRequired: Bool
  private let verdicts: [ObjectID: SignatureVerdict]
  private let day: (Instant) -> Day

  /// Judges the signatures of a step.
  ///
  /// - Parameters:
  ///   - step: the step, with all that it brings.
  ///   - verdicts: what cryptography says of the commit, of what it brought and of the reviews.
  ///   - day: the day of a moment, in the time zone of the identity.
  package init(
    _ step: LineStep, verdicts: [ObjectID: SignatureVerdict], day: @escaping (Instant) -> Day
  ) {
    self.step = step
    self.verdicts = verdicts
    self.day = day
    signers = Signers(snapshot: step.rules)
    isRequired = Charter(snapshot: step.rules).requiresSignatures
    for commit in step.brought { judge(commit, isWriting: step.writing.contains(commit.id)) }
    let isReaffirmation = ReaffirmationRecord(message: step.commit.message) != nil
    switch step.form {
    case .merge where step.isMade: judgeRecord(by: step.commit.committer)
    case .unchanged where isReaffirmation: judgeRecord(by: step.commit.author)
    case .root, .unchanged, .direct, .merge: break
    }
  }

  /// Whether something could not be checked here: with other programs another verdict may come of it.
  package var isIncomplete: Bool {
    verdicts.values.contains { if case .unchecked = $0 { true } else { false } }
  }

  private func judgement(of commit: Commit, by email: String, on moment: Instant? = nil) -> SignatureJudgement {
    signers.judgement(of: verdicts[commit.id] ?? .unsigned, by: email, on: day(moment ?? commit.committer.when))
  }

  /// A commit that is brought: a signature that speaks against who recorded it is told of, whatever the charter says.
  private mutating func judge(_ commit: Commit, isWriting: Bool) {
    let recorded = judgement(of: commit, by: commit.committer.email)
    switch recorded {
    case .invalid, .ofAnother:
      add(recorded, "the commit \(commit.id.short) of \(commit.committer.name)")
      return
    case .signed, .unsigned, .unchecked, .unknownKey, .outsideTerm, .unknownPerson: break
    }
    guard isRequired, isWriting else { return }
    // Who wrote a change may not agree to it: where names are signed for, that one is too. As with reviews the key may not
    // have ended before the merge either: who has a lost key can date a commit back and write it in its owner's name.
    var written = judgement(of: commit, by: commit.author.email)
    if case .signed = written {
      written = judgement(of: commit, by: commit.author.email, on: step.commit.committer.when)
    }
    if case .signed = written { return }
    add(written, "the change \(commit.id.short) by \(commit.author.name)")
  }

  /// The merge or the reaffirmation itself.
  private mutating func judgeRecord(by signature: Signature) {
    let judgement = judgement(of: step.commit, by: signature.email)
    switch judgement {
    case .signed: return
    case .invalid, .ofAnother: break
    case .unsigned, .unchecked, .unknownKey, .outsideTerm, .unknownPerson: guard isRequired else { return }
    }
    // A merge that changes nothing and brings nothing says nothing.
    guard !step.isUnchanged || !step.brought.isEmpty || !step.reviews.isEmpty || step.form == .unchanged else { return }
    add(judgement, "the commit \(step.commit.id.short) of \(signature.name)")
  }

  private mutating func add(_ judgement: SignatureJudgement, _ what: String) {
    guard let (code, message) = SignatureCheck.told(judgement, what) else { return }
    findings.append(
      Finding(
        code, .breach, message, commit: step.commit.id, rule: SignatureCheck.rule(isRequired), missing: [what],
        help: [
          "let its author say it again, signed; what is in force already: "
            + "`ethos adopt \(step.commit.id.short) --because …`"
        ]))
  }

  /// Why an approval of a release does not count for its signature, to follow its name; nil where nothing speaks
  /// against it.
  ///
  /// The same is asked of it as of a review.
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
    case .unsigned where !isRequired, .unchecked where !isRequired, .unknownKey where !isRequired: return nil
    case .unknownPerson where !isRequired: return nil
    default: break
    }
    return told(judgement, "the release by \(tagger)").map { code, message in
      Finding(
        code, .breach, message, tag: tag, rule: rule(isRequired), missing: ["a signature of \(tagger)"],
        help: [
          "where no release came after it, remove it wherever it was pushed: `git tag -d \(shellWord(tag))`",
          "release again, signed: `ethos release`",
        ])
    }
  }

  private static func rule(_ isRequired: Bool) -> String {
    isRequired
      ? "a record is signed with a key that was its author's when it was made"
      : "a signature is by a key that was its author's when it was made"
  }

  static func told(_ judgement: SignatureJudgement, _ what: String) -> (code: String, message: String)? {
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
