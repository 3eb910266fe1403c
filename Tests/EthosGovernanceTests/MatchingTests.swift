import EthosGovernance
import EthosTestSupport
import Testing

@Suite struct `The matching of people and seats` {
  /// The most seats that can be filled, by trying everything.
  private static func most(_ eligible: ArraySlice<Set<String>>, _ taken: Set<String> = []) -> Int {
    guard let seat = eligible.first else { return 0 }
    let rest = eligible.dropFirst()
    let empty = most(rest, taken)
    return seat.subtracting(taken).map { 1 + most(rest, taken.union([$0])) }.reduce(empty, max)
  }

  @Test(arguments: 0..<200) func `fills as many seats as can be filled, and seats nobody twice`(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let people = ["a", "b", "c", "d", "e", "f"]
    let eligible = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      Set(people.filter { _ in random.happens(35) })
    }
    let order = eligible.indices.shuffled(using: &random)
    let filled = SeatMatching.fill(eligible, order: order)
    let seated = filled.compactMap { $0 }
    #expect(Set(seated).count == seated.count)
    #expect(zip(eligible, filled).allSatisfy { seat, person in person.map(seat.contains) ?? true })
    #expect(seated.count == Self.most(eligible[...]))
    // No seat is left empty for the sake of one that comes later.
    for count in order.indices {
      let first = order.prefix(count)
      #expect(first.filter { filled[$0] != nil }.count == Self.most(first.map { eligible[$0] }[...]))
    }
  }
}
