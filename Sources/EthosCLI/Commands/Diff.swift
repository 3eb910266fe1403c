import ArgumentParser
import EthosApp
import EthosDiff
import EthosReport

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what changed in meaning",
    discussion: """
      Without revisions, compares HEAD with the work tree; with one, that revision with the work tree. A revision is \
      anything git resolves, a release (release/CYCLE/N) or a day (2026-02-01: what was in force then). The ids of \
      changes are listed by `ethos help changes`.
      """)

  @Argument(help: "The state before; HEAD when left out") var before: String?
  @Argument(help: "The state after; the work tree when left out") var after: String?
  @Flag(help: "Say why, from the history of each change") var why = false
  @Flag(name: .customLong("exit-code"), help: "Exit with 1 where there are changes") var exitCode = false
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let result = try workspace.compare(before, after)
    context.answer(
      ComparisonPage.make(result, workspace: workspace, reasons: why ? try workspace.reasons(for: result) : [:]),
      as: format.format)
    if exitCode, !result.changes.isEmpty { throw ExitCode(1) }
  }
}
