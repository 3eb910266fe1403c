import ArgumentParser
import EthosApp
import EthosText

/// The words that name a command or a topic of help, looked at before the argument parser does, which says of a mistyped
/// one only that it is unexpected.
enum CommandName {
  /// What is wrong with the first words of a command line; nil where they name something, or are the parser's to judge.
  static func failure(_ arguments: [String]) -> Failure? {
    let asksForHelp = arguments.first == "help"
    var words = arguments[...]
    if asksForHelp { words = words.dropFirst() }
    var known: any ParsableCommand.Type = Ethos.self
    var path = "ethos"
    while let word = words.first, !word.begins(with: "-") {
      let below = known.configuration.subcommands
      guard !below.isEmpty else { return nil }
      if let next = below.first(where: { $0._commandName == word }) {
        known = next
        path += " \(word)"
        words = words.dropFirst()
        continue
      }
      var names = below.map { $0._commandName }
      let isRoot = path == "ethos"
      if isRoot { names += ["help"] + (asksForHelp ? HelpTopic.allCases.map(\.rawValue) : []) }
      guard !names.contains(word) else { return nil }
      let what = asksForHelp && isRoot ? "command or topic" : "command"
      let near = nearestName(to: word, among: names)
      let meant = asksForHelp ? path.parts(at: " ").dropFirst().reduce("ethos help") { "\($0) \($1)" } : path
      return .usage(
        "there is no \(what) `\(word)`\(isRoot ? "" : " of `\(path)`")",
        help: near.map { "did you mean `\(meant) \($0)`?" }
          ?? "see which there are: `\(isRoot ? "ethos help" : "ethos help" + path.dropFirst("ethos".count))`")
    }
    return nil
  }
}
