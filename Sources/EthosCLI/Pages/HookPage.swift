import EthosApp
import EthosReport
import EthosText

/// What became of hooks, and what they refuse.
enum HookPage {
  static func make(_ hooks: [InstalledHook], log: LogStanding, isDryRun: Bool) -> Report {
    var blocks: [Block] = []
    blocks.list(
      hooks.map { hook in
        switch hook.state {
        case .written: Item(.bullet, "\(isDryRun ? "would write" : "wrote") \(hook.path, .name)")
        case .unchanged: Item(.bullet, "\(hook.path, .name) is as it should be")
        case .foreign:
          Item(
            .warning,
            "\(hook.path, .name) is another program's: add the line \("ethos hook run \(hook.name.rawValue) \"$@\"", .command) to it"
          )
        }
      })
    switch log {
    case .notAServer: break
    case .kept: blocks.paragraph("What is accepted is written to the log \("refs/ethos/log", .reference).")
    case .off:
      blocks.paragraph(
        "No log is kept of what is accepted. To keep one: \("git config gpg.format ssh", .command), \("git config user.signingKey FILE", .command), \("git config ethos.log true", .command)."
      )
    case .withoutKey:
      blocks.list([
        Item(
          .warning,
          "A log is asked for and there is no key to sign it: every push is refused until \("git config user.signingKey FILE", .command) names one."
        )
      ])
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.hook.v1"),
        "hooks": .array(
          hooks.map { hook in
            .members([
              "name": .string(hook.name.rawValue), "path": .string(hook.path), "state": .string(hook.state.rawValue),
            ])
          }),
      ]))
  }

  /// The refusals of a push, for the person who pushed.
  static func make(_ refusals: [PushRefusal]) -> Report {
    var blocks: [Block] = []
    for reference in Set(refusals.map(\.reference)).sorted() {
      blocks.paragraph("\(reference, .reference) is refused:")
      blocks.list(
        FindingsReport(refusals.filter { $0.reference == reference }.map(\.finding)).items)
    }
    return Report(blocks, json: .null)
  }
}
