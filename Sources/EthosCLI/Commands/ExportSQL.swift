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

      Numbers count in any form, with an exponent too. With --typed each column has the type of its fact already (numbers, \
      booleans, days and texts; in SQLite 0 and 1, and days as texts): it is compared as it is, which costs about what a \
      CASE written by hand costs. A floating number counts as the shortest decimal that gives it; 32-bit ones, and columns of \
      another type, decide nothing and count as undecided. With --by the rows begin with a `segment` and its \
      `segment_value`: without one they count all cases, then those with each value of each column, as in replay.

      `undecided` are cases that the query does not compare: the query's first lines say which there may be, such as days \
      before year 1 or behind year 9999. What is wrong with a file as a whole a table does not show. A decision is refused, \
      with its rule, where a cell compares facts with one another, an answer is computed from facts, or an input is a time, a \
      moment or a duration: none of these has exact SQL in all engines. It is also refused where a step of the query needs \
      more columns than the engine has; any number of rules is one query.
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
  @Option(help: ArgumentHelp("Count the cases by this column too; may be repeated", valueName: "column"))
  var by: [String] = []
  @Flag(help: "The columns have the types of their facts: compare them as they are, which is faster") var typed = false
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file", valueName: "file")) var output: String?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let query = try workspace.exportSQL(
      decision, from: from, to: to, dialect: dialect, table: table, maps: map, by: by, typed: typed)
    guard let output else {
      context.answer(text: query)
      return
    }
    try workspace.write(query, to: output)
    context.answer(text: "wrote the query to \(visibleText(output))")
  }
}
