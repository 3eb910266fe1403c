import ArgumentParser
import EthosApp

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Show what a proposal changes, who has agreed, and who is missing",
    discussion: """
      One page to read and to act on: what changes and why, what it touches, who said what, what is missing and what to \
      type. `--format html` makes a page to send. Exits with 1 while something is missing for ratification. How reviews \
      count: `ethos help reviews`.
      """)

  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let state = try workspace.proposalState(name)
    context.answer(ReviewPage.make(state, collisions: try workspace.collisions(of: state)), as: format.format)
    if !state.canRatify { throw ExitCode(1) }
  }
}
