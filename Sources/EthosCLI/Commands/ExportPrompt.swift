import ArgumentParser
import EthosApp
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText

struct ExportPrompt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt",
    abstract: "Write what is in force as a constitution for an AI's system prompt",
    discussion: """
      Markdown with the values and which of them comes first, limits, decisions as tables, and the exceptions in force on the \
      day; each with its id, so that an answer can cite it. There are no people in it, no keys and no authority. It is of what is in force \
      today, or of --at; where that is a day, exceptions are those of that day. It says until when it holds: until the day of the next \
      release that is made already, or until an exception begins or ends. Until then, and until another release is made, it has the \
      same bytes on every day, so that it can be pinned by its digest. Where something of it has errors, nothing is written: exit \
      status 2.

      --audience leaves out values that address others, and decisions and limits that serve only those; a value without `audience` \
      addresses everybody. All that people wrote is quoted: titles, questions, units, friction, names and tables too. The document's own \
      words are fixed sentences, ids, numbers and days, so that no text can pass for a part of it: that a model heeds \
      the quotation is for you to test.
      """)

  @Option(help: ArgumentHelp("Only what addresses this audience", valueName: "name")) var audience: String?
  @Option(help: ArgumentHelp("The state to look at; what is in force today when left out", valueName: "rev"))
  var at: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file", valueName: "file")) var output: String?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let state = try workspace.releasedState(at: at, holding: [.value, .decision, .limit, .exception])
    if let audience {
      let known = PromptDocument.audiences(state.snapshot)
      guard known.contains(audience) else {
        throw Failure.no(
          "no value addresses `\(audience)`",
          help: nearestName(to: audience, among: known).map { "did you mean `\($0)`?" }
            ?? (known.isEmpty
              ? "no value names an audience" : "audiences are \(known.map { "`\($0)`" }.joined(separator: ", "))"))
      }
    }
    let text = PromptDocument(
      snapshot: state.snapshot, release: state.release.map { ($0.name, $0.manifest.effective) },
      commit: state.commit.id.hex, day: state.day, audience: audience,
      next: state.next.map { ($0.name, $0.manifest.effective) }
    ).text
    guard let output else {
      context.answer(text: text)
      return
    }
    try workspace.write(text, to: output)
    context.answer(text: "wrote the prompt to \(visibleText(output))")
  }
}
