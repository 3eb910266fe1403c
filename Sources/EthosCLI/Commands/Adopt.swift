import ArgumentParser
import EthosApp

struct Adopt: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask for a later agreement to a commit that reached the branch in force past its authority",
    discussion: """
      Makes a proposal that changes nothing and names the commit. Those who should have agreed approve it, and it is \
      ratified like any other; `ethos verify` then says from when to when the identity was in breach, and who adopted it. \
      Nobody can agree by an authority that the commit itself gave them.
      """)

  @Argument(help: "The commit") var commit: String
  @Option(help: ArgumentHelp("Why it is adopted", valueName: "why")) var because: String
  @Option(help: ArgumentHelp("The name of the proposal; `adopt-COMMIT` when left out", valueName: "name"))
  var name: String?
  @Option(help: ArgumentHelp("The receipt that shows what is wrong, where nothing else does", valueName: "file"))
  var receipt: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().adopt(
      commit, as: name, because: because, receipt: receipt, isDryRun: dryRun.isDryRun)
    context.answer(VerifyPage.make(result))
  }
}
