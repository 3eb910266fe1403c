import ArgumentParser
import EthosApp
import EthosModel

/// The words that go with a change.
struct WordsOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The subject line; made from the change when left out", valueName: "line"))
  var subject: String?

  @Option(help: ArgumentHelp("Why", valueName: "why")) var because: String

  @Option(
    help: ArgumentHelp("What it rests on: minutes, a regulation, an incident; may be repeated", valueName: "source"))
  var source: [String] = []

  @Option(
    name: .customLong("reason-for"),
    help: ArgumentHelp("Why one commitment of several changes, as REF=why; may be repeated", valueName: "ref=why"))
  var reasonFor: [String] = []

  @Option(
    name: .customLong("co-author"),
    help: ArgumentHelp("Who wrote it too, as `Name <email>`; may be repeated", valueName: "person"))
  var coAuthor: [String] = []

  func words(_ workspace: Workspace) throws -> ChangeWords {
    ChangeWords(
      subject: subject, because: because, sources: source,
      reasons: try reasonFor.map { text in
        let (name, why) = try pair(text, option: "--reason-for", form: "REF=why")
        return (try workspace.reference(name), why)
      }, coAuthors: coAuthor)
  }
}

/// Splits `NAME=text`.
func pair(_ text: String, option: String, form: String) throws -> (String, String) {
  guard let sign = text.unicodeScalars.firstIndex(of: "="), sign != text.startIndex else {
    throw Failure.usage("`\(option) \(text)` has no `=`", help: "write `\(option) \(form)`")
  }
  return (String(text[..<sign]), String(text[text.unicodeScalars.index(after: sign)...]))
}

struct Propose: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the changed files into a proposal, with the reason",
    discussion: """
      Makes the branch proposals/NAME where it is missing, switches to it, and commits the identity's files that differ \
      from HEAD. The same command adds to a proposal later. Where what would be in force has errors in other files, it \
      says so: such a draft is not ratified.
      """)

  @Argument(help: "The name of the proposal") var name: String
  @OptionGroup var words: WordsOptions
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let result = try workspace.propose(name, words: try words.words(workspace), isDryRun: dryRun.isDryRun)
    context.answer(ProposePage.make(result, isDryRun: dryRun.isDryRun))
  }
}
