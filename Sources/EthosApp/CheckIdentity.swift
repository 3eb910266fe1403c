import EthosGovernance
import EthosModel
package import EthosText

/// What a check found.
package struct CheckResult: Sendable {
  package var diagnostics: [Diagnostic]
  /// The texts that diagnostics point into, by path.
  package var sources: [String: SourceText]
}

extension Workspace {
  /// Checks the identity at a revision, or in the work tree; `withDecisions` analyses every decision table, at the cost
  /// of a search for each rule.
  package func check(at name: String?, withHistory: Bool, withDecisions: Bool) throws -> CheckResult {
    let snapshot = try snapshot(at: name)
    let today = try today()
    var diagnostics = Workspace.diagnostics(snapshot, on: today)
    if snapshot.charter == nil, !snapshot.hasErrors {
      diagnostics.append(
        Diagnostic(
          "charter-missing", .error, "there is no charter `\(Kind.charterPath)`",
          help: "begin an identity with `ethos init`, or write one: `ethos schema charter`"))
    }
    if withDecisions { diagnostics += decisionDiagnostics(snapshot) }
    if withHistory { diagnostics += try historyDiagnostics(snapshot, on: today) }
    let sources = snapshot.documents.values.compactMap(\.source)
    return CheckResult(
      diagnostics: diagnostics.sorted(by: Diagnostic.precedes),
      sources: Dictionary(sources.map { ($0.path, $0) }) { first, _ in first })
  }

  /// What is wrong in one state of an identity, as far as its entries tell without an analysis of tables or history.
  static func diagnostics(_ snapshot: Snapshot, on day: Day) -> [Diagnostic] {
    snapshot.diagnostics + SnapshotCheck.diagnostics(snapshot, on: day) + AuthorityCheck.diagnostics(snapshot, on: day)
      + KeyCheck.diagnostics(snapshot) + Beneficiaries.diagnostics(snapshot)
  }
}
