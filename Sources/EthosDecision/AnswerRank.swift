import EthosFEEL

/// The rank of an answer under `priority` and `output order` (DMN 1.5, 8.2.8): the place of each output's value among its
/// allowed values, the first output first.
///
/// An output without such an order does not count; a value outside of it comes last. Answers of one rank come in the
/// order of their rules.
enum AnswerRank {
  static func of(_ values: [FEELValue], _ outputs: [DecisionTable.Output]) -> [Int] {
    zip(outputs, values).map { output, value in
      output.priorities.firstIndex { $0 == value || FEELComparing.equal($0, value) == true } ?? output.priorities.count
    }
  }

  static func precedes(_ left: [Int], _ right: [Int]) -> Bool { left.lexicographicallyPrecedes(right) }
}
