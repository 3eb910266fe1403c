import ArgumentParser
import EthosApp
import EthosStore

struct Recover: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finish what an interrupted command had begun, or take it back",
    discussion: """
      A command that is killed while it writes may leave its change half done. Every command says so then, and none that \
      writes goes on before you decide. Without an option the change is finished. `--back` takes back what was done of it: \
      nothing is lost, what is taken back stays under `refs/ethos/undone/`. `--keep` leaves everything as it is now. What \
      changed since is never overwritten. Locks that the killed command left in git's folder are removed.

      A command that fails, and says so, has done nothing: there is nothing to recover.
      """)

  @Flag(help: "Take back what was done of it") var back = false
  @Flag(help: "Leave everything as it is now, and forget the rest") var keep = false
  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if back && keep { throw ValidationError("`--back` and `--keep` say two things: give one of them") }
  }

  func run() throws {
    let context = CommandContext(options)
    let way: RecoveryWay = back ? .back : keep ? .keep : .finish
    let workspace = try context.workspace(tellsInterruption: false)
    context.answer(RecoverPage.make(try workspace.recover(way, isDryRun: dryRun.isDryRun), isDryRun: dryRun.isDryRun))
  }
}
