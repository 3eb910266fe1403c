import EthosApp
import EthosDiff
import EthosRecord
import EthosReport
import EthosText

/// What changed in meaning between two states.
enum ComparisonPage {
  static func make(_ result: ComparisonResult, workspace: Workspace, reasons: [Change: String] = [:]) -> Report {
    DiffReport(
      result.changes, acts: result.changes.acts(), before: side(result.before, workspace),
      after: side(result.after, workspace), reason: { reasons[$0] }
    ).report
  }

  /// The same of two states that are no revisions.
  static func make(_ result: ComparisonResult) -> Report {
    func side(_ side: ComparisonSide) -> DiffReport.Side {
      DiffReport.Side(revision: side.name, commit: nil, snapshot: side.snapshot)
    }
    return DiffReport(
      result.changes, acts: result.changes.acts(), before: side(result.before), after: side(result.after)
    ).report
  }

  static func side(_ side: ComparisonSide, _ workspace: Workspace) -> DiffReport.Side {
    DiffReport.Side(
      revision: side.name, commit: side.commit?.id,
      day: side.commit.map { workspace.zone(of: side.snapshot).day(of: $0.committer.when) }, snapshot: side.snapshot)
  }
}
