import ArgumentParser
import EthosApp
import EthosSyntax
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
      A heading with an id is written `## Do not lie {#do_not_lie authority=user}`; underlined headings count too. \
      `--ids slug` makes ids of the words of headings that have none. A section keeps its id when its heading gets \
      other words and its text stays.

      Importing the document again updates the same values, adds new ones, and retires those that are gone. Values of \
      other documents are left alone: a document is known by the name of its file, or by `--document`. What is not taken \
      is named. Nothing is committed: that is `ethos propose`.
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
    help: ArgumentHelp("The document's lasting name; the file's name where none is given", valueName: "name"))
  var document: String?
  @Option(help: "Where ids come from: written at the headings, or made of their words (slug)")
  var ids: MarkdownOutline.IDs = .written
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
      because: because, ids: ids)
    let result = try context.workspace().importMarkdown(request, isDryRun: dryRun.isDryRun)
    context.answer(ImportPage.make(result))
  }
}

extension MarkdownOutline.IDs: ExpressibleByArgument {}
