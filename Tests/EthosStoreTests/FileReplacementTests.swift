import EthosStore
import EthosTestSupport
import Foundation
import Testing

@Suite struct `The replacement of a file` {
  private let folder: TemporaryDirectory
  private var path: String { folder.path + "/receipt" }

  init() throws { folder = try TemporaryDirectory() }

  private func replace(_ expected: String?, with text: String) throws -> Bool {
    try FileSystem.replace(
      path, holding: expected.map { Array($0.utf8) }, with: Array(text.utf8), temporaryFolder: folder.path)
  }

  private var content: String? { try? String(contentsOfFile: path, encoding: .utf8) }

  @Test func `is done where it holds what was read`() throws {
    #expect(try replace(nil, with: "one"))
    #expect(try replace("one", with: "two"))
    #expect(content == "two")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["receipt"])
  }

  @Test(arguments: [nil, "zero", "on", "one more"] as [String?])
  func `is not done where another was faster`(_ expected: String?) throws {
    #expect(try replace(nil, with: "one"))
    #expect(try !replace(expected, with: "two"))
    #expect(content == "one")
  }

  @Test func `is not done where the file is gone`() throws {
    #expect(try !replace("one", with: "two"))
    #expect(content == nil)
  }

  @Test func `follows no link`() throws {
    let target = folder.path + "/target"
    try "one".write(toFile: target, atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    #expect(try !replace("one", with: "two"))
    #expect(try !replace(nil, with: "two"))
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "one")
  }
}

@Suite struct `What a person asked for` {
  private let folder: TemporaryDirectory
  private var path: String { folder.path + "/output" }

  init() throws { folder = try TemporaryDirectory() }

  private func content(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `is a new file, or replaces one`() throws {
    for text in ["one", "two"] {
      try FileSystem.writeOutput(Array(text.utf8), to: path)
      #expect(try content(path) == text)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["output"])
  }

  @Test func `goes through a link, which stays`() throws {
    let target = folder.path + "/target"
    try "one".write(toFile: target, atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    try FileSystem.writeOutput(Array("two".utf8), to: path)
    #expect(try content(target) == "two")
    #expect(FileSystem.entry(at: path) == .symbolicLink)
  }

  @Test func `goes into a pipe, which stays`() throws {
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try FileSystem.writeOutput(Array("two".utf8), to: path)
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(read(reader, &bytes, 10) == 3)
    #expect(FileSystem.entry(at: path) == .other)
  }

  @Test func `is not written over a folder`() throws {
    #expect(throws: FileError.self) { try FileSystem.writeOutput([1], to: folder.path) }
  }
}

@Suite struct `What may not be looked at` {
  @Test func `is there, and what is missing is not`() throws {
    let folder = try TemporaryDirectory()
    // Nobody, not even the superuser, can tell what lies behind a link to itself.
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: "loop")
    #expect(FileSystem.entry(at: folder.path + "/loop/file") == .other)
    #expect(throws: FileError.self) { try FileSystem.names(in: folder.path + "/loop") }
    #expect(FileSystem.entry(at: folder.path + "/missing/file") == nil)
    #expect(try FileSystem.names(in: folder.path + "/missing") == [])
  }
}
