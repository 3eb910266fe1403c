package import EthosDecision

/// What one side answers in a case, with the rules behind it; equal ones are one.
package struct Verdict: Hashable, Sendable {
  package var outcome: Outcome
  /// The rules, by their place in the table; none where several lead to the same answer for a fact that is missing.
  package var rules: [Int]

  package init(_ outcome: Outcome, rules: [Int] = []) {
    self.outcome = outcome
    self.rules = rules
  }
}

/// The verdicts of one side by number.
///
/// Where one rule answers alone, its number is that of the verdict; others follow in the order in which they are met.
struct VerdictList {
  private let ofRules: [Verdict?]
  private var others: [Verdict] = []
  private var numbers: [Verdict: Int32] = [:]
  private var ofSets: [[UInt64]: Int32] = [:]

  init(_ side: RuleSide) {
    guard side.answersByFirstRule, let compiled = side.compiled else {
      ofRules = []
      return
    }
    ofRules = (0..<compiled.ruleCount).map { rule in
      var mask = [UInt64](repeating: 0, count: (compiled.ruleCount + 63) / 64)
      mask[rule / 64] = 1 << UInt64(rule % 64)
      return compiled.evaluation(ofRules: mask).map { Verdict($0.outcome, rules: $0.rules) }
    }
  }

  /// Whether there are more answers than are counted.
  var isFull: Bool { others.count > CaseLimits.answers }

  subscript(number: Int32) -> Verdict {
    let place = Int(number)
    return place < ofRules.count ? ofRules[place] ?? Verdict(.failed) : others[place - ofRules.count]
  }

  mutating func number(of verdict: Verdict) -> Int32 {
    if let known = numbers[verdict] { return known }
    let number = Int32(ofRules.count + others.count)
    others.append(verdict)
    numbers[verdict] = number
    return number
  }

  /// The verdict of a set of rules that hold together, none of which is open.
  mutating func number(ofSet alive: [UInt64], _ compiled: CompiledDecision) -> Int32? {
    if let known = ofSets[alive] { return known }
    // The bit behind the rules says that no fact is missing, and is no rule.
    var rules = Array(alive.prefix((compiled.ruleCount + 63) / 64))
    if compiled.ruleCount % 64 != 0, let last = rules.indices.last {
      rules[last] &= (1 << UInt64(compiled.ruleCount % 64)) - 1
    }
    guard let found = compiled.evaluation(ofRules: rules) else { return nil }
    let number = number(of: Verdict(found.outcome, rules: found.rules))
    ofSets[alive] = number
    return number
  }
}
