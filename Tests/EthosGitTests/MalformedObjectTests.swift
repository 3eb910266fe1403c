import EthosGit
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

/// Objects that anybody can push and nobody can read: each is named, and what lies beside it is read as ever.
@Suite struct MalformedObjectTests {
  private static let line = "Eve <eve@x.example> 1769934600 +0000"

  /// A history `first — second`, and a commit on it that is made wrong in one way.
  private func history() throws -> (TestRepository, first: String, second: String) {
    let test = try TestRepository()
    let first = try test.commit(["ethos.yaml": "1", "values/a.yaml": "1"])
    return (test, first, try test.commit(["values/a.yaml": "2"]))
  }

  @Test(
    arguments: [
      ["tree TREE", "author \(line)", "parent SECOND", "committer \(line)"],
      ["parent SECOND", "tree TREE", "author \(line)", "committer \(line)"],
      ["tree TREE", "parent SECOND", "author \(line)"],
      ["tree TREE", "parent SECONDx", "author \(line)", "committer \(line)"],
      ["tree 12", "parent SECOND", "author \(line)", "committer \(line)"],
      ["tree SECOND", "parent SECOND", "author \(line)", "committer \(line)"],
      ["tree TREE", "parent TREE", "author \(line)", "committer \(line)"],
      ["tree TREE", "parent 1111111111111111111111111111111111111111", "author \(line)", "committer \(line)"],
      ["tree 1111111111111111111111111111111111111111", "parent SECOND", "author \(line)", "committer \(line)"],
    ])
  func `a commit that cannot be read is named, and the graph beside it answers`(lines: [String]) throws {
    let (test, first, second) = try history()
    let tree = try test.git("rev-parse", "HEAD^{tree}")
    let bad = try test.commit(
      lines: lines.map { $0.replacing("TREE", with: tree).replacing("SECOND", with: second) })
    let above = try test.commit(tree: tree, parents: [bad])
    let repository = try open(test)
    let (base, head) = (try id(first), try id(second))
    for tip in [bad, above] {
      let found = try repository.malformed(in: id(tip), hiding: [base])
      #expect(
        found.contains { $0.id.hex == bad } || found.contains { $0.error.message.contains(second) == false }, "\(found)"
      )
      #expect(!found.isEmpty)
    }
    // The honest twin: the same history without it.
    let good = try test.commit(tree: tree, parents: [second])
    #expect(try repository.malformed(in: id(good), hiding: [base]) == [])
    #expect(try repository.malformed(in: id(good), hiding: []) == [])
    // Nothing of what is beside it changes.
    #expect(try repository.isAncestor(base, of: head))
    #expect(try repository.walk(from: [id(good)], hiding: [base]) == [id(good), head])
  }

  @Test func `a graph with a commit that cannot be read answers as far as it can be read`() throws {
    let (test, first, second) = try history()
    let bad = try test.commitWithMovedParent(on: first)
    let tree = try test.git("rev-parse", "HEAD^{tree}")
    let merge = try test.commit(tree: tree, parents: [second, bad])
    let next = try test.commit(tree: tree, parents: [merge])
    let side = try test.commit(tree: tree, parents: [second])
    let repository = try open(test)
    #expect(try repository.isAncestor(id(first), of: id(next)))
    #expect(try repository.isAncestor(id(bad), of: id(next)))
    #expect(try !repository.isAncestor(id(side), of: id(next)))
    #expect(try repository.mergeBases(id(next), id(side)) == [id(second)])
    #expect(try repository.walk(from: [id(next)], hiding: [id(side)]) == [id(next), id(merge), id(bad)])
    #expect(try repository.walk(from: [id(next)], order: .firstParent) == [id(next), id(merge), id(second), id(first)])
    #expect(failure { _ = try repository.walk(from: [id(bad)]) }?.code == .malformed)
    #expect(failure { _ = try repository.isAncestor(id(first), of: id(bad)) }?.code == .malformed)
  }

  @Test(arguments: 0..<6)
  func `where all can be read the graph is libgit2's`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let test = try TestRepository()
    let repository = try open(test)
    let tree = try repository.makeTree(["a": "1"])
    var commits = [try repository.makeCommit(["a": "0"])]
    for number in 0..<30 {
      let parents = Set((0..<(random.happens(40) ? 2 : 1)).map { _ in random.pick(Array(commits.suffix(6))) })
      var when = jane
      when.when.seconds += Int64(number * 60)
      commits.append(
        try repository.writeCommit(
          tree: tree, parents: parents.sorted(), author: when, committer: when, message: "\(number)"))
    }
    // A root that cannot be read below everything makes libgit2 give up; what lies above is as it was.
    let bad = try id(test.commitWithMovedParent(on: commits[0].hex))
    for _ in 0..<10 {
      let (left, right) = (random.pick(commits), random.pick(commits))
      let spoiled = try repository.writeCommit(
        tree: tree, parents: [left, bad], author: jane, committer: jane, message: "spoiled")
      #expect(try repository.isAncestor(right, of: spoiled) == repository.isAncestor(right, of: left))
      #expect(try repository.mergeBases(spoiled, right) == repository.mergeBases(left, right))
      #expect(
        try Set(repository.walk(from: [spoiled], hiding: [right]))
          == Set(repository.walk(from: [left], hiding: [right])).union([spoiled, bad]))
    }
  }

  @Test func `a tag of a tag, of nothing and without a name is named`() throws {
    let (test, first, second) = try history()
    let repository = try open(test)
    func tag(_ target: String, _ kind: String, _ name: String = "x") throws -> String {
      try test.object("tag", Array("object \(target)\ntype \(kind)\ntag \(name)\ntagger \(Self.line)\n\nWords\n".utf8))
    }
    let good = try tag(second, "commit")
    #expect(try repository.malformed(in: id(good), hiding: [id(first)]) == [])
    #expect(try repository.malformed(in: id(tag(good, "tag")), hiding: [id(first)]) == [])
    var endless = good
    for _ in 0..<40 { endless = try tag(endless, "tag") }
    let gone = String(repeating: "1", count: 40)
    let nameless = try test.object("tag", Array("object \(second)\ntype commit\n\nWords\n".utf8))
    for bad in [endless, try tag(gone, "commit"), nameless, gone] {
      #expect(try repository.malformed(in: id(bad), hiding: [id(first)]).count == 1)
    }
    // A hidden object that is not there hides nothing, and is no failure.
    #expect(try repository.malformed(in: id(second), hiding: [id(gone)]) == [])
  }

  @Test func `folders that cannot be read are leaves of a difference, on their side`() throws {
    let (test, first, _) = try history()
    let blob = try test.blob("x")
    let unsorted = try test.tree([("100644", "b.yaml", blob), ("100644", "a.yaml", blob)])
    let gone = String(repeating: "1", count: 40)
    let repository = try open(test)
    let good = try repository.commit(id(first)).tree
    let filter = PathFilter(["values", "ethos.yaml"])
    for bad in [unsorted, gone, blob] {
      let tree = try id(test.tree(of: first, with: ("40000", "values", bad)))
      let leaf = TreeLeaf(mode: .tree, id: try id(bad))
      let found = try repository.readableDifference(before: good, after: tree, under: filter).changes
      #expect(found.map(\.path) == ["values", "values/a.yaml"])
      #expect(found.map(\.before?.mode) == [nil, .file])
      #expect(found.map(\.after) == [leaf, nil])
      let back = try repository.readableDifference(before: tree, after: good, under: filter).changes
      #expect(back.map(\.before) == [leaf, nil])
      #expect(try repository.problem(ofTree: id(bad)) != nil)
      #expect(failure { _ = try repository.treeDifference(before: good, after: tree, under: filter) } != nil)
    }
    // The honest twin.
    let found = try repository.readableDifference(before: nil, after: good, under: filter)
    #expect(found.changes == (try repository.treeDifference(before: nil, after: good, under: filter)))
    #expect(try repository.problem(ofTree: good) == nil)
  }

  @Test func `a deep tree ends at the limit, and a tree that stands for endless files is refused`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    let filter = PathFilter(["values"])
    for (depth, isReadable) in [(64, true), (65, false), (1_100, false)] {
      let tree = try id(test.tree([("40000", "values", test.deepTree(depth))]))
      let found = try repository.readableDifference(before: nil, after: tree, under: filter).changes
      #expect(found.map { $0.after?.mode } == [isReadable ? .file : .tree], "\(depth)")
    }
    var tree = try test.tree([("100644", "x.yaml", test.blob("x"))])
    for _ in 0..<50 { tree = try test.tree([("40000", "a", tree), ("40000", "b", tree)]) }
    let endless = try id(test.tree([("40000", "values", tree)]))
    let limits = TreeLimits(depth: 65, entries: 10_000, folders: 1_000)
    let error = failure {
      _ = try repository.readableDifference(before: nil, after: endless, under: filter, limits: limits)
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func `a file that is no reference is told apart, and the others are listed`() throws {
    let (test, _, second) = try history()
    try test.git("update-ref", "refs/heads/proposals/good", second)
    try test.setReference("refs/heads/proposals/bad", to: "nothing")
    try test.setReference("refs/heads/proposals/worse", to: "ref: refs/heads/proposals/worse")
    let repository = try open(test)
    #expect(try repository.references(under: "refs/heads/proposals/").map(\.name) == ["refs/heads/proposals/good"])
    let broken = try repository.brokenReferences(under: "refs/heads/proposals/")
    #expect(broken.map(\.name).contains("refs/heads/proposals/bad"))
    // One that names what is not there yet is none, as git has it.
    try test.git("symbolic-ref", "refs/heads/proposals/later", "refs/heads/later")
    #expect(try repository.brokenReferences(under: "refs/heads/proposals/") == broken)
  }
}
