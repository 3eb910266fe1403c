import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

/// Random proposals in random organisations, small enough that everything happens.
private struct Situation {
  static let people = ["a1", "b2", "c3", "d4", "e5"]
  static let officeNames = ["chief", "board", "legal"]
  var random: SeededGenerator
  var proposal: Proposal
  var holders: [String: [String]]

  init(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var holders: [String: [String]] = [:]
    for office in Self.officeNames {
      holders[office] = Self.people.filter { _ in random.happens(45) }
      if holders[office] == [] { holders[office] = [random.pick(Self.people)] }
    }
    let offices = holders.sorted { $0.key < $1.key }.map { "  \($0.key): [\($0.value.joined(separator: ", "))]\n" }
      .joined()
    var rows = ""
    for level in ["critical", "major", "minor", "editorial"] where random.happens(80) || level == "critical" {
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let seats = (Self.officeNames + ["owner", "anyone"]).filter { _ in random.happens(35) }
        let quorum = (seats.isEmpty ? ["anyone"] : seats).map { "\($0): \(Int.random(in: 1...2, using: &random))" }
        rows += "  - {change: [\"*\"], level: \(level), quorum: {\(quorum.joined(separator: ", "))}"
        if random.happens(25) { rows += ", selfApproval: true" }
        if random.happens(25) { rows += ", veto: [\(random.pick(Self.officeNames))]" }
        rows += "}\n"
      }
    }
    var files = [
      "ethos.yaml": "ethos: 1\norganisation: Any\ndefaultOwner: chief\nauthority:\n\(rows)",
      "cycles/now.yaml": "id: now\ntitle: Now\nfrom: 2026-01-01\noffices:\n\(offices)",
      "values/one.yaml": "id: one\ntitle: One\nstatement: We must do this.\nowner: board\n",
      "values/two.yaml": "id: two\ntitle: Two\nstatement: We must do that.\n",
    ]
    for person in Self.people {
      let (path, text) = EthosGovernanceTests.person(person)
      files[path] = text
    }
    let before = try identity(files, allowingErrors: true)
    files["values/one.yaml"] = "id: one\ntitle: One\nstatement: We may do this.\nowner: board\n"
    files["values/two.yaml"] = "id: two\ntitle: Two and more\nstatement: We may do that.\n"
    proposal = Proposal(before: before, after: try identity(files, allowingErrors: true))
    for key in proposal.changes.entries where random.happens(50) {
      proposal.authors[key] = ["\(random.pick(Self.people))@northgate.example"]
    }
    self.holders = holders
    self.random = random
    addClassesAndReviews()
  }

  private mutating func addClassesAndReviews() {
    let undecided = proposal.changes.changes.filter { $0.level == .undecided }
    for change in undecided where random.happens(60) {
      proposal.classes.append(
        Classification(
          reference: Reference(change.entry, path: change.field),
          action: random.pick(["clarified", "reworded", "weakened", "reversed"])))
    }
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let verdict: ReviewRecord.Verdict = random.happens(75) ? .approve : random.pick([.object, .abstain, .comment])
      let earlier = proposal.reviews.indices.filter { _ in random.happens(40) }
      // What follows a review follows what that one follows.
      let closed = Set(earlier).union(
        earlier.flatMap { index in
          proposal.reviews.indices.filter { proposal.reviews[index].follows.contains(proposal.reviews[$0].id) }
        })
      let classes = proposal.classes.filter { _ in random.happens(70) }
      let index = proposal.review(
        random.pick(Self.people + ["stranger"]), verdict, after: closed.sorted(), classes: classes)
      // Some were written of one entry alone.
      if random.happens(30) { proposal.reviews[index].record.reviewed.removeLast() }
    }
  }
}

@Suite struct `Laws of standing` {
  @Test(arguments: 0..<150) func `the order in which reviews are given means nothing`(_ seed: Int) throws {
    var situation = try Situation(seed: seed)
    let before = situation.proposal.standing
    situation.proposal.reviews.shuffle(using: &situation.random)
    let after = situation.proposal.standing
    #expect(before.canRatify == after.canRatify)
    #expect(before.entries.map(\.need) == after.entries.map(\.need))
    #expect(before.entries.map(\.verdicts) == after.entries.map(\.verdicts))
    #expect(before.stale == after.stale && before.missing == after.missing)
    #expect(before.approvals == after.approvals && before.objections == after.objections)
  }

  @Test func `an approval that is taken away never makes a proposal ratifiable`() throws {
    var ratifiable = 0
    for seed in 0..<600 {
      let situation = try Situation(seed: seed)
      if situation.proposal.standing.canRatify { ratifiable += 1 }
      for index in situation.proposal.reviews.indices {
        let review = situation.proposal.reviews[index]
        guard review.record.verdict == .approve else { continue }
        var without = situation.proposal
        without.reviews.remove(at: index)
        // Where an approval took back an objection, that objection stands again, which only makes things worse.
        #expect(!without.standing.canRatify || situation.proposal.standing.canRatify, "seed \(seed), review \(index)")
      }
    }
    #expect(ratifiable > 30, "the law is about something")
  }

  @Test(arguments: 0..<150) func `seats are filled by distinct people who may fill them`(_ seed: Int) throws {
    let situation = try Situation(seed: seed)
    for entry in situation.proposal.standing.entries {
      let approvers = Set(entry.verdicts.filter { $0.verdict == .approve }.map(\.reviewer.id))
      for quorum in entry.quorums {
        let seated = quorum.seats.compactMap(\.person)
        #expect(Set(seated).count == seated.count && approvers.isSuperset(of: seated))
        for seat in quorum.seats {
          guard let person = seat.person else { continue }
          #expect(seat.holder == .anyone || situation.holders[seat.office ?? ""]?.contains(person) == true)
          #expect(quorum.row.allowsSelfApproval || !entry.authors.contains(person))
          #expect(seat.isSelfApproved == entry.authors.contains(person))
        }
        for (_, candidates) in quorum.candidates { #expect(Set(candidates).isDisjoint(with: seated)) }
      }
    }
  }

  @Test(arguments: 0..<150) func `when those named as missing approve, nothing of theirs is missing`(_ seed: Int) throws
  {
    let situation = try Situation(seed: seed)
    for missing in situation.proposal.standing.missing where missing.candidates.count >= missing.count {
      var proposal = situation.proposal
      proposal.classes = []
      proposal.reviews = []
      for person in missing.candidates { proposal.review(person) }
      let still = proposal.standing.missing.filter { $0.holder == missing.holder && $0.bypassed == missing.bypassed }
      #expect(still.allSatisfy { Set($0.candidates).isDisjoint(with: missing.candidates) })
    }
  }

  @Test(arguments: 0..<150) func `nothing is missing in words exactly when a proposal can be ratified`(_ seed: Int)
    throws
  {
    let standing = try Situation(seed: seed).proposal.standing
    #expect(standing.missingInWords(proposal: "x").isEmpty == standing.canRatify)
  }
}
