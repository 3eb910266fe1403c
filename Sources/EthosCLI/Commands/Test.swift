import ArgumentParser
import EthosApp
import EthosDecision
import EthosReport

struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the examples of decisions and prove their assertions",
    discussion: """
      An example is a case with the expected answer. An assertion says what must never or always be answered; it is \
      proved for every case, or refuted with one. Exit status: 0 when all hold, 1 when one does not, 3 when one is \
      neither proved nor refuted.
      """)

  @Argument(help: "The decisions; all when none is named") var decisions: [String] = []
  @Option(help: ArgumentHelp("The rules of this release, revision or day", valueName: "rev")) var at: String?
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().testDecisions(decisions, at: at)
    guard result.diagnostics.isEmpty else {
      throw Failure(
        .cannot, "some decisions have errors", help: ["see all of them: `ethos check`"],
        diagnostics: result.diagnostics)
    }
    context.answer(TestReport(result.results, decisions: result.decisions).report, as: format.format)
    if result.results.contains(where: { $0.verdict == .failed }) { throw ExitCode(1) }
    if result.results.contains(where: { $0.verdict == .undecided }) { throw ExitCode(3) }
  }
}
