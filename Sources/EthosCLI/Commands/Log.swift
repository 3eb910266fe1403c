import ArgumentParser
import EthosApp
import EthosDiff
import EthosHistory
import EthosModel
import EthosReport
import EthosText

struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the changes of an entry or field, or of the whole identity, newest first",
    discussion: """
      `ethos log --value prudence` lists what was changed of a value, of what serves it, and of the rules that enact it \
      or are prepared to cost it. `ethos log decision/onboarding.rules[r1] --by chief-risk-officer --since 2025-01-01` \
      asks for one rule, and for those who held the office. The order is that of the commits and not of their dates.
      """)

  @Argument(help: "The entry or field: kind/id[.path]; the whole identity when left out") var ref: String?
  @Option(help: ArgumentHelp("The state to begin from; HEAD when left out", valueName: "rev")) var at: String?
  @Option(help: ArgumentHelp("Only of this leadership cycle", valueName: "id")) var cycle: String?
  @Option(help: ArgumentHelp("Only by this person, or by who held this office", valueName: "person|office"))
  var by: String?
  @Option(help: ArgumentHelp("Only written on this day or later", valueName: "day"), transform: Log.day)
  var since: Day?
  @Option(help: ArgumentHelp("Only written on this day or earlier", valueName: "day"), transform: Log.day)
  var until: Day?
  @Option(help: ArgumentHelp("Only of this kind: weakened, loosened, added, …", valueName: "action"))
  var action: Action?
  @Option(help: ArgumentHelp("Only what touched this value", valueName: "id")) var value: String?
  @Option(help: ArgumentHelp("Only where a reason, a source or a review says this", valueName: "words"))
  var grep: String?
  @Flag(help: "Draw what was ratified, and what each proposal brought") var graph = false
  @Option(help: ArgumentHelp("At most so many", valueName: "n")) var limit: Int?
  @OptionGroup var index: IndexOption
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    if let grep, saysNothing(grep) { throw ValidationError("--grep wants words") }
  }

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace(usesIndex: !index.noIndex)
    var filter = LedgerFilter()
    filter.cycle = cycle
    filter.by = by
    filter.since = since
    filter.until = until
    filter.action = action
    filter.value = value
    filter.words = grep
    let answer = try workspace.log(
      try ref.map { try workspace.reference($0) }, at: at, filter, limit: limit ?? .max)
    context.answer(
      LogReport(answer.entries, reference: answer.reference?.description, isGraph: graph).report, as: format.format)
  }

  private static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw ValidationError("`\(text)` is no day: write it as 2026-02-01") }
    return day
  }
}

extension Action: ExpressibleByArgument {}
