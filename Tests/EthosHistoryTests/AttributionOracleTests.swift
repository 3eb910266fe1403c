import EthosGit
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import Testing

/// Attribution against its definition, on random histories of every shape that git allows.
@Suite struct AttributionOracleTests {
  /// The two ways of asking a history, which are held to the same oracle.
  private static func graphs(
    _ store: IdentityStore, _ ids: [ObjectID]
  ) throws -> [(name: String, graph: any HistoryGraph)] {
    let progress = IndexFile.Progress(commits: { _, _ in }, notice: { Issue.record("\($0)") })
    let last = try #require(ids.last)
    let index = try #require(IndexFile(store).open(ids, inForce: last, progress))
    return [("walk", WalkedGraph(store)), ("index", index)]
  }

  /// Both ways, at each commit.
  private static func asked(
    _ store: IdentityStore, _ ids: [ObjectID]
  ) throws -> [((name: String, graph: any HistoryGraph), Int)] {
    try graphs(store, ids).flatMap { graph in ids.indices.map { (graph, $0) } }
  }

  private static let blockSize = 10

  /// Histories with the ids of their commits and a store that reads them; a block of them shares a repository.
  private static func block(
    _ block: Int, isLine: Bool = false
  ) throws -> [(history: RandomHistory, ids: [ObjectID], store: IdentityStore)] {
    let repository = try TestRepository("--bare")
    let histories = (0..<blockSize).map { RandomHistory(seed: UInt64(block * blockSize + $0), isLine: isLine) }
    let ids = try RandomHistory.write(histories, to: repository)
    return try zip(histories, ids).map { history, ids in
      let opened = try Repository.open(at: repository.path, search: .exact, environment: Git.environment)
      return (history, ids, IdentityStore(opened))
    }
  }

  @Test(arguments: 0..<(20 * soakFactor))
  func `each value comes from the commit that the definition says`(block: Int) throws {
    for (history, ids, store) in try Self.block(block) {
      let oracle = AttributionOracle(history: history)
      // The order of the questions must not matter to what is kept between them.
      var random = SeededGenerator(seed: history.seed)
      let heads = ids.indices.shuffled(using: &random)
      for (name, graph) in try Self.graphs(store, ids) {
        for key in history.keys {
          let attribution = Attribution(store, graph, key: key, tips: [])
          for head in heads {
            for path in RandomEntry.paths(of: key.kind) {
              let isUnknown = oracle.isUnknown(key, path, at: head)
              let expected = isUnknown ? nil : oracle.origin(key, path, at: head)
              let origin = try attribution.origin(of: path, at: ids[head])
              let isNowhere = origin.after == nil && origin.before == nil
              let found = isNowhere ? nil : ids.firstIndex(of: origin.commit.id) ?? -1
              guard found != expected else { continue }
              Issue.record(
                "\(name): \(key).\(path) at \(head) is from \(text(found)), not \(text(expected))\n\(history)")
              return
            }
          }
        }
      }
    }
  }

  /// The oracle's texts are what is read: without this it would compare other things than what stands in the files.
  @Test(arguments: 0..<(2 * soakFactor))
  func `the values of a random history are those that its files hold`(block: Int) throws {
    for (history, ids, store) in try Self.block(block) {
      for (number, commit) in history.commits.enumerated() {
        let snapshot = try store.snapshot(at: ids[number])
        #expect(Set(snapshot.keys) == Set(commit.entries.keys), "\(number)\n\(history)")
        for (key, entry) in commit.entries {
          let document = try #require(snapshot[key])
          for path in RandomEntry.paths(of: key.kind) where !path.isEmpty {
            let found = (document.value(at: path) ?? document.written(at: path))?.summaryText
            #expect(found == entry.value(path), "\(key).\(path) at \(number): \(entry.text)")
          }
        }
      }
    }
  }

  @Test(arguments: 0..<(2 * soakFactor))
  func `the value before is the one that was in force until then`(block: Int) throws {
    for (history, ids, store) in try Self.block(block) {
      let oracle = AttributionOracle(history: history)
      for ((name, graph), head) in try Self.asked(store, ids) {
        for key in history.keys {
          let attribution = Attribution(store, graph, key: key, tips: [ids[head]])
          for path in RandomEntry.paths(of: key.kind) where !path.isEmpty {
            let expected = oracle.change(key, path, inForceAt: head)
            let found = change(try attribution.origin(of: path, at: ids[head]), ids)
            guard found != expected else { continue }
            Issue.record("\(name): \(key).\(path) at \(head): \(found), not \(expected)\n\(history)")
            return
          }
        }
      }
    }
  }

  @Test(arguments: 0..<(2 * soakFactor), [true, false])
  func `the log without anything in force goes from origin to origin`(block: Int, isLine: Bool) throws {
    for (history, ids, store) in try Self.block(block, isLine: isLine) {
      let oracle = AttributionOracle(history: history)
      let head = ids.count - 1
      for ((name, graph), key) in try Self.graphs(store, ids).flatMap({ graph in history.keys.map { (graph, $0) } }) {
        // On a line nothing is beside it: what is in force changes nothing.
        let attribution = Attribution(store, graph, key: key, tips: isLine ? [ids[head]] : [])
        for path in RandomEntry.paths(of: key.kind) where !path.isEmpty {
          let expected = oracle.changes(key, path, at: head)
          let found = try attribution.history(of: path, at: ids[head]).map { change($0, ids) }
          guard found == expected else {
            Issue.record("\(name): \(key).\(path): \(found), not \(expected)\n\(history)")
            return
          }
          let newest = try attribution.history(of: path, at: ids[head], limit: 2).map { change($0, ids) }
          #expect(newest == Array(expected.prefix(2)), "\(name): \(key).\(path)\n\(history)")
        }
      }
    }
  }

  /// What holds of a log over what was in force, however the proposals were merged: it is a chain from nothing to the
  /// value that the head has, and passes by all values that the line had.
  @Test(arguments: 0..<(2 * soakFactor))
  func `the log of what is in force is a chain through all values of the line`(block: Int) throws {
    for (history, ids, store) in try Self.block(block) {
      let oracle = AttributionOracle(history: history)
      for ((name, graph), head) in try Self.asked(store, ids) {
        let line = history.line(of: head)
        for key in history.keys {
          let attribution = Attribution(store, graph, key: key, tips: [ids[head]])
          for path in RandomEntry.paths(of: key.kind) where !path.isEmpty {
            let states = line.map { oracle.value(key, path, at: $0) }
            let changes = try attribution.history(of: path, at: ids[head]).map { change($0, ids) }
            guard let problem = problem(of: changes, through: states) else { continue }
            Issue.record("\(name): \(key).\(path) at \(head): \(problem)\n\(changes)\n\(states)\n\(history)")
            return
          }
        }
      }
    }
  }

  /// Why changes, the newest first, do not lead through states, the newest first.
  private func problem(of changes: [AttributionOracle.Change], through states: [String?]) -> String? {
    guard let newest = changes.first else {
      return states.allSatisfy { $0 == nil } ? nil : "there is no change"
    }
    if newest.after != states[0] { return "the newest change does not end with what the head has" }
    for (newer, older) in zip(changes, changes.dropFirst()) where newer.before != older.after {
      return "a change does not begin where the older one ends"
    }
    if changes.last?.before != nil { return "the first change begins with something" }
    if changes.contains(where: { $0.before == $0.after }) { return "a change changes nothing" }
    var left = changes[...]
    for (index, state) in states.enumerated() where index == 0 || states[index - 1] != state {
      // Before the first change nothing was there.
      if state == nil, index > 0, states[index...].allSatisfy({ $0 == nil }) { break }
      guard let found = left.firstIndex(where: { $0.after == state }) else { return "a value in force is missing" }
      left = left[(found + 1)...]
    }
    return nil
  }

  private func change(_ origin: Origin, _ ids: [ObjectID]) -> AttributionOracle.Change {
    AttributionOracle.Change(
      commit: ids.firstIndex(of: origin.commit.id) ?? -1,
      predecessor: origin.predecessor.map { ids.firstIndex(of: $0.id) ?? -1 }, before: origin.before?.summaryText,
      after: origin.after?.summaryText)
  }

  private func text(_ commit: Int?) -> String { commit.map { "commit \($0)" } ?? "nowhere" }
}
