import ArgumentParser
import EthosApp

struct Handover: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what changed from one leadership cycle to another",
    discussion: """
      Compares the last release of cycle A with the newest of cycle B that has taken effect (with its first, where none \
      has; with what is ratified, where B has released nothing): what became of each value, what each decision decides \
      otherwise, which commitments nobody touched or reaffirmed since A, which objections still stand, and which systems \
      follow the rules of another release. It says first what is compared, and which later releases and unreleased \
      changes are left out.
      """)

  @Argument(help: "The earlier cycle") var before: String
  @Argument(help: "The later cycle") var after: String
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    context.answer(HandoverPage.make(try workspace.handover(from: before, to: after), workspace), as: format.format)
  }
}
