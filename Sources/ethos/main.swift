import EthosCLI
import Glibc

/// The path that a link names.
func target(ofLink path: String) -> String {
  var buffer = [CChar](repeating: 0, count: 4096)
  let count = readlink(path, &buffer, buffer.count)
  return count > 0 ? String(decoding: buffer[0..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
}

var variables: [String: String] = [:]
var entry = environ
while let text = entry.pointee {
  let pair = String(cString: text)
  if let sign = pair.firstIndex(of: "=") { variables[String(pair[..<sign])] = String(pair[pair.index(after: sign)...]) }
  entry += 1
}

exit(
  EthosCommandLine.run(
    Array(CommandLine.arguments.dropFirst()), variables: variables, workingDirectory: target(ofLink: "/proc/self/cwd"),
    executable: target(ofLink: "/proc/self/exe")))
