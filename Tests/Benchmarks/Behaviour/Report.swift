import EthosDecision
import EthosModel
import Glibc

/// The table of what was measured.
struct Report {
  private static let widths = [22, 7, 7, 15, 11, 8, 8, 8, 10, 9]

  func header() {
    if Stopwatch.usesProcessTime { print("times are those of the process, in ms") } else { print("times are in ms") }
    print(
      Report.line(["family", "rules", "inputs", "edit", "verdict", "regions", "reading", "grid", "comparing", "whole"]))
  }

  func row(_ family: String, _ table: BenchTable, _ edit: Edit, _ sample: Sample) {
    let difference = sample.difference
    print(
      Report.line([
        family, "\(table.rules.count)", "\(table.inputs.count)", edit.title, difference.verdict.rawValue,
        "\(difference.regions.count + difference.moreRegions)\(difference.isComplete ? "" : "+")",
        Report.number(sample.reading), Report.number(sample.layingOut), Report.number(sample.comparing),
        Report.number(sample.whole),
      ]))
    if let reason = difference.reason { print("    \(reason)") }
  }

  /// With one digit behind the point.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func line(_ cells: [String]) -> String {
    zip(cells, widths).enumerated().map { index, cell in
      let space = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return [0, 3, 4].contains(index) ? cell.0 + space : space + cell.0
    }.joined(separator: " ")
  }
}

/// The bars, and which of them were missed.
struct Bars {
  private var lines: [String] = []
  private(set) var missed = 0

  mutating func check(_ title: String, _ value: Double, below bar: Double, unit: String = "ms") {
    check("\(title) (\(Report.number(value)) \(unit))", holds: value < bar)
  }

  mutating func check(_ title: String, holds: Bool) {
    lines.append("\(holds ? "PASS" : "MISS") \(title)")
    if !holds { missed += 1 }
  }

  func tell() {
    print("")
    for line in lines { print(line) }
    print("\(lines.count - missed) of \(lines.count) bars kept")
  }
}

extension Sample {
  /// Whether there is a verdict, or the reason why there is none.
  var isAccountedFor: Bool { difference.verdict != .undecided || difference.reason != nil }
}

/// Where the solver finds the tables.
struct Peer {
  /// A folder that exists; nil where no solver is asked.
  let folder: String?

  /// One question: both tables, what we answer, and how long it took us: from the tables on, and from their files on.
  func write(_ edit: String, _ before: BenchTable, _ after: BenchTable, _ sample: Sample) throws {
    guard let folder else { return }
    let text = """
      {"edit":"\(edit)","verdict":"\(sample.difference.verdict.rawValue)","milliseconds":\(sample.solving),
      "whole":\(sample.whole),"before":\(before.json),"after":\(after.json)}

      """
    guard let file = fopen("\(folder)/\(edit).json", "w") else {
      throw BenchFailure(description: "`\(folder)` cannot be written to")
    }
    fputs(text, file)
    fclose(file)
  }
}
