package import EthosGit
import EthosGovernance
package import EthosRecord
import EthosStore
import EthosText

/// What `undo` took back, or would.
package struct UndoResult: Sendable {
  /// What was done: `ratify: NAME`.
  package var what: String
  package var updates: [ReferenceUpdate]
  /// The branch that is checked out now, where that changed.
  package var branch: String?
  /// Where what was taken back is kept.
  package var kept: [(name: String, commit: ObjectID)]
  package var isDryRun: Bool
}

extension Workspace {
  /// Takes back the last record that was made here and that nobody else has yet.
  ///
  /// References go back to where they were, with HEAD and the work tree; what was taken back stays reachable under
  /// `refs/ethos/undone/`. What was published is part of what others rest on, and is reversed by a proposal.
  package func undo(isDryRun: Bool) throws -> UndoResult {
    guard let last = store.doneRecords().last else {
      throw Failure.no(
        "there is nothing to take back: ethos made no record here that it remembers",
        help: "see what git remembers: `git reflog`")
    }
    let what = last.what.dropping("ethos ") ?? last.what
    try requireOwn(last, what)
    for update in last.updates where try repository.reference(update.name) != update.after {
      throw Failure.no(
        "`\(update.name)` moved since the last record (\(what)): taking that back would lose what came after",
        help: "reverse it by a change of its own: `ethos set` and `ethos propose`")
    }
    if last.head != nil || last.checkout != nil, last.gitDirectory != repository.location.gitDirectory {
      throw Failure.cannot("the last record (\(what)) was made in another work tree", help: "take it back there")
    }
    for update in last.updates { try requireUnpublished(update, what) }
    let tags = try repository.references(under: "refs/tags/")
    try requireUnreleased(last, what, tags)
    var transaction = Transaction(by: try committer())
    transaction.isUndo = true
    transaction.basis = [.last(text: last.text), .references(under: "refs/tags/", tags)]
    transaction.updates = last.updates.map { update in
      ReferenceUpdate(
        name: update.name, before: update.after, after: update.before, reflogMessage: "ethos undo: \(what)")
    }
    let kept = try store.undoneReferences(for: last.updates)
    transaction.updates += kept.map {
      ReferenceUpdate(name: $0.name, before: nil, after: $0.commit, reflogMessage: "ethos undo: \(what)")
    }
    transaction.head = last.head.map { ($0.after, $0.before) }
    if let checkout = last.checkout, let before = checkout.before { transaction.checkout = (checkout.after, before) }
    transaction.staged = last.staged
    if last.checkout?.before == nil, last.checkout != nil {
      throw Failure.no("the last record (\(what)) began the identity: delete the folder to take it back")
    }
    if !isDryRun { try perform(transaction) }
    return UndoResult(
      what: what, updates: last.updates, branch: last.head?.before, kept: kept, isDryRun: isDryRun)
  }

  /// Refuses what another made here: several people may work in one repository, under one account.
  private func requireOwn(_ record: DoneRecord, _ what: String) throws {
    let mine = try [author().email, committer().email].map { $0.lowercased() }
    let people = try branchInForce().tip.map { People(snapshot: try store.snapshot(at: $0)) }
    let ids = Set(mine.flatMap { people?.ids(email: $0) ?? [] })
    for id in record.updates.compactMap(\.after) {
      let makers = try makers(of: id)
      guard
        !makers.contains(where: { maker in
          mine.contains(maker.email.lowercased())
            || !ids.isDisjoint(with: people?.ids(email: maker.email) ?? [])
        })
      else { continue }
      let who = makers.first.map { "\($0.name) <\($0.email)>" } ?? "nobody who is known"
      throw Failure.no(
        "the last record (\(what)) was made by \(who), and not by you",
        help: "who made it takes it back; or reverse it by a change of its own: `ethos set` and `ethos propose`")
    }
  }

  /// Who made a commit or an annotated tag.
  private func makers(of id: ObjectID) throws -> [Signature] {
    switch try repository.objectHeader(id).kind {
    case .tag: return try [repository.tag(id).tagger].compactMap { $0 }
    case .commit:
      let commit = try repository.commit(id)
      return [commit.author, commit.committer]
    case .tree, .blob: return []
    }
  }

  /// Refuses to take back a state that a release, or another record in a tag, rests on.
  private func requireUnreleased(
    _ last: DoneRecord, _ what: String, _ tags: [RepositoryReference]
  ) throws {
    let own = Set(last.updates.map { Array($0.name.utf8) })
    let taken = last.updates.filter { $0.name.begins(with: "refs/heads/") }.compactMap(\.after)
    for tag in tags where !own.contains(Array(tag.name.utf8)) && tag.name.begins(with: "refs/tags/release/") {
      guard let named = try repository.readableCommit(tag.target) else { continue }
      for commit in taken where try repository.isAncestor(commit, of: named.id) {
        let name = tag.name.dropping("refs/tags/") ?? tag.name
        throw Failure.no(
          "the last record (\(what)) cannot be taken back: `\(name)` is a release of it",
          help: "reverse it by a change of its own, which says why: `ethos set` and `ethos propose`")
      }
    }
  }

  /// Refuses what a remote has already.
  private func requireUnpublished(_ update: ReferenceUpdate, _ what: String) throws {
    guard let after = update.after else { return }
    func refuse(_ where: String) -> Failure {
      Failure.no(
        "the last record (\(what)) was published: \(`where`) has it",
        help: "reverse it by a change of its own, which says why: `ethos set` and `ethos propose`")
    }
    guard update.name.begins(with: "refs/tags/") else {
      for remote in try repository.references(under: "refs/remotes/")
      where try repository.isAncestor(after, of: remote.target) {
        throw refuse("`\(remote.name.dropping("refs/remotes/") ?? remote.name)`")
      }
      return
    }
    // What tags a remote has, only the remote knows.
    let git = Program("git", environment: environment.variables)
    func ask(_ arguments: [String]) throws -> ProgramOutcome {
      try git.run(["-C", repository.location.workTree ?? repository.location.gitDirectory] + arguments)
    }
    let remotes = String(decoding: try ask(["remote"]).output, as: UTF8.self).parts(at: "\n", omittingEmpty: true)
    for remote in remotes {
      let answer = try ask(["ls-remote", "--", String(remote), update.name])
      guard answer.status == 0 else {
        throw Failure.cannot(
          "whether `\(remote)` has `\(update.name)` cannot be told: \(answer.complaint)",
          help: "try again when `\(remote)` can be reached")
      }
      if !answer.output.isEmpty { throw refuse("`\(remote)`") }
    }
  }
}
