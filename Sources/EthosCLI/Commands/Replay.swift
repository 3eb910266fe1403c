import ArgumentParser
import EthosApp
import EthosPractice
import EthosReport

/// How a file of cases is read.
struct CaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column of an input, where its name is another; may be repeated. Nothing before the sign says that the cases lack it",
      valueName: "column=input"))
  var map: [String] = []
  @Option(help: ArgumentHelp("What parts the columns, where it is not `,`, `;` or a tab", valueName: "sign"))
  var separator: String?
  @Flag(name: .customLong("decimal-comma"), help: "Numbers are written with a decimal comma") var decimalComma = false
  @Flag(help: "Stop at the first malformed record") var strict = false
  @Flag(name: .customLong("show-cases"), help: "Show what stands in the cases that are named, not their rows alone")
  var showCases = false
  @Option(help: ArgumentHelp("Threads; as many as there are cores when left out", valueName: "count")) var threads: Int?

  func request(_ path: String, by: [String] = []) throws -> CaseRequest {
    if let threads, !(1...1_024).contains(threads) {
      throw Failure.usage("`\(threads)` is no number of threads", help: "write a number from 1 to 1024")
    }
    return CaseRequest(
      path: path, separator: separator, usesDecimalComma: decimalComma, maps: map, by: by, isStrict: strict,
      showsCases: showCases, threads: threads)
  }
}

extension UnfedFact {
  /// What to say where nobody has said that the cases lack the fact.
  func warning(of file: String) -> String {
    """
    `\(file)` has no column for `\(fact)`: every case is decided as if it were missing; name its column, `--map \
    "COLUMN=\(fact)"`, or say that there is none, `--map "=\(fact)"`
    """
  }
}

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decide recorded cases under two revisions: who is decided otherwise",
    discussion: """
      The cases are a file of CSV, JSON Lines or JSON, or standard input with `-`: they stay outside the repository, and \
      the answer has row numbers and counts. Without revisions, HEAD is compared with the work tree. How columns become \
      facts, and what is malformed or incomplete: `ethos help cases`.
      """)

  @Argument(help: "The file of cases, or - for standard input") var cases: String
  @Option(help: "The decision") var decision: String
  @Option(help: ArgumentHelp("The rules before; HEAD when left out", valueName: "rev")) var from: String?
  @Option(help: ArgumentHelp("The rules after; the work tree when left out", valueName: "rev")) var to: String?
  @Option(help: ArgumentHelp("Group the cases by this column; may be repeated", valueName: "column"))
  var by: [String] = []
  @OptionGroup var reading: CaseOptions
  @Flag(
    name: .customLong("exit-code"),
    help: "Exit with 1 where a case is decided otherwise, with 3 where no case could be decided") var exitCode = false
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let answer = try context.workspace().replay(
      reading.request(cases, by: by), decision: decision, from: from, to: to)
    for fact in answer.result.unfed where !fact.isSaid { context.say(fact.warning(of: answer.file)) }
    context.answer(ReplayReport(answer).report, as: format.format)
    guard exitCode else { return }
    if answer.result.flipped > 0 { throw ExitCode(1) }
    if answer.result.undecided != nil { throw ExitCode(3) }
  }
}

extension ReplayReport {
  init(_ answer: ReplayAnswer) {
    self.init(
      file: answer.file, before: (answer.before.name, answer.before.commit, answer.before.decision),
      after: (answer.after.name, answer.after.commit, answer.after.decision), result: answer.result)
  }
}
