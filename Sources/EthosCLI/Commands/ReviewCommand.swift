import ArgumentParser
import EthosApp

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Show what a proposal changes, who has agreed, and who is missing",
    discussion: """
      One page to read and to act on: what changes and why, what it touches, who said what, what is missing and what to \
      type. `--format html` makes a page to send. With `--cases` it also says what the change would have done to recorded \
      cases (`ethos help cases`); a decision that names its cases takes no other file for them. A proposal that is ratified or withdrawn is \
      shown as it was decided. Exits with 1 while something is missing for ratification, and of a closed proposal. How reviews \
      count: `ethos help reviews`.
      """)

  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @Option(help: ArgumentHelp("The commit that the proposal must be, as of a pull request", valueName: "commit"))
  var at: String?
  @Option(help: ArgumentHelp("A file of recorded cases: say what would have become of them", valueName: "file"))
  var cases: String?
  @Option(help: "The decision that the cases are about, where the proposal changes several") var decision: String?
  @Option(help: ArgumentHelp("Group the cases by this column; may be repeated", valueName: "column"))
  var by: [String] = []
  @OptionGroup var reading: CaseOptions
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let state = try workspace.readableProposal(name, at: at)
    let replay = try cases.map { try workspace.replay(reading.request($0, by: by), of: state, decision: decision) }
    context.answer(
      ReviewPage.make(state, collisions: state.end == nil ? try workspace.collisions(of: state) : [], replay: replay),
      as: format.format)
    if !state.canRatify { throw ExitCode(1) }
  }
}
