package import EthosDiff
import EthosGit
import EthosGovernance
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What a classification recorded, or would record.
package struct ClassifyResult: Sendable {
  package var name: String
  package var change: Change
  package var action: Action
  package var level: Level
  package var commit: ObjectID?
}

extension Workspace {
  /// Records what a changed text means: a commit on the proposal that changes no file.
  package func classify(
    _ reference: Reference, as actionName: String, because: String, proposal name: String?, isDryRun: Bool
  ) throws -> ClassifyResult {
    guard let action = Action(rawValue: actionName), let level = Classes.level(of: action) else {
      let actions = Action.allCases.filter { Classes.level(of: $0) != nil }.map(\.rawValue)
      throw Failure.usage(
        "`\(actionName)` is no class for a text",
        help: nearestName(to: actionName, among: actions).map { "did you mean `\($0)`?" }
          ?? "a class is one of \(actions.joined(separator: ", "))")
    }
    guard !saysNothing(because) else {
      throw Failure.usage("a classification needs a reason", help: "add `--because \"why\"`")
    }
    let state = try proposalState(name)
    let matching = state.changes.changes.filter { change in
      change.entry == reference.key && change.level == .undecided
        && change.field.segments.starts(with: reference.path.segments)
    }
    guard let change = matching.first else {
      throw Failure.no(
        "`\(reference)` has no undecided change in the proposal `\(state.name)`",
        help: "see what it changes: `ethos review \(shellWord(state.name))`")
    }
    guard matching.count == 1 else {
      throw Failure.usage(
        "`\(reference)` has \(matching.count) undecided changes",
        help: "name one: \(matching.map { Reference($0.entry, path: $0.field).description }.joined(separator: ", "))")
    }
    var result = ClassifyResult(name: state.name, change: change, action: action, level: level, commit: nil)
    guard !isDryRun else { return result }
    let place = Reference(change.entry, path: change.field)
    var record = ChangeRecord(subject: "Classify \(place) as \(action.rawValue)", because: because)
    record.classes = [ChangeRecord.Classification(reference: place, action: action.rawValue)]
    let commit = try recordCommit(
      tree: state.tip.tree, parents: [state.tip.id], author: try author(), committer: try committer(),
      message: record.message)
    try moveProposal(
      state.name, from: state.proposal, showing: state.tip.tree, to: (commit, state.tip.tree),
      "ethos classify: \(record.subject)")
    result.commit = commit
    return result
  }
}
