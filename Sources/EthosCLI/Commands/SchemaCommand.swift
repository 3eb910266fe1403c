import ArgumentParser
import EthosModel
import EthosSyntax

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of a kind of file",
    discussion: """
      Editors complete and check while typing with it. For the YAML language server, put this line on top of a file: \
      `# yaml-language-server: $schema=../schemas/value.json`.
      """)

  @Argument(help: "The kind; without it the kinds are listed") var kind: Kind?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    guard let kind else {
      context.answer(
        text: Kind.allCases.map { "\($0.rawValue): \(Schema.of($0).summary)" }.joined(separator: "\n"))
      return
    }
    context.answer(text: JSONSchema.text(for: kind))
  }
}
