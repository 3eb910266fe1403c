import ArgumentParser
import EthosApp

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Merge a revision or a proposal into the branch checked out, by meaning",
    discussion: """
      Merges by commitment and field, not by lines: what one side alone changed is taken over, lists of rules, examples \
      and holders merge by item, and comments and layout stay. What both sides changed to different ends is a conflict, \
      and so is a merge that has errors, or decides a case, as neither side does; a conflict is shown with both sides' \
      values and reasons. Exits with 1, and changes nothing, where there is one.

      The branch in force is changed by `ethos ratify` alone. `ethos driver install` lets plain `git merge` and `git \
      rebase` merge the same way.
      """)

  @Argument(help: "A proposal, or anything that git resolves, a release or a day") var revision: String
  @Option(help: "Why; a merge that only brings two sides together needs no reason") var because: String?
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var format: FormatOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let result = try context.workspace().merge(revision, because: because, isDryRun: dryRun.isDryRun)
    context.answer(MergePage.make(result), as: format.format)
    if !result.conflicts.isEmpty { throw ExitCode(1) }
  }
}
