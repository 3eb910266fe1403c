import EthosApp
import EthosDiff
import EthosReport
import EthosStore

/// The notes of a release.
enum ReleaseNotesPage {
  static func make(_ notes: ReleaseNotes, _ workspace: Workspace) -> Report {
    var diff = DiffReport(
      notes.changes, acts: notes.acts.map(\.act), before: ComparisonPage.side(notes.before, workspace),
      after: ComparisonPage.side(notes.after, workspace))
    diff.isOpen = false
    var report = ReleaseNotesReport(
      notes.release.manifest, tag: notes.release.tag, previous: notes.previous, cycle: notes.cycle,
      diff: diff,
      acts: notes.acts.map { ($0.act, $0.entry) },
      approvals: notes.approvals.map {
        .init(person: $0.person, name: $0.name, commit: $0.commit, when: $0.when, words: $0.words)
      },
      findings: notes.findings)
    report.since = notes.since
    report.forward = notes.forward
    return report.report
  }
}
