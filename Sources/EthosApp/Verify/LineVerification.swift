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
  private var found: [(commit: VerifiedMark.Unclean, findings: [Finding])] = []
  /// The newest ruleset that a merge of the line was made under so far.
  private var ruleset = 1
  private var counts = (signed: 0, partly: 0, unsigned: 0)

  /// What is found changes with these; what was remembered under others is left aside.
  private static let rules = 2

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
      fresh.append(id)
      next = try workspace.repository.parents(of: id).first
    }
    if let from, next != from {
      throw Failure.no(
        "`\(from.short)` is not on the line that leads to `\(head.short)`",
        help: "the line was rewritten, or another state is meant: see `git log --first-parent`")
    }
    if let base {
      for unclean in base.unclean {
        ruleset = unclean.ruleset
        try judge(workspace.repository.commit(unclean.id))
      }
      for adoption in base.adoptions {
        let merge = try read(workspace.repository.commit(adoption.merge))
        try adopt(adoption.breach, by: merge.step, merge.standing)
      }
      (ruleset, counts) = (base.ruleset, (base.signed, base.partly, base.unsigned))
    } else if let from {
      ruleset = try newestRuleset(from)
    }
    for id in fresh.reversed() { try judge(workspace.repository.commit(id)) }
    return (base?.root ?? fresh.last ?? head, fresh.count + (base?.count ?? 0))
  }

  /// Remembers a whole line and its releases without findings, so that verifying again costs what came since.
  func remember(_ line: (root: ObjectID, count: Int), head: ObjectID, releases: [VerifiedMark.Release]) throws {
    workspace.store.remember(
      VerifiedMark(
        head: head, root: line.root, count: line.count, signed: counts.signed, partly: counts.partly,
        unsigned: counts.unsigned, ruleset: ruleset, unclean: found.map(\.commit),
        adoptions: adopted.map { VerifiedMark.Adoption(breach: $0.commit, merge: $0.merge) }, releases: releases),
      conditions: try conditions())
  }

  /// A commit with what its signatures are worth, and where its change stands by the reviews that count.
  private mutating func read(_ commit: Commit) throws -> (
    step: LineStep, standing: Standing, signatures: SignatureCheck
  ) {
    var step = try reader.step(commit, leastRuleset: ruleset)
    let check = try signatures.check(step, brought: reader.brought)
    step.reviews = check.counting
    return (step, step.standing, check)
  }

  private mutating func judge(_ commit: Commit) throws {
    let (step, standing, signatures) = try read(commit)
    let findings = LineCheck.findings(step, standing, now: workspace.environment.now) + signatures.findings
    if step.form == .merge, !standing.isOpen {
      switch signatures.assurance(of: standing.approvals.map(\.review)) {
      case .signed: counts.signed += 1
      case .partlySigned: counts.partly += 1
      case .unsigned: counts.unsigned += 1
      }
    }
    if !findings.isEmpty {
      found.append((VerifiedMark.Unclean(id: commit.id, ruleset: ruleset), findings))
    } else if let breach = step.adopts {
      try adopt(breach, by: step, standing)
    }
    if let stated = step.record?.ruleset, stated <= ChangeKind.ruleset { ruleset = max(ruleset, stated) }
  }

  private mutating func adopt(_ breach: ObjectID, by step: LineStep, _ standing: Standing) throws {
    let commit = try workspace.repository.commit(breach)
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
