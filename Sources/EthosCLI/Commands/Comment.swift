import ArgumentParser
import EthosApp
import EthosRecord
import EthosText

struct Comment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say something of a proposal without taking a side",
    discussion: "A comment is kept with the reviews and changes none of them: what you approved stays approved.")

  @Argument(help: "The proposal; the one checked out, or the only open one, when left out") var name: String?
  @Option(help: ArgumentHelp("The words to record", valueName: "words")) var because: String
  @Option(help: ArgumentHelp("What it is about, as a reference", valueName: "ref")) var on: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    guard !saysNothing(because) else {
      throw Failure.usage("a comment needs its words", help: "add `--because \"words\"`")
    }
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let statement = ReviewStatement(.comment, words: because, about: try on.map(workspace.reference))
    let result = try workspace.review(name, statement, isDryRun: dryRun.isDryRun)
    context.answer(VerdictPage.make(result, isDryRun: dryRun.isDryRun))
  }
}
