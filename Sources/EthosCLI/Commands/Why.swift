import ArgumentParser
import EthosApp
import EthosModel
import EthosReport

struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say who gave a field its value, when, why, and who agreed",
    discussion: """
      `ethos why limit/client-risk.atMost` answers for one field, `ethos why limit/client-risk` for each of them. The \
      answer is the commit that made the change, through merges, moves of files and re-formatting.
      """)

  @Argument(help: "The entry or field: kind/id[.path][@rev]") var ref: String
  @Option(help: ArgumentHelp("The state to ask about; HEAD when left out", valueName: "rev")) var at: String?
  @OptionGroup var index: IndexOption
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace(usesIndex: !index.noIndex)
    let answer = try workspace.why(try workspace.reference(ref), at: at)
    context.answer(
      WhyReport(
        answer.entries, reference: answer.reference?.description ?? ref, title: answer.title, at: answer.revision.name
      ).report, as: format.format)
  }
}
