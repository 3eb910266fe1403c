package import Foundation

/// What a run of a program answered.
package struct ProcessResult: Sendable {
  package var status: Int32
  package var output: String
  package var errors: String
  /// The signal that ended it, or 0.
  package var signal: Int32 = 0
}

/// Runs the built `ethos`, hermetically: fixed clock, identity, width and HOME, and nothing of the caller's environment.
package struct EthosProcess: Sendable {
  package var folder: String
  package var home: String
  package var environment: [String: String]

  /// The moment that tests live in, unless they say otherwise.
  package static let now = "2026-11-02T09:00:00+01:00"

  package init(folder: String, home: String, name: String = "Test Person", email: String = "test@ethos.example") {
    self.folder = folder
    self.home = home
    environment = [
      "HOME": home, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "TZ": "UTC", "COLUMNS": "100", "NO_COLOR": "1", "GIT_CONFIG_NOSYSTEM": "1", "ETHOS_NOW": EthosProcess.now,
      "ETHOS_TEMPLATES": EthosProcess.projectFolder + "/Templates", "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email,
      "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email,
    ]
  }

  /// The same as another person, at another moment.
  package func acting(as name: String, _ email: String, at now: String? = nil) -> EthosProcess {
    var copy = self
    for role in ["AUTHOR", "COMMITTER"] {
      copy.environment["GIT_\(role)_NAME"] = name
      copy.environment["GIT_\(role)_EMAIL"] = email
    }
    if let now { copy.environment["ETHOS_NOW"] = now }
    return copy
  }

  package func with(_ name: String, _ value: String) -> EthosProcess {
    var copy = self
    copy.environment[name] = value
    return copy
  }

  /// Runs ethos with these arguments to its end.
  package func run(_ arguments: String...) throws -> ProcessResult { try run(arguments) }

  package func run(_ arguments: [String], input: String? = nil) throws -> ProcessResult {
    try run(program: EthosProcess.binary, arguments, input: input)
  }

  /// Runs a line of shell with ethos first on the path.
  package func shell(_ line: String) throws -> ProcessResult {
    var copy = self
    let path = copy.environment["PATH"] ?? ""
    copy.environment["PATH"] = (EthosProcess.binary as NSString).deletingLastPathComponent + ":" + path
    return try copy.run(program: "/bin/sh", ["-c", line])
  }

  package func run(program: String, _ arguments: [String], input: String? = nil) throws -> ProcessResult {
    let process = try start(program: program, arguments)
    return process.finish(input: input)
  }

  /// A program that was started and not waited for.
  package struct Running {
    package let process: Process
    let output: URL
    let errors: URL
    let input: Pipe

    /// Waits for its end and collects what it said.
    package func finish(input text: String? = nil) -> ProcessResult {
      if let text { input.fileHandleForWriting.write(Data(text.utf8)) }
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
      defer {
        try? FileManager.default.removeItem(at: output)
        try? FileManager.default.removeItem(at: errors)
      }
      func said(_ url: URL) -> String { String(decoding: (try? Data(contentsOf: url)) ?? Data(), as: UTF8.self) }
      let isSignal = process.terminationReason == .uncaughtSignal
      return ProcessResult(
        status: isSignal ? -1 : process.terminationStatus, output: said(output), errors: said(errors),
        signal: isSignal ? process.terminationStatus : 0)
    }
  }

  package func start(program: String? = nil, _ arguments: [String]) throws -> Running {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program ?? EthosProcess.binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = environment
    // Files, not pipes: a pipe that nobody drains would stop a program that says much.
    let places = ["out", "err"].map { URL(fileURLWithPath: "\(home)/.\($0)-\(UUID().uuidString)") }
    for place in places { _ = FileManager.default.createFile(atPath: place.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: places[0])
    process.standardError = try FileHandle(forWritingTo: places[1])
    let input = Pipe()
    process.standardInput = input
    try process.run()
    return Running(process: process, output: places[0], errors: places[1], input: input)
  }

  /// The built binary, which lies beside the test bundle.
  package static let binary: String = {
    let bundle =
      ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? ProcessInfo.processInfo.arguments[0]
    let folder = URL(fileURLWithPath: bundle).resolvingSymlinksInPath().deletingLastPathComponent()
    return folder.appendingPathComponent("ethos").path
  }()

  /// The folder of the package.
  package static let projectFolder: String =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path
}

/// How many times the random, kill and fuzz tests run: 1 in `make test`, 10 in `make soak`.
package let soakFactor: Int = ProcessInfo.processInfo.environment["ETHOS_SOAK"].flatMap { Int($0) } ?? 1
