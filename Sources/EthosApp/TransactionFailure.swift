package import EthosStore

extension Failure {
  /// Why a change was not made, in a person's words.
  package init(_ error: TransactionError) {
    switch error {
    case .busy:
      self = .cannot("another ethos is writing to this repository", help: "try again when it is done")
    case .moved(let reference):
      self = .cannot(
        "`\(reference)` was moved by somebody else meanwhile; nothing of yours was lost, and nothing was changed",
        help: "look at what happened with `ethos status`, then do it again")
    case .doneMeanwhile:
      self = .cannot(
        "something else was recorded here meanwhile, and is the last record now; nothing was changed",
        help: "look at what happened with `ethos status`, then do it again")
    case .edited(let path):
      self = .cannot(
        "`\(path)` was edited by somebody else meanwhile: that edit stands, and yours was not made",
        help: "look at it with `ethos diff`, then do it again")
    case .interrupted(let what):
      self = .cannot(
        "`\(what)` was interrupted half done, and comes first; nothing was changed",
        help: "finish it: `ethos recover`", "or take it back: `ethos recover --back`")
    case .halfDone(let what, let reason):
      self = .cannot(
        "`\(what)` failed half done, and could not be taken back: \(Failure.words(reason))",
        help: "when that is mended, finish it: `ethos recover`", "or take it back: `ethos recover --back`")
    }
  }

  private static func words(_ error: any Error) -> String { (error as? Failure)?.message ?? "\(error)" }
}
