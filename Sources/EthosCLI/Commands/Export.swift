import ArgumentParser
import EthosApp
import EthosModel
import EthosText

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write parts of the identity in a form that others read",
    subcommands: [ExportDMN.self, ExportSQL.self, ExportBundle.self, ExportPrompt.self, ExportSigners.self])
}

struct ExportDMN: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dmn",
    abstract: "Write decisions as a DMN 1.5 model",
    discussion: """
      With no names all decisions are written. What they use comes with them: other decisions, and limits as decisions \
      that are constants. What DMN has no place for is told on standard error.
      """)

  @Argument(help: "Decisions: the id, or decision/id") var decisions: [String] = []
  @Option(help: ArgumentHelp("The state to look at", valueName: "rev")) var at: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file", valueName: "file")) var output: String?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let keys = try decisions.map { name in
      name.utf8.contains(0x2F) ? try workspace.reference(name).key : EntryKey(.decision, name)
    }
    let export = try workspace.exportDMN(keys, at: at)
    for problem in export.leftOut { context.say("warning: \(problem.message)") }
    guard let output else {
      context.answer(text: export.text)
      return
    }
    try workspace.write(export, to: output.begins(with: "/") ? output : context.directory + "/" + output)
    context.answer(
      text: "wrote \(export.decisions) \(export.decisions == 1 ? "decision" : "decisions") to \(visibleText(output))")
  }
}
