package import EthosDiff
package import EthosModel
package import EthosRecord
package import EthosText

/// What a manifest says of the identity that it releases, computed from the identity: by who makes a release, and again by
/// who verifies it.
extension Releases {
  /// The changes of meaning since the release before, each with the fingerprints of its entry.
  package static func changes(_ changes: ChangeSet, from before: Snapshot, to after: Snapshot)
    -> [ReleaseManifest.Change]
  {
    changes.changes.map { change in
      ReleaseManifest.Change(
        id: change.kind.id, level: change.level.rawValue, entry: change.entry, field: change.field.description,
        before: Fingerprint.of(change.entry, in: before), after: Fingerprint.of(change.entry, in: after))
    }
  }

  /// Who holds the offices on the effective day; who held one before or will is not named.
  package static func offices(_ snapshot: Snapshot, on day: Day) -> [ReleaseManifest.Office] {
    Offices(snapshot: snapshot).held(on: day).map { ReleaseManifest.Office(office: $0.office, holders: $0.holders) }
  }

  /// The SHA-256 of the identity's canonical bundle: a line `KEY e1:FINGERPRINT` for each entry, sorted.
  package static func bundle(_ snapshot: Snapshot) -> String {
    let lines = snapshot.keys.map { "\($0) \(Fingerprint.of($0, in: snapshot)?.description ?? "")\n" }
    return Fingerprint(digestOf: Array(lines.joined().utf8)).hex
  }

  /// The level of a release by the levels that its changes have.
  package static func level(of changes: [ReleaseManifest.Change], isRetroactive: Bool) -> Level {
    level(of: changes.compactMap { Level(rawValue: $0.level) }, isRetroactive: isRetroactive)
  }

  static func level(of levels: [Level], isRetroactive: Bool) -> Level {
    isRetroactive ? .critical : levels.max()?.required ?? .editorial
  }
}
