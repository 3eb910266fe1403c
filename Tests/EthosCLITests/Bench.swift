import EthosTestSupport
import Foundation
import Testing

/// A temporary folder with a HOME of its own, removed at the end.
final class Bench: Sendable {
  let root: String
  let ethos: EthosProcess

  init(name: String = "Jane Doe", email: String = "jane@northgate.example") throws {
    root = NSTemporaryDirectory() + "ethos-" + UUID().uuidString
    for folder in ["home", "work"] {
      try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
    }
    ethos = EthosProcess(folder: "\(root)/work", home: "\(root)/home", name: name, email: email)
  }

  /// Another, with the same files, and the key by which ethos knows what it remembers in them.
  func copy() throws -> Bench {
    let copy = try Bench()
    try FileManager.default.removeItem(atPath: copy.work)
    try FileManager.default.copyItem(atPath: work, toPath: copy.work)
    let state = ".local/state/ethos"
    if FileManager.default.fileExists(atPath: "\(ethos.home)/\(state)/key") {
      try FileManager.default.createDirectory(
        atPath: "\(copy.ethos.home)/\(state)", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try FileManager.default.copyItem(
        atPath: "\(ethos.home)/\(state)/key", toPath: "\(copy.ethos.home)/\(state)/key")
    }
    return copy
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var work: String { ethos.folder }

  /// Runs git in the work folder and returns what it printed.
  @discardableResult
  func git(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let dated = ethos.with("GIT_AUTHOR_DATE", "2026-11-01T12:00:00Z").with("GIT_COMMITTER_DATE", "2026-11-01T12:00:00Z")
    let result = try dated.run(program: "/usr/bin/env", ["git"] + arguments)
    #expect(
      result.status == 0, "git \(arguments.joined(separator: " ")): \(result.errors)", sourceLocation: sourceLocation)
    return result.output
  }

  /// Runs ethos and expects an exit status.
  @discardableResult
  func run(
    _ arguments: String..., status: Int32 = 0, as process: EthosProcess? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProcessResult {
    let result = try (process ?? ethos).run(arguments)
    #expect(
      result.status == status, "ethos \(arguments.joined(separator: " ")): \(result.output)\(result.errors)",
      sourceLocation: sourceLocation)
    return result
  }

  func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  func write(_ data: Data, to path: String) throws {
    let url = URL(fileURLWithPath: "\(work)/\(path)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func read(_ path: String) throws -> String { try String(contentsOfFile: "\(work)/\(path)", encoding: .utf8) }

  /// What a JSON answer says.
  func json(_ arguments: String..., status: Int32 = 0) throws -> [String: Any] {
    let result = try ethos.run(arguments + ["--format", "json"])
    #expect(result.status == status, "ethos \(arguments.joined(separator: " ")): \(result.errors)")
    let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(value as? [String: Any])
  }

  /// The state that must not change by halves: references, HEAD, and all files of the work tree.
  func state() throws -> String {
    let references = try git("for-each-ref", "--format=%(refname) %(objectname)")
    let head = try String(contentsOfFile: "\(work)/.git/HEAD", encoding: .utf8)
    let files = try ethos.shell(
      "git -C '\(work)' ls-files -co | sort | while read f; do echo \"$f $(sha256sum < \"$f\")\"; done"
    ).output
    return references + head + files
  }
}
