import ArgumentParser

/// The root command: what there is, in the order of the work.
struct Ethos: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ethos",
    abstract: "Keep what an organisation values and how it decides, in git, and answer for it",
    discussion: """
      An identity is a folder of YAML files in a git repository: values, decisions, limits, exceptions, leadership \
      cycles, people and systems. ethos says what changed in meaning, who changed it and why, who agreed and who \
      objected, and what was in force on a day.

      Begin with `ethos init --template minimal`, or look at a whole story: \
      `ethos init bank --template financial-services --story`.

      More help: `ethos help COMMAND`, and on these topics: `ethos help changes`, `ethos help decisions`, `ethos help cases`, \
      `ethos help reviews`, `ethos help references`, `ethos help fingerprints`, `ethos help signatures`, \
      `ethos help verification`, `ethos help attacks`, `ethos help forges`, `ethos help bundle`, `ethos help exit-codes`, \
      `ethos help files`, `ethos help json`.
      """,
    version: "ethos \(EthosCommandLine.version)",
    groupedSubcommands: [
      CommandGroup(name: "Start", subcommands: [Init.self, Import.self, SchemaCommand.self, Hook.self, Driver.self]),
      CommandGroup(
        name: "Look",
        subcommands: [Status.self, List.self, Show.self, Check.self, Diff.self, Log.self, Why.self, BlameCommand.self]),
      CommandGroup(
        name: "Change",
        subcommands: [
          SetCommand.self, Format.self, Retire.self, Propose.self, Classify.self, ReviewCommand.self, Approve.self,
          Object.self, Abstain.self, Comment.self, Collect.self, Merge.self, Ratify.self, Withdraw.self, Adopt.self,
          Reaffirm.self, UndoCommand.self, Recover.self,
        ]),
      CommandGroup(name: "Release", subcommands: [Release.self, Releases.self, Handover.self, Verify.self]),
      CommandGroup(name: "Practice", subcommands: [Decide.self, Test.self, Replay.self, Audit.self, Systems.self]),
      CommandGroup(name: "Share", subcommands: [Export.self]),
    ])
}
