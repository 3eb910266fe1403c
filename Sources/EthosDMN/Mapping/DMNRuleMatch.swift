import EthosModel
import EthosText

/// Which rule of a table became which: by what the rules say, never by where they stand.
///
/// Rules that say the same are the same. Among the others, between the same neighbours, a rule keeps its conditions or its
/// answer; an id counts where it stayed with the rules that did not change. Costs a pass over the rules.
struct DMNRuleMatch {
  struct Rule {
    var id: String?
    /// The conditions and answers, without those of cells that say nothing.
    var tests: [String: String]
    var answers: [String: String]
  }

  /// For each rule of the later table the one that it was; nil for a new one.
  private(set) var earlier: [Int?]
  /// The later rules that are not what they were.
  private(set) var changed: Set<Int> = []
  /// The earlier rules that became nothing.
  private(set) var gone: [Int] = []

  init(_ before: [Rule], _ after: [Rule]) {
    earlier = after.map { _ in nil }
    var isTaken = before.map { _ in false }
    func whole(_ rule: Rule) -> [[String: String]] { [rule.tests, rule.answers] }
    var places: [[[String: String]]: [Int]] = [:]
    for (index, rule) in before.enumerated().reversed() { places[whole(rule), default: []].append(index) }
    for (index, rule) in after.enumerated() {
      guard let same = places[whole(rule)]?.popLast() else { continue }
      earlier[index] = same
      isTaken[same] = true
    }
    let areIDsKept = after.indices.allSatisfy { index in earlier[index].map { before[$0].id == after[index].id } ?? true
    }
    func match(_ isSame: (Rule, Rule) -> Bool, within old: Range<Int>, _ new: Range<Int>) {
      for index in new where earlier[index] == nil {
        let found = old.filter { !isTaken[$0] && isSame(before[$0], after[index]) }
        guard found.count == 1, let only = found.first,
          new.filter({ earlier[$0] == nil && isSame(before[only], after[$0]) }).count == 1
        else { continue }
        earlier[index] = only
        isTaken[only] = true
        changed.insert(index)
      }
    }
    if areIDsKept {
      match({ $0.id != nil && $0.id == $1.id }, within: before.indices, after.indices)
    }
    match({ $0.tests == $1.tests }, within: before.indices, after.indices)
    for (old, new) in gaps(before.count, after.count) {
      match({ $0.answers == $1.answers }, within: old, new)
    }
    gone = before.indices.filter { !isTaken[$0] }
  }

  /// The places between rules that are matched in the same order on both sides.
  private func gaps(_ before: Int, _ after: Int) -> [(Range<Int>, Range<Int>)] {
    var result: [(Range<Int>, Range<Int>)] = []
    var old = 0
    var new = 0
    for index in earlier.indices {
      guard let place = earlier[index], place >= old else { continue }
      result.append((old..<place, new..<index))
      (old, new) = (place + 1, index + 1)
    }
    return result + [(old..<before, new..<after)]
  }
}
