import Glibc

/// What a program left behind.
package struct ProgramResult: Sendable {
  /// The exit status, or 128 and the number of the signal that ended it.
  package var status: Int32
  package var output: String
  package var errors: String
}

/// Runs a program to its end.
///
/// Its environment is exactly the one given.
package func run(
  _ program: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
  input: [UInt8] = []
) throws -> ProgramResult {
  // Files and not pipes: nothing can be full.
  guard let inputFile = tmpfile(), let outputFile = tmpfile(), let errorFile = tmpfile() else {
    throw TestFailure("cannot make temporary files")
  }
  defer { for file in [inputFile, outputFile, errorFile] { fclose(file) } }
  fwrite(input, 1, input.count, inputFile)
  rewind(inputFile)

  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (descriptor, file) in [(Int32(0), inputFile), (1, outputFile), (2, errorFile)] {
    posix_spawn_file_actions_adddup2(&actions, fileno(file), descriptor)
  }
  var process = pid_t()
  // The C library hides from Swift how to spawn in another folder; the shell goes there.
  let shell = "/bin/sh"
  let words = ([shell, "-c", "cd -- \"$0\" && exec \"$@\"", folder, program] + arguments).map { strdup($0) }
  let variables = environment.map { strdup("\($0.key)=\($0.value)") }
  defer { for pointer in words + variables { free(pointer) } }
  let failure = posix_spawn(&process, shell, &actions, nil, words + [nil], variables + [nil])
  guard failure == 0 else { throw TestFailure("cannot run \(program): \(String(cString: strerror(failure)))") }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 && errno == EINTR {}
  let signal = status & 0x7f
  return ProgramResult(
    status: signal == 0 ? (status >> 8) & 0xff : 128 + signal, output: content(outputFile), errors: content(errorFile))
}

private func content(_ file: UnsafeMutablePointer<FILE>) -> String {
  rewind(file)
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes.append(contentsOf: chunk[..<count])
  }
}
