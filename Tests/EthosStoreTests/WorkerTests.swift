import EthosStore
import Testing

/// Two things done at once: order, ends, and failures on either side.
@Suite struct WorkerTests {
  private struct Broken: Error, Equatable {
    var side: String
  }

  @Test func `all items arrive in their order`() throws {
    let (given, taken) = try withWorker { (next: () -> Int?) -> [Int] in
      var items: [Int] = []
      while let item = next() { items.append(item) }
      return items
    } _: { give in
      for item in 0..<10_000 { give(item) }
      return "done"
    }
    #expect(given == "done")
    #expect(taken == Array(0..<10_000))
  }

  @Test func `nothing given is nothing taken`() throws {
    let (_, taken) = try withWorker { (next: () -> Int?) in
      next()
    } _: { _ in
    }
    #expect(taken == nil)
  }

  @Test func `who takes may stop early, and nobody waits for it`() throws {
    let (given, taken) = try withWorker { (next: () -> Int?) in
      next()
    } _: { give in
      for item in 0..<10_000 { give(item) }
      return 10_000
    }
    #expect(given == 10_000)
    #expect(taken == 0)
  }

  @Test func `a failure of either side is told, that of the maker first`() {
    let failing: @Sendable (() -> Int?) throws -> Void = { next in
      _ = next()
      throw Broken(side: "taker")
    }
    #expect(throws: Broken(side: "taker")) {
      try withWorker(consuming: failing) { give in
        for item in 0..<10_000 { give(item) }
      }
    }
    #expect(throws: Broken(side: "maker")) {
      try withWorker(consuming: failing) { give in
        give(1)
        throw Broken(side: "maker")
      }
    }
  }
}
