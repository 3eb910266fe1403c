/// When each rule of a side holds, as conditions over the places of facts.
///
/// For each fact all rules are gone through at once, place by place: what a rule costs is how often it begins and ends to
/// hold, not how many places there are.
struct SQLConditions {
  /// For each rule its condition: nil where it holds always, `1 = 0` where never.
  private(set) var texts: [String?]

  /// An axis: its places among which a case is decided, each with the rules that accept it, and how some of them are asked
  /// for.
  struct Axis {
    var places: [Int]
    var masks: [ArraySlice<UInt64>]
    var test: ([SQLRun], [Int]) -> String
  }

  init(_ axes: [Axis], rules: Int) {
    var parts: [[String]] = Array(repeating: [], count: rules)
    var never = Set<Int>()
    for axis in axes {
      var runs: [[SQLRun]] = Array(repeating: [], count: rules)
      var before: [UInt64] = []
      for (index, mask) in axis.masks.enumerated() {
        let mask = Array(mask)
        for (word, bits) in mask.enumerated() {
          var changed = bits ^ (before.isEmpty ? 0 : before[word])
          while changed != 0 {
            let rule = word * 64 + changed.trailingZeroBitCount
            changed &= changed - 1
            guard rule < rules else { break }
            if bits >> UInt64(rule % 64) & 1 == 1 {
              runs[rule].append(SQLRun(low: index, high: axis.masks.count - 1))
            } else {
              runs[rule][runs[rule].count - 1].high = index - 1
            }
          }
        }
        before = mask
      }
      for rule in 0..<rules {
        let held = runs[rule].reduce(0) { $0 + $1.high - $1.low + 1 }
        if held == axis.places.count { continue }
        if held == 0 { never.insert(rule) }
        parts[rule].append(axis.test(runs[rule], axis.places))
      }
    }
    texts = parts.enumerated().map { rule, parts in
      never.contains(rule) ? "1 = 0" : parts.isEmpty ? nil : parts.joined(separator: " AND ")
    }
  }

  /// Whether a place is one of some, among those that it can be.
  static func test(_ column: String, _ held: [Int], among known: [Int]) -> String {
    var runs: [SQLRun] = []
    var isOpen = false
    let set = Set(held)
    for (index, place) in known.enumerated() {
      guard set.contains(place) else {
        isOpen = false
        continue
      }
      if isOpen { runs[runs.count - 1].high = index } else { runs.append(SQLRun(low: index, high: index)) }
      isOpen = true
    }
    return test(column, runs, among: known)
  }

  static func test(_ column: String, _ runs: [SQLRun], among known: [Int]) -> String {
    let held = runs.reduce(0) { $0 + $1.high - $1.low + 1 }
    if held + 1 == known.count, held > 1 {
      // The one place between the runs, or before or behind them.
      let other = runs[0].low > 0 ? 0 : runs[0].high + 1
      return "\(column) <> \(known[other])"
    }
    func text(_ run: SQLRun) -> String {
      let (low, high) = (known[run.low], known[run.high])
      if run.low == run.high { return "\(column) = \(low)" }
      if run.low == 0 { return "\(column) <= \(high)" }
      return run.high == known.count - 1 ? "\(column) >= \(low)" : "\(column) BETWEEN \(low) AND \(high)"
    }
    if runs.count == 1 { return text(runs[0]) }
    let single = runs.filter { $0.low == $0.high }.map { "\(known[$0.low])" }
    var parts = runs.filter { $0.low < $0.high }.map(text)
    if single.count == 1 { parts.append("\(column) = \(single[0])") }
    if single.count > 1 { parts.append("\(column) IN (\(single.joined(separator: ", ")))") }
    return parts.count == 1 ? parts[0] : "(\(SQLColumn.any(parts)))"
  }
}

/// Places that follow one another, by their numbers among all of an axis.
struct SQLRun {
  var low: Int
  var high: Int
}
