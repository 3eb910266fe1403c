import EthosApp
import EthosTestSupport
import Testing

/// Whether each dishonest act is found, at a random point of a random honest history.
@Suite struct DishonestTests {
  /// Acts that are not found yet.
  ///
  /// They are passed over, so that this set is the list of what is to be done.
  static let notYet: Set<DishonestAct> = []

  /// What was found wrong once stays found: these run first.
  static let kept: [DishonestAct: [UInt64]] = [.mergeBackdated: [1_012]]

  @Test(.enabled(if: HistoryRun.only == nil), arguments: DishonestAct.allCases.filter { !notYet.contains($0) })
  func `a dishonest act is found`(act: DishonestAct) throws {
    var done = 0
    let seeds = (Self.kept[act] ?? []) + (0..<UInt64(60 * soakFactor)).map { 1_000 + $0 }
    for seed in seeds where done < (soakFactor == 1 ? 1 : 17 * soakFactor / 10) {
      done += try run(act, seed) ? 1 : 0
    }
    #expect(done > 0, "no history gave the occasion for `\(act)`")
  }

  @Test(.enabled(if: HistoryRun.only?.act != nil)) func `the one history that was asked for`() throws {
    guard let only = HistoryRun.only, let act = DishonestAct.allCases.first(where: { "\($0)" == only.act }) else {
      throw TestFailure("there is no such act: \(DishonestAct.allCases.map { "\($0)" }.joined(separator: " "))")
    }
    #expect(try run(act, only.seed), "the history gives no occasion for the act")
  }

  /// Whether the history gave the occasion.
  private func run(_ act: DishonestAct, _ seed: UInt64) throws -> Bool {
    let history = try DishonestHistory(act, seed: seed)
    let outcome: DishonestHistory.Outcome
    do {
      outcome = try history.outcome()
    } catch {
      Issue.record("\(HistoryRun.command(seed, act)): \(error)\n\(history.world.acts.joined(separator: "\n"))")
      return true
    }
    switch outcome {
    case .impossible: return false
    case .found(let codes, let wrong):
      HistoryRun.tell("\(act), seed \(seed): found by \(codes.joined(separator: ", "))", history.world)
      for line in wrong {
        let found = codes.joined(separator: ", ")
        Issue.record(
          "\(HistoryRun.command(seed, act)): \(act.rawValue): \(line) (found by \(found))\n\(history.world.acts.joined(separator: "\n"))"
        )
      }
    case .missed(let report):
      Issue.record("\(HistoryRun.command(seed, act)): not found: \(act.rawValue)\n\(report)")
    }
    return true
  }
}
