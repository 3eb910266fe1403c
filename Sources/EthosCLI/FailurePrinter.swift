import ArgumentParser
import EthosApp
import EthosGit
import EthosReport
import EthosStore
import EthosText
import Glibc

/// Turns any error into words on standard error and an exit status.
///
/// One place for all of them.
enum FailurePrinter {
  static func print(_ error: any Error) -> Int32 {
    if let failure = failure(error) {
      let terminal = Terminal.of(STDERR_FILENO, color: .auto, variables: EthosCommandLine.context.variables)
      if !failure.diagnostics.isEmpty {
        let renderer = TextRenderer(width: terminal.width, style: terminal.usesColor ? .ansi : .plain)
        write(renderer.text(DiagnosticsReport(failure.diagnostics).report), to: STDERR_FILENO)
      }
      write("ethos: \(visibleText(failure.message))\n", to: STDERR_FILENO)
      for help in failure.help { write("  help: \(visibleText(help))\n", to: STDERR_FILENO) }
      return status(failure.kind)
    }
    // Usage errors and requests for help are the argument parser's: it knows which command was meant.
    let code = Ethos.exitCode(for: error)
    let text = Ethos.fullMessage(for: error)
    if !text.isEmpty { write(text + "\n", to: code == .success ? STDOUT_FILENO : STDERR_FILENO) }
    if code == .success || code == .validationFailure { return code.rawValue }
    return 70
  }

  /// The failure that an error is, in the words of the application; nil for the argument parser's own.
  private static func failure(_ error: any Error) -> Failure? {
    switch error {
    case let failure as Failure: failure
    case let error as GitError:
      Failure(
        .cannot, error.paths.isEmpty ? error.message : "\(error.message): \(error.paths.joined(separator: ", "))",
        help: error.help.map { [$0] } ?? [])
    case let error as FileError: Failure(.cannot, error.description)
    case let error as UnsafePathError: Failure(.cannot, "`\(error.path)` is not touched: \(error.reason)")
    case let error as TransactionError: Failure(error)
    case let error as ProgramError:
      Failure(
        .cannot, error.description, help: ["ethos leaves this to git, ssh-keygen or gpg: install it, or put it on PATH"]
      )
    case let error as ThreadError:
      Failure(.cannot, error.description, help: ["too many processes, or too little memory: try again when fewer run"])
    case let error as StateFolder.Unusable: Failure(.cannot, error.description)
    default: nil
    }
  }

  private static func status(_ kind: Failure.Kind) -> Int32 {
    switch kind {
    case .no: 1
    case .cannot: 2
    case .undecided: 3
    case .usage: 64
    case .bug: 70
    }
  }
}
