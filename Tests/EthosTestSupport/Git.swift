import Glibc

/// Plain git, to make repositories for tests and to be asked whether what we made is right.
///
/// Hermetic: its own home, no configuration of the machine, a fixed identity and fixed dates, so that the same commands
/// make the same ids everywhere.
package enum Git {
  /// The home of all tests of the process, with a `.gitconfig` of its own.
  ///
  /// libgit2 must be told to look here too.
  package static let home: String = {
    guard let directory = try? TemporaryDirectory() else { return "/nonexistent" }
    let configuration = """
      [init]
      	defaultBranch = main
      [protocol "file"]
      	allow = always
      [gc]
      	auto = 0

      """
    try? directory.write(configuration, to: ".gitconfig")
    return directory.path
  }()

  /// The environment of every call.
  package static var environment: [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "TZ": "UTC",
      "GIT_TERMINAL_PROMPT": "0", "GIT_AUTHOR_NAME": "Jane Doe", "GIT_AUTHOR_EMAIL": "jane@northgate.example",
      "GIT_AUTHOR_DATE": "2026-02-01T09:30:00+0100", "GIT_COMMITTER_NAME": "Jane Doe",
      "GIT_COMMITTER_EMAIL": "jane@northgate.example", "GIT_COMMITTER_DATE": "2026-02-01T09:30:00+0100",
    ]
  }

  /// The identity that the calls sign with, as raw values.
  package static let name = "Jane Doe"
  package static let email = "jane@northgate.example"
  package static let seconds: Int64 = 1_769_934_600
  package static let offsetMinutes = 60

  /// Runs git, and gives everything, whatever its status is.
  package static func result(
    _ arguments: [String], in folder: String, environment extra: [String: String] = [:], input: [UInt8] = []
  ) throws -> ProgramResult {
    let program = ["/usr/bin/git", "/usr/local/bin/git"].first { (path: String) in access(path, X_OK) == 0 }
    guard let program else { throw TestFailure("git is not installed") }
    return try run(
      program, arguments, in: folder, environment: environment.merging(extra) { $1 }, input: input)
  }
}

/// Runs git; its output without the last line end.
///
/// A status other than 0 is an error that says what git said.
@discardableResult
package func git(
  _ arguments: String..., in folder: String, environment: [String: String] = [:], input: [UInt8] = []
) throws -> String {
  let result = try Git.result(arguments, in: folder, environment: environment, input: input)
  guard result.status == 0 else {
    throw TestFailure("git \(arguments.joined(separator: " ")): status \(result.status): \(result.errors)")
  }
  return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
}

/// A repository that plain git made in a temporary folder.
package struct TestRepository: Sendable {
  package let directory: TemporaryDirectory
  package var path: String { directory.path }

  package init(_ arguments: String...) throws {
    directory = try TemporaryDirectory()
    let result = try Git.result(["init", "-q"] + arguments, in: directory.path)
    if result.status != 0 { throw TestFailure(result.errors) }
  }

  @discardableResult
  package func git(_ arguments: String..., environment: [String: String] = [:], input: [UInt8] = []) throws -> String {
    let result = try Git.result(arguments, in: path, environment: environment, input: input)
    guard result.status == 0 else {
      throw TestFailure("git \(arguments.joined(separator: " ")): status \(result.status): \(result.errors)")
    }
    return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
  }

  /// Writes files, commits all there is in the work tree, and gives the commit's id.
  @discardableResult
  package func commit(_ files: [String: String], _ message: String = "A change") throws -> String {
    for (name, content) in files { try directory.write(content, to: name) }
    try git("add", "--all")
    try git("commit", "-q", "--allow-empty", "-m", message)
    return try git("rev-parse", "HEAD")
  }
}
