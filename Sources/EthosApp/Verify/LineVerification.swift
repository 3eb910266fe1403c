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
  /// Whose authority nobody doubts, and whether that is known: of a part of the line it is not.
  private(set) var authority = LineAuthority()
  private var isAuthorityKnown = true
  private var found: [(commit: VerifiedMark.Unclean, findings: [Finding])] = []
  /// Objections that were brought and are about other changes than were made then, by the steps that brought them.
  private var buried = BuriedObjections()
  private var burying: [ObjectID] = []
  /// Whether the line ends at a commit that cannot be read.
  private(set) var isBroken = false
  /// Where the line was begun, when not with its first commit.
  private var start: ObjectID?
  /// What was verified here before, where the line no longer holds it.
  private(set) var lost: ObjectID?
  /// The newest date of the line so far, those left aside that are still to come.
  private var latest: Instant?
  /// The newest ruleset that a merge of the line was made under so far.
  private var ruleset = 1
  private var counts = (signed: 0, partly: 0, unsigned: 0)

  /// What is found changes with these; what was remembered under others is left aside.
  private static let rules = 3

  init(_ workspace: Workspace, _ request: VerifyRequest) {
    self.workspace = workspace
    self.request = request
    reader = LineReader(workspace)
    signatures = StepSignatures(workspace)
  }

  var assurance: Assurance { Assurance(signed: counts.signed, partly: counts.partly, unsigned: counts.unsigned) }

  /// The findings in the order of the line; those of breaches that were adopted are notes.
  var findings: [Finding] {
    found.flatMap { step in
      guard let adoption = adopted.first(where: { $0.commit == step.commit.id }) else { return step.findings }
      return step.findings.map(adoption.told)
    }
  }

  /// Days are counted in the zone of today's charter where the one of the time has none.
  private func conditions() throws -> String {
    "\(LineVerification.rules).\(ChangeKind.ruleset).\(try workspace.zone().name)"
  }

  /// The commits that were judged before and not again.
  var remembered: Int { base.map { $0.count - $0.unclean.count } ?? 0 }

  /// Judges the commits of the line after `from`, or all of them.
  mutating func run(from: ObjectID?, to head: ObjectID) throws -> (root: ObjectID, count: Int) {
    let mark = from == nil && request.usesMemory ? workspace.store.verifiedMark(conditions: try conditions()) : nil
    var fresh: [ObjectID] = []
    var next: ObjectID? = head
    var seen: Set<ObjectID> = []
    while let id = next, id != from, seen.insert(id).inserted {
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
    }
    if let mark, base == nil, request.range == nil { lost = mark.head }
    if let from, next != from, !isBroken {
      throw Failure.no(
        "`\(from.short)` is not on the line that leads to `\(head.short)`",
        help: "the line was rewritten, or another state is meant: see `git log --first-parent`")
    }
    if let base {
      for id in base.burying { try bury(read(workspace.repository.commit(id)).step) }
      for unclean in base.unclean {
        (ruleset, latest) = (unclean.ruleset, unclean.latest)
        try judge(unclean.id)
      }
      for adoption in base.adoptions {
        let merge = try read(workspace.repository.commit(adoption.merge))
        try adopt(adoption.breach, by: merge.step, merge.standing)
      }
      // What changed without a breach after one is not read again.
      isAuthorityKnown = !authority.isDoubtful
      (ruleset, latest) = (base.ruleset, base.latest)
      counts = (base.signed, base.partly, base.unsigned)
    } else if let from {
      ruleset = try newestRuleset(from)
      latest = try workspace.newestDate(of: from)
      isAuthorityKnown = false
      start = from
    }
    for id in fresh.reversed() { try judge(id) }
    return (base?.root ?? fresh.last ?? head, fresh.count + (base?.count ?? 0))
  }

  /// Remembers a whole line and its releases without findings, so that verifying again costs what came since.
  func remember(_ line: (root: ObjectID, count: Int), head: ObjectID, releases: [VerifiedMark.Release]) throws {
    // What lies below a commit that cannot be read may be there tomorrow.
    if isBroken { return }
    workspace.store.remember(
      VerifiedMark(
        head: head, root: line.root, count: line.count, signed: counts.signed, partly: counts.partly,
        unsigned: counts.unsigned, ruleset: ruleset, latest: latest, burying: burying, unclean: found.map(\.commit),
        adoptions: adopted.map { VerifiedMark.Adoption(breach: $0.commit, merge: $0.merge) }, releases: releases),
      conditions: try conditions())
  }

  /// The authority that nobody doubts at a commit of the line.
  static func authority(_ workspace: Workspace, at commit: ObjectID) throws -> LineAuthority {
    var request = VerifyRequest()
    for usesMemory in [true, false] {
      request.usesMemory = usesMemory
      var line = LineVerification(workspace, request)
      _ = try line.run(from: nil, to: commit)
      if line.isAuthorityKnown { return line.authority }
    }
    return LineAuthority()
  }

  /// What is in breach in a commit of the line, and not adopted.
  func findings(of commit: ObjectID) -> [Finding] {
    adopted.contains { $0.commit == commit } ? [] : found.filter { $0.commit.id == commit }.flatMap(\.findings)
  }

  /// The objections against which a breach was made, as an adoption of it has to hear them.
  static func standingObjections(
    _ workspace: Workspace, to breach: ObjectID, before: Snapshot, after: Snapshot, _ reviews: inout [SubmittedReview]
  ) throws {
    var line = LineVerification(workspace, VerifyRequest())
    line.ruleset = ChangeKind.ruleset
    let past = try line.read(workspace.repository.commit(breach))
    let objections = Adoption.standingObjections(past.step, past.standing, before: before, after: after)
    for objection in objections { try reviews.join(objection, in: workspace.repository) }
  }

  /// A commit with what its signatures are worth, and where its change stands by the reviews that count.
  private mutating func read(_ commit: Commit) throws -> (
    step: LineStep, standing: Standing, signatures: SignatureCheck, submitted: [SubmittedReview]
  ) {
    reader.authority = authority
    reader.latest = latest
    var step = try reader.step(commit, leastRuleset: ruleset)
    if step.adopts != nil, !isAuthorityKnown, let parent = step.parent {
      (authority, isAuthorityKnown) = (try LineVerification.authority(workspace, at: parent.id), true)
      reader.authority = authority
      step = try reader.step(commit, leastRuleset: ruleset)
    }
    let check = try signatures.check(step)
    let submitted = step.reviews
    step.reviews = check.counting
    if let breach = step.adopts {
      try LineVerification.standingObjections(
        workspace, to: breach, before: step.before, after: step.after, &step.reviews)
    } else if step.form == .merge {
      let entries = Set(step.changes.changes.map(\.entry)).union(step.rewritten).sorted()
      if let start {
        step.reviews = try workspace.buriedObjections(
          to: entries, before: step.before, after: step.after, main: start
        ).joined(
          to: step.reviews, of: entries, before: step.before, after: step.after, at: commit.id,
          in: workspace.repository)
      }
      step.reviews = try buried.joined(
        to: step.reviews, of: entries, before: step.before, after: step.after, at: commit.id, in: workspace.repository)
    }
    return (step, step.standing, check, submitted)
  }

  /// Judges one commit; one that cannot be read, or brings what cannot be, is a finding, and the next is judged.
  private mutating func judge(_ id: ObjectID) throws {
    do {
      try judge(workspace.repository.commit(id))
    } catch let error as GitError where error.isOfObject {
      found.append((unclean(id), [UnreadableLine.unreadable(id, error)]))
    }
  }

  private func unclean(_ id: ObjectID) -> VerifiedMark.Unclean {
    VerifiedMark.Unclean(id: id, ruleset: ruleset, latest: latest)
  }

  private mutating func judge(_ commit: Commit) throws {
    let (step, standing, signatures, submitted) = try read(commit)
    let findings = LineCheck.findings(step, standing, now: workspace.environment.now) + signatures.findings
    if step.form == .merge, !standing.isOpen {
      switch signatures.assurance(of: standing.approvals.map(\.review)) {
      case .signed: counts.signed += 1
      case .partlySigned: counts.partly += 1
      case .unsigned: counts.unsigned += 1
      }
    }
    // What could not be checked is looked at each time, until it can be.
    if !findings.isEmpty || signatures.isIncomplete {
      found.append((VerifiedMark.Unclean(id: commit.id, ruleset: ruleset, latest: latest), findings))
    }
    if findings.isEmpty, let breach = step.adopts, !standing.approvals.isEmpty {
      try adopt(breach, by: step, standing)
    }
    try bury(step)
    var whole = step
    whole.reviews = submitted
    try authority.add(whole, isBreach: !findings.isEmpty, isAgreed: agreement)
    latest = workspace.later(latest, commit.committer.when)
    if let stated = step.record?.ruleset, stated <= ChangeKind.ruleset { ruleset = max(ruleset, stated) }
  }

  /// Keeps in mind the objections of a step that are about something else than it changed.
  private mutating func bury(_ step: LineStep) throws {
    guard step.form == .merge, !burying.contains(step.commit.id) else { return }
    let count = buried.ids.count
    buried.add(step.reviews.filter { !buried.ids.contains($0.id) }, before: step.before, after: step.after)
    if buried.ids.count > count { burying.append(step.commit.id) }
  }

  /// Says of a step, with all reviews that it brought, whether nothing is wrong with it.
  private var agreement: (LineStep) throws -> Bool {
    let (signatures, now) = (signatures, workspace.environment.now)
    return { step in
      var step = step
      let check = try signatures.check(step)
      step.reviews = check.counting
      return check.findings.isEmpty && LineCheck.findings(step, step.standing, now: now).isEmpty
    }
  }

  private mutating func adopt(_ breach: ObjectID, by step: LineStep, _ standing: Standing) throws {
    guard !adopted.contains(where: { $0.merge == step.commit.id }) else { return }
    let commit = try workspace.repository.commit(breach)
    try authority.accept(breach, isAgreed: agreement)
    adopted.append(
      AdoptedBreach(
        commit: breach, from: try workspace.day(of: commit.committer.when), until: step.day, merge: step.commit.id,
        by: standing.approvals.map(\.name)))
  }

  /// The ruleset of the last ratification at or before a commit of the line: what came before was judged already.
  private func newestRuleset(_ commit: ObjectID) throws -> Int {
    var next: ObjectID? = commit
    while let id = next {
      let commit = try workspace.repository.commit(id)
      if commit.parents.count > 1, let stated = RatificationRecord(message: commit.message)?.ruleset,
        (1...ChangeKind.ruleset).contains(stated)
      {
        return stated
      }
      next = commit.parents.first
    }
    return 1
  }
}
