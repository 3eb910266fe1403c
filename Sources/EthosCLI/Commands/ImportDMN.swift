import ArgumentParser
import EthosApp
import EthosText

struct ImportDMN: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dmn",
    abstract: "Make a decision of each decision of a DMN model",
    discussion: """
      Reads the XML of DMN 1.1 to 1.6. Tables and literal expressions become decisions; what cannot be carried over \
      exactly is named and left out; where no decision comes, the exit status is 1. Importing the model again changes \
      what it says otherwise than before, and keeps what people added: what is said of a rule stays with that rule. A \
      limit that `export dmn` wrote is the limit. Nothing is committed: that is `ethos propose`.
      """)

  @Argument(help: "The DMN file") var file: String
  @Option(help: ArgumentHelp("The office that owns the new decisions", valueName: "office")) var owner: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let path = file.begins(with: "/") ? file : context.directory + "/" + file
    let result = try context.workspace().importDMN(path: path, owner: owner, isDryRun: dryRun.isDryRun)
    context.answer(DMNPage.make(result), as: format.format)
    if result.isEmpty { throw ExitCode(1) }
  }
}
