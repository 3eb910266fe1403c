import EthosDecision
import EthosPractice
import EthosText
import Testing

/// Runs audits over logs in memory: every side is a state of the decision `d`, and all cases are held to the last one, or to
/// that of their day.
enum Audits {
  static func run(
    _ log: String, _ sides: [DecisionSide], name: String = "log.csv", inForce: [(from: Day, side: Int?)]? = nil,
    fixed: Int? = nil, columns: LogColumns = LogColumns(), mappings: [CaseMapping]? = nil,
    typed: [TypedMapping] = [], question: AuditQuestion = AuditQuestion(), blockSize: Int = 1 << 16, workers: Int = 1
  ) throws -> (result: AuditResult, plan: AuditPlan) {
    var blocks = try CaseBlocks(name: name, blockSize: blockSize, source: Replays.source(Array(log.utf8)))
    let plan = try AuditPlan(
      blocks, file: name, sides: sides, log: columns, inForce: inForce ?? [],
      fixed: inForce == nil ? fixed ?? sides.count - 1 : nil,
      mappings: mappings ?? sides.map { _ in CaseMapping() }, typed: typed, question: question)
    let all = (0..<workers).map { _ in AuditWorker(plan) }
    var next = 0
    while let piece = try blocks.next() {
      _ = try all[next % workers].run(piece)
      next += 1
    }
    return (AuditResult(all.map { $0.finished() }, plan: plan, headerLines: blocks.headerLines), plan)
  }

  /// A decision that says no above a limit.
  static func limit(_ limit: Int, input: String = "x", more: String = "") -> DecisionSide {
    Replays.side(
      """
      id: d
      title: D
      question: What?
      inputs: [{name: \(input), type: number\(more)}]
      outputs: [{name: r, type: string, allowed: '"no", "yes"', strictest: first}]
      hitPolicy: first
      rules: |
        | id | \(input) | r   |
        |----|----------|-----|
        | r1 | > \(limit) | no  |
        | r2 | -        | yes |
      """)
  }
}
