import ArgumentParser
import EthosApp

struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a reworded text means, where no program can",
    discussion: """
      ACTION is one of clarified, reworded, strengthened, weakened, widened, narrowed, reversed, changed. The class \
      counts once a holder of the owning office who is not the author approves the proposal with it.
      """)

  @Argument(help: "The changed text: kind/id or kind/id.field") var ref: String
  @Argument(help: "What was done") var action: String
  @Option(help: ArgumentHelp("Why it is that", valueName: "why")) var because: String
  @Option(help: ArgumentHelp("The proposal; the one checked out when left out", valueName: "name"))
  var proposal: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let result = try workspace.classify(
      try workspace.reference(ref), as: action, because: because, proposal: proposal, isDryRun: dryRun.isDryRun)
    context.answer(RecordPage.classified(result))
  }
}
