import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText

/// The content of a release before it is tagged.
///
/// All of it is computed from the two states that it lies between.
struct ReleaseDraft {
  var name: ReleaseName
  var cycle: Document
  var effective: Day
  var main: Commit
  /// The tag object of the release before, whenever that takes effect.
  var previous: ObjectID?
  /// The reference of the release that is in force until this one takes effect, and what it holds.
  var since: String?
  var before: Snapshot
  var after: Snapshot
  var changes: ChangeSet
  var level: Level
  var forward: [BroughtForward] = []
  var title: String?
  var retroactive: String?

  var manifest: ReleaseManifest {
    ReleaseManifest(
      summary: summary, name: name, effective: effective, retroactive: retroactive, ruleset: ChangeKind.ruleset,
      level: level.rawValue, commit: main.id, tree: main.tree, previous: previous, bundle: Releases.bundle(after),
      offices: Releases.offices(after, on: effective),
      changes: Releases.changes(changes, from: before, to: after))
  }

  /// The words for people: a title, then an act a line.
  private var summary: String {
    var lines = [title ?? "\(cycle.title), release \(name.number)", ""]
    lines.append("Effective from \(effective), in the leadership cycle \(cycle.title) (\(cycle.key.id)).")
    if let retroactive { lines.append("It takes effect before it was made, which makes it critical: \(retroactive)") }
    lines.append("")
    for brought in forward { lines += ReleaseDraft.forwardLines(brought).map { "It \($0)." } + [""] }
    if since == nil {
      lines.append(
        previous == nil
          ? "The first release, with \(after.keys.count) entries."
          : "Nothing was in force until then; it has \(after.keys.count) entries.")
    } else if changes.isEmpty {
      lines.append("No meaning changed since \(since ?? "").")
    } else {
      lines.append("Since \(since ?? ""):")
      lines += changes.acts().map { "- \(ReleaseDraft.line($0))" }
    }
    return lines.joined(separator: "\n")
  }

  /// What a release does to one that was to take effect later, a clause each.
  static func forwardLines(_ brought: BroughtForward) -> [String] {
    let from = "from \(brought.release.manifest.effective) (\(brought.release.reference))"
    return [("brings forward \(from): ", brought.changes), ("takes back what was to come \(from): ", brought.dropped)]
      .filter { !$0.1.isEmpty }.map { $0 + listed($1) }
  }

  private static func listed(_ changes: ChangeSet) -> String {
    let lines = changes.acts().map(line)
    return lines.prefix(10).joined(separator: ", ") + (lines.count > 10 ? " and \(lines.count - 10) more" : "")
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
