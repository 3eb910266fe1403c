import ArgumentParser

/// When output is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, always, never
}

/// The forms that a report can take.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json, markdown, html
}

/// The forms that the findings of `check` can take.
enum FindingsFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json, markdown, sarif
}

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
  @Option(name: .customShort("C"), help: ArgumentHelp("Work as if started in this folder", valueName: "dir"))
  var directory: String?

  @Option(help: ArgumentHelp("Colour: auto, always or never", valueName: "when"))
  var color: ColorChoice = .auto

  @Flag(name: .customLong("no-pager"), help: "Write to the terminal directly, not through a pager")
  var noPager = false
}

/// The form of the answer.
struct FormatOption: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Form of the answer: text, json, markdown or html", valueName: "form"))
  var format: OutputFormat = .text
}

/// Whether anything is written.
struct DryRunOption: ParsableArguments {
  @Flag(name: [.customLong("dry-run"), .customShort("n")], help: "Say what would be done and do nothing")
  var isDryRun = false
}

/// On what answers about the history rest.
struct IndexOption: ParsableArguments {
  @Flag(name: .customLong("no-index"), help: "Read the history itself, without its index: slower, and the same answer")
  var noIndex = false
}
