import ArgumentParser
import EthosApp
import EthosReport
import EthosText

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find what is wrong in the identity: form, references, owners, order of values, authority",
    discussion: "Exits with 1 where there is an error or a warning.")

  @Option(help: ArgumentHelp("The state to check; the work tree when left out", valueName: "rev")) var at: String?
  @Flag(help: "Look at the history too: what was not reaffirmed, ids used again, removals without a tombstone")
  var history = false
  @Flag(help: "Show notes too, and look at the history") var all = false
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().check(at: at, withHistory: history || all)
    let shown = all ? result.diagnostics : result.diagnostics.filter { $0.severity != .note }
    let hidden = result.diagnostics.count - shown.count
    if hidden > 0, format.format == .text { context.say("\(hidden) notes are not shown: `ethos check --all`") }
    let report = DiagnosticsReport(shown, sources: result.sources.values)
    if format.format == .sarif {
      context.answer(text: report.sarif(version: EthosCommandLine.version).text(pretty: true))
    } else {
      context.answer(report.report, as: format.format)
    }
    if result.diagnostics.contains(where: { $0.severity > .note }) { throw ExitCode(1) }
  }
}
