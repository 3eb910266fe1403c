import EthosGovernance
import EthosRecord
import EthosTestSupport
import Testing

@Suite struct ReviewGraphTests {
  private static func id(_ number: Int) -> ObjectID {
    ObjectID(bytes: [UInt8(number >> 8), UInt8(number & 0xFF)] + repeatElement(0, count: 18))
  }

  /// A graph without cycles.
  ///
  /// Some commits are twins of an earlier one: the same signed content, so the same parents.
  private struct Drawing {
    var parents: [Int: [Int]] = [:]
    /// The one that stands for a twin.
    var twins: [Int: Int] = [:]

    init(_ generator: inout SeededGenerator, count: Int) {
      for number in 0..<count {
        if number > 2, generator.happens(25) {
          let other = Int.random(in: 0..<number, using: &generator)
          twins[number] = twins[other] ?? other
          parents[number] = parents[other] ?? []
        } else {
          parents[number] = number == 0 ? [] : (0..<number).filter { _ in generator.happens(20) }
        }
      }
    }

    var graph: ReviewGraph {
      ReviewGraph(
        parents: Dictionary(uniqueKeysWithValues: parents.map { (id($0.key), $0.value.map(id)) }),
        aliases: Dictionary(uniqueKeysWithValues: twins.map { (id($0.key), id($0.value)) }))
    }

    /// All that one follows, where twins are one: by going on until nothing is added.
    func closure(of number: Int) -> Set<Int> {
      func meant(_ number: Int) -> Int { twins[number] ?? number }
      var found: Set<Int> = []
      var grown = Set((parents[number] ?? []).map(meant))
      while !grown.isSubset(of: found) {
        found.formUnion(grown)
        grown = Set(
          found.flatMap { one in parents.keys.filter { meant($0) == one } }.flatMap { parents[$0] ?? [] }.map(meant))
      }
      return found
    }
  }

  @Test func `who is followed is what the transitive closure says, twins being one`() throws {
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<(200 * soakFactor) {
      let drawing = Drawing(&generator, count: Int.random(in: 1...14, using: &generator))
      let graph = drawing.graph
      let own = (0..<drawing.parents.count).filter { drawing.twins[$0] == nil }
      let closures = Dictionary(uniqueKeysWithValues: own.map { ($0, drawing.closure(of: $0)) })
      let some = Set(own.filter { _ in generator.happens(60) })
      let expected = some.filter { one in some.contains { closures[$0]?.contains(one) == true } }
      #expect(graph.superseded(among: Set(some.map(Self.id))) == Set(expected.map(Self.id)), "\(drawing)")
      for later in own {
        for earlier in own {
          #expect(
            graph.follows(Self.id(later), Self.id(earlier)) == (closures[later]?.contains(earlier) == true),
            "\(later) \(earlier) \(drawing)")
        }
      }
    }
  }

  @Test func `a twin of what was taken back is taken back with it`() {
    // 1 objects to 0, 2 takes it back, 3 is 1 again under another signature and is merged beside 2.
    let graph = ReviewGraph(
      parents: [Self.id(1): [Self.id(0)], Self.id(2): [Self.id(1)], Self.id(3): [Self.id(0)]],
      aliases: [Self.id(3): Self.id(1)])
    #expect(graph.superseded(among: [Self.id(1), Self.id(2)]) == [Self.id(1)])
    // The honest twin: an objection that was really made again stands beside what came before.
    let again = ReviewGraph(
      parents: [Self.id(1): [Self.id(0)], Self.id(2): [Self.id(1)], Self.id(3): [Self.id(0)]])
    #expect(again.superseded(among: [Self.id(1), Self.id(2), Self.id(3)]) == [Self.id(1)])
  }

  @Test func `who follows the twin of a review follows the review`() {
    let graph = ReviewGraph(
      parents: [Self.id(1): [Self.id(0)], Self.id(3): [Self.id(0)], Self.id(2): [Self.id(3)]],
      aliases: [Self.id(3): Self.id(1)])
    #expect(graph.superseded(among: [Self.id(1), Self.id(2)]) == [Self.id(1)])
  }

  @Test(.timeLimit(.minutes(1)), arguments: [1, 2])
  func `a long chain of reviews is walked once, twins and all`(_ forms: Int) {
    let count = 10_000
    var parents: [ObjectID: [ObjectID]] = [:]
    var aliases: [ObjectID: ObjectID] = [:]
    for number in 0..<count {
      for form in 0..<forms {
        let one = Self.id(number + form * count)
        parents[one] = number == 0 ? [] : [Self.id(number - 1)]
        if form > 0 { aliases[one] = Self.id(number) }
      }
    }
    let superseded = ReviewGraph(parents: parents, aliases: aliases).superseded(among: Set((0..<count).map(Self.id)))
    #expect(superseded.count == count - 1 && !superseded.contains(Self.id(count - 1)))
  }
}
