import ArgumentParser
import EthosApp

struct ExportSigners: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signers",
    abstract: "Write the people's SSH keys as a file of allowed signers",
    discussion: """
      With the file plain git checks the signatures that ethos checks: `git -c gpg.ssh.allowedSignersFile=FILE \
      verify-commit HEAD`. It has everybody's SSH keys with their first and last day, as they stand in what is in force, \
      or at --at. Git says whose key signed; whether that is the person whom the commit names, ethos says.
      """)

  @Option(help: ArgumentHelp("The state to look at", valueName: "rev")) var at: String?
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    context.answer(text: try context.workspace().exportSigners(at: at))
  }
}
