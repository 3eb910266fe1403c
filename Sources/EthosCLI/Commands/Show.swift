import ArgumentParser
import EthosApp
import EthosModel
import EthosReport
import EthosText

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one entry, or one of its fields",
    discussion: "`ethos show decision/onboarding@2025-03-01` shows what was in force that day.")

  @Argument(help: "The entry or field: kind/id[.path][@rev]") var ref: String
  @Option(help: ArgumentHelp("The state to look at", valueName: "rev")) var at: String?
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let reference = try workspace.reference(ref)
    let snapshot = try workspace.snapshot(at: reference.revision ?? at)
    let document = try workspace.document(reference.key, in: snapshot)
    workspace.tellUnread(document, snapshot)
    if reference.path.isEmpty {
      context.answer(ShowReport(document, in: snapshot, at: reference.revision ?? at).report, as: format.format)
    } else {
      guard let value = document.written(at: reference.path) ?? document.value(at: reference.path) else {
        try workspace.checkField(of: reference, in: document)
        try workspace.requireWhole(document, snapshot)
        throw Failure.no(
          "`\(reference)` is not set", help: "see what is: `ethos show \(shellWord("\(reference.key)"))`")
      }
      context.answer(FieldPage.make(value, at: reference), as: format.format)
    }
  }
}
