import EthosTestSupport
import Testing

@testable import EthosDecision

/// The search with learned clauses against trying everything, and its proofs against a checker of their own.
@Suite struct ClauseSolverTests {
  private func clauses(_ count: Int, _ variables: Int, _ random: inout SeededGenerator) -> [[Literal]] {
    (0..<count).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Literal(code: Int32.random(in: 0..<Int32(2 * variables), using: &random))
      }
    }
  }

  /// Whether clauses can hold together, by trying all values.
  private func canHold(_ clauses: [[Literal]], _ variables: Int) -> Bool {
    (0..<(1 << variables)).contains { values in
      clauses.allSatisfy { clause in clause.contains { (values >> $0.variable) & 1 == ($0.isNegated ? 0 : 1) } }
    }
  }

  @Test(arguments: 0..<8) func `answers are those of trying everything, and proofs hold`(worker: Int) {
    var random = SeededGenerator(seed: 41_000 + UInt64(worker))
    var refuted = 0
    for _ in 0..<(300 * soakFactor) {
      let variables = Int.random(in: 1...10, using: &random)
      let known = clauses(Int.random(in: 1...(5 * variables), using: &random), variables, &random)
      var solver = ClauseSolver(keepsProof: true)
      for _ in 0..<variables { _ = solver.newVariable() }
      for clause in known { solver.add(clause) }
      // Questions one after the other, about what was learned before too.
      var added = known
      for _ in 0..<3 {
        let assumptions = clauses(1, variables, &random)[0]
        var budget = Int.max
        let expected = canHold(added + assumptions.map { [$0] }, variables)
        switch solver.solve(assuming: assumptions, budget: &budget) {
        case .satisfied:
          #expect(expected, "\(added) assuming \(assumptions)")
          let broken = (added + assumptions.map { [$0] }).filter { clause in !clause.contains { solver.holds($0) } }
          #expect(broken.isEmpty)
        case .refuted:
          #expect(!expected, "\(added) assuming \(assumptions)")
          refuted += 1
          let proof = solver.proof
          #expect(ProofChecker.refutes(added, proof, assuming: assumptions), "\(added)\n\(proof)")
        case .unfinished: Issue.record("a budget without an end was spent")
        }
        let more = clauses(1, variables, &random)[0]
        added.append(more)
        solver.add(more)
      }
    }
    #expect(refuted > 100)
  }

  /// More pigeons than holes: no clause by itself says so.
  private func pigeons(_ holes: Int, _ solver: inout ClauseSolver) -> [[Literal]] {
    let places = (0...holes).map { _ in (0..<holes).map { _ in solver.newVariable() } }
    var clauses = places
    for hole in 0..<holes {
      for first in 0...holes {
        for second in 0..<first { clauses.append([!places[first][hole], !places[second][hole]]) }
      }
    }
    for clause in clauses { solver.add(clause) }
    return clauses
  }

  @Test func `a contradiction that takes a search has a proof that holds`() {
    var solver = ClauseSolver(keepsProof: true)
    let clauses = pigeons(5, &solver)
    var budget = Int.max
    let answer = solver.solve(budget: &budget)
    let proof = solver.proof
    #expect(answer == .refuted && proof.count > 5 && ProofChecker.refutes(clauses, proof))
    // The same proof without a clause that it needs is none.
    #expect(!ProofChecker.refutes(Array(clauses.dropFirst()), proof))
  }

  @Test func `a search ends where its steps are spent, and goes on from there`() {
    var solver = ClauseSolver()
    _ = pigeons(7, &solver)
    var (budget, rounds) = (2_000, 0)
    while solver.solve(budget: &budget) == .unfinished {
      #expect(budget <= 0)
      budget = 20_000
      rounds += 1
    }
    #expect(rounds > 1)
    let isContradictory = solver.isContradictory
    #expect(isContradictory)
  }

  /// So many contradictions that learned clauses are forgotten on the way.
  @Test func `what is forgotten is not needed`() {
    var solver = ClauseSolver()
    _ = pigeons(8, &solver)
    var budget = Int.max
    let answer = solver.solve(budget: &budget)
    #expect(answer == .refuted)
  }

  @Test func `the same question costs the same`() {
    func steps() -> Int {
      var random = SeededGenerator(seed: 7)
      var solver = ClauseSolver()
      for _ in 0..<60 { _ = solver.newVariable() }
      for clause in clauses(240, 60, &random) { solver.add(clause) }
      var budget = Int.max
      _ = solver.solve(budget: &budget)
      return solver.steps
    }
    #expect(steps() == steps())
  }
}
