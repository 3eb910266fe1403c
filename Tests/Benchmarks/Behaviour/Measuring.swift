import EthosDecision
import EthosModel
import EthosSyntax
import EthosText
import Glibc

/// What comparing two revisions cost, and what came of it.
struct Sample {
  var reading: Double
  var layingOut: Double
  var comparing: Double
  var difference: BehaviourDifference

  var whole: Double { reading + layingOut + comparing }

  /// What a solver does once the tables are in memory: building and solving.
  var solving: Double { layingOut + comparing }
}

struct BenchFailure: Error, CustomStringConvertible {
  var description: String
}

enum Measuring {
  /// Times are milliseconds.
  ///
  /// Each is the median of several runs, and of one where a run takes long.
  static func sample(_ before: String, _ after: String, limits: BehaviourLimits) throws -> Sample {
    var samples: [Sample] = []
    var spent = 0.0
    while samples.count < 3 || (samples.count < 9 && spent < 500) {
      let sample = try once(before, after, limits: limits)
      samples.append(sample)
      spent += sample.whole
      if samples.count == 1, spent > 4_000 { break }
    }
    return Sample(
      reading: median(samples.map(\.reading)), layingOut: median(samples.map(\.layingOut)),
      comparing: median(samples.map(\.comparing)), difference: samples[0].difference)
  }

  /// How many times longer the comparison of the second pair of tables takes than that of the first, once both are read
  /// and laid out: the median over pairs of runs, one after the other, so that both meet the same machine.
  ///
  /// As in use, each comparison is the first of what was laid out for it.
  static func growth(
    from small: (before: String, after: String), to large: (before: String, after: String), limits: BehaviourLimits
  ) throws -> Double {
    let sides = try [small, large].map { (try side($0.before), try side($0.after)) }
    return median(
      try (0..<25).map { _ in
        let times = try sides.map { try once($0.0, $0.1, limits: limits).comparing }
        return times[1] / times[0]
      })
  }

  private static func once(_ before: String, _ after: String, limits: BehaviourLimits) throws -> Sample {
    let start = Stopwatch.now
    let (left, right) = (try side(before), try side(after))
    var sample = try once(left, right, limits: limits)
    sample.reading = Stopwatch.now - start - sample.solving
    return sample
  }

  /// What two sides that are read cost.
  private static func once(
    _ left: DecisionSide, _ right: DecisionSide, limits: BehaviourLimits
  ) throws -> Sample {
    let read = Stopwatch.now
    let comparison = BehaviourComparison.prepare(left, right)
    let laidOut = Stopwatch.now
    let difference = try comparison.difference(limits: limits)
    // Giving the memory back is no part of it.
    let end = withExtendedLifetime((left, right, comparison)) { Stopwatch.now }
    return Sample(reading: 0, layingOut: laidOut - read, comparing: end - laidOut, difference: difference)
  }

  /// One side, read: from the text of its file to every cell.
  private static func side(_ text: String) throws -> DecisionSide {
    let result = DocumentReader.read(SourceText(path: "decisions/d.yaml", text: text))
    guard let document = result.document, !result.hasErrors else {
      throw BenchFailure(description: "the table cannot be read: \(result.diagnostics.first?.message ?? "")")
    }
    var graph = DecisionGraph(Snapshot(documents: [document]))
    guard graph.decision(document.key) != nil, graph.obstacle(to: document.key) == nil else {
      throw BenchFailure(description: "the decision has errors")
    }
    return DecisionSide(graph, document.key)
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }
}

/// Milliseconds by the clock, or, where other programs have the processor too, of this program on it.
enum Stopwatch {
  static let usesProcessTime = getenv("ETHOS_BENCH_PROCESS_TIME") != nil
  private static let clock = ContinuousClock()
  private static let start = clock.now

  static var now: Double {
    guard usesProcessTime else { return (clock.now - start) / .milliseconds(1) }
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
  }
}
