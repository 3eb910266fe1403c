import EthosDecision
import EthosDiff
import EthosGovernance
package import EthosModel
import EthosRecord
import EthosStore
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
    var diagnostics = try findings(snapshot, on: today)
    if let name { diagnostics += try store.misplaced(inTree: revision(name).commit.tree).diagnostics }
    if withDecisions { diagnostics += decisionDiagnostics(snapshot) }
    if withHistory { diagnostics += try historyDiagnostics(snapshot, on: today) }
    let sources = snapshot.documents.values.compactMap(\.source)
    return CheckResult(
      diagnostics: diagnostics.sorted(by: Diagnostic.precedes),
      sources: Dictionary(sources.map { ($0.path, $0) }) { first, _ in first })
  }

  /// What is wrong in one state of an identity on a day, without an analysis of tables or history: what `check` says,
  /// and what may come into force is judged by.
  func findings(_ snapshot: Snapshot, on day: Day) throws -> [Diagnostic] {
    var found = try Workspace.diagnostics(snapshot, on: day) + releaseDiagnostics(snapshot)
    if snapshot.charter == nil, !snapshot.hasErrors {
      found.append(
        Diagnostic(
          "charter-missing", .error, "there is no charter `\(Kind.charterPath)`",
          help: "begin an identity with `ethos init`, or write one: `ethos schema charter`"))
    }
    return found
  }

  /// What is wrong in one state of an identity, as far as its entries tell without an analysis of tables or history.
  package static func diagnostics(_ snapshot: Snapshot, on day: Day) -> [Diagnostic] {
    snapshot.diagnostics + SnapshotCheck.diagnostics(snapshot, on: day) + AuthorityCheck.diagnostics(snapshot, on: day)
      + KeyCheck.diagnostics(snapshot) + Beneficiaries.diagnostics(snapshot)
      + (snapshot.charter.map { Severity.diagnostics(charter: $0) } ?? [])
      + obstacleDiagnostics(snapshot)
  }

  /// What is in the way of a state beside files that cannot be read: decisions with errors, which decide nothing, and a
  /// time zone by which nobody can count days.
  ///
  /// Errors among it do not come into force. In these entries alone, where some are named.
  static func obstacleDiagnostics(_ snapshot: Snapshot, in keys: Set<EntryKey>? = nil) -> [Diagnostic] {
    var found = DecisionCheck.diagnostics(snapshot, in: keys)
    if let charter = snapshot.charter, keys?.contains(.charter) ?? true, let zone = charter.meaning["timeZone"]?.text,
      TimeZoneRules(zone) == nil, TimeZoneRules.hasDatabase
    {
      found.append(
        Diagnostic(
          "unknown-time-zone", .error, "`\(zone)` is no time zone of the tz database", at: charter.place("timeZone"),
          help: "write its name as in `Europe/Zurich`, or leave `timeZone` out for UTC"))
    }
    return found
  }

  /// Refuses a state in which something cannot decide, or days cannot be counted, in these entries.
  func requireUnobstructed(_ snapshot: Snapshot, in keys: Set<EntryKey>? = nil, _ name: String) throws {
    let errors = Workspace.obstacleDiagnostics(snapshot, in: keys).filter { $0.severity == .error }
    guard !errors.isEmpty else { return }
    throw Failure(
      .cannot, "the identity at `\(name)` has errors, and does not come into force with them",
      help: ["correct it first: `ethos check`"], diagnostics: errors)
  }

  /// Systems that are built for a release that does not exist.
  ///
  /// Where no release is here at all, tags may not have been fetched, and nobody can tell.
  private func releaseDiagnostics(_ snapshot: Snapshot) throws -> [Diagnostic] {
    let systems = snapshot.all(.system).filter { !$0.isRetired && $0.meaning["builtFor"] != nil }
    guard !systems.isEmpty else { return [] }
    let known = Set(try store.releases().releases.map(\.reference))
    return systems.compactMap { system in
      guard let name = system.meaning["builtFor"]?.text, !known.contains(name),
        // That there is no such cycle is reported with the references.
        let cycle = name.parts(at: "/").dropFirst().first, snapshot[EntryKey(.cycle, String(cycle))] != nil
      else { return nil }
      return Diagnostic(
        "unresolved-reference", known.isEmpty ? .note : .error,
        known.isEmpty ? "`\(name)` cannot be looked up: there is no release here" : "`\(name)` names no release",
        at: system.place("builtFor"),
        help: known.isEmpty
          ? "`git fetch --tags` brings the releases; `ethos release` makes one"
          : nearestName(to: name, among: known.sorted()).map { "did you mean `\($0)`?" }
            ?? "`ethos releases` lists them")
    }
  }
}
