import EthosText
import Glibc

/// What a program that ran to its end left behind.
package struct ProgramOutcome: Sendable {
  /// The exit status, or 128 and the number of the signal that ended it.
  package var status: Int32
  package var output: [UInt8]
  package var errors: [UInt8]

  /// The last line that it said on standard error, which most often is the reason.
  package var complaint: String {
    errors.split(separator: UInt8(ascii: "\n")).last.map { String(decoding: $0, as: UTF8.self) }
      ?? "it ended with status \(status)"
  }
}

/// Why a program did not run.
package struct ProgramError: Error, CustomStringConvertible {
  package var description: String
}

/// A program of the system that git, too, leaves some of its work to.
package struct Program: Sendable {
  /// A name that is looked for in `PATH`, or a path.
  package var name: String
  /// Exactly what it finds in its environment.
  package var environment: [String: String]

  package init(_ name: String, environment: [String: String]) {
    self.name = name
    self.environment = environment
  }

  /// Runs the program without a shell, gives it bytes on standard input, and waits for its end.
  ///
  /// Its input and output are files and not pipes: nothing can be full, so that neither waits for the other.
  package func run(_ arguments: [String], input: [UInt8] = []) throws -> ProgramOutcome {
    guard let path else { throw ProgramError(description: "the program `\(name)` is not installed") }
    let files = try [NamelessFile(input), NamelessFile([]), NamelessFile([])]
    defer { for file in files { file.close() } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(descriptor))
    }
    let words = ([name] + arguments).map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + variables { free(pointer) } }
    var process = pid_t()
    let failure = posix_spawn(&process, path, &actions, nil, words + [nil], variables + [nil])
    guard failure == 0 else {
      throw ProgramError(description: "the program `\(name)` cannot be run: \(String(cString: strerror(failure)))")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw ProgramError(description: "the program `\(name)` was lost sight of") }
    }
    let signal = status & 0x7f
    return ProgramOutcome(
      status: signal == 0 ? (status >> 8) & 0xff : 128 + signal, output: try files[1].content(),
      errors: try files[2].content())
  }

  /// Where the program is; nil where it is nowhere.
  private var path: String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return name }
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").parts(at: ":", omittingEmpty: true)
    return folders.lazy.map { "\($0)/\(name)" }.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
  }
}

/// A file without a name, gone when it is closed.
private struct NamelessFile {
  let descriptor: Int32

  init(_ bytes: [UInt8]) throws {
    var template = Array("/tmp/ethos-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError("write in", "/tmp") }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else {
        let error = FileError("write", "a temporary file")
        Glibc.close(descriptor)
        throw error
      }
      offset += max(0, count)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  func content() throws -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError("read", "a temporary file") }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  func close() { Glibc.close(descriptor) }
}
