import ArgumentParser
import EthosApp
import EthosReport
import EthosText

struct Hook: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let git ask ethos before it commits, pushes or receives",
    discussion: """
      `ethos hook install` writes hooks into the repository. With a work tree: `commit-msg`, which asks for the reason of \
      a change of the identity, and `pre-push`, which looks at what would come into force. In a bare repository, on a \
      server: `pre-receive`, which refuses what `ethos verify` would call a breach, before it takes effect, and \
      `post-receive`, which writes down what was accepted where git's configuration says `ethos.log`.
      """, subcommands: [HookInstall.self, HookRun.self])
}

struct HookInstall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Write the hooks; one that is there and not ours stays",
    discussion: "Exits with 1 where a hook of another program is in the way.")

  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let hooks = try workspace.installHooks(isDryRun: dryRun.isDryRun)
    context.answer(HookPage.make(hooks, log: try workspace.logStanding(), isDryRun: dryRun.isDryRun))
    if hooks.contains(where: { $0.state == .foreign }) { throw ExitCode(1) }
  }
}

struct HookRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Answer one hook, as git calls it",
    discussion: "For the hooks that `ethos hook install` writes, and for those that call several programs.")

  @Argument(help: "commit-msg, pre-push, pre-receive or post-receive") var name: HookName
  @Argument(help: "What git gives the hook") var arguments: [String] = []
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    switch name {
    case .commitMessage:
      guard let path = arguments.first else { throw Failure.usage("git gives this hook the file of the message") }
      let text = String(decoding: try context.read(path).bytes, as: UTF8.self)
      if let failure = try workspace.refusal(ofMessage: text, changes: workspace.hasStagedIdentity()) { throw failure }
    case .prePush:
      try refuse(try workspace.findings(ofPush: PushedReference.pushing(input(context))), context)
    case .preReceive:
      try refuse(try workspace.refusals(of: PushedReference.received(input(context))), context)
      try workspace.prepareLog()
    case .postReceive:
      try workspace.recordAccepted(PushedReference.received(input(context)))
    }
  }

  private func refuse(_ refusals: [PushRefusal], _ context: CommandContext) throws {
    guard !refusals.isEmpty else { return }
    context.tell(HookPage.make(refusals))
    throw ExitCode(1)
  }

  /// What git says of a push: a line for each reference, of which there may be many thousands.
  private func input(_ context: CommandContext) throws -> [UInt8] {
    try context.read("-", limit: 1 << 26).bytes
  }
}

extension HookName: ExpressibleByArgument {}
