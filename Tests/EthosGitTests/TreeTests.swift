import EthosGit
import EthosRecord
import EthosTestSupport
import Testing

/// A tree by path: octal mode and id of each leaf.
typealias Leaves = [String: TreeLeaf]

@Suite struct TreeTests {
  @Test func `every kind of entry is told, and a submodule is never looked into`() throws {
    let test = try TestRepository()
    let commit = String(repeating: "ab", count: 20)
    let blob = try test.git("hash-object", "-w", "--stdin", input: Array("x".utf8))
    let tree = try test.git(
      "mktree", "--missing",
      input: Array(
        "100644 blob \(blob)\ta\n100755 blob \(blob)\tb\n120000 blob \(blob)\tc\n160000 commit \(commit)\td\n".utf8))
    let repository = try open(test)
    let files = try repository.files(in: id(tree))
    #expect(files.map(\.mode) == [.file, .executable, .symbolicLink, .submodule])
    #expect(files.last?.id.hex == commit)
    #expect(try repository.entry(at: "d/x", in: id(tree)) == nil)
  }

  @Test func `names are bytes: no two of them are taken for one, and one that is not UTF-8 comes back`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    let leaf = TreeLeaf(mode: .file, id: try repository.writeBlob([]))
    let composed = RepositoryPath(bytes: [0xC3, 0xA9])
    let decomposed = RepositoryPath(bytes: [0x65, 0xCC, 0x81])
    let latin = RepositoryPath(bytes: [0x63, 0x61, 0x66, 0xE9])
    #expect(composed.string == decomposed.string)
    let tree = try repository.writeTree(
      base: nil, edits: [composed, decomposed, latin].map { TreeEdit(path: $0, leaf: leaf) })
    #expect(try repository.files(in: tree).map(\.path) == [latin, decomposed, composed])
    #expect(try repository.tree(tree).first?.name == nil)
    #expect(try repository.entry(at: latin, in: tree) == leaf)
    try requireSound(test)
  }

  @Test func `a filter means whole components`() throws {
    let repository = try open(TestRepository())
    let tree = try repository.makeTree([
      "values/a": "", "values/b/c": "", "values2/a": "", "value": "", "ethos.yaml": "", "x/values/a": "",
    ])
    let filter = PathFilter(["values", "ethos.yaml", "x/values/a/b"])
    #expect(try repository.files(in: tree, under: filter).map(\.path) == ["ethos.yaml", "values/a", "values/b/c"])
    #expect(try repository.files(in: tree, under: PathFilter([])).isEmpty)
  }

  @Test func `equal subtrees and blobs are not read`() throws {
    let repository = try open(TestRepository())
    var files: [String: String] = [:]
    for folder in 0..<20 { for file in 0..<5 { files["values/\(folder)/\(file).yaml"] = "\(folder) \(file)" } }
    let before = try repository.makeTree(files)
    files["values/7/3.yaml"] = "changed"
    let after = try repository.makeTree(files)
    let start = repository.reads
    let changes = try repository.treeDifference(before: before, after: after)
    #expect(changes.map(\.path) == ["values/7/3.yaml"])
    #expect(repository.reads.trees - start.trees == 6)
    #expect(repository.reads.blobs == start.blobs)
    #expect(try repository.treeDifference(before: after, after: after).isEmpty)
    #expect(try repository.treeDifference(before: before, after: after, under: PathFilter(["limits"])).isEmpty)
    #expect(repository.reads.trees - start.trees == 8)
  }

  @Test func `a hostile tree meets a limit`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    var inner = try repository.makeTree(["x": ""])
    for _ in 0..<1_100 { inner = try id(test.mktree([("040000", "d", inner)])) }
    let deep = failure { _ = try repository.files(in: inner) }
    #expect(deep?.code == .tooLarge)
    #expect(deep?.message.contains("1024") == true)
  }

  /// Random pairs of trees; git is asked the same.
  @Test(arguments: 0..<12)
  func `the difference of generated trees is the one that git finds`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let test = try TestRepository()
    let repository = try open(test)
    let blobs = try (0..<4).map { try repository.writeBlob(Array("content \($0)".utf8)) }
    let before = Generated.leaves(blobs, &random)
    let edits = Generated.edits(of: before, blobs, &random)
    let after = edits.reduce(into: before) { leaves, edit in leaves[edit.path.description] = edit.leaf }
    let first = try repository.writeTree(
      base: nil, edits: before.map { TreeEdit(path: RepositoryPath($0.key), leaf: $0.value) })
    let second = try repository.writeTree(base: first, edits: edits)

    #expect(try first.hex == Generated.oracleTree(before, test))
    #expect(try second.hex == Generated.oracleTree(after, test))
    let found = try repository.treeDifference(before: first, after: second)
    let said = try test.git("diff-tree", "-r", "-z", "--no-renames", first.hex, second.hex)
    #expect(try Generated.lines(found) == Generated.withoutTypeChanges(said))
    #expect(found.map(\.path) == found.map(\.path).sorted())
    let inverse = try repository.treeDifference(before: second, after: first)
    #expect(inverse.map { TreeChange(path: $0.path, before: $0.after, after: $0.before) } == found)
    let all = try repository.files(in: second)
    #expect(Dictionary(uniqueKeysWithValues: all.map { ($0.path.description, $0.leaf) }) == after)
    for file in all { #expect(try repository.entry(at: file.path, in: second) == file.leaf) }
    try requireSound(test)
  }
}

extension TestRepository {
  func mktree(_ entries: [(mode: String, name: String, id: ObjectID)]) throws -> String {
    let lines = entries.map { "\($0.mode) \($0.mode == "040000" ? "tree" : "blob") \($0.id)\t\($0.name)\n" }
    return try git("mktree", input: Array(lines.joined().utf8))
  }
}

/// Trees made at random, from few names, so that files and folders take each other's place.
enum Generated {
  static func path(_ random: inout SeededGenerator) -> String {
    let names = ["a", "a.b", "a-b", "b", "a0", "é"]
    let depth = random.pick([1, 1, 2, 2, 3, 4])
    return (0..<depth).map { _ in random.pick(names) }.joined(separator: "/")
  }

  static func leaf(_ blobs: [ObjectID], _ random: inout SeededGenerator) -> TreeLeaf {
    TreeLeaf(mode: random.pick([.file, .file, .executable, .symbolicLink]), id: random.pick(blobs))
  }

  static func fits(_ path: String, _ leaves: Leaves) -> Bool {
    leaves.keys.allSatisfy { !$0.hasPrefix(path + "/") && !path.hasPrefix($0 + "/") }
  }

  static func leaves(_ blobs: [ObjectID], _ random: inout SeededGenerator) -> Leaves {
    var leaves: Leaves = [:]
    for _ in 0..<40 {
      let path = path(&random)
      if fits(path, leaves) { leaves[path] = leaf(blobs, &random) }
    }
    return leaves
  }

  static func edits(of leaves: Leaves, _ blobs: [ObjectID], _ random: inout SeededGenerator) -> [TreeEdit] {
    var result = leaves
    for path in leaves.keys.sorted() where random.happens(40) { result[path] = nil }
    for _ in 0..<15 {
      let path = path(&random)
      if fits(path, result) { result[path] = leaf(blobs, &random) }
    }
    return Set(leaves.keys).union(result.keys).filter { leaves[$0] != result[$0] }
      .map { TreeEdit(path: RepositoryPath($0), leaf: result[$0]) }
  }

  static func octal(_ leaf: TreeLeaf?) -> String {
    switch leaf?.mode {
    case nil: "000000"
    case .file: "100644"
    case .executable: "100755"
    case .symbolicLink: "120000"
    case .tree: "040000"
    case .submodule: "160000"
    }
  }

  /// The tree that git makes of the same leaves, through an index of its own.
  static func oracleTree(_ leaves: Leaves, _ test: TestRepository) throws -> String {
    let environment = ["GIT_INDEX_FILE": "\(test.path)/.git/oracle-index"]
    try test.git("read-tree", "--empty", environment: environment)
    let lines = leaves.map { "\(octal($0.value)) \($0.value.id)\t\($0.key)\0" }
    try test.git("update-index", "-z", "--index-info", environment: environment, input: Array(lines.joined().utf8))
    return try test.git("write-tree", environment: environment)
  }

  static func lines(_ changes: [TreeChange]) throws -> [String] {
    let zero = String(repeating: "0", count: 40)
    return changes.map {
      "\(octal($0.before)) \(octal($0.after)) \($0.before?.id.hex ?? zero) \($0.after?.id.hex ?? zero) \($0.path)"
    }.sorted()
  }

  static func withoutTypeChanges(_ raw: String) -> [String] {
    let fields = raw.split(separator: "\0").map(String.init)
    return stride(from: 0, to: fields.count - 1, by: 2).map { index in
      // `:100644 100755 ID ID M`, and then the path.
      "\(fields[index].dropFirst().split(separator: " ").prefix(4).joined(separator: " ")) \(fields[index + 1])"
    }.sorted()
  }
}
