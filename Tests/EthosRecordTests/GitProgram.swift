import Foundation

/// The `git` of this machine, run without anybody's configuration.
enum GitProgram {
  /// What git prints for an input.
  static func run(_ arguments: [String], input: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C",
    ]
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = FileHandle.nullDevice
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input))
    try standardInput.fileHandleForWriting.close()
    let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Array(output)
  }

  /// The lines of `git interpret-trailers --parse`.
  static func trailers(_ message: String, divider: Bool = false) throws -> [String] {
    let output = try run(
      ["interpret-trailers", "--parse"] + (divider ? [] : ["--no-divider"]), input: Array(message.utf8))
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
