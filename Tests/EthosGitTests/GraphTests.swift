import EthosGit
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

@Suite struct GraphTests {
  /// A random history, made by us; git is asked the same questions about it.
  private func history(_ seed: UInt64) throws -> (TestRepository, Repository, [ObjectID]) {
    var random = SeededGenerator(seed: seed)
    let test = try TestRepository()
    let repository = try open(test)
    var commits: [ObjectID] = []
    let tree = try repository.makeTree([:])
    for number in 0..<25 {
      let parents = Set(
        (0..<(random.happens(30) ? 2 : 1)).compactMap { _ in commits.suffix(6).randomElement(using: &random) })
      var signature = jane
      signature.when = Instant(seconds: jane.when.seconds + Int64(number) * (random.happens(20) ? -60 : 60))
      commits.append(
        try repository.writeCommit(
          tree: tree, parents: parents.sorted(), author: signature, committer: signature, message: "\(number)"))
    }
    return (test, repository, commits)
  }

  @Test(arguments: 0..<6)
  func `ancestors, merge bases and walks are those of git`(seed: UInt64) throws {
    let (test, repository, commits) = try history(seed)
    var random = SeededGenerator(seed: seed + 100)
    for _ in 0..<12 {
      let (left, right) = (random.pick(commits), random.pick(commits))
      let isAncestor = try Git.result(["merge-base", "--is-ancestor", left.hex, right.hex], in: test.path).status == 0
      #expect(try repository.isAncestor(left, of: right) == isAncestor)
      let bases = try Git.result(["merge-base", "--all", left.hex, right.hex], in: test.path).output
      #expect(
        try repository.mergeBases(left, right).map(\.hex) == bases.split(separator: "\n").map(String.init).sorted())

      let all = try test.git("rev-list", "--topo-order", left.hex, "^\(right.hex)")
      let walk = try repository.walk(from: [left], hiding: [right])
      #expect(walk.map(\.hex).sorted() == all.split(separator: "\n").map(String.init).sorted())
      for (index, commit) in walk.enumerated() {
        #expect(try repository.parents(of: commit).allSatisfy { !walk[..<index].contains($0) })
      }
      for hidden in [[], [right]] {
        let line = try test.git(["rev-list", "--first-parent", left.hex] + hidden.map { "^\($0)" })
        #expect(
          try repository.walk(from: [left], hiding: hidden, order: .firstParent).map(\.hex)
            == line.split(separator: "\n").map(String.init))
      }
    }
  }

  @Test func `histories without a common commit have no base`() throws {
    let repository = try open(TestRepository())
    let (left, right) = (try repository.makeCommit(["a": ""]), try repository.makeCommit(["b": ""]))
    #expect(try repository.mergeBases(left, right) == [])
    #expect(try !repository.isAncestor(left, of: right))
  }

  @Test func `parents are read once`() throws {
    let test = try TestRepository()
    for number in 0..<5 { try test.commit(["a": "\(number)"]) }
    let repository = try open(test)
    let head = try repository.commitID(for: "main")
    let first = try repository.walk(from: [head], order: .firstParent)
    #expect(first.count == 5)
    #expect(repository.reads.commits == 5)
    #expect(try repository.walk(from: [head], order: .firstParent) == first)
    #expect(repository.reads.commits == 5)
  }

  @Test func `a walk from what is no commit fails, and says so`() throws {
    let repository = try open(TestRepository())
    let nowhere = ObjectID(bytes: [UInt8](repeating: 9, count: 20))
    #expect(failure { _ = try repository.walk(from: [nowhere]) } != nil)
    #expect(failure { _ = try repository.walk(from: [nowhere], order: .firstParent) }?.code == .notFound)
  }
}

extension TestRepository {
  func git(_ arguments: [String]) throws -> String {
    let result = try Git.result(arguments, in: path)
    if result.status != 0 { throw TestFailure(result.errors) }
    return result.output
  }
}
