import EthosDecision
import EthosModel
import EthosPractice
import EthosSyntax
import EthosText
import Synchronization
import Testing

/// Runs replays over cases in memory.
enum Replays {
  /// One side: a single decision `d`.
  static func side(_ text: String, with files: [String: String] = [:]) -> DecisionSide {
    let results = files.merging(["decisions/d.yaml": text]) { $1 }.map {
      DocumentReader.read(SourceText(path: $0.key, text: $0.value))
    }
    let problems = results.flatMap(\.diagnostics).filter { $0.severity == .error }
    #expect(problems.isEmpty, "\(problems.map(\.message))\n\(text)")
    return DecisionSide(DecisionGraph(Snapshot(documents: results.compactMap(\.document))), EntryKey(.decision, "d"))
  }

  /// A source that gives bytes a few at a time.
  static func source(_ bytes: [UInt8], atOnce: Int = .max) -> CaseBlocks.Source {
    let place = Mutex(0)
    return { buffer in
      place.withLock { place in
        let count = min(buffer.count, bytes.count - place, atOnce)
        for index in 0..<count { buffer[index] = bytes[place + index] }
        place += count
        return count
      }
    }
  }

  static func run(
    _ bytes: [UInt8], _ before: DecisionSide, _ after: DecisionSide, name: String = "cases.csv",
    separator: UInt8? = nil, mapping: CaseMapping = CaseMapping(), by: [String] = [], shows: Bool = false,
    blockSize: Int = 1 << 20, atOnce: Int = .max, workers: Int = 1
  ) throws -> ReplayResult {
    var blocks = try CaseBlocks(
      name: name, separator: separator, blockSize: blockSize, source: source(bytes, atOnce: atOnce))
    let plan = try ReplayPlan(
      blocks, file: name, sides: [before, after], mapping: mapping, by: by, showsCases: shows)
    let all = (0..<workers).map { _ in ReplayWorker(plan) }
    var next = 0
    while let piece = try blocks.next() {
      _ = try all[next % workers].run(piece)
      next += 1
    }
    return ReplayResult(all.map { $0.finished() }, plan: plan, headerLines: blocks.headerLines)
  }
}
