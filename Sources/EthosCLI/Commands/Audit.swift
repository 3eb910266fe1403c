import ArgumentParser
import EthosApp
import EthosModel
import EthosPractice
import EthosReport

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether what was decided follows the rules, and whose rules it follows best",
    discussion: """
      The log is a file of cases as for `ethos replay`, with what was decided in a column of the output's name, or \
      `--outcome`, and the day in a column `day`, or `--day`. Each case is held to the release in force on its day, as it \
      was released by then, and to every release. With `--at` all cases are held to one state of the rules, with `--against` to \
      a table in a file. More: `ethos help cases`.
      """)

  @Argument(help: "The log, or - for standard input") var log: String
  @Option(help: "The decision") var decision: String
  @Option(help: ArgumentHelp("The column of the day of each case", valueName: "column")) var day: String?
  @Option(
    help: ArgumentHelp(
      "The column of an output, where its name is another; may be repeated", valueName: "column=output"))
  var outcome: [String] = []
  @Option(help: ArgumentHelp("The column of the reason why a rule was overridden", valueName: "column"))
  var reason: String?
  @Option(help: ArgumentHelp("The rules of this release, revision or day, for all cases", valueName: "rev"))
  var at: String?
  @Option(
    help: ArgumentHelp(
      "A table outside of the repository, for all cases: a decision's file or a DMN model", valueName: "file"))
  var against: String?
  @Option(help: ArgumentHelp("The column of the system that decided", valueName: "column")) var system: String?
  @Flag(
    name: .customLong("with-hindsight"), help: "Let a release count from its effective day, also before it was made")
  var withHindsight = false
  @Option(help: ArgumentHelp("Group the cases by this column; may be repeated", valueName: "column"))
  var by: [String] = []
  @OptionGroup var reading: CaseOptions
  @Flag(
    name: .customLong("exit-code"), help: "Exit with 1 where a case departs from the rules and no exception accepts it")
  var exitCode = false
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    var request = try AuditRequest(
      cases: reading.request(log, by: by), decision: decision, day: day, outcomes: outcome, reason: reason, at: at,
      against: against, system: system, hasHindsight: withHindsight)
    request.isGate = exitCode
    let answer = try context.workspace().audit(request)
    context.answer(
      AuditReport(
        file: answer.file, states: answer.states.map { ($0.name, $0.cycle, $0.decision) }, result: answer.result,
        stated: answer.stated.map { ($0.side, $0.over, $0.under) }, at: answer.at,
        systems: answer.systems.map {
          ($0.key.id, $0.meaning["builtFor"]?.text, $0.meaning["status"]?.text ?? "live")
        }
      ).report, as: format.format)
    if exitCode, answer.result.departures.contains(where: { $0.exception == nil }) { throw ExitCode(1) }
  }
}
