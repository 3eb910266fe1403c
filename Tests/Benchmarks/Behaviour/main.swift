import EthosDecision
import EthosModel
import Glibc

/// Measures the behavioural difference of generated tables, and says which bars it keeps.
///
/// `behaviour-bench [--peer FOLDER] [--only TEXT]`: the tables for the solver, and our times on them, are put in the
/// folder; only what has the text in its title (`partition, first, 10000, 1 output`) is measured.

func option(_ name: String) -> String? {
  guard let place = CommandLine.arguments.firstIndex(of: name), place + 1 < CommandLine.arguments.count else {
    return nil
  }
  return CommandLine.arguments[place + 1]
}

let only = option("--only").map { Array($0.utf8) }

/// Whether something of this title is to be measured.
func isWanted(_ title: String) -> Bool {
  guard let only else { return true }
  let text = Array(title.utf8)
  return only.count <= text.count
    && (0...text.count - only.count).contains { text[$0..<$0 + only.count].elementsEqual(only) }
}

/// Every region is told, not only the largest.
let limits: BehaviourLimits = {
  var limits = BehaviourLimits.standard
  limits.regions = 1_000
  return limits
}()

/// Tables that overlap everywhere, flags that are added up, and random clauses, which a solver is asked about too.
@MainActor func hardTables() throws {
  var random = Random(seed: 2_026)
  func measure(_ family: String, _ table: BenchTable, _ edit: Edit, _ changed: BenchTable, bar: Double) throws {
    guard isWanted("\(family), \(table.rules.count)") else { return }
    let sample = try Measuring.sample(table.text, changed.text, limits: limits)
    report.row(family, table, edit, sample)
    bars.check("\(family), \(table.rules.count) rules: a verdict", holds: sample.difference.verdict != .undecided)
    bars.check("\(family), \(table.rules.count) rules, \(edit.title)", sample.solving, below: bar)
  }
  let crossing = HardTables.crossing(2_000, &random)
  var reversed = crossing
  reversed.rules[..<2_000].reverse()
  try measure("crossing", crossing, .reversed, reversed, bar: 10_000)
  let wide = HardTables.crossing(5_000, &random)
  try measure("crossing", wide, .tenThresholds, HardTables.moved(wide), bar: 10_000)
  for count in [31, 100] {
    let scorecard = HardTables.scorecard(count, flags: 30, &random)
    var one = scorecard
    one.rules[1].answer += 1
    try measure("scorecard", scorecard, .output, one, bar: 1_000)
    var all = scorecard
    for rule in all.rules.indices.dropFirst() { all.rules[rule].answer += rule % 3 - 1 }
    try measure("scorecard", scorecard, .outputs, all, bar: 1_000)
  }
  for (number, flags) in [50, 100, 150, 200, 200, 200, 200, 200].enumerated() {
    let table = HardTables.clauses(860, flags: flags, &random)
    var changed = table
    changed.rules[860].answer = 2
    guard isWanted("clauses, \(flags)") else { continue }
    let sample = try Measuring.sample(table.text, changed.text, limits: limits)
    report.row("clauses, \(flags) flags", table, .output, sample)
    bars.check("clauses, \(flags) flags: a verdict", holds: sample.difference.verdict != .undecided)
    try peer.write("clauses-\(number)", table, changed, sample)
  }
}

var bars = Bars()
var report = Report()

report.header()
for family in Family.allCases {
  for hitPolicy in family == .overlapping ? ["first"] : ["first", "unique"] {
    var oneCell: [Int: (before: String, after: String)] = [:]
    for count in [100, 1_000, 10_000] {
      var random = Random(seed: UInt64(count))
      let table = family.table(rules: count, inputs: 20, hitPolicy: hitPolicy, &random)
      for edit in Edit.allCases where family != .overlapping || (edit != .reversed && edit != .outputs) {
        let name = "\(family.rawValue), \(hitPolicy)"
        let changed = edit.applied(to: table, &random)
        guard isWanted("\(name), \(count), \(edit.title)") else { continue }
        let sample = try Measuring.sample(table.text, changed.text, limits: limits)
        report.row(name, table, edit, sample)
        let what = "\(name), \(count) rules, \(edit.title)"
        switch edit {
        case .output, .threshold, .tenThresholds:
          bars.check("\(what): a verdict within 2 s", sample.solving, below: 2_000)
          bars.check("\(what): decided, or undecided and why", holds: sample.isAccountedFor)
        case .splits:
          bars.check("\(what): equivalent", holds: sample.difference.verdict == .equivalent)
          bars.check("\(what): in under 0.2 s", sample.solving, below: 200)
        case .reversed:
          bars.check("\(what): equivalent", holds: sample.difference.verdict == .equivalent)
        case .outputs: break
        }
        if edit == .output { oneCell[count] = (table.text, changed.text) }
      }
    }
    if family != .overlapping, let small = oneCell[1_000], let large = oneCell[10_000] {
      bars.check(
        "\(family.rawValue), \(hitPolicy): one cell in 10,000 rules against one in 1,000, comparing",
        try Measuring.growth(from: small, to: large, limits: limits), below: 3, unit: "x")
    }
  }
}

let peer = Peer(folder: option("--peer"))
try hardTables()
var random = Random(seed: 5_000)
let disjoint = Family.partition.table(rules: 5_000, inputs: 6, hitPolicy: "first", &random)
for edit in [Edit.threshold, .reversed, .outputs] {
  let changed = edit.applied(to: disjoint, &random)
  guard isWanted("disjoint, \(edit.title)") else { continue }
  let sample = try Measuring.sample(disjoint.text, changed.text, limits: limits)
  report.row("disjoint and complete", disjoint, edit, sample)
  let what = "disjoint, 5,000 rules, 6 inputs, \(edit.title)"
  switch edit {
  case .reversed:
    bars.check("\(what): proved equivalent", holds: sample.difference.verdict == .equivalent)
    bars.check("\(what): in under 2 s", sample.solving, below: 2_000)
  case .outputs:
    // Neighbours that changed alike are one region.
    let named = Set(sample.difference.regions.flatMap(\.rulesBefore))
    bars.check(
      "\(what): all regions, and in them all \(disjoint.rules.count / 20) rules",
      holds: sample.difference.verdict == .different && sample.difference.isComplete
        && sample.difference.moreRegions == 0 && named.count == disjoint.rules.count / 20)
    bars.check("\(what): in under 2 s", sample.solving, below: 2_000)
  default:
    bars.check("\(what): different", holds: sample.difference.verdict == .different)
  }
  try peer.write("\(edit)", disjoint, changed, sample)
}
bars.tell()
exit(bars.missed == 0 ? 0 : 1)
