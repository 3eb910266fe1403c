import ArgumentParser
import EthosApp
import EthosRecord

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge how each state in force came to be: authority, approvals, signatures, dates, releases",
    discussion: """
      Goes along the branch in force from its first commit, and asks of each commit what the charter, the people and the \
      offices asked before it. Trusts nobody: not the forge, not the trailers of merges, not the order of dates. Each \
      finding says the rule, what was needed, who agreed, who is missing and how to mend it.

      What only a memory of earlier states can show, as a branch that went back or a tag that is gone, needs a receipt: \
      `--receipt FILE` compares with the file where it exists, and writes it anew. Keep it outside of the repository.

      Exits with 1 where something is in breach. Everything that can be found: `ethos help verification`.
      """)

  @Argument(
    help: ArgumentHelp("What to verify, as `A..B` or `B`; the branch in force when left out", valueName: "range"))
  var range: String?
  @Option(help: ArgumentHelp("Compare with a receipt, and write it anew", valueName: "file")) var receipt: String?
  @Option(
    help: ArgumentHelp(
      "Who has to vouch for the first commit: a public key, or a person of its people/; may be repeated",
      valueName: "key-or-person"))
  var trust: [String] = []
  @Option(help: ArgumentHelp("How many of those given with --trust have to vouch; all when left out", valueName: "n"))
  var threshold: Int?
  @Flag(help: "Judge every commit anew, whatever was verified before") var again = false
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    guard receipt == nil || range == nil else {
      throw Failure.usage(
        "a receipt is of the whole line in force, and `\(range ?? "")` is a part of it",
        help: "leave the range out: `ethos verify --receipt FILE`")
    }
    guard threshold == nil || !trust.isEmpty else {
      throw Failure.usage(
        "`--threshold` says how many of those given with `--trust` have to vouch, and none is given",
        help: "say whom you trust: `ethos verify --trust KEY --trust KEY --threshold N`")
    }
    var request = VerifyRequest(range: range, trust: trust, threshold: threshold)
    request.usesMemory = !again
    var result = try workspace.verify(request)
    let compared = try receipt.map { try workspace.compareReceipt(at: $0, result) }
    result.findings += compared?.findings ?? []
    context.answer(VerifyPage.make(result, receipt: compared), as: format.format)
    if !result.breaches.isEmpty { throw ExitCode(1) }
  }
}
