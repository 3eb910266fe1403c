@testable import EthosDecision

/// Checks what a search learned, by means that share nothing with it: a clause follows when setting all of its literals
/// false leads, by clauses of one open literal alone, to a contradiction (reverse unit propagation).
struct ProofChecker {
  private var clauses: [[Literal]]

  /// Whether every line follows from the clauses and the lines before it, and the last is made of negated assumptions.
  static func refutes(_ clauses: [[Literal]], _ proof: [[Literal]], assuming assumptions: [Literal] = []) -> Bool {
    var checker = ProofChecker(clauses: clauses)
    for line in proof {
      guard checker.follows(line) else { return false }
      checker.clauses.append(line)
    }
    guard let last = proof.last else { return false }
    return last.allSatisfy { literal in assumptions.contains(!literal) }
  }

  private func follows(_ line: [Literal]) -> Bool {
    var isFalse = Set(line)
    if line.contains(where: { isFalse.contains(!$0) }) { return true }
    var hasMoved = true
    while hasMoved {
      hasMoved = false
      for clause in clauses where !clause.contains(where: { isFalse.contains(!$0) }) {
        let open = Set(clause.filter { !isFalse.contains($0) })
        if open.isEmpty { return true }
        if open.count == 1, let unit = open.first {
          isFalse.insert(!unit)
          hasMoved = true
        }
      }
    }
    return false
  }
}
