import DMNTCK
import EthosFEEL
import EthosText
import Foundation

// Runs the test cases of the DMN TCK below a folder: `dmn-tck [--verbose] FOLDER`.

let isVerbose = CommandLine.arguments.contains("--verbose")
let paths = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
guard paths.count == 1, let root = paths.first else {
  print("usage: dmn-tck [--verbose] FOLDER")
  exit(64)
}

/// The offsets of time zones, as the system knows them.
let zones = FEELZones { name, local in
  guard let zone = TimeZone(identifier: name) else { return nil }
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = zone
  let parts = DateComponents(
    year: local.date.year, month: local.date.month, day: local.date.day, hour: local.time.hour,
    minute: local.time.minute, second: local.time.second)
  return calendar.date(from: parts).map { zone.secondsFromGMT(for: $0) }
}

func source(_ folder: String, _ name: String) -> SourceText? {
  FileManager.default.contents(atPath: "\(folder)/\(name)").map { SourceText(path: name, bytes: [UInt8]($0)) }
}

var folders: [String: [String]] = [:]
for case let path as String in FileManager.default.enumerator(atPath: root) ?? FileManager.DirectoryEnumerator() {
  let full = "\(root)/\(path)"
  guard full.hasSuffix(".dmn") || full.hasSuffix(".xml"), let slash = full.lastIndex(of: "/") else { continue }
  folders[String(full[..<slash]), default: []].append(String(full[full.index(after: slash)...]))
}

let seconds = Int(Date().timeIntervalSince1970)
let now = FEELDateTime(localNanoseconds: Int128(seconds) * 1_000_000_000, zone: .utc)
var total = (passed: 0, failed: 0, errors: 0, cases: 0, passedCases: 0)
for (folder, names) in folders.sorted(by: { $0.key < $1.key }) {
  let tests = names.filter { $0.hasSuffix(".xml") }.sorted().compactMap { source(folder, $0) }
  guard !tests.isEmpty else { continue }
  var models: [String: SourceText] = [:]
  for name in names where name.hasSuffix(".dmn") { models[name] = source(folder, name) }
  let result = TCKFolder.run(
    folder.split(separator: "/").last.map(String.init) ?? folder, models: models, tests: tests, now: now, zones: zones)
  total.passed += result.passed
  total.failed += result.failed
  total.errors += result.errors
  total.cases += result.cases.all
  total.passedCases += result.cases.passed
  print("\(result.name): \(result.passed) passed, \(result.failed) failed, \(result.errors) errors")
  guard isVerbose else { continue }
  for verdict in result.verdicts where verdict.outcome != .passed {
    print("  \(verdict.caseID) \(verdict.name)")
    print("    expected \(verdict.expected), actual \(verdict.actual)")
    for problem in verdict.problems.prefix(3) { print("    \(problem)") }
  }
}
print(
  "total: \(total.passed) passed, \(total.failed) failed, \(total.errors) errors; "
    + "\(total.passedCases) of \(total.cases) cases")
exit(total.failed + total.errors == 0 ? 0 : 1)
