import ArgumentParser
import EthosApp
import EthosModel

struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Align decision tables and tidy line ends; no meaning changes")

  @Argument(help: "Entries, as in decision/onboarding; all when left out") var refs: [String] = []
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let keys = try refs.map { try workspace.reference($0).key }
    context.answer(EditPage.make(try workspace.format(keys, in: .workTree, isDryRun: dryRun.isDryRun)))
  }
}
