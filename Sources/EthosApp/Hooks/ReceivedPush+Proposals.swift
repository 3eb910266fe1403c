import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension ReceivedPush {
  // MARK: - what is kept

  private static let kept = "an objection is never lost: a proposal is ratified or closed before its branch goes"

  /// What of a proposal or its reviews may go once the line in force, or a tag that closes it, holds it.
  mutating func checkProposal(_ reference: PushedReference, _ line: String) throws {
    let name = reference.name(in: "refs/heads/proposals/") ?? ""
    guard let before = reference.before else { return try checkIsOpen(reference, name, line) }
    if let after = reference.after, try repository.isAncestor(before, of: after) { return }
    // To move it onto what is in force, or to nothing, is to take it away; else what was rewritten is the proposal, and
    // what was said of it must be kept.
    let isGone = try reference.after.map { try isOnLine($0, line) } ?? true
    if isGone {
      guard try !isKept(before, line) else { return }
      refuse(
        reference, "proposal-lost", "the branch goes, and nothing keeps its commits", rule: Self.kept,
        help: "close it first: `ethos withdraw NAME --because …`, and push the tag `closed/NAME` too")
    } else if let lost = try lostReviews(before, of: name, line).first {
      refuse(
        reference, "proposal-lost", "the push leaves out \(lost), which nothing else keeps", rule: Self.kept,
        help: "fetch, and rewrite the proposal on top of it; or let its author push `reviews/NAME/PERSON` first")
    }
  }

  /// A name whose proposal was closed begins no other one.
  private mutating func checkIsOpen(_ reference: PushedReference, _ name: String, _ line: String) throws {
    guard let after = reference.after, case .record(let tag)? = try coming.closing(name),
      try !repository.isAncestor(after, of: tag.target), try !isOnLine(after, line)
    else { return }
    refuse(
      reference, "proposal-closed", "a proposal of this name was withdrawn",
      rule: "a proposal that was withdrawn is closed for ever",
      help: "propose it under another name: `ethos propose NAME --because …`")
  }

  /// The reviews in a state of a branch that nothing holds any more which a verification asks about this proposal.
  private func lostReviews(_ before: ObjectID, of proposal: String, _ line: String) throws -> [String] {
    var keepers = [remaining[Array(line.utf8)]].compactMap { $0 }
    let closed = RecordReference.closed(proposal)
    if let id = remaining[Array(closed.utf8)], let kept = try workspace.closing(proposal, at: id).kept {
      keepers.append(kept)
    }
    let own = [RecordReference.proposal(proposal)]
    keepers += remaining.filter { key, _ in
      own.contains { $0.utf8.elementsEqual(key) } || key.starts(with: RecordReference.reviews(proposal).utf8)
    }.map(\.value)
    return try repository.walk(from: [before], hiding: keepers).compactMap { id in
      let commit = try repository.commit(id)
      return isReview(commit) ? "the review \(id.short) of \(commit.author.name)" : nil
    }
  }

  private func isReview(_ commit: Commit) -> Bool {
    ReviewRecord(message: commit.message) != nil || ReleaseApproval(message: commit.message) != nil
  }

  private func isOnLine(_ id: ObjectID, _ line: String) throws -> Bool {
    try remaining[Array(line.utf8)].map { try repository.isAncestor(id, of: $0) } ?? false
  }

  /// Whether the line in force, or the record of a withdrawal, holds a commit.
  private func isKept(_ id: ObjectID, _ line: String) throws -> Bool {
    if try isOnLine(id, line) { return true }
    let folder = Array("refs/tags/closed/".utf8)
    return try remaining.contains { name, target in
      guard name.starts(with: folder) else { return false }
      let proposal = String(decoding: name.dropFirst(folder.count), as: UTF8.self)
      guard let kept = try workspace.closing(proposal, at: target).kept else { return false }
      return try repository.isAncestor(id, of: kept)
    }
  }

  // MARK: - reviews

  mutating func checkReview(_ reference: PushedReference, _ line: String) throws {
    let rule = "a review is its author's own, and nobody rewrites it"
    let branch = ReviewBranch(reference.name)
    if let before = reference.before {
      let isForward = try reference.after.map { try repository.isAncestor(before, of: $0) } ?? false
      if !isForward, let lost = try lostReviews(before, of: branch?.proposal ?? "", line).first {
        refuse(
          reference, reference.after == nil ? "proposal-lost" : "review-rewritten",
          "the push takes away \(lost), which nothing else keeps", rule: rule,
          help: "say it again on top: `ethos approve NAME`, `ethos object NAME` or `ethos abstain NAME`",
          "a proposal with its reviews is closed by `ethos withdraw NAME --because …`")
        return
      }
    }
    guard let after = reference.after else { return }
    guard let branch else {
      refuse(
        reference, "reference-misnamed", "a review is on the branch `reviews/NAME/PERSON`", rule: rule,
        help: "push it under a name of this form")
      return
    }
    guard isReview(try repository.commit(after)) else {
      refuse(
        reference, "review-unreadable", "the branch of a review does not end with one", rule: rule,
        help: "say what you think of it: `ethos approve NAME`, `ethos object NAME` or `ethos abstain NAME`")
      return
    }
    // What was here before the push is somebody's already; what others said of what was read is theirs.
    let known = try knownCommits()
    let new = try newCommits(from: after, hiding: known).map { try repository.commit($0) }
    let read = Set(try repository.walk(from: new.filter { !isReview($0) }.map(\.id), hiding: []))
    for review in new where isReview(review) && !read.contains(review.id) {
      guard let problem = try problem(review, on: branch, line) else { continue }
      refuse(
        reference, "review-of-another", "the review \(review.id.short) \(problem)", rule: rule,
        help: "push your own reviews to your own branch")
    }
  }

  /// Why a review is not that of the person whose branch it is on; nil where it is.
  private func problem(_ review: Commit, on branch: ReviewBranch, _ line: String) throws -> String? {
    let by = "is by \(review.author.name) <\(review.author.email)>, on the branch of `\(branch.speaker)`"
    guard let authority = try authority(of: review, line) else {
      // Where nobody is known, a branch is named after an address.
      let id = review.author.email.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
      return String(id).utf8.elementsEqual(branch.speaker.utf8) ? nil : by
    }
    guard People(snapshot: authority).person(email: review.author.email)?.id == branch.speaker else { return by }
    if let said = ReviewRecord(message: review.message), said.onBehalfOf != branch.recorder.map({ _ in branch.person })
    {
      return "speaks for `\(said.onBehalfOf ?? branch.speaker)`, on the branch of `\(branch.person)`"
    }
    return try signatureProblem(review.id, review.author, review.committer.when, authority).map {
      "cannot be shown to be by `\(branch.speaker)`: it \($0)"
    }
  }

  /// The people who are asked about a review: those in force, or, of somebody who is new with what was read, those
  /// there.
  ///
  /// Nil where there are none.
  private func authority(of review: Commit, _ line: String) throws -> Snapshot? {
    let store = workspace.store
    let kinds: Set<Kind> = [.charter, .person]
    let inForce = try remaining[Array(line.utf8)].map {
      try store.snapshot(ofTree: repository.commit($0).tree, kinds: kinds)
    }
    if let inForce, People(snapshot: inForce).person(email: review.author.email) != nil { return inForce }
    let read = try store.snapshot(ofTree: review.tree, kinds: kinds)
    if !read.all(.person).isEmpty { return read }
    return inForce.flatMap { $0.all(.person).isEmpty ? nil : $0 }
  }

  /// What is wrong with the signature of a record; nil where nothing is, or none is asked for.
  private func signatureProblem(
    _ id: ObjectID, _ author: Signature, _ committed: Instant, _ authority: Snapshot
  ) throws -> String? {
    guard Charter(snapshot: authority).requiresSignatures else { return nil }
    let verifier = SignatureVerifier(workspace.store, environment: workspace.environment.variables)
    let judgement = Signers(snapshot: authority).judgement(
      of: try verifier.verdict(of: id), by: author.email, on: try workspace.day(of: committed))
    return SignatureCheck.problem(judgement, isRequired: true, hasKeys: true)
  }

  // MARK: - withdrawals

  mutating func checkClosing(_ reference: PushedReference, _ line: String) throws {
    let name = reference.name(in: "refs/tags/closed/") ?? ""
    if let before = reference.before, try workspace.closing(name, at: before).kept != nil {
      refuse(
        reference, reference.after == nil ? "tag-removed" : "tag-remade",
        "the tag \(reference.shortName) is a record: it stays where it is",
        rule: "a tag of a record stays where it is for ever", help: "propose what is right under another name")
      return
    }
    // What holds the name and closes nothing may go, or be replaced by what does.
    guard let after = reference.after else { return }
    guard case .record(let tag) = try workspace.closing(name, at: after) else {
      if case .none(let reason) = try workspace.closing(name, at: after) {
        refuse(
          reference, "closing-invalid", "the tag closes no proposal: \(reason)", rule: Closing.rule,
          help: "close it with `ethos withdraw \(shellWord(name)) --because …`, and push the tag that it makes")
      }
      return
    }
    if let missing = try missing(in: tag.target, of: name, line) {
      refuse(
        reference, "closing-incomplete", "the withdrawal leaves out \(missing)", rule: Closing.rule,
        help:
          "take it back, fetch, and withdraw again: `git tag -d \(shellWord("closed/\(name)")) && git fetch && ethos withdraw \(shellWord(name))`"
      )
      return
    }
    if let problem = try problem(closing: tag, line) {
      refuse(
        reference, "closing-unauthorised", problem,
        rule: "a proposal is withdrawn by those who wrote it, or by somebody who holds an office",
        help: "let one of them withdraw it; what you think of it, say by `ethos object \(shellWord(name)) --because …`")
    }
  }

  /// What is known of a proposal and would not be kept by its withdrawal; nil where everything is.
  private func missing(in kept: ObjectID, of name: String, _ line: String) throws -> String? {
    guard try !isOnLine(kept, line) else { return "every commit of it: what it keeps is in force" }
    let proposal = RecordReference.proposal(name)
    let reviews = RecordReference.reviews(name)
    var known = try repository.references(under: proposal).filter { $0.name.utf8.elementsEqual(proposal.utf8) }
      .map { ($0.name, $0.target) }
    known += try repository.references(under: reviews).map { ($0.name, $0.target) }
    known += push.compactMap { pushed in
      guard pushed.isNamed(proposal) || pushed.lies(in: reviews), let after = pushed.after else { return nil }
      return (pushed.name, after)
    }
    for (name, tip) in known where try !repository.isAncestor(tip, of: kept) && !isOnLine(tip, line) {
      return "`\(shortName(of: name))` as the server has it, \(tip.short)"
    }
    return nil
  }

  /// Why a withdrawal is not one of somebody who may; nil where it is, or where the identity states no authority.
  private func problem(closing tag: AnnotatedTag, _ line: String) throws -> String? {
    guard let head = remaining[Array(line.utf8)] else { return nil }
    let authority = try workspace.store.snapshot(
      ofTree: repository.commit(head).tree, kinds: [.charter, .person, .cycle])
    guard Charter(snapshot: authority).hasAuthority else { return nil }
    guard let tagger = tag.tagger else { return "the withdrawal does not say whose it is" }
    let people = People(snapshot: authority)
    let person = people.person(email: tagger.email)
    let commits = try repository.walk(from: [tag.target], hiding: [head]).map { try repository.commit($0) }
    let reader = ProposalReader(workspace.store)
    let isAuthor = try commits.contains { commit in
      guard !isReview(commit), !commit.isOfWithdrawal(tag) else { return false }
      // A class or a reason is no change; what asks for an adoption changes no file, and is its author's all the same.
      guard try !reader.writtenEntries(commit).isEmpty || !ChangeRecord(message: commit.message).adopts.isEmpty else {
        return false
      }
      let writers = [commit.author.email] + ChangeRecord(message: commit.message).coAuthorEmails
      return writers.contains { email in
        person.map { people.person(email: email)?.id == $0.id } ?? (email.lowercased() == tagger.email.lowercased())
      }
    }
    let offices = Offices(snapshot: authority).held(on: try workspace.today())
    guard isAuthor || person.map({ person in offices.contains { $0.holders.contains(person.id) } }) ?? false else {
      return "\(tagger.name) <\(tagger.email)> wrote nothing of the proposal, and holds no office"
    }
    return try signatureProblem(tag.id, tagger, tagger.when, authority).map {
      "the withdrawal cannot be shown to be by \(tagger.name): it \($0)"
    }
  }
}

extension Commit {
  /// Whether it is the commit that a withdrawal made itself, to join the reviews: whoever withdraws wrote it.
  fileprivate func isOfWithdrawal(_ tag: AnnotatedTag) -> Bool { id == tag.target && parents.count > 1 }
}
