import ArgumentParser
import EthosApp
import EthosModel
import EthosText

struct Retire: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an entry a tombstone: retired, since a day, for a reason",
    discussion: "A retired id stays taken for ever, so that nothing else can be mistaken for it.")

  @Argument(help: "The entry: kind/id") var ref: String
  @Option(help: ArgumentHelp("Why", valueName: "why")) var because: String
  @Option(help: ArgumentHelp("From which day; today when left out", valueName: "day")) var since: Day?
  @Option(help: ArgumentHelp("Write a commit of this proposal instead of the work tree", valueName: "name"))
  var proposal: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let target = proposal.map { EditTarget.proposal(name: $0, because: because) } ?? .workTree
    let result = try workspace.retire(
      try workspace.reference(ref).key, since: since, because: because, in: target, isDryRun: dryRun.isDryRun)
    context.answer(EditPage.make(result))
  }
}

extension Day: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
