import ArgumentParser
import EthosApp

struct Releases: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the releases by leadership cycle, and say which is in force")

  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    context.answer(ReleasePage.list(try context.workspace().releaseList()), as: format.format)
  }
}
