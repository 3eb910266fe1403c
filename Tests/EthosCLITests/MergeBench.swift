import EthosTestSupport
import Foundation
import Testing

/// A small open identity on `main`, from which the branches `left` and `right` part, for the tests of merges.
final class MergeBench: Sendable {
  let bench: Bench

  static let limit = """
    # What we can explain.
    id: risk
    title: Risk appetite
    atMost: 60 # points, see the board paper
    unit: points
    because: What we can explain to the board.

    """

  static let decision = """
    id: loan
    title: Loans
    question: Do we lend?
    inputs:
      - {name: score, type: number, allowed: "[0..100]", step: 1}
      - {name: amount, type: number, allowed: "[0..1000]", step: 1}
    outputs:
      - {name: answer, type: string, allowed: '"no", "ask", "look", "yes"', strictest: first}
    hitPolicy: first
    rules: |
      | id | score | amount | answer |
      |----|-------|--------|--------|
      | r1 | > 60  | -      | no     |
      | r2 | -     | > 900  | ask    |
      | r3 | > 30  | -      | look   |
      | r4 | -     | -      | yes    |
    # The end of the table.
    because: Money is lent on what is known.

    """

  init() throws {
    bench = try Bench()
    try bench.git("init", "-q", "-b", "main")
    try bench.write("ethos: 1\norganisation: Small Bank\ndefaultOwner: chief\n", to: "ethos.yaml")
    try bench.write("id: jane\nname: Jane Doe\nemails: [jane@northgate.example]\n", to: "people/jane.yaml")
    try bench.write(
      "id: first\ntitle: First\nfrom: 2020-01-01\noffices: {chief: jane}\n", to: "cycles/first.yaml")
    try bench.write("id: candour\ntitle: Candour\nstatement: We tell bad news first.\n", to: "values/candour.yaml")
    try bench.write("id: speed\ntitle: Speed\nstatement: We answer in a day.\n", to: "values/speed.yaml")
    try bench.write(MergeBench.limit, to: "limits/risk.yaml")
    try bench.write(MergeBench.decision, to: "decisions/loan.yaml")
    try bench.git("add", "-A")
    try bench.git("commit", "-q", "-m", "Found it", "-m", "There was nothing.")
    try bench.git("branch", "left")
    try bench.git("branch", "right")
  }

  /// Replaces texts of a file on a branch, and commits that with a reason.
  func change(
    _ branch: String, _ path: String, _ pairs: (String, String)..., because: String = "It is time.",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try bench.git("switch", "-q", branch)
    var text = try bench.read(path)
    for (old, new) in pairs {
      #expect(text.contains(old), sourceLocation: sourceLocation)
      text = text.replacing(old, with: new)
    }
    try bench.write(text, to: path)
    try bench.git("add", "-A")
    try bench.git("commit", "-q", "-m", "Change \(path) on \(branch)", "-m", because)
  }

  /// Goes to `left`, and merges `right` by the command.
  @discardableResult
  func merge(
    _ arguments: String..., status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProcessResult {
    try bench.git("switch", "-q", "left")
    let result = try bench.ethos.run(["merge", "right"] + arguments)
    #expect(result.status == status, "\(result.output)\(result.errors)", sourceLocation: sourceLocation)
    return result
  }

  /// Goes to `left`, and lets plain git merge `right`, with the drivers or as it comes.
  func gitMerge(_ options: String = "") throws -> ProcessResult {
    try bench.git("switch", "-q", "left")
    return try bench.ethos.shell("cd '\(bench.work)' && git \(options) merge -q --no-edit right")
  }
}
