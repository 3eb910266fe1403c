import ArgumentParser
import EthosApp
import EthosReport
import EthosText

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a new identity repository from a template",
    discussion: """
      Makes the folder where it is missing, a git repository in it where there is none, and the first commit. A \
      repository that has a history already is left alone.

      With --story, the template's own history is replayed: its people, dates, reasons, approvals, objections and \
      releases. financial-services and mortgage-lending have one.
      """)

  @Argument(help: "The folder; the current one when left out")
  var dir: String?

  @Option(help: "The template: minimal, financial-services, mortgage-lending, software-company or hospital")
  var template = "minimal"

  @Flag(help: "Replay the template's history")
  var story = false

  @Option(help: ArgumentHelp("The organisation's name, in place of the template's", valueName: "name"))
  var organisation: String?

  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let folder = dir.map { $0.begins(with: "/") ? $0 : context.directory + "/" + $0 } ?? context.directory
    let result = try Initialisation(
      folder: folder, template: template, story: story, organisation: organisation, isDryRun: dryRun.isDryRun
    ).run(environment: try context.environment())
    context.answer(InitPage.make(result, isDryRun: dryRun.isDryRun))
  }
}
