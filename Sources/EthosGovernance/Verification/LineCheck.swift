import EthosDiff
import EthosModel
import EthosRecord
package import EthosText

/// Judges one commit of the line in force by the rules of the state that it left.
package struct LineCheck {
  private let step: LineStep
  private let standing: Standing
  private var findings: [Finding] = []

  /// What the rules do not allow in a step, whose standing was asked for.
  ///
  /// `now` is a moment that nothing honest is dated after.
  package static func findings(_ step: LineStep, _ standing: Standing, now: Instant) -> [Finding] {
    var check = LineCheck(step, standing)
    check.checkDates(now)
    switch step.form {
    case .root: break
    case .unchanged: check.checkReaffirmation()
    case .direct:
      check.checkDirect()
      check.checkReaffirmation()
    case .merge:
      check.checkMerge()
      check.checkReaffirmation()
    }
    check.checkReadable()
    check.tellAside()
    return check.findings
  }

  private init(_ step: LineStep, _ standing: Standing) {
    self.step = step
    self.standing = standing
  }

  private mutating func add(
    _ code: String, _ message: String, entries: [EntryKey] = [], rule: String, needed: [String] = [],
    signed: [String] = [], missing: [String] = [], help: [String] = []
  ) {
    findings.append(
      Finding(
        code, .breach, message, commit: step.commit.id, entries: entries, rule: rule, needed: needed, signed: signed,
        missing: missing, help: help))
  }

  private var adoption: String {
    "let those who should have agreed adopt it, `ethos adopt \(step.commit.id.short) --because …`"
  }

  // MARK: - Dates

  private mutating func checkDates(_ now: Instant) {
    let rule = "a date decides who holds which office: it may not run before that of a parent by more than a day"
    let when = step.commit.committer.when
    if when.seconds > now.seconds + toleratedClockDifference {
      add(
        "date-ahead", "the commit is dated \(when.iso8601), which was still to come on \(now.iso8601)",
        rule: "a date decides who holds which office: it may not lie ahead", help: [adoption])
    }
    let approvals = Set(standing.approvals.map(\.review))
    let given = step.reviews.filter { approvals.contains($0.id) }.compactMap(\.committed)
    let earlier = [step.latest, step.parent?.committer.when].compactMap { $0 }
    let newest = (earlier + step.brought.map(\.committer.when) + given).max { $0.seconds < $1.seconds }
    if let newest, when.seconds + toleratedClockDifference < newest.seconds {
      add(
        "merge-backdated", "the commit is dated \(when.iso8601), and what it builds on \(newest.iso8601)", rule: rule,
        help: [adoption])
    }
    for commit in step.backdated {
      add(
        "commit-backdated",
        "the commit \(commit.id.short) that it brings is dated \(commit.committer.when.iso8601), before what it builds on",
        rule: rule,
        help: [
          "before it is in force, let its author make it again with the true date, and those who agreed agree to that",
          adoption,
        ])
    }
  }

  // MARK: - Commits that change nothing

  private mutating func checkReaffirmation() {
    guard let record = ReaffirmationRecord(message: step.commit.message) else { return }
    let charter = Charter(snapshot: step.rules)
    guard charter.hasAuthority else { return }
    let person = People(snapshot: step.rules).person(email: step.commit.author.email)
    let offices = Offices(snapshot: step.rules)
    for entry in record.entries {
      let owner = step.rules[entry.key].flatMap { charter.owner(of: $0) }
      let holders = owner.map { offices.holders(of: $0, on: step.day) } ?? []
      if owner != nil, person.map({ !holders.contains($0.id) }) ?? true {
        add(
          "reaffirmation-unowned", "\(step.commit.author.name) reaffirmed `\(entry.key)` without holding its office",
          entries: [entry.key], rule: "who reaffirms holds the office that owns the commitment",
          needed: ["a holder of \(owner ?? "")"], signed: [step.commit.author.name], missing: holders,
          help: ["let a holder reaffirm it: `ethos reaffirm \(entry.key) --because …`", adoption])
      }
      if entry.fingerprint != Fingerprint.of(entry.key, in: step.before) {
        add(
          "reaffirmation-stale", "`\(entry.key)` was reaffirmed with another content than it had", entries: [entry.key],
          rule: "a reaffirmation names the fingerprint of what stands",
          help: ["reaffirm it again: `ethos reaffirm \(entry.key) --because …`", adoption])
      }
    }
  }

  // MARK: - What cannot be read

  /// What is hidden in a file that ethos cannot read, other programs may read.
  private mutating func checkReadable() {
    guard !standing.isOpen, step.form != .root else { return }
    // A breach that broke the charter is adopted once somebody has put that back.
    if Charter(snapshot: step.before).hasAuthority, !Charter(snapshot: step.leaves ?? step.after).hasAuthority {
      add(
        "authority-lost", "the commit leaves no charter that says who must agree to what",
        rule: "who may do what is never nobody's to say: what comes after is judged by the last state that says it",
        help: ["restore the charter by a proposal, which those of before have to approve", adoption])
    }
    guard let first = step.unreadable.first else { return }
    let more = step.unreadable.count > 1 ? ", and \(step.unreadable.count - 1) more" : ""
    add(
      "identity-unreadable",
      "the commit leaves what cannot be read as it is meant: \(first.message) (\(first.location?.file ?? "ethos.yaml"))\(more)",
      rule: "what comes into force can be read, so that somebody could agree to it",
      help: ["see what is wrong: `ethos check`, and mend it by a proposal", adoption])
  }

  // MARK: - Reviews that do not count

  /// A review that is set aside puts nobody in breach: the quorum is asked of what is left.
  private mutating func tellAside() {
    for review in step.aside {
      findings.append(
        Finding(
          review.code, .note, review.inWords, commit: step.commit.id,
          entries: review.review.record.reviewed.map(\.key).sorted(),
          rule: "a review counts that is signed where the charter asks for it, and is of this proposal, on what is in "
            + "force, and not too old"))
    }
  }

  // MARK: - Commits past every proposal

  private mutating func checkDirect() {
    guard !standing.isOpen else { return }
    let entries = standing.entries.map(\.key)
    if let proposal = step.squashed {
      add(
        "squash-merge",
        "the content of the proposal `\(proposal)` was put on the branch in force as a commit of its own, without its "
          + "history and its reviews", entries: entries,
        rule: "a proposal is ratified by a merge commit, whose parents carry the reviews",
        needed: needs(standing.entries),
        help: [adoption, "allow merge commits alone in the forge's settings: `ethos help forges`"])
    } else {
      add(
        "direct-change", "\(step.commit.author.name) changed \(LineCheck.named(entries)) past every proposal",
        entries: entries, rule: "what is in force is changed by ratifying a proposal", needed: needs(standing.entries),
        signed: [], missing: standing.missingInWords(proposal: "NAME"), help: [adoption])
    }
  }

  // MARK: - Merges

  /// Where nobody has to agree to anything, a merge may bring and make what it likes: only what it says of others is held
  /// to the evidence.
  private mutating func checkMerge() {
    if !standing.isOpen { checkBrought() }
    checkBypassed()
    checkObjections()
    checkRecord()
  }

  private mutating func checkBypassed() {
    guard let first = step.bypassed.first else { return }
    add(
      "line-bypassed",
      "the merge brings \(first.id.short) (\(ChangeRecord(message: first.message).subject)), which was in force beside the line",
      rule: "the line in force goes on from what was in force, and never past it",
      help: [
        "find out who moved the branch, and compare with an earlier clone: `git log --first-parent`", adoption,
      ])
  }

  /// What a merge brings, and who agreed to that.
  private mutating func checkBrought() {
    if step.proposals > 1 {
      add(
        "several-proposals", "one merge brings \(step.proposals) proposals at once",
        rule: "each proposal is ratified by a merge of its own, so that what they decide together is seen",
        help: [adoption])
    }
    if let closing = step.closing {
      add(
        "proposal-closed",
        "the merge brings the proposal `\(closing.name)`, which was withdrawn on \(closing.when.iso8601) (`\(closing.tag)`)",
        rule: "a withdrawn proposal is closed for ever, and so is its name",
        help: [
          "propose it anew under another name, and let those who must agree say so again; what is in force already: "
            + "`ethos adopt \(step.commit.id.short) --because …`"
        ])
    }
    if let first = step.alongside.first {
      let more = step.alongside.count > 1 ? " and \(step.alongside.count - 1) more" : ""
      add(
        "brought-alongside",
        "the merge brings \(first.id.short) (\(ChangeRecord(message: first.message).subject))\(more), which is no part of "
          + "the proposal",
        rule: "a ratification brings one proposal and the reviews of it, and nothing else", help: [adoption])
    }
    if step.buries {
      add(
        "empty-merge", "the merge changes nothing of the identity, and brings changes or reviews all the same",
        rule:
          "what is brought by a merge is heard in it: an objection, or an author, of a change to come would be lost",
        help: [adoption])
    }
    if !step.madeInMerge.isEmpty {
      add(
        "made-in-merge",
        "the merge leaves \(LineCheck.named(step.madeInMerge.sorted())) otherwise than either side had it",
        entries: step.madeInMerge.sorted(),
        rule: "a ratification brings what the proposal says, and nothing else", help: [adoption])
    }
    for commit in step.withoutReason {
      add(
        "reason-missing",
        "the commit \(commit.id.short) (\(ChangeRecord(message: commit.message).subject)) gives no reason",
        rule: "every change says why", help: [adoption])
    }
    for entry in standing.entries where !entry.isMet { checkQuorum(entry) }
    for entry in standing.entries { checkBeneficiaries(entry) }
  }

  private mutating func checkQuorum(_ entry: EntryStanding) {
    let changes = step.changes.changes.filter { $0.entry == entry.key && $0.causes.isEmpty }.map(\.kind.id)
    let what =
      step.asked.contains(entry.key)
      ? "what changed nothing and is in breach was adopted"
      : changes.isEmpty
        ? "`\(entry.key)` was rewritten" : "`\(entry.key)` was changed (\(changes.joined(separator: ", ")))"
    if case .uncovered(let subject) = entry.need {
      add(
        "authority-uncovered", "\(what), and no row of the authority covers that", entries: [entry.key],
        rule: "a \(entry.level) change of `\(subject)` needs a row of the authority", help: [adoption])
      return
    }
    let approved = entry.verdicts.filter { $0.verdict == .approve }
    let stale = entry.stale.filter { $0.verdict == .approve }.map {
      "\($0.reviewer.name) approved something else on \($0.when.writersDay): \($0.reasonInWords)"
    }
    let authors = approved.filter { entry.authors.contains($0.reviewer.id) }.map {
      "\($0.reviewer.name) is an author of it"
    }
    let gaining = approved.filter { entry.beneficiaries.contains($0.reviewer.id) }.map {
      "\($0.reviewer.name) gains by it"
    }
    let unknown = approved.filter { !$0.reviewer.isKnown }.map { "\($0.reviewer.email) is nobody's address" }
    if !entry.need.isMet {
      add(
        "quorum-missing", "\(what) without the quorum of a \(entry.level) change", entries: [entry.key],
        rule: entry.quorums.map {
          "\($0.row.level) changes of \($0.row.names.joined(separator: ", ")) need \($0.row.quorumInWords)"
        }
        .joined(separator: "; "),
        needed: needs([entry]), signed: approved.map(\.reviewer.name).sorted(),
        missing: entry.quorums.flatMap(\.missing).map { $0.inWords(day: step.day, command: "`ethos approve`") } + stale
          + authors + gaining + unknown,
        help: [adoption])
    }
    for veto in entry.vetoes {
      add(
        "veto-overridden", "\(what) against the veto of \(veto.reviewer.name)", entries: [entry.key],
        rule: "an objection of an office with a veto blocks", missing: [veto.reviewer.name], help: [adoption])
    }
  }

  private mutating func checkBeneficiaries(_ entry: EntryStanding) {
    for person in entry.authors where entry.beneficiaries.contains(person) {
      add(
        "exception-self-dealing", "`\(entry.key)` was written by \(person), who gains by it", entries: [entry.key],
        rule: "an exception is written and agreed to by others than those who gain by it", signed: [person],
        help: [adoption])
    }
  }

  private mutating func checkObjections() {
    let answers = Dictionary((step.record?.answers ?? []).map { ($0.person, $0.because) }) { first, _ in first }
    for objection in standing.unanswered(answers) {
      add(
        "objection-unanswered", "the objection of \(objection.name) was not answered", entries: objection.entries,
        rule: "each standing objection is answered when the proposal is ratified",
        missing: ["an answer to \(objection.name)"],
        help: ["answer it on the record: \(adoption)"])
    }
  }

  /// What the message says of the ratification is a summary of what the reviews say.
  private mutating func checkRecord() {
    guard let record = step.record else {
      if RatificationRecord.isClaimed(by: step.commit.message) {
        add(
          "record-unreadable", "the merge says of itself what cannot be read as one record",
          rule: "a ratification names one proposal", help: [adoption])
      }
      return
    }
    if !step.hasShape {
      add(
        "record-unreadable", "the merge calls itself a ratification, and its parents are not those of one",
        rule: "the parents of a ratification are what was in force, the tip of one proposal, then reviews",
        help: [adoption])
    }
    if let ruleset = record.ruleset, !(1...ChangeKind.ruleset).contains(ruleset) {
      add(
        "ruleset-unknown", "the merge was made under ruleset \(ruleset), which this version does not know",
        rule: "what a change needs is asked under a ruleset that is known", help: ["verify with the newest ethos"])
    }
    if let ruleset = record.ruleset, ruleset < step.leastRuleset {
      add(
        "ruleset-lowered", "the merge was made under ruleset \(ruleset), and one before it under \(step.leastRuleset)",
        rule: "rules of classification that were left behind ask nothing of a new change", help: [adoption])
    }
    let approved = standing.approvals.map(\.email)
    let objected = standing.objections.map(\.email)
    for summary in contradictions(record.approvedBy, approved, "approved") { add(summary: summary) }
    for summary in contradictions(record.objectedBy, objected, "objected") { add(summary: summary) }
    let claimed = Set(record.objectedBy.compactMap { emailAddress($0) }.map(People.folded))
    for objection in standing.objections where !claimed.contains(People.folded(objection.email)) {
      add(
        "objection-dropped", "the record of the merge leaves out the objection of \(objection.name)",
        entries: objection.entries, rule: "an objection is part of the record for ever",
        missing: ["`Objected-by: \(objection.name) <\(objection.email)>`"], help: [adoption])
    }
    let levels = Dictionary(standing.entries.map { ($0.key, $0.level.rawValue) }) { first, _ in first }
    for said in record.levels where levels[said.key] != said.level && !standing.isOpen {
      add(
        "level-contradicted",
        "the merge says that `\(said.key)` changed at the level \(said.level), and it is \(levels[said.key] ?? "unchanged")",
        entries: [said.key], rule: "the record of a merge says the level at which authority was asked", help: [adoption]
      )
    }
  }

  private func contradictions(_ said: [String], _ evidence: [String], _ verb: String) -> [String] {
    let known = Set(evidence.map(People.folded))
    return said.filter { !known.contains(emailAddress($0).map(People.folded) ?? "") }.map {
      "the merge says that \($0) \(verb), and no review that counts says so"
    }
  }

  private mutating func add(summary message: String) {
    add(
      "summary-contradicted", message, rule: "the trailers of a merge sum up the reviews that it carries",
      help: [adoption])
  }

  // MARK: - Words

  private func needs(_ entries: [EntryStanding]) -> [String] {
    entries.flatMap { entry in entry.quorums.map { "`\(entry.key)`: \($0.row.quorumInWords)" } }
  }

  private static func named(_ keys: [EntryKey]) -> String {
    let shown = keys.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return keys.count > 3 ? "\(shown) and \(keys.count - 3) more" : keys.isEmpty ? "files of the identity" : shown
  }
}
