import ArgumentParser
import EthosApp

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back the last record that was made here and not yet pushed",
    discussion: """
      A record is what `propose`, `approve`, `ratify`, `release` and their like leave in git. References, HEAD and the \
      work tree go back to where they were; a proposal's changes stay in the work tree. Nothing is lost: what was taken \
      back stays under `refs/ethos/undone/`. What was published is reversed by a proposal of its own.
      """)

  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    context.answer(UndoPage.make(try context.workspace().undo(isDryRun: dryRun.isDryRun)))
  }
}
