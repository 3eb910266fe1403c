import EthosDiff
import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// Goes along the line in force, from what was verified before to its head.
struct LineVerification {
  private let workspace: Workspace
  private let request: VerifyRequest
  private var reader: LineReader
  private let signatures: StepSignatures
  /// What was verified before and is built on.
  private(set) var base: VerifiedMark?
  private(set) var adopted: [AdoptedBreach] = []
  /// Whose rules judge what comes next.
  private(set) var authority = LineAuthority()
  /// The rules by which commits were judged while those of the state before them were in doubt.
  private(set) var rules: [ObjectID: LineAuthority] = [:]
  /// The commits whose findings are asked for, where not all are.
  private var reported: Set<ObjectID> = []
  private var isRange = false
  private var found: [(commit: VerifiedMark.Unclean, findings: [Finding])] = []
  /// Objections that were brought and are about other changes than were made then, by the steps that brought them.
  private var buried = BuriedObjections()
  private var burying: [ObjectID] = []
  /// Whether the line ends at a commit that cannot be read.
  private(set) var isBroken = false
  /// The keys that commits of the line revoked, in its order.
  private(set) var revocations: [(commit: ObjectID, keys: [KeyRevocation])] = []
  /// What was verified here before, where the line no longer holds it.
  private(set) var lost: ObjectID?
  /// The newest date of the line so far, those left aside that are still to come.
  private var latest: Instant?
  /// The newest ruleset that a merge of the line was made under so far.
  private var ruleset = 1
  /// How many ratifications rest on signatures, on some, on none, of the whole line.
  private(set) var counts = (signed: 0, partly: 0, unsigned: 0)
  /// Commits that were found here to be dated in time to come, with the moment of that.
  private var ahead: [ObjectID: Instant] = [:]

  /// What is found changes with these; what was remembered under others is left aside.
  private static let version = 8

  init(_ workspace: Workspace, _ request: VerifyRequest) {
    self.workspace = workspace
    self.request = request
    reader = LineReader(workspace)
    signatures = StepSignatures(workspace)
  }

  var assurance: Assurance { Assurance(signed: counts.signed, partly: counts.partly, unsigned: counts.unsigned) }

  /// The findings in the order of the line; those of breaches that were adopted are notes.
  var findings: [Finding] {
    found.filter { !isRange || reported.contains($0.commit.id) }.flatMap { step in
      guard let adoption = adopted.first(where: { $0.commit == step.commit.id }) else { return step.findings }
      return step.findings.map(adoption.told)
    }
  }

  /// What was verified here before, as far as it may be built on.
  static func mark(_ workspace: Workspace) -> VerifiedMark? {
    workspace.store.verifiedMark(conditions: conditions)
  }

  static var conditions: String { "\(LineVerification.version).\(ChangeKind.ruleset)" }

  /// Whether a commit was found that is dated in time to come.
  var isAhead: Bool { found.contains { $0.commit.ahead != nil } }

  /// The commits that were judged before and not again.
  var remembered: Int { base.map { $0.count - $0.unclean.count } ?? 0 }

  /// Judges the commits of the line that leads to `head`.
  ///
  /// Those before `from` are judged too, as what comes after them rests on them, and their findings are left out.
  mutating func run(from: ObjectID?, to head: ObjectID) throws -> (root: ObjectID, count: Int) {
    let known = LineVerification.mark(workspace)
    for commit in known?.unclean ?? [] { ahead[commit.id] = commit.ahead }
    let mark = request.usesMemory ? known : nil
    var fresh: [ObjectID] = []
    var next: ObjectID? = head
    var seen: Set<ObjectID> = []
    var isAfter = from == nil ? nil : false as Bool?
    while let id = next, seen.insert(id).inserted {
      if id == from { isAfter = true }
      if let mark, mark.head == id {
        base = mark
        break
      }
      do throws(GitError) {
        next = try workspace.repository.parents(of: id).first
      } catch {
        guard error.isOfObject else { throw error }
        isBroken = true
        found.append((unclean(id), [UnreadableLine.broken(at: id, below: fresh.last, error)]))
        break
      }
      fresh.append(id)
      if from != nil, isAfter == false { reported.insert(id) }
    }
    if let mark, base == nil, request.range == nil { lost = mark.head }
    if let from, isAfter == false {
      let isRemembered = try base.map { try workspace.isOnLine(from, of: $0.head) } ?? false
      isAfter = isBroken || isRemembered
      guard isAfter == true else {
        throw Failure.no(
          "`\(from.short)` is not on the line that leads to `\(head.short)`",
          help: "the line was rewritten, or another state is meant: see `git log --first-parent`")
      }
      // What was remembered lies on both sides of it.
      var next = base?.head
      while let id = next, id != from {
        reported.insert(id)
        next = try workspace.repository.parents(of: id).first
      }
    }
    isRange = from != nil
    if let base { try resume(base) }
    for id in fresh.reversed() { try add(id) }
    return (base?.root ?? fresh.last ?? head, fresh.count + (base?.count ?? 0))
  }

  /// Goes on from what was verified before: what was wrong is judged anew, and what only memory keeps is taken from it.
  private mutating func resume(_ mark: VerifiedMark) throws {
    for id in mark.revoking { revoke(try judge(workspace.repository.commit(id)).step) }
    for id in mark.burying { try bury(judge(workspace.repository.commit(id)).step) }
    var moves = mark.moved
    /// Takes what changed the authority, and was in order, before the commits that come after it.
    func take(_ line: inout LineVerification, until id: ObjectID?) throws {
      while let move = moves.first, move.id != id, !mark.unclean.contains(where: { $0.id == move.id }) {
        moves.removeFirst()
        let commit = try line.workspace.repository.commit(move.id)
        guard let parent = commit.parents.first else { continue }
        let states = try [line.workspace.repository.commit(parent).tree, commit.tree].map {
          try line.workspace.store.snapshot(ofTree: $0)
        }
        line.authority.add(move.id, before: states[0], after: states[1], isAgreed: true)
      }
      if let move = moves.first, move.id == id { moves.removeFirst() }
    }
    for unclean in mark.unclean {
      try take(&self, until: unclean.id)
      (ruleset, latest) = (unclean.ruleset, unclean.latest)
      try add(unclean.id)
    }
    try take(&self, until: nil)
    for adoption in mark.adoptions {
      let merge = try judge(workspace.repository.commit(adoption.merge))
      try adopt(adoption.breach, by: merge.step, merge.standing)
    }
    (ruleset, latest) = (mark.ruleset, mark.latest)
    counts = (mark.signed, mark.partly, mark.unsigned)
  }

  /// Remembers a whole line and its releases without findings, so that verifying again costs what came since.
  func remember(_ line: (root: ObjectID, count: Int), head: ObjectID, releases: [VerifiedMark.Release]) throws {
    // What lies below a commit that cannot be read may be there tomorrow.
    if isBroken { return }
    workspace.store.remember(
      VerifiedMark(
        head: head, root: line.root, count: line.count, signed: counts.signed, partly: counts.partly,
        unsigned: counts.unsigned, ruleset: ruleset, latest: latest, burying: burying,
        revoking: revocations.map(\.commit), unclean: found.map(\.commit),
        adoptions: adopted.map { VerifiedMark.Adoption(breach: $0.commit, merge: $0.merge) }, releases: releases,
        moved: authority.steps.map { VerifiedMark.Moved(id: $0) }, written: workspace.environment.now),
      conditions: LineVerification.conditions)
  }

  /// The state whose charter, people and offices judged a merge of the line, given the leadership before it.
  ///
  /// Where something was ever in breach and was remembered from before, the line is judged anew for it.
  func rules(of merge: ObjectID, _ before: Snapshot) throws -> Snapshot {
    guard let base, !base.unclean.isEmpty || !base.adoptions.isEmpty else {
      return rules[merge]?.rules(at: before) ?? before
    }
    return try workspace.wholeLine(to: base.head).rules[merge]?.rules(at: before) ?? rules[merge]?.rules(at: before)
      ?? before
  }

  /// What is in breach on the line, and not adopted.
  var breaches: [Finding] { findings.filter { $0.severity == .breach } }

  /// What is, or was until it was adopted, in breach in a commit of the line; nil where nothing is.
  func breach(of commit: ObjectID) -> LedgerEntry.Breach? {
    let found = found.filter { $0.commit.id == commit }.flatMap(\.findings).filter { $0.severity == .breach }
    guard !found.isEmpty else { return nil }
    let adoption = adopted.first { $0.commit == commit }
    return LedgerEntry.Breach(
      codes: Set(found.map(\.code)).sorted(), adoptedBy: adoption?.by ?? [], adoption: adoption?.merge)
  }

  /// What is in breach in a commit of the line, and not adopted.
  func findings(of commit: ObjectID) -> [Finding] {
    adopted.contains { $0.commit == commit } ? [] : found.filter { $0.commit.id == commit }.flatMap(\.findings)
  }

  /// What a commit of the line reaffirms, as far as it may: who does not hold the office, or cannot be known by a signature
  /// where one is asked for, looked at nothing for the organisation.
  func reaffirmations(of commit: Commit) -> [ReaffirmationRecord.Entry] {
    guard !commit.parents.isEmpty, let record = ReaffirmationRecord(message: commit.message) else { return [] }
    let breaches = findings(of: commit.id).filter { $0.severity == .breach }
    return record.entries.filter { entry in
      !breaches.contains { $0.entries.isEmpty || $0.entries.contains(entry.key) }
    }
  }

  /// Says what a commit would be, or is, as the next one of the line; nothing is kept.
  func judgement(of commit: Commit, isMade: Bool = true) throws -> Judgement {
    var line = self
    return try line.judge(commit, isMade: isMade)
  }

  /// A commit with what its signatures are worth, where its change stands by the reviews that count, and what is wrong.
  private mutating func judge(_ commit: Commit, isMade: Bool = true) throws -> Judgement {
    reader.authority = authority
    reader.latest = latest
    var step = try reader.step(commit, leastRuleset: max(ruleset, ChangeKind.leastRuleset), isMade: isMade)
    let (check, signed) = try signatures.check(&step)
    step.closing = step.form == .merge ? try closing(of: step) : nil
    if let breach = step.adopts {
      for objection in try standingObjections(to: breach, before: step.before, after: step.after) {
        try step.join(objection, in: workspace.repository)
      }
    } else if step.form == .merge {
      let entries = Set(step.changes.changes.map(\.entry)).union(step.rewritten).sorted()
      try buried.join(to: &step, of: entries, in: workspace.repository)
    }
    let standing = step.standing
    let findings = LineCheck.findings(step, standing, now: now(for: commit.id)) + check.findings
    return Judgement(
      step: step, standing: standing, isIncomplete: check.isIncomplete, signed: signed, findings: findings)
  }

  /// A verdict does not get better by waiting: what ran ahead of the clock once is held to that moment.
  private func now(for commit: ObjectID) -> Instant { ahead[commit] ?? workspace.environment.now }

  private func unclean(_ id: ObjectID) -> VerifiedMark.Unclean {
    VerifiedMark.Unclean(id: id, ruleset: ruleset, latest: latest)
  }

  /// Goes on by a commit of the line; one that cannot be read, or brings what cannot be, is a finding, and the next is
  /// judged by the rules of before.
  private mutating func add(_ id: ObjectID) throws {
    do {
      try add(workspace.repository.commit(id))
    } catch let error as GitError where error.isOfObject {
      found.append((unclean(id), [UnreadableLine.unreadable(id, error)]))
      authority.add(id, before: reader.state, after: .empty, isAgreed: false)
    }
  }

  /// Goes on by a commit of the line.
  private mutating func add(_ commit: Commit) throws {
    if authority.isDoubtful { rules[commit.id] = authority }
    let judgement = try judge(commit)
    let (step, standing) = (judgement.step, judgement.standing)
    if step.form == .merge, !standing.isOpen {
      switch judgement.assurance {
      case .signed: counts.signed += 1
      case .partlySigned: counts.partly += 1
      case .unsigned: counts.unsigned += 1
      }
    }
    // What could not be checked is looked at each time, until it can be.
    if !judgement.findings.isEmpty || judgement.isIncomplete {
      let isAhead = judgement.findings.contains { $0.code == "date-ahead" }
      found.append(
        (
          VerifiedMark.Unclean(
            id: commit.id, ruleset: ruleset, latest: latest, ahead: isAhead ? now(for: commit.id) : nil),
          judgement.findings
        ))
    }
    let isBreach = !judgement.breaches.isEmpty
    if !isBreach, let breach = step.adopts, !standing.approvals.isEmpty { try adopt(breach, by: step, standing) }
    try bury(step)
    if !isBreach { revoke(step) }
    if step.adopts == nil, step.form != .root {
      authority.add(commit.id, before: step.before, after: step.after, isAgreed: !isBreach)
    }
    latest = workspace.later(latest, commit.committer.when)
    if let stated = step.record?.ruleset, stated <= ChangeKind.ruleset { ruleset = max(ruleset, stated) }
  }

  /// Keeps in mind the keys that a step revokes.
  private mutating func revoke(_ step: LineStep) {
    let isKnown = revocations.contains { $0.commit == step.commit.id }
    guard !isKnown, step.changed.contains(where: { $0.kind == .person }) else { return }
    let keys = KeyRevocation.revocations(from: step.before, to: step.after, on: step.day)
    if !keys.isEmpty { revocations.append((step.commit.id, keys)) }
  }

  /// Keeps in mind the objections of a step that are about something else than it changed.
  private mutating func bury(_ step: LineStep) throws {
    guard step.form == .merge, !burying.contains(step.commit.id) else { return }
    let count = buried.ids.count
    buried.add(
      step.reviews.filter { !buried.ids.contains($0.id) }, graph: step.graph, before: step.before, after: step.after)
    if buried.ids.count > count { burying.append(step.commit.id) }
  }

  private mutating func adopt(_ breach: ObjectID, by step: LineStep, _ standing: Standing) throws {
    guard !adopted.contains(where: { $0.merge == step.commit.id }) else { return }
    let commit = try workspace.repository.commit(breach)
    authority.accept(breach)
    adopted.append(
      AdoptedBreach(
        commit: breach, from: try workspace.zone(before: commit).day(of: commit.committer.when), until: step.day,
        merge: step.commit.id,
        by: standing.approvals.map(\.name)))
  }

  // MARK: - what a merge has to hear

  /// The objections against which a breach was made, as an adoption of it has to hear them.
  private func standingObjections(
    to breach: ObjectID, before: Snapshot, after: Snapshot
  ) throws -> [SubmittedReview] {
    var line = LineVerification(workspace, VerifyRequest())
    line.ruleset = ChangeKind.ruleset
    line.authority = authority
    let past = try line.judge(workspace.repository.commit(breach))
    return Adoption.standingObjections(past.step, past.standing, before: before, after: after)
  }

  /// What a withdrawn proposal was last, and the commit that keeps it with its reviews.
  ///
  /// What it was built on, another's proposal or what was in force meanwhile, is not closed with it.
  private func tips(of closed: ClosedProposal) throws -> [ObjectID] {
    let repository = workspace.repository
    guard try repository.contains(closed.target), try repository.objectHeader(closed.target).kind == .commit else {
      return []
    }
    let kept = try repository.commit(closed.target)
    guard kept.parents.count > 1, let tip = kept.parents.first, try repository.commit(tip).tree == kept.tree else {
      return [kept.id]
    }
    return [kept.id, tip]
  }

  /// The closing of what a step merges, where it was closed before: by its commits, or by its name.
  private func closing(of step: LineStep) throws -> LineStep.Closing? {
    let merged = step.commit.committer.when
    let rules = (Charter(snapshot: step.rules), Signers(snapshot: step.rules), workspace.days(of: step.rules))
    for closed in try workspace.closings() where closed.closing.when.seconds <= merged.seconds {
      let isNamed = step.proposal.map { closed.closing.name.utf8.elementsEqual($0.utf8) } ?? false
      let tips = try isNamed ? [] : tips(of: closed)
      let isBrought = step.brought.contains { step.commit.parents.contains($0.id) && tips.contains($0.id) }
      guard isNamed || isBrought else { continue }
      // What was closed on top of the merge was closed after it, whatever the dates are.
      if step.isMade, try workspace.repository.isAncestor(step.commit.id, of: closed.target) { continue }
      // Only what is signed is believed, of a closing too.
      if rules.0.requiresSignatures {
        let judgement = rules.1.judgement(
          of: try workspace.signatureVerifier.verdict(of: closed.tag), by: closed.tagger,
          on: rules.2(closed.closing.when))
        guard case .signed = judgement else { continue }
      }
      return closed.closing
    }
    return nil
  }
}
