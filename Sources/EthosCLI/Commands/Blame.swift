import ArgumentParser
import EthosApp
import EthosModel
import EthosReport

struct BlameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "Show an entry's file with who gave each line its value, when and why",
    discussion: """
      Where `git blame` names who typed a line, this names the commit that gave it its meaning: through moves of the \
      file, new layout and merges.
      """)

  @Argument(help: "The entry: kind/id[@rev]") var ref: String
  @Option(help: ArgumentHelp("The state to ask about; HEAD when left out", valueName: "rev")) var at: String?
  @OptionGroup var index: IndexOption
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace(usesIndex: !index.noIndex)
    let answer = try workspace.blame(try workspace.reference(ref), at: at)
    context.answer(BlamePage.make(answer), as: format.format)
  }
}
