import ArgumentParser
import EthosApp

struct Ratify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Merge a proposal that has the approvals it needs",
    discussion: """
      Makes a merge commit on the branch in force, whose parents are that branch, the proposal and its reviews. Each \
      standing objection needs an answer: `--answer 'PERSON=why'`. Exits with 1, and changes nothing, while something \
      is missing, and with 2 where what would be in force has errors that what is in force has not (`ethos check`), or \
      stops a decision.
      """)

  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @Option(help: ArgumentHelp("The answer to an objection; may be repeated", valueName: "person=why"))
  var answer: [String] = []
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let answers = Dictionary(
      try answer.map { try pair($0, option: "--answer", form: "PERSON=why") }
    ) { _, last in last }
    let result = try context.workspace().ratify(name, answers: answers, isDryRun: dryRun.isDryRun)
    context.answer(RatifyPage.make(result, isDryRun: dryRun.isDryRun))
  }
}
