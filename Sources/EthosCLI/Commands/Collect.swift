import ArgumentParser
import EthosApp

struct Collect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join the reviews of a proposal to its branch, for a forge to merge",
    discussion: """
      A forge merges one branch, and what is in force is judged by the reviews that the merge carries. This adds a merge \
      commit to proposals/NAME that changes no file and has the reviews as parents. Push the branch afterwards, and \
      collect again when more has been said. `ethos ratify` needs none of this. How to set a forge up: `ethos help forges`.
      """)

  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @Option(help: ArgumentHelp("The commit that the proposal must be, as of a pull request", valueName: "commit"))
  var at: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().collect(name, at: at, isDryRun: dryRun.isDryRun)
    context.answer(RecordPage.collected(result), as: format.format)
  }
}
