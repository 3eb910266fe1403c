import ArgumentParser
import EthosApp

struct Handover: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what changed from one leadership cycle to another",
    discussion: """
      Compares the last release of cycle A with the last of cycle B (or with what is in force, where B has released \
      nothing): what changed, which commitments nobody touched or reaffirmed since A, which objections stand in the \
      record, and which systems still follow the rules of an earlier release.
      """)

  @Argument(help: "The earlier cycle") var before: String
  @Argument(help: "The later cycle") var after: String
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    context.answer(HandoverPage.make(try context.workspace().handover(from: before, to: after)), as: format.format)
  }
}
