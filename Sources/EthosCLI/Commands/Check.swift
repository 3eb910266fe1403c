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
  @Flag(
    help: "Analyse the decision tables too: gaps, collisions, rules that never apply, examples and assertions that fail"
  )
  var decisions = false
  @Flag(help: "Show notes too, and look at the history and the decision tables") var all = false
  @Option(help: ArgumentHelp("Form of the answer: text, json, markdown or sarif", valueName: "form"))
  var format: FindingsFormat = .text
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().check(
      at: at, withHistory: history || all, withDecisions: decisions || all)
    let shown = all ? result.diagnostics : result.diagnostics.filter { $0.severity != .note }
    let hidden = result.diagnostics.count - shown.count
    if hidden > 0, format == .text {
      context.say("\(hidden == 1 ? "1 note is" : "\(hidden) notes are") not shown: `ethos check --all`")
    }
    let report = DiagnosticsReport(shown, sources: result.sources.values)
    switch format {
    case .sarif: context.answer(text: report.sarif(version: EthosCommandLine.version).text(pretty: true))
    case .text: context.answer(report.report)
    case .json: context.answer(report.report, as: .json)
    case .markdown: context.answer(report.report, as: .markdown)
    }
    if result.diagnostics.contains(where: { $0.severity > .note }) { throw ExitCode(1) }
  }
}
