import ArgumentParser
import EthosModel
import EthosReport
import EthosSyntax
import EthosText

/// What there is a JSON Schema of: a kind of file, or a document that others read.
enum SchemaSubject: ExpressibleByArgument, Equatable {
  case kind(Kind)
  case bundle

  init?(argument: String) {
    if argument == "bundle" {
      self = .bundle
    } else if let kind = Kind(rawValue: argument) {
      self = .kind(kind)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { Kind.allCases.map(\.rawValue) + ["bundle"] }
}

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of a kind of file, or of a bundle",
    discussion: """
      Editors complete and check while typing with it. For the YAML language server, put this line on top of a file: \
      `# yaml-language-server: $schema=../schemas/value.json`. `bundle` is what `ethos export bundle` writes.
      """)

  @Argument(help: "The kind, or `bundle`; without it they are listed") var kind: SchemaSubject?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    switch kind {
    case .kind(let kind): context.answer(text: JSONSchema.text(for: kind))
    case .bundle: context.answer(text: BundleDocument.schema(BundleDocument.kinds).text(pretty: true))
    case nil:
      let kinds = Kind.allCases.map { "\($0.rawValue): \(Schema.of($0).summary)" }
      context.answer(
        text: (kinds + ["bundle: All that is in force, as `ethos export bundle` writes it."]).joined(separator: "\n"))
    }
  }
}
