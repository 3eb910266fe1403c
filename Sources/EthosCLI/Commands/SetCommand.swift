import ArgumentParser
import EthosApp

/// Where an edit goes, as options.
struct EditOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write a commit of this proposal instead of the work tree", valueName: "name"))
  var proposal: String?

  @Option(help: ArgumentHelp("Why, for the commit of --proposal", valueName: "why"))
  var because: String?

  var target: EditTarget { proposal.map { .proposal(name: $0, because: because) } ?? .workTree }
}

struct SetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Set one field; only its bytes in the file change",
    discussion: """
      The value is typed by the field: `ethos set limit/client-risk.atMost 55`, \
      `ethos set value/prudence.outranks '[growth, speed]'`, \
      `ethos set \"decision/onboarding.rules[r1].'risk score'\" '> 55'`. Nothing is committed: that is `ethos propose`.
      """)

  @Argument(help: "The field: kind/id.path") var ref: String
  @Argument(help: "The new value") var value: String
  @OptionGroup var edit: EditOptions
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let result = try workspace.set(
      try workspace.reference(ref), to: value, in: edit.target, isDryRun: dryRun.isDryRun)
    context.answer(EditPage.make(result))
  }
}
