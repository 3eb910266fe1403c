import Foundation

/// How the histories are run: all, or the one that `ETHOS_HISTORY` names, as `12` or `12:selfApproval`.
enum HistoryRun {
  static let only: (seed: UInt64, act: String?)? = {
    guard let text = ProcessInfo.processInfo.environment["ETHOS_HISTORY"] else { return nil }
    let parts = text.split(separator: ":").map(String.init)
    guard let seed = parts.first.flatMap({ UInt64($0) }) else { return nil }
    return (seed, parts.count > 1 ? parts[1] : nil)
  }()

  /// What to type to see one history again with everything printed.
  static func command(_ seed: UInt64, _ act: DishonestAct? = nil) -> String {
    "ETHOS_HISTORY=\(seed)\(act.map { ":\($0)" } ?? "") swift test --filter 'HistoryTests|DishonestTests'"
  }

  /// Prints a history where one was asked for, or all are to be told.
  static func tell(_ line: String, _ world: World) {
    let isTold = ProcessInfo.processInfo.environment["ETHOS_HISTORY_TELL"] != nil
    guard only != nil || isTold else { return }
    print(line)
    if only != nil { print(world.acts.joined(separator: "\n")) }
  }
}
