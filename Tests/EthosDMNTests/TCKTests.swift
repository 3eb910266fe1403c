import DMNTCK
import EthosDMN
import EthosDecision
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosText
import Foundation
import Testing

/// The test cases of the levels of the DMN TCK, which the repository does not hold.
private struct TCK {
  /// The folder of the level.
  let root: String

  /// Level 2, in the folder of `ETHOS_DMN_TCK`, else in one beside the package.
  static let level2 = level("compliance-level-2", known: "0004-simpletable-U")
  static let level3 = level("compliance-level-3", known: "0068-feel-equality")

  private static func level(_ name: String, known: String) -> TCK? {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = package.deletingLastPathComponent()
    let candidates: [String?] = [
      ProcessInfo.processInfo.environment["ETHOS_DMN_TCK"].map { "\($0)/\(name)" },
      ProcessInfo.processInfo.environment["ETHOS_DMN_TCK"],
      beside.appendingPathComponent("shared/data/dmn-tck/\(name)").path,
    ]
    return candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: "\($0)/\(known)") }
      .map { TCK(root: $0) }
  }

  func files(_ folder: String, _ ending: String) -> [SourceText] {
    let path = "\(root)/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(path)/\(name)").map { SourceText(path: name, bytes: [UInt8]($0)) }
    }
  }

  var folders: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Runs the cases on the models as they are; what does not pass is recorded, but for folders that are left out.
  func run(zones: FEELZones?, except left: Set<String> = []) -> (passed: Int, all: Int) {
    var counts = (passed: 0, all: 0)
    for name in folders where !left.contains(name) {
      let models = Dictionary(files(name, ".dmn").map { ($0.path, $0) }) { first, _ in first }
      let now = FEELDateTime("2026-01-15T12:00:00Z")
      let folder = TCKFolder.run(name, models: models, tests: files(name, ".xml"), now: now, zones: zones)
      for verdict in folder.verdicts where verdict.outcome != .passed {
        Issue.record("\(verdict.caseID) \(verdict.name): expected \(verdict.expected), actual \(verdict.actual)")
      }
      counts.passed += folder.cases.passed
      counts.all += folder.cases.all
    }
    return counts
  }
}

/// The offsets of time zones, as the system knows them.
private let systemZones = FEELZones { name, local in
  guard let zone = TimeZone(identifier: name) else { return nil }
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = zone
  let parts = DateComponents(
    year: local.date.year, month: local.date.month, day: local.date.day, hour: local.time.hour,
    minute: local.time.minute, second: local.time.second)
  return calendar.date(from: parts).map { zone.secondsFromGMT(for: $0) }
}

private let absence: Comment =
  "the DMN TCK is not here: set ETHOS_DMN_TCK to its folder, which holds compliance-level-2"
private let absenceOfLevel3: Comment =
  "level 3 of the DMN TCK is not here: set ETHOS_DMN_TCK to its folder, which holds compliance-level-3"

@Suite struct `DMN TCK` {
  @Test(.enabled(if: TCK.level2 != nil, absence)) func `level 2 passes whole`() throws {
    let counts = try #require(TCK.level2).run(zones: nil)
    print("DMN TCK, level 2: \(counts.passed) of \(counts.all) cases pass")
    #expect(counts == (116, 116))
  }

  /// All of it but the functions of Java.
  @Test(.enabled(if: TCK.level3 != nil, absenceOfLevel3)) func `level 3 passes but for functions of Java`() throws {
    let counts = try #require(TCK.level3).run(zones: systemZones, except: ["0076-feel-external-java"])
    print("DMN TCK, level 3, without functions of Java: \(counts.passed) of \(counts.all) cases pass")
    #expect(counts.passed == counts.all && counts.all > 3_000)
  }

  /// The models are imported, their files printed and read, and exported again; then the cases run.
  @Test(.enabled(if: TCK.level2 != nil, absence)) func `level 2 survives a round trip through files`() throws {
    let tck = try #require(TCK.level2)
    var counts = (passed: 0, left: 0, all: 0)
    for name in tck.folders {
      for source in tck.files(name, ".dmn") {
        let trip = RoundTrip(source)
        #expect(trip.problems.isEmpty, "\(name): \(trip.problems)")
        for file in tck.files(name, ".xml").compactMap({ TCKFile.read($0).file }) where file.model == source.path {
          for test in file.cases {
            counts.all += 1
            let wanted = test.expectations.map { trip.names[$0.name] }
            guard !wanted.contains(nil) else {
              counts.left += 1
              continue
            }
            let isRight = test.expectations.allSatisfy { expectation in
              guard let decision = trip.names[expectation.name],
                let result = trip.evaluator.evaluate(decision: decision, given: RoundTrip.flattened(test.inputs))
              else { return false }
              return TCKComparison.areEqual(expectation.value ?? .null, result.value, zones: nil)
            }
            if isRight { counts.passed += 1 } else { Issue.record("\(name) \(test.id) answers otherwise") }
          }
        }
      }
    }
    print(
      "DMN TCK, level 2, through files and back: \(counts.passed) of \(counts.all) cases pass, "
        + "\(counts.left) are of decisions that are not carried over")
    #expect(counts.passed + counts.left == counts.all)
  }

  /// The decisions of the files that an import writes answer as the model does, by the tool's own evaluation.
  @Test(.enabled(if: TCK.level2 != nil, absence)) func `level 2 passes as decisions of an identity`() throws {
    let tck = try #require(TCK.level2)
    var counts = (passed: 0, all: 0)
    for name in tck.folders {
      for source in tck.files(name, ".dmn") {
        let trip = RoundTrip(source)
        var graph = DecisionGraph(Snapshot(documents: trip.documents))
        for file in tck.files(name, ".xml").compactMap({ TCKFile.read($0).file }) where file.model == source.path {
          for test in file.cases {
            counts.all += 1
            let facts = RoundTrip.flattened(test.inputs).map { (name: $0.name, value: $0.value) }
            let isRight = test.expectations.allSatisfy { expectation in
              guard let key = trip.keys[expectation.name], let decided = graph.decide(key, facts: facts) else {
                return false
              }
              return TCKComparison.areEqual(expectation.value ?? .null, decided.outcome.value, zones: nil)
            }
            if isRight { counts.passed += 1 } else { Issue.record("\(name) \(test.id) is decided otherwise") }
          }
        }
      }
    }
    print("DMN TCK, level 2, as decisions of an identity: \(counts.passed) of \(counts.all) cases pass")
    #expect(counts.passed == 116 && counts.all == 116)
  }
}
