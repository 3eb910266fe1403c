import ArgumentParser
import EthosApp

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say where things stand: what is in force, what is changed, which proposals are open")

  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    context.answer(StatusPage.make(try context.workspace().status()), as: format.format)
  }
}
