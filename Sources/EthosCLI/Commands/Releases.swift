import ArgumentParser
import EthosApp

struct Releases: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the releases and say which is in force, or give the notes of one",
    discussion: """
      The notes of a release say what it changed, act by act, with the reasons and sources, who approved, who objected \
      and was answered how, and what decisions decide otherwise. As Markdown they can be pasted into minutes.

      A tag that was moved, made again under a later release, or is no release is marked. The notes also say what is \
      wrong with what one release holds, and who is missing among those who made it.
      """)

  @Argument(help: "The release whose notes are wanted: cycle/N; the list of all when left out") var name: String?
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    guard let name else {
      context.answer(ReleasePage.list(try workspace.releaseList()), as: format.format)
      return
    }
    context.answer(ReleaseNotesPage.make(try workspace.releaseNotes(name), workspace), as: format.format)
  }
}
