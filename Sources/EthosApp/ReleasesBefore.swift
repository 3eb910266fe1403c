import EthosDiff
import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
package import EthosStore
package import EthosText

/// What a release changes of what was in force on its effective day.
struct ReleaseChanges {
  var ground: ReleaseGround
  /// What was in force on the day.
  var before: Snapshot
  var changes: ChangeSet
  /// What it changes of the release before, where that is another state.
  var sincePrevious: (before: Snapshot, changes: ChangeSet)?
  var forward: [BroughtForward]
}

extension Workspace {
  /// The release that was in force on a day as the chain of releases from `previous` on has it.
  ///
  /// Nil where a link of the chain is not here.
  func releaseGround(after previous: ObjectID?, on day: Day) throws -> ReleaseGround? {
    try ReleaseGround(after: previous, on: day) { id in
      // The tag object is here as long as nobody collected it, even where the reference is gone.
      guard let tag = try repository.readableTag(id), let manifest = ReleaseManifest(message: tag.message) else {
        return nil
      }
      return ReleaseGround.Link(tag: id, commit: tag.target, manifest: manifest)
    }
  }

  /// What the state `after` changes on a day that follows on the release `previous`; nil where that cannot be known.
  func releaseChanges(
    to after: Snapshot, following previous: ObjectID?, on day: Day, ruleset: Int = ChangeKind.ruleset,
    withForward: Bool = true
  ) throws -> ReleaseChanges? {
    guard let ground = try releaseGround(after: previous, on: day) else { return nil }
    func state(_ commit: ObjectID?) throws -> Snapshot? {
      guard let commit else { return .empty }
      return try repository.readableCommit(commit).map { try store.snapshot(ofTree: $0.tree) }
    }
    func changes(_ before: Snapshot, _ after: Snapshot) throws -> ChangeSet? {
      try Behaviour.changes(from: before, to: after, severity: Severity(charter: before.charter), ruleset: ruleset)
    }
    guard let before = try state(ground.base?.commit), let told = try changes(before, after) else { return nil }
    var result = ReleaseChanges(ground: ground, before: before, changes: told, forward: [])
    guard ground.isApart, let previous else { return result }
    guard let last = try repository.readableTag(previous), let earlier = try state(last.target),
      let since = try changes(earlier, after)
    else { return nil }
    result.sincePrevious = (earlier, since)
    guard withForward else { return result }
    var held: [(release: ReleaseGround.Link, changes: ChangeSet)] = []
    for link in ground.held {
      guard let state = try state(link.commit), let theirs = try changes(before, state) else { return nil }
      held.append((link, theirs))
    }
    result.forward = BroughtForward.all(told, overtaking: held).filter {
      !$0.changes.isEmpty || !$0.dropped.isEmpty
    }
    return result
  }

  /// The releases that take effect after a day, each on its day, the nearest first; those that others overtook left out.
  package func upcomingReleases(after day: Day) throws -> [ReleaseTag] {
    let days = Set(try judgedReleases().followed.map(\.manifest.effective)).filter { $0 > day }.sorted()
    var last = try release(inForceOn: day)
    return try days.compactMap { day in
      let next = try release(inForceOn: day)
      defer { last = next }
      return next?.tag.id == last?.tag.id ? nil : next
    }
  }
}
