import ArgumentParser
import EthosApp
import EthosDecision
import EthosReport

struct Decide: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decide one case, and say by which rules and why",
    discussion: """
      Facts are written `NAME=VALUE`: `ethos decide onboarding 'risk score=20' 'country risk=low' …`. With `--input` they \
      are read from a file, or from standard input with `-`, as JSON or YAML; what is typed is added to them. With \
      `--at` the case is decided by the rules of a release, a revision, or a day.

      Exit status: 0 when there is an answer, 1 when no rule applies or rules collide, 2 when a fact is missing or not \
      allowed.
      """)

  @Argument(help: "The decision") var decision: String
  @Argument(help: ArgumentHelp("The facts of the case", valueName: "name=value")) var facts: [String] = []
  @Option(help: ArgumentHelp("Read the facts from a file, or - for standard input", valueName: "file"))
  var input: String?
  @Option(help: ArgumentHelp("The rules of this release, revision or day", valueName: "rev")) var at: String?
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().decide(
      DecideRequest(decision: decision, facts: facts, input: try input.map { try context.read($0) }, at: at))
    context.answer(
      DecideReport(
        decision: result.decision, decided: result.decided, used: result.used, facts: result.facts,
        release: result.release, revision: result.revision
      ).report, as: format.format)
    guard case .decided = result.decided.outcome else { throw ExitCode(1) }
  }
}
