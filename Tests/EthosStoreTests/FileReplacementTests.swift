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
