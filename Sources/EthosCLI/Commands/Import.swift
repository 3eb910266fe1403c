import ArgumentParser
import EthosApp
import EthosText

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring commitments in from a document", subcommands: [ImportMarkdown.self, ImportDMN.self])
}

struct ImportMarkdown: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markdown",
    abstract: "Make a value of each heading that has an id",
    discussion: """
      A heading with an id is written `## Do not lie {#do_not_lie authority=user}`. Importing the document again \
      updates the same values, adds new ones, and retires those that are gone. Nothing is committed: that is \
      `ethos propose`.
      """)

  @Argument(help: "The Markdown file") var file: String
  @Option(help: ArgumentHelp("The office that owns the new values", valueName: "office")) var owner: String?
  @Option(
    name: .customLong("rank-attribute"),
    help: ArgumentHelp("The attribute that gives a value its rank", valueName: "name"))
  var rankAttribute: String?
  @Option(help: ArgumentHelp("The ranks, highest first, parted by commas", valueName: "ranks")) var ranks: String?
  @Option(
    name: .customLong("document"),
    help: ArgumentHelp("The document's lasting name; values of other documents are left alone", valueName: "name"))
  var document: String?
  @Option(help: ArgumentHelp("Why values that are gone are retired", valueName: "why")) var because: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let path = file.begins(with: "/") ? file : context.directory + "/" + file
    let request = MarkdownImportRequest(
      path: path, owner: owner, rankAttribute: rankAttribute,
      ranks: ranks.map { $0.parts(at: ",", omittingEmpty: true).map { String($0.drop(while: \.isWhitespace)) } },
      document: document,
      because: because)
    let result = try context.workspace().importMarkdown(request, isDryRun: dryRun.isDryRun)
    context.answer(ImportPage.make(result))
  }
}
