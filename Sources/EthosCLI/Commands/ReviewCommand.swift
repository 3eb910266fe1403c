import ArgumentParser
import EthosApp

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Show what a proposal changes, who has agreed, and who is missing",
    discussion: "Exits with 1 while something is missing for ratification.")

  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let state = try context.workspace().proposalState(name)
    context.answer(ReviewPage.make(state), as: format.format)
    if !state.canRatify { throw ExitCode(1) }
  }
}
