import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// The content of a release before it is tagged.
///
/// All of it is computed from the two states that it lies between.
struct ReleaseDraft {
  var name: ReleaseName
  var cycle: Document
  var effective: Day
  var main: Commit
  var previous: ReleaseTag?
  var before: Snapshot
  var after: Snapshot
  var changes: ChangeSet
  var title: String?
  var retroactive: String?

  var manifest: ReleaseManifest {
    ReleaseManifest(
      summary: summary, name: name, effective: effective, retroactive: retroactive, ruleset: ChangeKind.ruleset,
      level: Releases.level(of: changes, isRetroactive: retroactive != nil).rawValue, commit: main.id,
      tree: main.tree, previous: previous?.tag.id, bundle: Releases.bundle(after),
      offices: Releases.offices(after, on: effective),
      changes: Releases.changes(changes, from: before, to: after))
  }

  /// The words for people: a title, then an act a line.
  private var summary: String {
    var lines = [title ?? "\(cycle.title), release \(name.number)", ""]
    lines.append("Effective from \(effective), in the leadership cycle \(cycle.title) (\(cycle.key.id)).")
    if let retroactive { lines.append("It takes effect before it was made, which makes it critical: \(retroactive)") }
    lines.append("")
    if previous == nil {
      lines.append("The first release, with \(after.keys.count) entries.")
    } else if changes.isEmpty {
      lines.append("No meaning changed since \(previous?.reference ?? "").")
    } else {
      lines.append("Since \(previous?.reference ?? ""):")
      lines += changes.acts().map { "- \(ReleaseDraft.line($0))" }
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ act: Act) -> String {
    let change = act.change
    var text = "\(change.kind.id) \(Reference(change.entry, path: change.field))"
    if !change.field.isEmpty, let before = change.before?.summaryText, let after = change.after?.summaryText,
      before.utf8.count + after.utf8.count < 60
    {
      text += ": \(before) -> \(after)"
    }
    if !act.also.isEmpty { text += " and \(act.also.count) more" }
    return "\(text) (\(change.level.rawValue))"
  }
}
