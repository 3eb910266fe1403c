/// What is done to a table between the two revisions.
enum Edit: CaseIterable {
  case output, threshold, tenThresholds, splits, reversed, outputs

  var title: String {
    switch self {
    case .output: "1 output"
    case .threshold: "1 threshold"
    case .tenThresholds: "10 thresholds"
    case .splits: "20 rules split"
    case .reversed: "all reversed"
    case .outputs: "5 % outputs"
    }
  }

  func applied(to table: BenchTable, _ random: inout Random) -> BenchTable {
    var table = table
    switch self {
    case .output: Edit.answers(1, &table, &random)
    case .outputs: Edit.answers(table.rules.count / 20, &table, &random)
    case .threshold: Edit.thresholds(1, &table, &random)
    case .tenThresholds: Edit.thresholds(10, &table, &random)
    case .splits: Edit.split(20, &table, &random)
    case .reversed: table.rules.reverse()
    }
    return table
  }

  private static func answers(_ count: Int, _ table: inout BenchTable, _ random: inout Random) {
    for rule in table.rules.indices.shuffled(using: &random).prefix(count) {
      table.rules[rule].answer =
        (table.rules[rule].answer + Int.random(in: 1..<table.answerCount, using: &random)) % table.answerCount
    }
  }

  /// Makes one range of a number a little shorter, so that the rules beside it do not get to overlap it.
  private static func thresholds(_ count: Int, _ table: inout BenchTable, _ random: inout Random) {
    var left = count
    for rule in table.rules.indices.shuffled(using: &random) where left > 0 {
      let wide = table.rules[rule].conditions.indices.filter { isWide(table.rules[rule].conditions[$0], table) }
      guard let place = wide.randomElement(using: &random) else { continue }
      let size = table.inputs[table.rules[rule].conditions[place].input].domain.size
      if table.rules[rule].conditions[place].high < size - 1 {
        table.rules[rule].conditions[place].high -= 1
      } else {
        table.rules[rule].conditions[place].low += 1
      }
      left -= 1
    }
    precondition(left == 0, "the table has too few thresholds")
  }

  private static func split(_ count: Int, _ table: inout BenchTable, _ random: inout Random) {
    let possible = table.rules.indices.filter { rule in
      table.rules[rule].conditions.contains { isWide($0, table) } || freeNumber(table.rules[rule], table) != nil
    }
    let chosen = Set(possible.shuffled(using: &random).prefix(count))
    precondition(chosen.count == count, "the table has too few rules that can be split")
    var rules: [BenchTable.Rule] = []
    for (index, rule) in table.rules.enumerated() {
      guard chosen.contains(index) else {
        rules.append(rule)
        continue
      }
      var (lower, upper) = (rule, rule)
      if let place = rule.conditions.indices.first(where: { isWide(rule.conditions[$0], table) }) {
        let condition = rule.conditions[place]
        let cut = Int.random(in: condition.low + 1...condition.high, using: &random)
        lower.conditions[place].high = cut - 1
        upper.conditions[place].low = cut
      } else if let input = freeNumber(rule, table) {
        let size = table.inputs[input].domain.size
        let cut = Int.random(in: 1..<size, using: &random)
        lower.conditions.append(BenchTable.Condition(input: input, low: 0, high: cut - 1))
        upper.conditions.append(BenchTable.Condition(input: input, low: cut, high: size - 1))
      }
      rules += [lower, upper]
    }
    table.rules = rules
  }

  /// The first number that a rule says nothing of.
  private static func freeNumber(_ rule: BenchTable.Rule, _ table: BenchTable) -> Int? {
    table.inputs.indices.first { input in
      if case .number = table.inputs[input].domain { !rule.conditions.contains { $0.input == input } } else { false }
    }
  }

  private static func isWide(_ condition: BenchTable.Condition, _ table: BenchTable) -> Bool {
    guard case .number = table.inputs[condition.input].domain else { return false }
    return condition.low < condition.high
  }
}
