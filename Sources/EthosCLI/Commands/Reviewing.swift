import ArgumentParser
import EthosApp
import EthosRecord

/// The options of approve, object and abstain.
struct VerdictOptions: ParsableArguments {
  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @Option(help: ArgumentHelp("The words to record", valueName: "why")) var because: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func record(_ verdict: ReviewRecord.Verdict) throws {
    let context = CommandContext(options)
    let result = try context.workspace().review(
      name, verdict: verdict, words: because ?? "", isDryRun: dryRun.isDryRun)
    context.answer(VerdictPage.make(result, isDryRun: dryRun.isDryRun))
  }
}

struct Approve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Approve a proposal as it stands",
    discussion: """
      The approval counts for each commitment while its meaning, before and after, stays what you read: it survives \
      re-basing and re-formatting, and a changed meaning voids it for that commitment alone. Your person is found by \
      your e-mail address.
      """)

  @OptionGroup var verdict: VerdictOptions
  func run() throws { try verdict.record(.approve) }
}

struct Object: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Object to a proposal; the objection is kept for ever and must be answered",
    discussion: "An objection does not block, unless the charter gives your office a veto.")

  @OptionGroup var verdict: VerdictOptions
  func run() throws {
    guard let words = verdict.because, !words.allSatisfy(\.isWhitespace) else {
      throw Failure.usage("an objection needs its reason", help: "add `--because \"why\"`")
    }
    try verdict.record(.object)
  }
}

struct Abstain: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Record that you read a proposal and take no side")

  @OptionGroup var verdict: VerdictOptions
  func run() throws { try verdict.record(.abstain) }
}
