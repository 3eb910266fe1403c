import DMNTCK
import EthosDMN
import EthosDecision
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosText
import Foundation
import Testing

/// The test cases of level 2 of the DMN TCK, which the repository does not hold.
private enum TCK {
  /// The folder of `ETHOS_DMN_TCK`, else one beside the package.
  static let root: String? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = package.deletingLastPathComponent()
    let candidates: [String?] = [
      ProcessInfo.processInfo.environment["ETHOS_DMN_TCK"].map { $0 + "/compliance-level-2" },
      ProcessInfo.processInfo.environment["ETHOS_DMN_TCK"],
      beside.appendingPathComponent("shared/data/dmn-tck/compliance-level-2").path,
    ]
    return candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0 + "/0004-simpletable-U") }
  }()

  static func files(_ folder: String, _ ending: String) -> [SourceText] {
    guard let root else { return [] }
    let path = "\(root)/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(path)/\(name)").map { SourceText(path: name, bytes: [UInt8]($0)) }
    }
  }

  static var folders: [String] {
    guard let root else { return [] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }
}

private let absence: Comment =
  "the DMN TCK is not here: set ETHOS_DMN_TCK to its folder, which holds compliance-level-2"

@Suite struct `DMN TCK` {
  @Test(.enabled(if: TCK.root != nil, absence)) func `level 2 passes whole`() {
    var counts = (passed: 0, all: 0)
    for name in TCK.folders {
      let models = Dictionary(TCK.files(name, ".dmn").map { ($0.path, $0) }) { first, _ in first }
      let folder = TCKFolder.run(name, models: models, tests: TCK.files(name, ".xml"), now: nil, zones: nil)
      for verdict in folder.verdicts where verdict.outcome != .passed {
        Issue.record("\(verdict.caseID) \(verdict.name): expected \(verdict.expected), actual \(verdict.actual)")
      }
      counts.passed += folder.cases.passed
      counts.all += folder.cases.all
    }
    print("DMN TCK, level 2: \(counts.passed) of \(counts.all) cases pass")
    #expect(counts.passed == 116 && counts.all == 116)
  }

  /// The models are imported, their files printed and read, and exported again; then the cases run.
  @Test(.enabled(if: TCK.root != nil, absence)) func `level 2 survives a round trip through files`() {
    var counts = (passed: 0, left: 0, all: 0)
    for name in TCK.folders {
      for source in TCK.files(name, ".dmn") {
        let trip = RoundTrip(source)
        #expect(trip.problems.isEmpty, "\(name): \(trip.problems)")
        for file in TCK.files(name, ".xml").compactMap({ TCKFile.read($0).file }) where file.model == source.path {
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
  @Test(.enabled(if: TCK.root != nil, absence)) func `level 2 passes as decisions of an identity`() {
    var counts = (passed: 0, all: 0)
    for name in TCK.folders {
      for source in TCK.files(name, ".dmn") {
        let trip = RoundTrip(source)
        var graph = DecisionGraph(Snapshot(documents: trip.documents))
        for file in TCK.files(name, ".xml").compactMap({ TCKFile.read($0).file }) where file.model == source.path {
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
