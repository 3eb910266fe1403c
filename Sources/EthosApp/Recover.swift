package import EthosStore
import EthosText

extension Workspace {
  /// Finishes what an interrupted command had begun, takes it back, or lets it be.
  package func recover(_ way: RecoveryWay, isDryRun: Bool) throws -> Recovered {
    let recovered: Recovered
    do {
      guard let found = try store.recover(way, isDryRun: isDryRun) else {
        throw Failure.no("nothing was interrupted here that is yours to finish or to take back")
      }
      recovered = found
    } catch TransactionError.busy {
      throw Failure.cannot("another ethos is writing to this repository", help: "try again when it is done")
    }
    let leftover = recovered.leftover
    guard way == .finish, leftover.state == .halfDone, !leftover.changedSince.isEmpty else { return recovered }
    throw Failure.no(
      "\(leftover.changedSince.map { "`\($0)`" }.joined(separator: ", ")) changed since `\(leftover.what)` was "
        + "interrupted: to finish it would lose that",
      help: "take back what was done of it: `ethos recover --back`",
      "or leave everything as it is now: `ethos recover --keep`")
  }
}

extension Interruption {
  /// What is said of it beside every answer; nil where nothing is left to be done.
  var notice: String? {
    switch self {
    case .leftover(let leftover): leftover.notice
    case .foreign(let journal):
      "`\(journal)` tells of an interrupted change, and you did not write it in this repository: nothing of it is done "
        + "(`ethos help verification`)"
    case .unclear(let reason):
      "a command was interrupted, and what became of it cannot be told: \(reason)"
    }
  }
}

extension Leftover {
  var notice: String? {
    switch state {
    case .halfDone where changedSince.isEmpty:
      "`\(what)` was interrupted half done: finish it with `ethos recover`, or take it back with `ethos recover --back`"
    case .halfDone:
      "`\(what)` was interrupted half done, and \(changedSince.map { "`\($0)`" }.joined(separator: ", ")) changed "
        + "since: take it back with `ethos recover --back`, or leave all as it is with `ethos recover --keep`"
    case .untouched where !locks.isEmpty:
      "`\(what)` was interrupted before it changed anything, and left locks that keep git out: remove them with "
        + "`ethos recover`"
    case .done where !locks.isEmpty:
      "`\(what)` was done and then interrupted, and left locks that keep git out: remove them with `ethos recover`"
    case .untouched, .done: nil
    }
  }
}
