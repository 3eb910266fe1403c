import EthosApp
import EthosGit
import EthosGovernance
import EthosRecord
import EthosTestSupport
import Testing

/// The honest twins of the means that dishonest acts are made with: whatever is found of those acts, the means are no
/// part of it.
@Suite struct TwinTests {
  private func breaches(of world: World) throws -> [String] {
    try world.workspace(fresh: true).verify(VerifyRequest()).breaches.map { "\($0.code): \($0.message)" }
  }

  @Test(arguments: [World.Mode.unsigned, .signed, .required], 1...3 as ClosedRange<UInt64>)
  func `what is merged, reviewed and tagged by plumbing is clean where it is honest`(mode: World.Mode, seed: UInt64)
    throws
  {
    let world = try World(seed: seed, mode: mode)
    let merged = try #require(try world.prepareApproved())
    try world.force(merged.name)
    #expect(try breaches(of: world).isEmpty, "merged")

    // Each review made anew as it was, and the proposal's commit too.
    let plot = try #require(try world.prepare())
    let old = try world.repository.commit(try world.proposalTip(plot.name))
    try world.move("refs/heads/proposals/\(plot.name)", to: try world.again(old, by: plot.author))
    for person in plot.approvers { try world.approve(plot, person) { try world.again($0, by: person) } }
    try world.force(plot.name, message: "Merge pull request #3\n")
    #expect(try breaches(of: world).isEmpty, "reviewed")

    // An objection with its answer.
    let disputed = try #require(try world.prepareApproved())
    let vetoes = world.main.charter.rows[0].veto.flatMap { world.authority.holders(of: $0, on: world.today) }
    if let person = world.people.first(where: { !disputed.approvers.contains($0) && !vetoes.contains($0) }) {
      try world.review(disputed.name, by: person, .object)
      try world.force(
        disputed.name,
        message: world.message(disputed.name) { record in
          record.objectedBy = [world.mailbox(person)]
          record.answers = [.init(person: person, because: "We heard it.")]
        })
      #expect(try breaches(of: world).isEmpty, "answered")
    }

    let tag = try #require(try world.freshRelease())
    try world.remake("refs/tags/\(tag)")
    #expect(try breaches(of: world).isEmpty, "released")
  }
}
