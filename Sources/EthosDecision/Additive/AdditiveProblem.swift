/// Rules whose answers are added up, on two sides of a comparison, and what becomes of the sums.
struct AdditiveProblem {
  /// A rule that adds to sums where it holds.
  ///
  /// Rules with the same box are one.
  struct Term {
    var box: SparseBox
    /// What it adds to each sum.
    var adds: [Int64]
    /// The flags that it sets; see `Goal`.
    var flags: UInt64
  }

  /// A value that a sum is where no rule adds to it.
  enum Fallback: Hashable {
    case number(Int64)
    /// Something else, or nothing at all.
    case other(OutcomeID)
  }

  /// What is asked of the sums.
  enum Goal {
    /// Whether one sum differs before and after. There is one sum, of the differences; the rules that are there on both
    /// sides set the first flag, those before alone the second, those after alone the third.
    case total(before: Fallback, after: Fallback)
    /// Whether tables that use sums answer otherwise. Each sum has a flag that a rule added to it.
    case tables(before: ScoreTable, after: ScoreTable, scores: [Score])
  }

  /// A sum that a table uses: where its values are told apart.
  struct Score {
    /// The constants that cut its axis, in order, as numbers of the sums.
    var keys: [Int64]
    /// The atoms of the gaps and constants, in order.
    var atoms: [Int32]
    /// The atom where no rule adds to it; nil where that is no answer.
    var fallback: Int32?
    var hasFallback: Bool { fallback != nil }

    /// The atom of a sum.
    func atom(_ sum: Int64) -> Int32 {
      var (low, high) = (0, keys.count)
      while low < high {
        let middle = (low + high) / 2
        if keys[middle] < sum { low = middle + 1 } else { high = middle }
      }
      return atoms[low < keys.count && keys[low] == sum ? 2 * low + 1 : 2 * low]
    }
  }

  /// A table over facts and sums, of which the first rule that holds answers.
  struct ScoreTable {
    struct Rule {
      /// The conditions on facts.
      var box: SparseBox
      /// The conditions on sums, by the number of the sum.
      var sides: [(sum: Int, set: AtomSet)]
      var outcome: OutcomeID
    }
    var rules: [Rule]
    /// The sums that it needs: without one of them it fails.
    var sums: [Int]
    var failed: OutcomeID
  }

  let axes: [Axis]
  var terms: [Term]
  var goal: Goal
  /// By axis, the atoms that are asked about; nil where all are.
  var allowed: [Int: AtomSet] = [:]

  var sumCount: Int {
    switch goal {
    case .total: 1
    case .tables(_, _, let scores): scores.count
    }
  }
}
