import ArgumentParser
import EthosApp
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText
import Glibc

struct ExportBundle: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Write all that is in force as one JSON document",
    discussion: """
      What is in force today, or at --at: every entry with its kind, id, fingerprint and canonical fields, retired ones as \
      tombstones, the charter, people and systems too. The document is `ethos.bundle.v1`; `ethos schema bundle` prints its JSON \
      Schema.

      It is canonical JSON as RFC 8785 has it: no white space and no line end, keys in order, UTF-8; numbers and days are texts, so \
      that no digit is lost. The same commit and release give the same bytes, whenever they are asked for: exceptions that have ended are in it with \
      their last day. The SHA-256 of the bytes is told on standard error, and is what `sha256sum` says of the file. It is another than the `bundle` of a release's manifest, which is over the fingerprints.
      """)

  @Option(help: ArgumentHelp("The state to look at; what is in force today when left out", valueName: "rev"))
  var at: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file", valueName: "file")) var output: String?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let state = try workspace.releasedState(at: at)
    let text = BundleDocument(state).json.canonicalText
    if let output {
      try workspace.write(text, to: output)
      context.answer(text: "wrote \(counted(state.snapshot.keys.count, "entry", "entries")) to \(visibleText(output))")
    } else {
      write(text, to: STDOUT_FILENO)
    }
    context.say("sha256 \(sha256(of: text))")
  }
}

extension BundleDocument {
  init(_ state: ReleasedState) {
    self.init(
      organisation: state.snapshot.charter?.title ?? "",
      release: state.release.map { ($0.name, $0.manifest.cycle, $0.manifest.effective) }, commit: state.commit.id.hex,
      snapshot: state.snapshot)
  }
}
