import ArgumentParser
import EthosApp
import EthosModel
import EthosReport

extension Kind: ExpressibleByArgument {}

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List what the identity holds")

  @Argument(help: "Only this kind: value, decision, limit, exception, cycle, person or system") var kind: Kind?
  @Option(help: ArgumentHelp("The state to look at", valueName: "rev")) var at: String?
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let snapshot = try workspace.snapshot(at: at)
    workspace.tellUnread(snapshot, of: kind)
    context.answer(ListReport(snapshot, kind: kind).report, as: format.format)
  }
}
