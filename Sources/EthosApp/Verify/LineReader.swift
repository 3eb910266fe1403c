import EthosDiff
import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// Collects what is needed to judge the commits of the line in force, one at a time.
///
/// The state before a step is the state after the one before it, so that walking the line reads each state once.
struct LineReader {
  let workspace: Workspace
  let reader: ProposalReader
  private let verifier: SignatureVerifier
  /// Whose rules judge the next step.
  var authority = LineAuthority()
  /// The newest date of the line before the next step.
  var latest: Instant?
  private var last: (tree: ObjectID, snapshot: Snapshot)?

  init(_ workspace: Workspace) {
    self.workspace = workspace
    reader = ProposalReader(workspace.store)
    verifier = workspace.signatureVerifier
  }

  private var store: IdentityStore { workspace.store }
  private var repository: Repository { workspace.repository }

  /// Reads a commit.
  ///
  /// No change is judged by an older ruleset than `leastRuleset`, the newest that the line had before it.
  ///
  /// A commit that is not made yet, a ratification that somebody thinks of, is read like any other: `isMade` is false then.
  mutating func step(_ commit: Commit, leastRuleset: Int, isMade: Bool = true) throws -> LineStep {
    guard let parentID = commit.parents.first else {
      let after = try snapshot(commit.tree)
      return LineStep(
        form: .root, commit: commit, parent: nil, before: .empty, after: after, changes: ChangeSet(changes: []),
        day: workspace.zone(of: after).day(of: commit.committer.when))
    }
    let parent = try repository.commit(parentID)
    let before = try snapshot(parent.tree)
    let rules = authority.rules(at: before)
    let files = try store.changedFiles(before: parent.tree, after: commit.tree)
    // A name beside the files can be taken for one of theirs.
    let isUnchanged =
      try files.before.isEmpty && files.after.isEmpty
      && !store.namesDiffer(before: parent.tree, after: commit.tree)
    let after = isUnchanged ? before : try snapshot(commit.tree)
    let record = RatificationRecord(message: commit.message)
    let form: LineStep.Form = commit.parents.count > 1 ? .merge : isUnchanged ? .unchanged : .direct
    var step = LineStep(
      form: form, commit: commit, parent: parent, before: before, after: after,
      changes: ChangeSet(changes: []), day: workspace.zone(of: rules).day(of: commit.committer.when))
    step.rules = rules
    step.isMade = isMade
    step.record = record
    step.leastRuleset = leastRuleset
    step.latest = latest
    step.isUnchanged = isUnchanged
    if !isUnchanged {
      let written = Set(try store.snapshot(of: files.after).keys)
      step.unreadable = LineReader.errors(in: after, since: before, files.after, written)
      step.rewritten = Set(try store.snapshot(of: files.before).keys).union(written)
    }
    var brought = BroughtReviews()
    if form == .merge {
      brought = try reader.broughtReviews(
        by: Array(commit.parents.dropFirst()), hiding: parent.id, proposal: record?.proposal)
      step.reviews = brought.reviews
      step.graph = brought.graph
    }
    if !isUnchanged { step.changes = try changes(before, after, step) }
    switch form {
    case .root, .unchanged: break
    case .direct:
      step.authors = try reader.facts(tip: commit.id, base: [parent.id]).authors(of: step.changed)
      step.squashed = try squashedProposal(commit, parent)
    case .merge: try readMerge(&step, parent, brought)
    }
    return step
  }

  /// What is wrong in a state and was not before, or is in a file that changed.
  private static func errors(
    in after: Snapshot, since before: Snapshot, _ changed: [IdentityFile], _ written: Set<EntryKey>
  ) -> [Diagnostic] {
    let known = Set(before.diagnostics.filter { $0.severity == .error }.map { $0.code.rawValue + $0.message })
    let touched = Set(changed.map(\.path))
    let unreadable = after.diagnostics.filter { error in
      guard error.severity == .error else { return false }
      let isInTouched = error.location.map { touched.contains($0.file) } ?? false
      return isInTouched || !known.contains(error.code.rawValue + error.message)
    }
    let obstacles = Workspace.obstacleDiagnostics(after, in: written)
    return unreadable + obstacles.filter { $0.severity == .error }
  }

  /// The last state that was read.
  var state: Snapshot { last?.snapshot ?? .empty }

  private mutating func snapshot(_ tree: ObjectID) throws -> Snapshot {
    if let last, last.tree == tree { return last.snapshot }
    let snapshot = try last.flatMap { try store.snapshot(ofTree: tree, near: $0) } ?? store.snapshot(ofTree: tree)
    last = (tree, snapshot)
    return snapshot
  }

  /// The changes by the ruleset that was asked then: the newest that the merge, one of its reviews or the line before
  /// states.
  ///
  /// Who states none, or one that is unknown, is judged by today's.
  private func changes(_ before: Snapshot, _ after: Snapshot, _ step: LineStep) throws -> ChangeSet {
    let severity = Severity(charter: step.rules.charter)
    let stated = ([step.record?.ruleset] + step.reviews.map(\.record.ruleset)).compactMap { $0 }
    let past = try stated.max().flatMap {
      try Behaviour.changes(
        from: before, to: after, severity: severity,
        ruleset: max($0, step.leastRuleset, ChangeKind.leastRuleset))
    }
    return try past ?? Behaviour.changes(from: before, to: after, severity: severity)
  }

  // MARK: - merges

  private mutating func readMerge(_ step: inout LineStep, _ parent: Commit, _ found: BroughtReviews) throws {
    let tips = try found.tips.map { try repository.commit($0) }
    step.proposals = tips.count
    step.alongside = try found.alongside.map { try repository.commit($0) }
    step.hasShape = hasShape(step.commit, found)
    for id in found.brought {
      let commit = try repository.commit(id)
      if !found.ids.contains(id) { step.brought.append(commit) }
      let parents = try commit.parents.map { try repository.commit($0) }
      if parents.contains(where: {
        commit.committer.when.seconds + toleratedClockDifference < $0.committer.when.seconds
      }) {
        step.backdated.append(commit)
      }
    }
    let isBelieved = try belief(step)
    for tip in tips {
      let facts = try reader.facts(tip: tip.id, base: [parent.id], believing: isBelieved)
      step.authors.merge(facts.authors(of: step.changed)) { $0.union($1) }
      step.classes += facts.classes
      step.withoutReason += facts.withoutReason.filter { known in !step.withoutReason.contains { $0.id == known.id } }
    }
    // What nobody wrote that it brings, was written by somebody whom an earlier merge hides: by one of these, at best.
    // Who only classified or commented changed nothing, and is none of them.
    let changing = try step.brought.filter { commit in
      guard commit.parents.count == 1, let parent = commit.parents.first else { return true }
      return try repository.treeID(of: parent) != commit.tree
    }
    let everybody = Set((changing + [step.commit]).flatMap { [$0.author.email, $0.committer.email] })
    for key in step.changed where step.authors[key]?.isEmpty ?? true { step.authors[key] = everybody }
    step.writing = Set(try step.brought.filter { try isWriting($0, base: parent.id) }.map(\.id))
    if let breach = try adoptedBreach(step, isBelieved) { try judgeAsAdoption(&step, of: breach) }
    step.buries =
      step.adopts == nil && step.isUnchanged
      && (step.reviews.contains { $0.record.verdict != .comment && !$0.record.reviewed.isEmpty }
        || !step.writing.isEmpty)
    step.bypassed = try step.brought.filter { try wasInForce($0, base: parent.id) && isGuarded($0, step) }
    // What is not made yet is the merge of its sides.
    guard step.isMade, step.adopts == nil else { return }
    step.madeInMerge = try madeInMerge(step.commit, parent, tips)
    // Who makes something in a merge wrote it.
    for key in step.madeInMerge { step.authors[key, default: []].insert(step.commit.committer.email.lowercased()) }
  }

  /// Whether the parents are the line, one tip, then reviews.
  private func hasShape(_ commit: Commit, _ found: BroughtReviews) -> Bool {
    guard commit.parents.count > 1, found.tips.count == 1 else { return false }
    let second = commit.parents[1]
    return (found.tips[0] == second || found.ids.contains(second))
      && commit.parents.dropFirst(2).allSatisfy { found.ids.contains($0) }
  }

  /// Whether what a commit says is believed: where signatures are asked for, that of its author alone.
  private func belief(_ step: LineStep) throws -> (Commit) throws -> Bool {
    guard Charter(snapshot: step.rules).requiresSignatures else { return { _ in true } }
    let (signers, day, verifier) = (Signers(snapshot: step.rules), workspace.days(of: step.rules), verifier)
    return { commit in
      let judgement = signers.judgement(
        of: try verifier.verdict(of: commit.id), by: commit.author.email, on: day(commit.committer.when))
      if case .signed = judgement { return true }
      return false
    }
  }

  /// Whether a commit writes files of the identity: it differs from one of its parents, and is not what merging them gives.
  ///
  /// A merge that takes what was in force into a proposal adds nothing where nobody had to choose: a person's, or a
  /// forge's, who need not sign for what others wrote.
  private func isWriting(_ commit: Commit, base: ObjectID) throws -> Bool {
    let parents = try commit.parents.map { try repository.commit($0) }
    let isSame = try parents.allSatisfy {
      let files = try store.changedFiles(before: $0.tree, after: commit.tree)
      return files.before.isEmpty && files.after.isEmpty
    }
    guard !isSame || parents.isEmpty else { return false }
    guard parents.count == 2, try parents.contains(where: { try repository.isAncestor($0.id, of: base) }) else {
      return true
    }
    return try !madeInMerge(commit, parents[0], [parents[1]]).isEmpty
  }

  /// Whether somebody had to agree to what a commit did, or to what it was brought into: two lines of an identity that
  /// states no authority may be joined.
  ///
  /// One that does is not to be taken into an older state of it that did not yet.
  private func isGuarded(_ commit: Commit, _ step: LineStep) throws -> Bool {
    if Charter(snapshot: step.rules).hasAuthority { return true }
    return try store.charter(ofTree: commit.tree).map { Charter(snapshot: Snapshot(documents: [$0])).hasAuthority }
      ?? false
  }

  /// Whether a commit that a merge brings is one of another line in force: the first of a history, or a ratification.
  ///
  /// A forge's says nothing of itself, and brings changes together with reviews of them. One that takes what is in
  /// force into a proposal is none, whatever was ratified on the way there.
  private func wasInForce(_ commit: Commit, base: ObjectID) throws -> Bool {
    guard let first = commit.parents.first else { return try store.charter(ofTree: commit.tree) != nil }
    guard commit.parents.count > 1 else { return false }
    if RatificationRecord.isClaimed(by: commit.message) { return true }
    let isUpdate =
      try !repository.isAncestor(first, of: base)
      && commit.parents.dropFirst().contains { try repository.isAncestor($0, of: base) }
    guard !isUpdate else { return false }
    let files = try store.changedFiles(before: repository.commit(first).tree, after: commit.tree)
    guard !files.before.isEmpty || !files.after.isEmpty else { return false }
    return try !reader.broughtReviews(by: Array(commit.parents.dropFirst()), hiding: first).reviews.isEmpty
  }

  // MARK: - adoptions

  /// The one breach that a merge adopts, where it changes nothing itself.
  private func adoptedBreach(
    _ step: LineStep, _ isBelieved: (Commit) throws -> Bool
  ) throws -> ObjectID? {
    guard step.isUnchanged else { return nil }
    let asked = try Set(
      step.brought.flatMap { commit -> [ObjectID] in
        let adopts = ChangeRecord(message: commit.message).adopts
        return try adopts.isEmpty || !isBelieved(commit) ? [] : adopts
      })
    guard let breach = asked.first, asked.count == 1 else { return nil }
    return try step.parent.map { try repository.isAncestor(breach, of: $0.id) } == true ? breach : nil
  }

  /// What is agreed to in an adoption is the breach.
  private func judgeAsAdoption(_ step: inout LineStep, of breach: ObjectID) throws {
    var other = LineReader(workspace)
    other.authority = authority
    let past = try other.step(repository.commit(breach), leastRuleset: ChangeKind.ruleset)
    step.adopts = breach
    step.leaves = step.after
    step.before = past.before
    step.after = past.after
    step.changes = past.changes
    step.rewritten = past.rewritten
    step.authors = past.authors
    if past.changes.isEmpty, past.rewritten.isEmpty { step.asked = [.charter] }
  }

  /// The entries that a merge leaves otherwise than the merge of its sides by meaning.
  ///
  /// Where both sides changed the same to different ends, somebody had to choose: those entries are theirs, and no secret.
  /// What does not conflict is held to the merge all the same.
  private func madeInMerge(_ commit: Commit, _ parent: Commit, _ tips: [Commit]) throws -> Set<EntryKey> {
    var expected: [RepositoryPath: TreeLeaf?] = [:]
    var written: [TreeMergePlan.Written] = []
    var chosen: Set<EntryKey> = []
    var open: Set<EntryKey> = []
    for tip in tips {
      guard try !repository.mergeBases(parent.id, tip.id).isEmpty else { return try reader.changedEntries(commit) }
      let plan = try workspace.mergePlan(proposal: tip, into: parent)
      if !plan.conflicts.isEmpty {
        chosen.formUnion(try reader.changedEntries(commit))
        open.formUnion(plan.conflicts.compactMap(\.entry))
      }
      for edit in plan.changes.edits { expected[edit.path] = .some(edit.leaf) }
      written += plan.changes.written
    }
    let made = try entries(whereOtherwise: expected, written, from: parent.tree, to: commit.tree)
    return chosen.union(made.subtracting(open))
  }

  /// The entries of the files that a tree has otherwise than another one with these edits would.
  private func entries(
    whereOtherwise edits: [RepositoryPath: TreeLeaf?], _ written: [TreeMergePlan.Written], from base: ObjectID,
    to tree: ObjectID
  ) throws -> Set<EntryKey> {
    var expected = edits
    // Of a file that was merged inside, what it says counts and not how.
    let merged = Set(written.flatMap(\.paths))
    var sides: (before: [IdentityFile], after: [IdentityFile]) = ([], [])
    func add(_ path: RepositoryPath, _ wanted: TreeLeaf?, _ found: TreeLeaf?) {
      guard wanted != found, let name = path.string, Kind(path: name) != nil, !merged.contains(path) else { return }
      if let wanted { sides.before.append(IdentityFile(path: name, mode: wanted.mode, blob: wanted.id)) }
      if let found { sides.after.append(IdentityFile(path: name, mode: found.mode, blob: found.id)) }
    }
    for change in try repository.treeDifference(before: base, after: tree) {
      add(change.path, expected.removeValue(forKey: change.path) ?? change.before, change.after)
    }
    // What should have changed, and did not.
    for (path, wanted) in expected { add(path, wanted, try repository.entry(at: path, in: base)) }
    let (left, right) = (try store.snapshot(of: sides.before), try store.snapshot(of: sides.after))
    let found = Set(left.keys + right.keys).filter { left[$0]?.meaning != right[$0]?.meaning }
    guard !written.isEmpty else { return found }
    let after = try store.snapshot(ofTree: tree)
    return found.union(written.filter { after[$0.key]?.meaning != $0.meaning }.map(\.key))
  }

  /// The open or closed proposal that says of every entry what a direct commit says of it.
  private func squashedProposal(_ commit: Commit, _ parent: Commit) throws -> String? {
    for proposal in try store.proposals() where try !repository.isAncestor(commit.id, of: proposal.tip) {
      let tip = try repository.commit(proposal.tip)
      guard let base = try repository.mergeBases(parent.id, tip.id).first, base != tip.id else { continue }
      let plan = try workspace.mergePlan(proposal: tip, into: parent)
      let (edits, written) = (plan.changes.edits, plan.changes.written)
      guard plan.conflicts.isEmpty, !edits.isEmpty || !written.isEmpty,
        try entries(
          whereOtherwise: Dictionary(edits.map { ($0.path, $0.leaf) }) { first, _ in first }, written,
          from: parent.tree, to: commit.tree
        ).isEmpty
      else { continue }
      return proposal.name
    }
    return nil
  }
}
