import ArgumentParser
import EthosApp
import EthosDiff

struct Systems: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how far each automated system is from what is in force",
    discussion: """
      For each system: the releases and leadership cycles that came into force since the release that it was built for, \
      what changed of that by which it decides, the share of the cases that it would now decide otherwise, and under \
      which releases what it learnt from was decided. With --cases also how many recorded cases are decided otherwise \
      (`ethos help cases`).

      The exit status is 1 where a live system is behind by changes of a level that the charter forbids \
      (`forbidOutdated: major`), or cannot be compared; a deployment can stop on it. --forbid takes the charter's place.
      """)

  @Argument(help: "The id of one system; all when left out") var system: String?
  @Option(
    help: "The level of changes from which on a live system may not be behind: critical, major, minor or editorial")
  var forbid: String?
  @Option(
    help: ArgumentHelp("Recorded cases, of which it is counted how many are decided otherwise", valueName: "file"))
  var cases: String?
  @OptionGroup var reading: CaseOptions
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let result = try workspace.systems(
      system, forbidden: try forbid.map { try Systems.level($0) }, cases: try cases.map { try reading.request($0) })
    context.answer(SystemsPage.make(result), as: format.format)
    if result.systems.contains(where: result.isForbidden) { throw ExitCode(1) }
  }

  private static func level(_ text: String) throws -> Level {
    guard let level = Level(rawValue: text), level != .undecided else {
      throw Failure.usage("`\(text)` is no level", help: "levels are critical, major, minor and editorial")
    }
    return level
  }
}
