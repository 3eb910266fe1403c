import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

/// What a release is told against, by the chain of those before it.
@Suite struct ReleaseGroundTests {
  private static func id(_ number: Int) -> ObjectID { ObjectID(bytes: repeatElement(UInt8(number), count: 20)) }

  /// A chain of releases by their effective days, the first with the tag 1.
  private func ground(_ days: [Int], on day: Int, without lost: Int? = nil) throws -> ReleaseGround? {
    var links: [ObjectID: ReleaseGround.Link] = [:]
    for (place, effective) in days.enumerated() where place + 1 != lost {
      let id = Self.id(place + 1)
      let manifest = ReleaseManifest(
        summary: "", name: try #require(ReleaseName(cycle: "a", number: place + 1)),
        effective: Day(daysSinceEpoch: effective), ruleset: 1, level: "minor", commit: id, tree: id,
        previous: place == 0 ? nil : Self.id(place), bundle: "", offices: [], changes: [])
      links[id] = ReleaseGround.Link(tag: id, commit: id, manifest: manifest)
    }
    return ReleaseGround(after: days.isEmpty ? nil : Self.id(days.count), on: Day(daysSinceEpoch: day)) { links[$0] }
  }

  @Test(
    arguments: [
      ([], 10, nil, []), ([10], 10, 1, []), ([10, 20], 20, 2, []), ([10, 20], 15, 1, [2]), ([20], 15, nil, [1]),
      ([10, 20, 30], 15, 1, [2, 3]), ([10, 30, 20], 15, 1, [3]), ([10, 20, 20], 15, 1, [3]), ([10, 30, 12], 15, 3, []),
    ] as [([Int], Int, Int?, [Int])])
  func `is the release in force on the day, and those that would still come`(
    _ days: [Int], _ day: Int, _ base: Int?, _ held: [Int]
  ) throws {
    let found = try #require(try ground(days, on: day))
    #expect(found.base?.manifest.number == base)
    #expect(found.held.map(\.manifest.number) == held)
    #expect(found.isApart == (base != (days.isEmpty ? nil : days.count)))
  }

  @Test func `is not known where a release on the way is not here, and is where it is beyond`() throws {
    #expect(try ground([10, 20, 30], on: 15, without: 2) == nil)
    #expect(try ground([10, 20, 30], on: 25, without: 1) != nil)
  }

  /// The base agrees with what is in force by the line, whatever the days.
  @Test func `agrees with what is in force by the line`() throws {
    var random = SeededGenerator(seed: 20_27)
    for _ in 0..<300 {
      let days = (0..<Int.random(in: 0...5, using: &random)).map { _ in Int.random(in: 10...15, using: &random) }
      let day = Int.random(in: 9...16, using: &random)
      let placed = try days.enumerated().map { place, effective in
        Releases.Placed(
          name: try #require(ReleaseName(cycle: "a", number: place + 1)), commit: Self.id(place + 1),
          effective: Day(daysSinceEpoch: effective))
      }
      let inForce = Releases.inForce(
        on: Day(daysSinceEpoch: day), line: days.indices.reversed().map { Self.id($0 + 1) }, releases: placed)
      let found = try #require(try ground(days, on: day))
      #expect(found.base?.manifest.name == inForce?.name, "\(days) \(day)")
      // Each that is held back is in force on its own day.
      for held in found.held {
        #expect(
          Releases.inForce(
            on: held.manifest.effective, line: days.indices.reversed().map { Self.id($0 + 1) }, releases: placed)?.name
            == held.manifest.name)
      }
    }
  }

  // MARK: - what is brought forward

  private func limits(_ values: [String: Int]) throws -> Snapshot {
    try identity(
      Bank.files(charter: "").merging(
        values.map { ("limits/\($0).yaml", "id: \($0)\ntitle: \($0)\nowner: chief-executive\natMost: \($1)\n") }
      ) { $1 })
  }

  private func forward(_ before: [String: Int], _ held: [String: Int]..., to after: [String: Int]) throws
    -> [BroughtForward]
  {
    let start = try limits(before)
    func changes(_ values: [String: Int]) throws -> ChangeSet {
      Comparison.changes(from: start, to: try limits(values), severity: Severity(charter: start.charter))
    }
    let chain = try #require(try ground([10] + held.indices.map { 20 + $0 }, on: 15)).held
    return BroughtForward.all(
      try changes(after), overtaking: try zip(chain, held).map { ($0, try changes($1)) })
  }

  @Test func `names what was to come later, and leaves out what is new`() throws {
    let brought = try forward(["a": 65, "b": 45], ["a": 60, "b": 45], to: ["a": 60, "b": 40])
    #expect(brought.map { $0.changes.entries.map(\.id) } == [["a"]] && brought[0].dropped.isEmpty)
    // Where it moved further since, some of that was to come all the same.
    #expect(
      try forward(["a": 65, "b": 45], ["a": 60, "b": 45], to: ["a": 55, "b": 45])[0].changes.entries.count == 1)
  }

  @Test func `names what never comes, and tells each by the first that was to bring it`() throws {
    let back = try forward(["a": 65, "b": 45], ["a": 60, "b": 45], to: ["a": 65, "b": 40])
    #expect(back[0].changes.isEmpty && back[0].dropped.entries.map(\.id) == ["a"])
    let two = try forward(
      ["a": 65, "b": 45], ["a": 60, "b": 45], ["a": 60, "b": 40], to: ["a": 60, "b": 40])
    #expect(two.map { $0.changes.entries.map(\.id) } == [["a"], ["b"]])
  }
}
