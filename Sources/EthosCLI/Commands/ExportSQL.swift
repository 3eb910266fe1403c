import ArgumentParser
import EthosApp
import EthosPractice
import EthosText

extension SQLDialect: ExpressibleByArgument {}

struct ExportSQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Write a query that replays recorded cases where they lie",
    discussion: """
      One query over a table of cases, which counts what `ethos replay` counts under the same two revisions: rows with \
      `kind` (decided, incomplete, malformed, undecided), `before`, `after` and `cases`. Each column is read as its \
      text, as a file of the table would have it; NULL and '' are missing facts, and --map and the decision's `translate` count as \
      they do for files (`ethos help cases`). Numbers are compared exactly and texts by their code points, whatever the \
      table's types and collations.

      Without revisions, HEAD is compared with the work tree. Names of the table and its columns stand in quotes: write \
      them as the database has them, `schema.cases` with a point. For a query or a file in the place of a table, make a view.

      `undecided` are cases whose numbers have an exponent or more digits than the engine computes with, and days before \
      year 1 or behind year 9999; the query's first lines say how many digits that is. What is wrong with a file as a whole a \
      table does not show. A decision is refused, with its rule, where a cell compares facts with one another, an answer is \
      computed from facts, or an input is a time, a moment or a duration: none of these has exact SQL in all engines.
      """)

  @Option(help: "The decision") var decision: String
  @Option(help: ArgumentHelp("The rules before; HEAD when left out", valueName: "rev")) var from: String?
  @Option(help: ArgumentHelp("The rules after; the work tree when left out", valueName: "rev")) var to: String?
  @Option(help: "The engine") var dialect: SQLDialect
  @Option(help: "The table of cases") var table = "cases"
  @Option(
    help: ArgumentHelp(
      "The column of an input, where its name is another; may be repeated. Nothing before the sign says that the cases lack it",
      valueName: "column=input"))
  var map: [String] = []
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file", valueName: "file")) var output: String?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let query = try workspace.exportSQL(decision, from: from, to: to, dialect: dialect, table: table, maps: map)
    guard let output else {
      context.answer(text: query)
      return
    }
    try workspace.write(query, to: output)
    context.answer(text: "wrote the query to \(visibleText(output))")
  }
}
