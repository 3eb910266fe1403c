import ArgumentParser
import EthosApp
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// The options of approve, object and abstain.
struct VerdictOptions: ParsableArguments {
  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @Option(help: ArgumentHelp("The words to record", valueName: "why")) var because: String?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Record what this person decided elsewhere, as in a meeting of the board", valueName: "person"))
  var person: String?
  @Option(help: ArgumentHelp("The file that says so, as the minutes; its SHA-256 is recorded", valueName: "file"))
  var source: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func record(_ verdict: ReviewRecord.Verdict, conditions: [String] = []) throws {
    let context = CommandContext(options)
    let statement = ReviewStatement(
      verdict, words: because ?? "", conditions: conditions, elsewhere: try elsewhere(context))
    let result = try context.workspace().review(name, statement, isDryRun: dryRun.isDryRun)
    context.answer(VerdictPage.make(result, isDryRun: dryRun.isDryRun))
  }

  /// Most bytes of a file that a record rests on.
  private static let sourceLimit = 256 << 20

  private func elsewhere(_ context: CommandContext) throws -> (person: String, source: RecordedSource)? {
    switch (person, source) {
    case (nil, nil): return nil
    case (_?, nil):
      throw Failure.usage("a decision taken elsewhere needs its source", help: "add `--source FILE`, as the minutes")
    case (nil, _?):
      throw Failure.usage("`--source` goes with `--for PERSON`", help: "your own reasons go into `--because \"why\"`")
    case (let person?, let source?):
      let path = source.begins(with: "/") ? source : context.directory + "/" + source
      let bytes = try FileSystem.read(path, limit: VerdictOptions.sourceLimit)
      guard bytes.count <= VerdictOptions.sourceLimit else {
        throw Failure.cannot("`\(source)` is longer than \(VerdictOptions.sourceLimit) bytes")
      }
      let name = source.parts(at: "/", omittingEmpty: true).last ?? ""
      guard let recorded = RecordedSource(name: name, sha256: Fingerprint(digestOf: bytes).hex) else {
        throw Failure.usage("`\(source)` is no name of a file")
      }
      return (person, recorded)
    }
  }
}

struct Approve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Approve a proposal as it stands",
    discussion: """
      The approval counts for each commitment while its meaning, before and after, stays what you read: it survives \
      re-basing and re-formatting, and a changed meaning voids it for that commitment alone. Your person is found by \
      your e-mail address. With a condition it fills no seat until you approve again without one. More: \
      `ethos help reviews`.
      """)

  @OptionGroup var verdict: VerdictOptions
  @Option(help: ArgumentHelp("What must be met before it counts; may be repeated", valueName: "words"))
  var condition: [String] = []

  func run() throws {
    guard condition.allSatisfy({ !saysNothing($0) }) else {
      throw Failure.usage("a condition needs its words", help: "say what must be met: `--condition \"words\"`")
    }
    try verdict.record(.approve, conditions: condition)
  }
}

struct Object: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Object to a proposal; the objection is kept for ever and must be answered",
    discussion: "An objection does not block, unless the charter gives your office a veto.")

  @OptionGroup var verdict: VerdictOptions
  func run() throws {
    guard let words = verdict.because, !saysNothing(words) else {
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
