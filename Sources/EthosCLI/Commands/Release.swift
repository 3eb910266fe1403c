import ArgumentParser
import EthosApp
import EthosText

struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Release the identity in force for a leadership cycle",
    discussion: """
      Makes the annotated tag release/CYCLE/N on the branch in force, with a readable summary and a manifest of every \
      change of what is in force until it takes effect. A release that takes effect before its own day is retroactive: it \
      needs --retroactive and --because, and is critical. A state in which a decision has errors, or that has others \
      than the release before it, is not released: exit status 2.

      A release holds the whole of the state in force. Where an earlier release takes effect on a later day, this one \
      brings forward what that one was to bring; it says so first, and is made with --bring-forward alone. Changes are \
      told of what is in force on the effective day.

      Where the charter asks several people for a release, all but one of them type the same line with --approve \
      first. That records their agreement on reviews/release-CYCLE-N/PERSON and makes no release; it counts as long as \
      the state in force, the effective day and the reason to be retroactive stay what they approved. The last one \
      releases, and the manifest names the others. Name the day with --effective where this takes longer than today.
      """)

  @Option(help: ArgumentHelp("The cycle; the one in force when left out", valueName: "cycle")) var cycle: String?
  @Option(help: ArgumentHelp("The day from which it is in force; today when left out", valueName: "day"))
  var effective: Day?
  @Option(help: ArgumentHelp("One line on what it brings", valueName: "line")) var title: String?
  @Flag(help: "Allow a day that is past") var retroactive = false
  @Option(help: ArgumentHelp("Why it takes effect in the past", valueName: "why")) var because: String?
  @Flag(help: "Let it take effect before what another release was to bring later")
  var bringForward = false
  @Flag(help: "Agree to the release, for another person to make") var approve = false
  @Option(help: ArgumentHelp("With --approve: the words to record", valueName: "text")) var words: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if words != nil, !approve { throw ValidationError("--words go with --approve") }
  }

  func run() throws {
    let context = CommandContext(options)
    var request = ReleaseRequest(cycle: cycle, effective: effective, title: title)
    request.isRetroactive = retroactive
    request.because = because
    request.words = words
    request.bringsForward = bringForward
    guard !approve else {
      context.answer(
        ReleaseApprovalPage.make(try context.workspace().approveRelease(request, isDryRun: dryRun.isDryRun)))
      return
    }
    let result = try context.workspace().release(request, isDryRun: dryRun.isDryRun)
    context.answer(ReleasePage.make(result))
  }
}
