import ArgumentParser
import EthosApp

struct Withdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Close a proposal for good; a tag keeps it with its reviews")

  @Argument(help: "The proposal; the one checked out when left out") var name: String?
  @Option(help: ArgumentHelp("Why", valueName: "why")) var because: String
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().withdraw(name, because: because, isDryRun: dryRun.isDryRun)
    context.answer(RecordPage.withdrawn(result.name, tag: result.tag))
  }
}
