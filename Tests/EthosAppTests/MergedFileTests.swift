import EthosDiff
import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

@testable import EthosApp

/// What stands in a file after a merge inside it: the merged meaning, and everything that says nothing to ethos.
@Suite struct MergedFileTests {
  /// A file in which each part can be changed by itself; every line that begins with `#` is a comment.
  private struct Parts {
    var title = "Loans"
    var question = "Do we lend?"
    var because = "Money is lent on what is known."
    var rules = ["r1": "> 60", "r2": "> 40", "r3": "-"]
    var order = ["r1", "r2", "r3"]
    var serves = ["candour", "speed"]
    var steps = ["score": "1", "amount": "10"]
    /// Of items without ids that stand side by side.
    var never = ["80", "90"]

    var text: String {
      let rows = order.map { "  | \($0) | \(rules[$0] ?? "-") | yes    |  \n" }.joined()
      let inputs = steps.keys.sorted().map {
        "  # how fine is \($0)?\n  - {name: \($0), type: number, step: \(steps[$0] ?? "1")}\n"
      }
      .joined()
      return """
        # the head
        id: loan
        title: "\(title)"   # as people say it
        question: \(question)
        serves: [\(serves.joined(separator: ", "))]  # in no order
        inputs:
        \(inputs)outputs: [{name: answer, type: string}]
        assert:
          - {never: {answer: "maybe"}, when: {score: "> \(never[0])"}, because: A.}
          - {never: {answer: "maybe"}, when: {score: "> \(never[1])"}, because: B.}
        # before the table
        hitPolicy: first
        rules: |
          | id | score | answer |
          |----|-------|--------|
        \(rows)# after the table
        because: |
          \(because)
        # the foot

        """
    }

    /// Changes one part at random, of those that the side may change.
    mutating func change(isLeft: Bool, _ random: inout SeededGenerator) {
      let word = isLeft ? "left" : "right"
      switch Int.random(in: 0..<7, using: &random) {
      case 0: if isLeft { title = "Loans, \(word)" } else { question = "Do we lend, \(word)?" }
      case 1: if isLeft { serves.removeAll { $0 == "speed" } } else { serves.append("thrift") }
      case 2: rules[isLeft ? "r1" : "r2"] = "> \(Int.random(in: 70...90, using: &random))"
      case 3: steps[isLeft ? "score" : "amount"] = "5"
      case 5: never[isLeft ? 0 : 1] = "\(Int.random(in: 91...99, using: &random))"
      case 4: if isLeft { because = "It is \(word)." } else { serves.removeAll { $0 == "candour" } }
      default:
        guard !order.contains("n-\(word)") else { return }
        order.insert("n-\(word)", at: isLeft ? 1 : 2)
        rules["n-\(word)"] = "> 55"
      }
    }
  }

  @Test(arguments: 1...40) func `a merged file means the merge and keeps its comments`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let base = Parts()
    var (left, right) = (base, base)
    for _ in 0..<3 {
      left.change(isLeft: true, &random)
      right.change(isLeft: false, &random)
    }
    let repository = try TestRepository()
    let path = "decisions/loan.yaml"
    let root = try repository.commit([path: base.text])
    let ours = try repository.commit([path: left.text])
    try repository.git("checkout", "-q", root)
    let theirs = try repository.commit([path: right.text])

    let store = try IdentityStore(
      Repository.open(at: repository.path, search: .exact, environment: Git.environment))
    func tree(_ commit: String) throws -> ObjectID {
      try store.repository.commit(try #require(ObjectID(hex: commit))).tree
    }
    let plan = try TreeMerge(store, bases: [tree(root)], ours: tree(ours), theirs: tree(theirs)).plan()
    #expect(plan.conflicts.isEmpty, "\(plan.conflicts)")
    let before = try store.snapshot(ofTree: tree(root))
    let merged = ThreeWayMerge.merge(
      bases: [before], ours: try store.snapshot(ofTree: tree(ours)), theirs: try store.snapshot(ofTree: tree(theirs)))
    guard let written = plan.written.first else {
      // One side changed nothing, or both the same.
      return #expect(left.text == base.text || right.text == base.text || left.text == right.text)
    }
    #expect(written.meaning == merged.snapshot[EntryKey(.decision, "loan")]?.meaning)
    let edits = try plan.edits(storingIn: store.repository)
    let after = try store.snapshot(ofTree: store.repository.writeTree(base: tree(ours), edits: edits))
    #expect(!after.hasErrors && after[EntryKey(.decision, "loan")]?.meaning == written.meaning)
    let text = String(decoding: written.bytes, as: UTF8.self)
    #expect(text.matches(of: /- \{never:/).count == 2, "\(text)")
    for comment in left.text.split(separator: "\n").flatMap({ $0.matches(of: /#.*/) }) {
      #expect(text.contains(comment.0), "\(comment.0): \(text)")
    }
  }
}
