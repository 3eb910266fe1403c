import EthosModel
import ArgumentParser
import EthosApp
import EthosReport

struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the changes of an entry or field, or of the whole identity, newest first")

  @Argument(help: "The entry or field: kind/id[.path]; the whole identity when left out") var ref: String?
  @Option(help: ArgumentHelp("The state to begin from; HEAD when left out", valueName: "rev")) var at: String?
  @Option(help: ArgumentHelp("At most so many", valueName: "n")) var limit: Int?
  @OptionGroup var index: IndexOption
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace(usesIndex: !index.noIndex)
    let answer = try workspace.log(try ref.map { try workspace.reference($0) }, at: at, limit: limit ?? .max)
    context.answer(LogReport(answer.entries, reference: answer.reference?.description).report, as: format.format)
  }
}
