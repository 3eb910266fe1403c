package import EthosDiff
import EthosModel
package import EthosRecord
package import EthosText

/// What a release is told against: the release that was in force on its effective day, as the releases before it have it.
///
/// A release holds the whole of the state in force, and so all that releases before it were to bring on later days.
package struct ReleaseGround: Sendable {
  /// A release of the chain that each manifest goes on from.
  package struct Link: Sendable {
    package var tag: ObjectID
    package var commit: ObjectID
    package var manifest: ReleaseManifest

    package init(tag: ObjectID, commit: ObjectID, manifest: ReleaseManifest) {
      self.tag = tag
      self.commit = commit
      self.manifest = manifest
    }

    package var reference: String { "release/\(manifest.name)" }
  }

  /// The release in force on the day; nil where none was.
  package let base: Link?
  /// The releases after it that would still have taken effect, each later than the day, in the order of the chain.
  package let held: [Link]
  /// The release before, whenever it takes effect.
  package let previous: ObjectID?

  /// Goes back along the chain from the release before to the first that is in force on the day.
  ///
  /// Nil where a link is not to be read: then nobody knows what a release changes.
  package init?(after previous: ObjectID?, on day: Day, link: (ObjectID) throws -> Link?) rethrows {
    self.previous = previous
    var next = previous
    var held: [Link] = []
    while let id = next {
      guard let found = try link(id) else { return nil }
      if found.manifest.effective <= day {
        base = found
        self.held = held.reversed()
        return
      }
      // One that a later release overtook never takes effect.
      if held.allSatisfy({ $0.manifest.effective > found.manifest.effective }) { held.append(found) }
      next = found.manifest.previous
    }
    base = nil
    self.held = held.reversed()
  }

  /// Whether the release before is not what was in force.
  package var isApart: Bool { previous != base?.tag }
}

/// What a release does to another one that was to take effect later: that one no longer does.
package struct BroughtForward: Sendable {
  package var release: ReleaseGround.Link
  /// Changes that take effect earlier than they were to.
  package var changes: ChangeSet
  /// Changes that were to take effect and never do.
  package var dropped: ChangeSet

  /// Tells what `changes` of a release bring forward, each by the first of those that it overtakes.
  ///
  /// `held` are these, with what each changes of the same state that `changes` is told against.
  package static func all(
    _ changes: ChangeSet, overtaking held: [(release: ReleaseGround.Link, changes: ChangeSet)]
  ) -> [BroughtForward] {
    struct Place: Hashable {
      var entry: EntryKey
      var field: FieldPath

      init(_ change: Change) { (entry, field) = (change.entry, change.field) }
    }
    var told: Set<Place> = []
    let made = Dictionary(grouping: changes.changes, by: Place.init)
    return held.map { release, theirs in
      var brought: [Change] = []
      var dropped: [Change] = []
      for change in theirs.changes where !told.contains(Place(change)) {
        // A list may hold several changes at one place.
        if let here = made[Place(change)] {
          for change in here where !brought.contains(change) { brought.append(change) }
        } else if !dropped.contains(change) {
          dropped.append(change)
        }
      }
      told.formUnion(theirs.changes.map(Place.init))
      return BroughtForward(
        release: release, changes: ChangeSet(changes: brought), dropped: ChangeSet(changes: dropped))
    }
  }
}
