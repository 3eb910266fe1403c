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
  private(set) var remembered = 0
  private(set) var adopted: [AdoptedBreach] = []
  private var found: [(commit: ObjectID, findings: [Finding])] = []
  private var counts = (signed: 0, partly: 0, unsigned: 0)

  /// What is found changes with these; what was remembered under others is left aside.
  private static let rules = 1

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
      guard let adoption = adopted.first(where: { $0.commit == step.commit }) else { return step.findings }
      return step.findings.map(adoption.told)
    }
  }

  private var conditions: String { "\(LineVerification.rules).\(ChangeKind.ruleset)" }

  /// Judges the commits of the line after `from`, or all of them.
  mutating func run(from: ObjectID?, to head: ObjectID) throws -> (root: ObjectID, count: Int) {
    let remembersAll = from == nil && request.usesMemory
    let mark = remembersAll ? workspace.store.verifiedMark(conditions: conditions) : nil
    var fresh: [ObjectID] = []
    var next: ObjectID? = head
    var base: VerifiedMark?
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
    var root = head
    if let base {
      remembered = base.count - base.unclean.count
      counts = (base.signed, base.partly, base.unsigned)
      for id in base.unclean { try judge(workspace.repository.commit(id), counting: false) }
      for adoption in base.adoptions { try adopt(adoption.breach, by: workspace.repository.commit(adoption.merge)) }
    }
    for id in fresh.reversed() { try judge(workspace.repository.commit(id), counting: true) }
    let count = fresh.count + (base?.count ?? 0)
    root = try base == nil ? fresh.last ?? head : workspace.root(of: head)
    if remembersAll {
      workspace.store.remember(
        VerifiedMark(
          head: head, count: count, signed: counts.signed, partly: counts.partly, unsigned: counts.unsigned,
          unclean: found.map(\.commit),
          adoptions: adopted.map { VerifiedMark.Adoption(breach: $0.commit, merge: $0.merge) }), conditions: conditions)
    }
    return (root, count)
  }

  private mutating func judge(_ commit: Commit, counting: Bool) throws {
    var step = try reader.step(commit)
    let signed = try signatures.judge(&step, brought: reader.brought)
    let findings = LineCheck.findings(step, now: workspace.environment.now) + signed.findings
    if counting, step.form == .merge, !step.standing.isOpen {
      switch signed.assurance {
      case .signed: counts.signed += 1
      case .partlySigned: counts.partly += 1
      case .unsigned: counts.unsigned += 1
      }
    }
    if !findings.isEmpty {
      found.append((commit.id, findings))
    } else if let breach = step.adopts {
      try adopt(breach, by: commit, step)
    }
  }

  private mutating func adopt(_ breach: ObjectID, by merge: Commit, _ step: LineStep? = nil) throws {
    var step = try step ?? reader.step(merge)
    _ = try signatures.judge(&step, brought: [])
    let commit = try workspace.repository.commit(breach)
    adopted.append(
      AdoptedBreach(
        commit: breach, from: try workspace.day(of: commit.committer.when), until: step.day, merge: merge.id,
        by: step.standing.approvals.map(\.name)))
  }
}

extension Workspace {
  /// The first commit of the line that leads to a commit.
  func root(of head: ObjectID) throws -> ObjectID {
    var id = head
    while let parent = try repository.parents(of: id).first { id = parent }
    return id
  }
}
