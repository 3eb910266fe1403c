import ArgumentParser
import EthosApp
import EthosModel

struct Reaffirm: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record that commitments were looked at again and stand",
    discussion: "A commit on the branch in force that changes no file; `check --history` counts it.")

  @Argument(help: "The commitments: kind/id …") var refs: [String]
  @Option(help: ArgumentHelp("Why they stand", valueName: "why")) var because: String
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let keys = try refs.map { try workspace.reference($0).key }
    let commit = try workspace.reaffirm(keys, because: because, isDryRun: dryRun.isDryRun)
    context.answer(RecordPage.reaffirmed(keys, commit: commit))
  }
}
