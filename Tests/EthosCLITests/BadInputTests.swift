import EthosTestSupport
import Foundation
import Testing

/// What can be wrong with a repository or a file is told with a code, a place and help, and never traps.
@Suite struct BadInputTests {
  private struct File: Sendable, CustomTestStringConvertible {
    var name: String
    var path: String
    var content: Data
    var code: String

    init(_ name: String, _ path: String, _ content: Data, _ code: String) {
      (self.name, self.path, self.content, self.code) = (name, path, content, code)
    }

    init(_ name: String, _ path: String, _ content: String, _ code: String) {
      self.init(name, path, Data(content.utf8), code)
    }

    var testDescription: String { name }
  }

  private static let bomb: String = {
    var text = "id: bomb\ntitle: Bomb\nx-a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for (before, after) in zip("abcdefgh", "bcdefghi") {
      text += "x-\(after): &\(after) [\(Array(repeating: "*\(before)", count: 10).joined(separator: ", "))]\n"
    }
    return text
  }()

  private static let files: [File] = [
    File("a binary file", "values/a.yaml", Data([0x7F, 0x45, 0x4C, 0x46, 0, 1, 2, 3, 0, 255]), "binary-file"),
    File("invalid UTF-8", "values/a.yaml", Data("id: a\ntitle: caf".utf8) + Data([0xE9, 0x0A]), "not-utf8"),
    File(
      "a byte order mark", "values/a.yaml", Data([0xEF, 0xBB, 0xBF]) + Data("id: a\ntitle: A\n".utf8), "byte-order-mark"
    ),
    File("carriage returns", "values/a.yaml", "id: a\r\ntitle: A\r\n", "carriage-return"),
    File("tabs", "values/a.yaml", "id: a\ntitle: A\nfriction:\n\t- accept: x\n", "tab-indentation"),
    File(
      "10 MB", "values/a.yaml",
      "id: a\ntitle: A\nstatement: |\n" + String(repeating: "  text text text\n", count: 620_000), "file-too-large"),
    File(
      "nesting of 1,000 levels", "values/a.yaml",
      "id: a\ntitle: A\nx-deep: " + String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000) + "\n",
      "nesting-too-deep"),
    File("an alias bomb", "values/bomb.yaml", bomb, "too-many-nodes"),
    File("an unknown key", "values/a.yaml", "id: a\ntitle: A\nstatment: x\n", "unknown-key"),
    File("a wrong type", "limits/a.yaml", "id: a\ntitle: A\natMost: many\n", "wrong-type"),
    File("a duplicate key", "values/a.yaml", "id: a\ntitle: A\ntitle: B\n", "duplicate-key"),
    File("a missing owner", "values/a.yaml", "id: a\ntitle: A\nowner: nobody-at-all\n", "owner-unknown"),
    File("an id with a path in it", "values/a.yaml", "id: ../../etc/passwd\ntitle: A\n", "invalid-id"),
    File("a broken flow", "values/a.yaml", "id: a\ntitle: [A\n", "yaml-syntax"),
    File("two documents", "values/a.yaml", "id: a\ntitle: A\n---\nid: b\n", "multiple-documents"),
  ]

  @Test(arguments: files)
  private func `a bad file is told by code, place and help`(_ file: File) throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.write(file.content, to: file.path)
    let answer = try bench.json("check", status: 1)
    let diagnostics = try #require(answer["diagnostics"] as? [[String: Any]])
    let codes = diagnostics.compactMap { $0["code"] as? String }
    let found = try #require(diagnostics.first { $0["code"] as? String == file.code }, "\(codes)")
    #expect(found["file"] as? String == file.path)
    #expect((found["line"] as? Int ?? 0) >= 1 && (found["column"] as? Int ?? 0) >= 1)
    #expect((found["help"] as? String)?.isEmpty == false)
  }

  @Test func `two files with one id are told`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.write("id: client-risk\ntitle: Again\natMost: 1\n", to: "limits/again.yaml")
    let result = try bench.run("check", status: 1)
    #expect(result.output.contains("duplicate-id"))
  }

  @Test func `terminal escapes in a title do not reach the terminal`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.write("id: a\ntitle: \"\\e[31mred\\e[0m \\u202Eevil\"\n", to: "values/a.yaml")
    for arguments in [["list"], ["show", "value/a"], ["diff"], ["status"], ["check", "--all"]] {
      let result = try bench.ethos.run(arguments)
      let scalars = (result.output + result.errors).unicodeScalars
      #expect(!scalars.contains { $0.value == 0x1B || $0.value == 0x202E }, "\(arguments)")
    }
  }

  @Test func `a symbolic link out of the repository is not followed`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.write("id: secret\ntitle: Secret\n", to: "../outside.yaml")
    try FileManager.default.createDirectory(atPath: "\(bench.work)/values", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(bench.work)/values/secret.yaml", withDestinationPath: "\(bench.root)/outside.yaml")
    let result = try bench.run("check", status: 1)
    #expect(result.output.contains("symbolic-link"))
    #expect(!result.output.contains("Secret"))
    // Nor written through, where a folder on the way is the link.
    try FileManager.default.createDirectory(atPath: "\(bench.root)/elsewhere", withIntermediateDirectories: true)
    try FileManager.default.removeItem(atPath: "\(bench.work)/limits")
    try FileManager.default.createSymbolicLink(
      atPath: "\(bench.work)/limits", withDestinationPath: "\(bench.root)/elsewhere")
    let write = try bench.ethos.run("set", "limit/client-risk.atMost", "1")
    #expect(write.status != 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(bench.root)/elsewhere").isEmpty)
  }

  @Test func `a submodule in a folder of the identity is told`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    let head = try bench.git("rev-parse", "HEAD").trimmingCharacters(in: .whitespacesAndNewlines)
    try bench.git("update-index", "--add", "--cacheinfo", "160000,\(head),values/sub")
    try bench.git("commit", "-qm", "Add a submodule")
    let result = try bench.run("check", "--at", "HEAD", status: 1)
    #expect(result.output.contains("submodule"))
  }

  @Test func `a reference with a path out of the repository is none`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    let result = try bench.run("set", "value/../../etc.title", "x", status: 64)
    #expect(result.errors.contains("is no id"))
  }

  @Test func `no repository`() throws {
    let bench = try Bench()
    let result = try bench.run("status", status: 2)
    #expect(result.errors.contains("git repository"))
  }

  @Test func `an empty repository`() throws {
    let bench = try Bench()
    try bench.git("init", "-qb", "main")
    let result = try bench.run("status", status: 2)
    #expect(result.errors.contains("has no commit yet"))
    #expect(result.errors.contains("ethos init"))
  }

  @Test func `a repository that names objects with SHA-256`() throws {
    let bench = try Bench()
    try bench.git("init", "-q", "--object-format=sha256")
    let result = try bench.run("status", status: 2)
    #expect(result.errors.contains("SHA-256") || result.errors.contains("objectformat"))
  }

  @Test(.enabled(if: getuid() == 0, "only root can give a folder away"))
  func `another owner's repository`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    let result = try bench.ethos.shell("chown -R 12345 . && ethos status")
    #expect(result.status == 2)
    #expect(result.errors.contains("safe.directory"))
    // And no repository is begun because opening one failed.
    let again = try bench.run("init", ".", status: 2)
    #expect(again.errors.contains("safe.directory"))
  }

  @Test func `a detached head`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.git("checkout", "-q", "--detach")
    try bench.run("status")
    try bench.run("set", "limit/client-risk.atMost", "50")
    let result = try bench.run("propose", "x", "--because", "y", status: 2)
    #expect(result.errors.contains("HEAD is on no branch"))
  }

  @Test func `a dirty tree is not overwritten by a ratification`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.run("set", "limit/client-risk.atMost", "50")
    try bench.run("propose", "lower", "--because", "y")
    try bench.git("checkout", "-q", "main")
    try bench.write("id: client-risk\ntitle: Mine\natMost: 7\n", to: "limits/client-risk.yaml")
    let head = try bench.git("rev-parse", "main")
    let result = try bench.run("ratify", "lower", status: 2)
    #expect(result.errors.contains("limits/client-risk.yaml"))
    #expect(try bench.read("limits/client-risk.yaml").contains("Mine"))
    #expect(try bench.git("rev-parse", "main") == head)
  }
}
