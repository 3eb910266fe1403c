import EthosTestSupport
import Foundation
import Testing

/// An instant of a command at which it may be killed: right before a call of the system that changes something.
///
/// `strace` lists the calls of one run and kills another run at one of them, so that no instant is left to chance. Where a
/// program may not be traced, the instants are times.
enum KillMoment: CustomStringConvertible, Sendable {
  /// Before the so-manieth call of this name.
  case call(String, Int, about: String)
  case time(seconds: Double)

  var description: String {
    switch self {
    case .call(let name, let number, let about): "\(name) \(number) (\(about))"
    case .time(let seconds): "\(seconds) s"
    }
  }

  /// What changes something, or might: a call that opens does so when it makes its file.
  private static let names = [
    "chmod", "fchmod", "fdatasync", "fsync", "ftruncate", "link", "linkat", "mkdir", "mkdirat", "open", "openat",
    "pwrite64",
    "rename", "renameat", "renameat2", "rmdir", "symlink", "unlink", "unlinkat", "write",
  ]

  /// The instants of a command, in their order, from one run of it to its end.
  static func all(of command: [String], in bench: Bench) throws -> [KillMoment] {
    let log = "\(bench.root)/calls"
    let begin = Date()
    let tracing = ["-y", "-s", "0", "-e", "trace=" + existing.joined(separator: ","), "-o", log]
    let result = try bench.ethos.run(program: "/usr/bin/env", ["strace"] + tracing + [EthosProcess.binary] + command)
    guard result.status == 0, let text = try? String(contentsOfFile: log, encoding: .utf8), !text.isEmpty else {
      let length = max(Date().timeIntervalSince(begin), 0.02)
      return (0..<100).map { .time(seconds: length * Double($0) / 100) }
    }
    var counts: [String: Int] = [:]
    var moments: [KillMoment] = []
    for line in text.split(separator: "\n") {
      guard let end = line.firstIndex(of: "("), existing.contains(String(line[..<end])) else { continue }
      let name = String(line[..<end])
      counts[name, default: 0] += 1
      if name.hasPrefix("open"), !line.contains("O_CREAT") { continue }
      moments.append(.call(name, counts[name] ?? 0, about: String(line[end...].prefix(160))))
    }
    return moments
  }

  /// Runs a command and kills it then; whether it had said that it was done.
  func run(_ command: [String], in bench: Bench) throws -> Bool {
    switch self {
    case .call(let name, let number, _):
      let tracing = ["-o", "/dev/null", "-e", "trace=\(name)", "-e", "inject=\(name):signal=KILL:when=\(number)"]
      let result = try bench.ethos.run(program: "/usr/bin/env", ["strace"] + tracing + [EthosProcess.binary] + command)
      return result.status == 0
    case .time(let seconds):
      let running = try bench.ethos.start(command)
      usleep(UInt32(seconds * 1_000_000))
      kill(running.process.processIdentifier, SIGKILL)
      return running.finish().status == 0
    }
  }

  /// Of the names, those that this processor's system has.
  private static let existing: [String] = {
    #if arch(arm64)
      let legacy: Set = ["chmod", "link", "mkdir", "open", "rename", "rmdir", "symlink", "unlink"]
      return names.filter { !legacy.contains($0) }
    #else
      return names
    #endif
  }()
}
