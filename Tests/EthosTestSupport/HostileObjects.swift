/// Objects that git's own commands would not make, and that anybody can push.
extension TestRepository {
  /// Stores an object of any content.
  package func object(_ kind: String, _ bytes: [UInt8]) throws -> String {
    try git("hash-object", "-t", kind, "-w", "--stdin", "--literally", input: bytes)
  }

  package func blob(_ text: String) throws -> String { try object("blob", Array(text.utf8)) }

  /// Stores a tree of entries as they are given: in any order, with any name and mode, of any object.
  package func tree(_ entries: [(mode: String, name: [UInt8], id: String)]) throws -> String {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes += Array(entry.mode.utf8) + [UInt8(ascii: " ")]
      bytes += entry.name + [0]
      bytes += TestRepository.bytes(entry.id)
    }
    return try object("tree", bytes)
  }

  package func tree(_ entries: [(mode: String, name: String, id: String)]) throws -> String {
    try tree(entries.map { ($0.mode, Array($0.name.utf8), $0.id) })
  }

  /// A folder in a folder, so many times, with a file of the identity at the end.
  package func deepTree(_ depth: Int) throws -> String {
    let path = String(repeating: "d/", count: depth) + "x.yaml"
    let index = ["GIT_INDEX_FILE": "\(self.path)/.git/deep-index-\(depth)"]
    let file = try blob("id: x\ntitle: X\nstatement: We try.\n")
    try git("update-index", "--add", "--cacheinfo", "100644,\(file),\(path)", environment: index)
    return try git("write-tree", environment: index)
  }

  /// Stores a commit whose lines say what is given, in that order.
  package func commit(lines: [String], message: String = "Bad\n") throws -> String {
    try object("commit", Array((lines.joined(separator: "\n") + "\n\n" + message).utf8))
  }

  /// A commit on another whose author stands before its parent: git reads no parent of it, and libgit2 nothing at all.
  package func commitWithMovedParent(on parent: String, message: String = "Bad\n\nx\n") throws -> String {
    let tree = try git("rev-parse", "\(parent)^{tree}")
    let line = "Eve Ling <eve@bank.example> \(Git.seconds) +0000"
    return try commit(
      lines: ["tree \(tree)", "author \(line)", "parent \(parent)", "committer \(line)"], message: message)
  }

  /// A well formed commit of a tree.
  package func commit(tree: String, parents: [String] = [], message: String = "A change\n\nWhy not.") throws -> String {
    try git(["commit-tree", tree, "-m", message] + parents.flatMap { ["-p", $0] })
  }

  /// The tree of a commit with one entry of its root replaced or added.
  package func tree(of commit: String, with entry: (mode: String, name: String, id: String)) throws -> String {
    let listed = try git("ls-tree", "-z", commit).split(separator: "\0").map(String.init)
    var entries: [(mode: String, name: String, id: String)] = listed.compactMap { line in
      let words = line.split(separator: "\t", maxSplits: 1)
      let head = words[0].split(separator: " ")
      let mode = head[0] == "040000" ? "40000" : String(head[0])
      return (mode, String(words[1]), String(head[2]))
    }
    entries.removeAll { Array($0.name.utf8) == Array(entry.name.utf8) }
    entries.append(entry)
    // Git's order: a folder sorts as if its name ended in a slash.
    func key(_ entry: (mode: String, name: String, id: String)) -> [UInt8] {
      Array(entry.name.utf8) + (entry.mode == "40000" ? [UInt8(ascii: "/")] : [])
    }
    return try tree(entries.sorted { key($0).lexicographicallyPrecedes(key($1)) })
  }

  /// Puts a reference on an object without asking git whether it may stand there.
  package func setReference(_ name: String, to content: String) throws {
    try directory.write(content + "\n", to: ".git/\(name)")
  }

  private func git(_ arguments: [String]) throws -> String {
    let result = try Git.result(arguments, in: path)
    guard result.status == 0 else { throw TestFailure(result.errors) }
    return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex)
    return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
  }
}
