import ArgumentParser
import EthosApp
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosSyntax
import EthosText
import Glibc

struct ExportBundle: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Write all that is in force as one JSON document, without people",
    discussion: """
      What is in force today, or at --at: every entry with its kind, id, fingerprint and fields, retired ones as tombstones. \
      FEEL is marked: the text `approve` is `{"feel": "\\"approve\\""}`. There are no people, offices and owners in it; where a text \
      has the name of somebody, a warning says so. It is `ethos.bundle.v1`, with the JSON Schema of each kind and a digest inside. \
      The same commit and release give the same bytes. The SHA-256 of the bytes is on standard error.

      `--sign` writes a signature beside the file, by the key with which git signs. `ethos help bundle` says how to read and \
      check all that.
      """)

  @Option(help: ArgumentHelp("The state to look at; what is in force today when left out", valueName: "rev"))
  var at: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file", valueName: "file")) var output: String?
  @Flag(help: "Write a signature beside the file, too: FILE.sig of an SSH key, FILE.asc of an OpenPGP key")
  var sign = false
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard !sign || output != nil else {
      throw ValidationError("a signature is written beside a file: add `--output FILE`")
    }
  }

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let content = BundleDocument(try workspace.releasedState(at: at)).content
    guard content.problems.isEmpty else {
      throw Failure.cannot(
        "a bundle without part of what is in force would be another: \(content.problems.joined(separator: "; "))",
        help: "correct it first by a proposal")
    }
    let text = content.json.canonicalText
    // What cannot be signed is not written either.
    let signature = sign ? try workspace.detachedSignature(of: text) : nil
    if let output {
      try workspace.write(text, to: output)
      if let signature { try workspace.write(signature.text, to: output + signature.suffix) }
      let beside = signature.map { ", and its signature to \(visibleText(output))\($0.suffix)" } ?? ""
      context.answer(text: "wrote \(counted(content.entries, "entry", "entries")) to \(visibleText(output))\(beside)")
    } else {
      write(text, to: STDOUT_FILENO)
    }
    tell(content.mentions, context)
    context.say("sha256 \(sha256(of: text))")
  }

  /// Texts that name somebody are exported as they stand: what they may say is for people to judge.
  private func tell(_ mentions: [(place: String, name: String)], _ context: CommandContext) {
    let shown = 7
    for mention in mentions.prefix(shown) {
      context.say("warning: \(visibleText(mention.place)) names a person, `\(visibleText(mention.name))`")
    }
    if mentions.count > shown { context.say("warning: \(mentions.count - shown) more texts name people") }
  }
}

extension BundleDocument {
  /// The kinds that a bundle has, with the schemas of their fields.
  static var kinds: [(kind: Kind, schema: JSON)] {
    JSONSchema.bundledKinds.map { (kind: $0, schema: JSONSchema.bundled($0)) }
  }

  init(_ state: ReleasedState) {
    self.init(
      organisation: state.snapshot.charter?.title ?? "",
      release: state.release.map { (name: $0.name, effective: $0.manifest.effective) }, cycle: state.cycle,
      commit: state.commit.id.hex, snapshot: state.snapshot, schemas: BundleDocument.kinds)
  }
}
