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
    context.answer(ListReport(try context.workspace().snapshot(at: at), kind: kind).report, as: format.format)
  }
}
