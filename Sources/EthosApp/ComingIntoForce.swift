import EthosDecision
import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// What may come into force is decided here: a proposal, its review, its ratification and a release ask no other.
///
/// The state as it would be is checked as `check` checks it. It may have no error that what is in force has not, and no
/// decision that decides may decide no more. What was wrong before holds up nobody who did not touch it.
extension Workspace {
  /// What keeps a state from following another, at its places; empty where nothing does.
  func hindrances(from before: Snapshot, to after: Snapshot) throws -> [Diagnostic] {
    let errors = try findings(after, on: today()).filter { $0.severity == .error }
    let new =
      errors.isEmpty ? [] : NewErrors.among(errors, of: after, since: try findings(before, on: today()), of: before)
    // Where an error in its own file says why it stops, nothing is said twice.
    let told = Set(new.compactMap { $0.location?.file })
    let stopped = DecisionCheck.stopped(from: before, to: after).diagnostics.filter { error in
      !new.contains(error) && !(error.location.map { told.contains($0.file) } ?? false)
    }
    return (new + stopped).sorted(by: Diagnostic.precedes)
  }

  /// What keeps the merge of a proposal from coming into force.
  func hindrances(of merge: MergeOutcome, into main: Commit) throws -> [Diagnostic] {
    guard merge.conflicts.isEmpty, merge.tree != main.tree else { return [] }
    return try hindrances(from: store.snapshot(ofTree: main.tree), to: store.snapshot(ofTree: merge.tree))
  }

  /// Says of a draft that goes on from a commit what keeps it from being ratified.
  ///
  /// It is held to the state that it began from: what was put right in force meanwhile is not its own.
  func tellHindrances(of draft: Snapshot, after parent: Commit, command: String) throws {
    let main = try mainCommit()
    let base = try repository.mergeBases(main.id, parent.id).first ?? main.id
    let found = try hindrances(from: store.snapshot(at: base), to: draft)
    for error in found {
      notice(
        "it cannot be ratified so: \(error.message)" + (error.location.map { " (\($0.file))" } ?? "")
          + (error.help.map { ": \($0)" } ?? ""))
    }
    if !found.isEmpty { notice("correct it in the same proposal: `\(command)`") }
  }

  /// Refuses to release a state that something of cannot be read, in which a decision has errors or decides nothing, or
  /// that has errors which the release before it has not.
  ///
  /// Gives the errors that are left: those that were there before, or with which the identity began.
  func requireReleasable(_ snapshot: Snapshot, after before: Snapshot?, _ name: String) throws -> [Diagnostic] {
    try requireReadable(snapshot, name)
    let errors = try findings(snapshot, on: today()).filter { $0.severity == .error }
    let obstacles = Workspace.decisionErrors(snapshot)
    let new = try before.map { try hindrances(from: $0, to: snapshot) } ?? []
    let hindering = obstacles + new.filter { !obstacles.contains($0) }
    guard hindering.isEmpty else {
      throw Failure(
        .cannot, "the identity at `\(name)` has errors, and does not come into force with them",
        help: ["see them: `ethos check --at \(shellWord(name))`, and correct them by a proposal"],
        diagnostics: hindering.sorted(by: Diagnostic.precedes))
    }
    return errors
  }

  /// Refuses to hand on a state with errors.
  ///
  /// They are those of the day of its commit, so that the same commit is handed on, or refused, on every day.
  func requireWithoutErrors(
    _ snapshot: Snapshot, of commit: Commit, holding kinds: Set<Kind>?, _ name: String?
  ) throws {
    let found = try findings(snapshot, on: days(of: snapshot)(commit.committer.when)).filter { error in
      guard error.severity == .error else { return false }
      guard let kinds else { return true }
      return error.location.flatMap { Kind(path: $0.file) }.map(kinds.contains) ?? true
    }
    let errors = found + Workspace.decisionErrors(snapshot).filter { !found.contains($0) }
    guard !errors.isEmpty else { return }
    throw Failure(
      .cannot,
      "\(name.map { "the identity at `\($0)`" } ?? "what is in force") has errors, and is not handed on with them",
      help: ["see them: `ethos check --at \(shellWord(name ?? commit.id.short))`, and correct them by a proposal"],
      diagnostics: errors.sorted(by: Diagnostic.precedes))
  }

  /// Everything that is in the way of deciding in a state, at its places.
  static func decisionErrors(_ snapshot: Snapshot) -> [Diagnostic] {
    let errors = obstacleDiagnostics(snapshot).filter { $0.severity == .error }
    return errors + DecisionCheck.obstacles(snapshot).diagnostics.filter { !errors.contains($0) }
  }
}
