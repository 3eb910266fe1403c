import ArgumentParser
import EthosApp
import EthosReport
import EthosStore
import EthosText
import Glibc
import Synchronization

/// What the process was started with; read once, by `EthosCommandLine.run`.
struct ProcessContext: Sendable {
  var variables: [String: String]
  var workingDirectory: String
  var executable: String
}

/// What a command works with: the repository, and the way its answer goes out.
struct CommandContext {
  let options: GlobalOptions
  let process: ProcessContext

  init(_ options: GlobalOptions) {
    self.options = options
    process = EthosCommandLine.context
  }

  /// The folder that the command works in.
  var directory: String {
    guard let named = options.directory else { return process.workingDirectory }
    return named.begins(with: "/") ? named : process.workingDirectory + "/" + named
  }

  func environment() throws -> AppEnvironment {
    var environment = AppEnvironment(
      variables: process.variables, workingDirectory: directory, now: try clock(),
      templates: TemplateFolders.candidates(process), tell: CommandContext.say,
      progress: { ProgressLine.shared.show($0, $1, of: $2) })
    environment.caseProgress = { ProgressLine.shared.show("reading cases", $0) }
    return environment
  }

  /// Opens the repository that holds the folder.
  func workspace(usesIndex: Bool = true, tellsInterruption: Bool = true) throws -> Workspace {
    var environment = try environment()
    environment.tellsInterruption = tellsInterruption
    environment.usesIndex = usesIndex
    let workspace = try Workspace.open(environment: environment)
    // It lives as long as the process: to free what was read, piece by piece, takes a tenth of the time of a command.
    return Unmanaged.passRetained(workspace).takeUnretainedValue()
  }

  /// The moment that counts as now: `ETHOS_NOW` (seconds since 1970, or ISO 8601), else the system's clock.
  private func clock() throws -> Instant {
    if let fixed = process.variables["ETHOS_NOW"] {
      guard let instant = Instant(parsing: fixed) else {
        throw Failure.usage("`ETHOS_NOW` is no moment: `\(fixed)`", help: "write it as `2026-02-01T09:00:00+01:00`")
      }
      return instant
    }
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return Instant(seconds: Int64(now), offsetMinutes: parts.tm_gmtoff / 60)
  }

  // MARK: input

  /// Most bytes of a file of facts.
  static let inputLimit = 1 << 20

  /// The bytes of a file that a command was given, or of standard input for `-`.
  ///
  /// What cannot be read to its end is no shorter input: it is an error.
  func read(_ name: String, limit: Int = CommandContext.inputLimit) throws -> (name: String, bytes: [UInt8]) {
    guard name == "-" else {
      let path = name.begins(with: "/") ? name : directory + "/" + name
      return (name, try FileSystem.read(path, limit: limit))
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        throw Failure.cannot("standard input cannot be read: \(String(cString: strerror(code)))")
      }
      guard count > 0 else { break }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw Failure.cannot("standard input is longer than \(limit) bytes")
      }
    }
    return ("standard input", bytes)
  }

  // MARK: output

  /// Tells the user something beside the answer, on standard error.
  func say(_ text: String) { CommandContext.say(text) }

  private static func say(_ text: String) {
    ProgressLine.shared.end()
    EthosCLI.write("ethos: \(visibleText(text))\n", to: STDERR_FILENO)
  }

  /// Writes the answer in the form that was asked for.
  func answer(_ report: Report, as format: OutputFormat = .text) {
    ProgressLine.shared.end()
    switch format {
    case .json: EthosCLI.write(report.json.text(pretty: true), to: STDOUT_FILENO)
    case .html: EthosCLI.write(HTMLRenderer().text(report), to: STDOUT_FILENO)
    case .markdown: EthosCLI.write(MarkdownRenderer().text(report), to: STDOUT_FILENO)
    case .text:
      let terminal = Terminal.of(STDOUT_FILENO, color: options.color, variables: process.variables)
      let text = TextRenderer(width: terminal.width, style: terminal.usesColor ? .ansi : .plain).text(report)
      if terminal.isTerminal, !options.noPager, page(text, variables: process.variables) { return }
      EthosCLI.write(text, to: STDOUT_FILENO)
    }
  }

  /// Writes what the user should know of beside any answer, on standard error.
  func tell(_ report: Report) {
    let terminal = Terminal.of(STDERR_FILENO, color: options.color, variables: process.variables)
    EthosCLI.write(
      TextRenderer(width: terminal.width, style: terminal.usesColor ? .ansi : .plain).text(report), to: STDERR_FILENO)
  }

  /// Writes bytes that are the answer as they stand.
  func answer(bytes: [UInt8]) { EthosCLI.write(bytes, to: STDOUT_FILENO) }

  /// Writes plain text that is the answer as it stands.
  func answer(text: String) {
    EthosCLI.write(text.ends(with: "\n") ? text : text + "\n", to: STDOUT_FILENO)
  }
}
