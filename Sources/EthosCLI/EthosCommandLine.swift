import ArgumentParser
import EthosText
import Glibc
import Synchronization

/// The command line: arguments in, exit status out.
package enum EthosCommandLine {
  package static let version = "0.1.0"

  // Set once, before any command runs; commands are made by the argument parser and cannot be handed it.
  private static let shared = Mutex(ProcessContext(variables: [:], workingDirectory: "/", executable: ""))

  static var context: ProcessContext { shared.withLock { $0 } }

  /// The help of the root command, from its declarations.
  static func declaredHelp(columns: Int) -> String { Ethos.helpMessage(columns: columns) }

  /// Runs one command and returns the exit status.
  package static func run(
    _ arguments: [String], variables: [String: String], workingDirectory: String, executable: String
  ) -> Int32 {
    shared.withLock {
      $0 = ProcessContext(variables: variables, workingDirectory: workingDirectory, executable: executable)
    }
    if arguments == ["--version"] {
      write("ethos \(version)\n", to: STDOUT_FILENO)
      return 0
    }
    if [["--help"], ["-h"], ["help"], []].contains(arguments) {
      write(RootHelp.text + "\n", to: STDOUT_FILENO)
      return 0
    }
    if arguments.count == 2, arguments[0] == "help", let topic = HelpTopic(rawValue: arguments[1]) {
      write(topic.text, to: STDOUT_FILENO)
      return 0
    }
    if let failure = CommandName.failure(arguments) { return FailurePrinter.print(failure) }
    do {
      var command = try Ethos.parseAsRoot(arguments)
      try command.run()
      return 0
    } catch let exit as ExitCode {
      return exit.rawValue
    } catch {
      return FailurePrinter.print(error)
    }
  }
}
