import ArgumentParser
import EthosApp
import EthosModel
import EthosPractice
import EthosReport
import EthosText

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
  @Option(
    help: ArgumentHelp("Group the cases by this column; of several, also by all of them together", valueName: "column"))
  var by: [String] = []
  @Option(help: ArgumentHelp("The cases that meet this condition: FEEL over facts and columns", valueName: "condition"))
  var `where`: String?
  @Option(help: ArgumentHelp("The cases of this day and later ones", valueName: "day")) var since: String?
  @Option(
    name: .customLong("map-for"),
    help: ArgumentHelp(
      "The column of an input of one release alone, as --map; may be repeated", valueName: "release:column=input"))
  var mapFor: [String] = []
  @Option(help: ArgumentHelp("Write every departure with its rule and row to this file, as CSV", valueName: "file"))
  var list: String?
  @Option(help: ArgumentHelp("Draw this many departures at random, to look at", valueName: "count")) var sample: Int?
  @Option(help: ArgumentHelp("What the draw begins with: the same number draws the same", valueName: "number"))
  var seed: UInt64 = 1
  @Option(
    help: ArgumentHelp(
      "Try out a limit: which of its values the log follows. Where no range is given, around what it is",
      valueName: "limit[=from..to[/step]]"))
  var sweep: String?
  @OptionGroup var reading: CaseOptions
  @Flag(
    name: .customLong("exit-code"),
    help:
      "Exit with 1 where a case departs from the rules and no exception accepts it, with 3 where nothing could be decided"
  )
  var exitCode = false
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    if let sample, sample < 1 { throw Failure.usage("`\(sample)` is no number of cases", help: "write `--sample 20`") }
    let context = CommandContext(options)
    let workspace = try context.workspace()
    var request = try AuditRequest(
      cases: reading.request(log, by: by), decision: decision, day: day, outcomes: outcome, mapsFor: mapFor,
      reason: reason, at: at, against: against, system: system, hasHindsight: withHindsight, condition: self.where,
      since: since, sweep: sweep, list: list, sample: sample, seed: seed)
    request.isGate = exitCode
    let answer = try workspace.audit(request)
    let report = AuditReport(answer)
    for fact in answer.unfed where !fact.isSaid { context.say(fact.warning(of: answer.file)) }
    for state in answer.left {
      context.say(
        "\(state.name) cannot read `\(answer.file)` and is left out: \(state.reason)"
          + (state.help.map { "; \($0)" } ?? ""))
    }
    if let list {
      try workspace.write(report.list, to: list)
      let count = answer.sample?.count ?? answer.result.listed.count
      context.say("wrote \(count) of \(answer.result.listed.count) departures to \(visibleText(list))")
    }
    let undecided = answer.undecided
    if let undecided { context.say(undecided) }
    context.answer(report.report, as: format.format)
    guard exitCode else { return }
    if answer.result.hasDepartures { throw ExitCode(1) }
    if undecided != nil { throw ExitCode(3) }
  }
}

extension AuditReport {
  fileprivate init(_ answer: AuditAnswer) {
    self.init(
      file: answer.file, states: answer.states.map { ($0.name, $0.cycle, $0.decision) }, result: answer.result,
      stated: answer.stated.map { ($0.side, $0.over, $0.under) }, at: answer.at,
      systems: answer.systems.map {
        ($0.key.id, $0.meaning["builtFor"]?.text, $0.meaning["status"]?.text ?? "live")
      }, left: answer.left.map { ($0.name, $0.cycle, $0.reason, $0.help, $0.cases) }, unfed: answer.unfed,
      sweep: answer.sweep.map {
        (
          "\($0.limit)", $0.unit, $0.state, $0.values.map { "\($0)" }, $0.current, $0.most, $0.isAtEnd, $0.judgement
        )
      }, sample: answer.sample)
  }
}
