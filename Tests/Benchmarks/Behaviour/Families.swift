/// The families of tables that are measured; each is the same for the same seed.
enum Family: String, CaseIterable {
  /// Each rule is for one value of four keys and one band of a number.
  case lookup = "look-up"
  /// Rules that do not overlap and leave nothing out: a space cut again and again, in random order.
  case partition
  /// Rules on few inputs each that overlap much; the first that holds answers.
  case overlapping

  func table(rules count: Int, inputs: Int, hitPolicy: String, _ random: inout Random) -> BenchTable {
    switch self {
    case .lookup: Family.lookup(count, inputs, hitPolicy, &random)
    case .partition: Family.partition(count, inputs, hitPolicy, &random)
    case .overlapping: Family.overlapping(count, inputs, hitPolicy, &random)
    }
  }

  private static func lookup(_ count: Int, _ inputs: Int, _ hitPolicy: String, _ random: inout Random) -> BenchTable {
    var table = BenchTable(
      inputs: (0..<inputs).map {
        BenchTable.Input(name: "i\($0)", domain: $0 < 4 ? .text(10) : $0 == 4 ? .number(1_000) : .boolean)
      }, answerCount: 8, hitPolicy: hitPolicy, rules: [], fallback: 0)
    let bands = 5
    for place in Array(0..<10_000).shuffled(using: &random).prefix((count + bands - 1) / bands) {
      let keys = [place / 1_000, place / 100 % 10, place / 10 % 10, place % 10]
      let cuts = (0..<bands - 1).map { ($0 + 1) * 200 + Int.random(in: -90...90, using: &random) }
      for (low, end) in zip([0] + cuts, cuts + [1_000]) where table.rules.count < count {
        table.rules.append(
          BenchTable.Rule(
            conditions: keys.enumerated().map { BenchTable.Condition(input: $0, low: $1, high: $1) }
              + [BenchTable.Condition(input: 4, low: low, high: end - 1)],
            answer: Int.random(in: 0..<8, using: &random)))
      }
    }
    return table
  }

  private static func partition(
    _ count: Int, _ inputs: Int, _ hitPolicy: String, _ random: inout Random
  ) -> BenchTable {
    let size = 1_000
    var boxes = [(count: count, box: [(low: Int, high: Int)](repeating: (0, size - 1), count: inputs))]
    var rules: [BenchTable.Rule] = []
    while let next = boxes.popLast() {
      if next.count == 1 {
        let conditions = next.box.enumerated().filter { $1 != (0, size - 1) }
          .map { BenchTable.Condition(input: $0, low: $1.low, high: $1.high) }
        rules.append(BenchTable.Rule(conditions: conditions, answer: Int.random(in: 0..<4, using: &random)))
        continue
      }
      let wide = next.box.indices.filter { next.box[$0].low < next.box[$0].high }
      let input = wide[Int.random(in: wide.indices, using: &random)]
      let (low, high) = next.box[input]
      let threshold = Int.random(in: low + 1...high, using: &random)
      let below = next.count / 2
      var (lower, upper) = (next.box, next.box)
      lower[input].high = threshold - 1
      upper[input].low = threshold
      boxes += [(below, lower), (next.count - below, upper)]
    }
    return BenchTable(
      inputs: (0..<inputs).map { BenchTable.Input(name: "i\($0)", domain: .number(size)) }, answerCount: 4,
      hitPolicy: hitPolicy, rules: rules.shuffled(using: &random))
  }

  private static func overlapping(
    _ count: Int, _ inputs: Int, _ hitPolicy: String, _ random: inout Random
  ) -> BenchTable {
    var table = BenchTable(
      inputs: (0..<inputs).map {
        BenchTable.Input(name: "i\($0)", domain: $0 % 3 == 0 ? .number(101) : $0 % 3 == 1 ? .text(4) : .boolean)
      }, answerCount: 4, hitPolicy: hitPolicy, rules: [])
    while table.rules.count < count - 1 {
      let used = Array(0..<inputs).shuffled(using: &random).prefix(Int.random(in: 2...4, using: &random)).sorted()
      let conditions = used.map { input in
        let size = table.inputs[input].domain.size
        var ends = (Int.random(in: 0..<size, using: &random), Int.random(in: 0..<size, using: &random))
        if size <= 4 { ends.1 = ends.0 }
        if ends.0 > ends.1 { ends = (ends.1, ends.0) }
        return BenchTable.Condition(input: input, low: ends.0, high: ends.1)
      }
      table.rules.append(BenchTable.Rule(conditions: conditions, answer: Int.random(in: 0..<4, using: &random)))
    }
    table.rules.append(BenchTable.Rule(conditions: [], answer: Int.random(in: 0..<4, using: &random)))
    return table
  }
}

/// Tables that are hard to search box by box.
enum HardTables {
  /// Rules on three of twenty wide numbers each: all overlap, and the first hundreds cover nearly everything.
  static func crossing(_ count: Int, _ random: inout Random) -> BenchTable {
    let size = 1_000
    var table = BenchTable(
      inputs: (0..<20).map { BenchTable.Input(name: "i\($0)", domain: .number(size)) }, answerCount: 3,
      hitPolicy: "first", rules: [])
    while table.rules.count < count {
      let conditions = Array(0..<20).shuffled(using: &random).prefix(3).sorted().map { input in
        let low = Int.random(in: 1...900, using: &random)
        let ends = [(low + 1, size - 1), (0, low - 1), (low, low + Int.random(in: 1...99, using: &random))]
        let (from, to) = ends[Int.random(in: 0..<3, using: &random)]
        return BenchTable.Condition(input: input, low: from, high: to)
      }
      table.rules.append(BenchTable.Rule(conditions: conditions, answer: Int.random(in: 0..<3, using: &random)))
    }
    table.rules.append(BenchTable.Rule(conditions: [], answer: 0))
    return table
  }

  /// One limit of every second rule moved by one.
  static func moved(_ table: BenchTable) -> BenchTable {
    var table = table
    for rule in table.rules.indices where rule % 2 == 0 && !table.rules[rule].conditions.isEmpty {
      if table.rules[rule].conditions[0].high < 999 {
        table.rules[rule].conditions[0].high += 1
      } else {
        table.rules[rule].conditions[0].low += 1
      }
    }
    return table
  }

  /// Random clauses of three flags each, as rules that answer where a clause is broken: the last rule answers where all of
  /// them can hold together.
  static func clauses(_ count: Int, flags: Int, _ random: inout Random) -> BenchTable {
    var table = BenchTable(
      inputs: (0..<flags).map { BenchTable.Input(name: "b\($0)", domain: .boolean) }, answerCount: 3,
      hitPolicy: "first", rules: [])
    for _ in 0..<count {
      let conditions = Array(0..<flags).shuffled(using: &random).prefix(3).sorted().map { input in
        let value = Int.random(in: 0...1, using: &random)
        return BenchTable.Condition(input: input, low: value, high: value)
      }
      table.rules.append(BenchTable.Rule(conditions: conditions, answer: 0))
    }
    table.rules.append(BenchTable.Rule(conditions: [], answer: 1))
    return table
  }

  /// Points for flags, and for two flags together.
  static func scorecard(_ count: Int, flags: Int, _ random: inout Random) -> BenchTable {
    var table = BenchTable(
      inputs: (0..<flags).map { BenchTable.Input(name: "b\($0)", domain: .boolean) }, answerCount: 0,
      hitPolicy: "collect sum", rules: [BenchTable.Rule(conditions: [], answer: 0)])
    while table.rules.count < count {
      let used = Array(0..<flags).shuffled(using: &random).prefix(table.rules.count <= flags ? 1 : 2).sorted()
      table.rules.append(
        BenchTable.Rule(
          conditions: used.map { BenchTable.Condition(input: $0, low: 1, high: 1) },
          answer: Int.random(in: 1...50, using: &random)))
    }
    return table
  }
}

/// Random numbers that are the same for a seed (SplitMix64, Steele et al.
///
/// 2014).
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
