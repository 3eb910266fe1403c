import EthosApp
import EthosDiff
import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText

/// What must hold at each step of a history. A law that is broken is a sentence.
extension World {
  /// Whether all that answers what may be put in force answers alike, for each open proposal.
  func disagreements() throws -> [String] {
    var found: [String] = []
    let overview = try workspace().status()
    for proposal in open.values.sorted(by: { $0.name < $1.name }) {
      let name = proposal.name
      let ours = authority.canRatify(proposal)
      let state = try workspace().proposalState(name)
      if state.canRatify != ours {
        found.append("\(name): proposalState says \(state.canRatify), the model \(ours): \(explain(state))")
      }
      guard let listed = overview.proposals.first(where: { $0.name == name }) else {
        found.append("\(name): status does not list it")
        continue
      }
      if listed.canRatify != state.canRatify { found.append("\(name): status says \(listed.canRatify)") }
      guard let after = proposal.merged(into: main), state.merge.conflicts.isEmpty else {
        if state.merge.conflicts.isEmpty || proposal.merged(into: main) != nil {
          found.append("\(name): the model and the product differ about conflicts")
        }
        continue
      }
      if try state.merge.tree != tree(after) { found.append("\(name): the merge is not as the model has it") }
      found += try disagreements(about: name, state, ours)
    }
    return found
  }

  /// Ratifies for a trial where that is allowed, else merges past the rules, and asks the hook and `verify` about it.
  private func disagreements(about name: String, _ state: ProposalState, _ ours: Bool) throws -> [String] {
    var found: [String] = []
    let person = people[0]
    let answers = Dictionary(uniqueKeysWithValues: state.standing.objections.map { ($0.personID, "We heard it.") })
    let mayRatify = succeeds { _ = try workspace(person).ratify(name, answers: answers, isDryRun: true) }
    if mayRatify != state.canRatify { found.append("\(name): ratify says \(mayRatify), not \(state.canRatify)") }
    let before = try head()
    defer { try? move("refs/heads/main", to: before) }
    let merge: ObjectID
    if mayRatify {
      _ = try acting(person) { try $0.ratify(name, answers: answers, isDryRun: false) }
      merge = try head()
    } else {
      var record = RatificationRecord(subject: "Ratify \(name)", proposal: name, ruleset: 1)
      record.ruleset = nil
      record.objectedBy = state.standing.objections.map(\.signature)
      record.answers = answers.map { .init(person: $0.key, because: $0.value) }
      merge = try commit(
        tree: state.merge.tree, parents: [before, state.tip.id] + state.reviewTips, by: person, record.message)
    }
    try move("refs/heads/main", to: before)
    let push = PushedReference("refs/heads/main", from: before, to: merge)
    let refused = try workspace().refusals(of: [push])
    try move("refs/heads/main", to: merge)
    var request = VerifyRequest()
    request.usesMemory = false
    // What was in breach before is no matter of this merge.
    let breaches = try workspace(fresh: true).verify(request).breaches.filter { breach in
      try breach.commit.map { try !repository.isAncestor($0, of: before) } ?? false
    }
    if ours != breaches.isEmpty {
      found.append("\(name): the model says \(ours), verify \(breaches.map { "\($0.code): \($0.message)" })")
    }
    if refused.isEmpty != breaches.isEmpty {
      found.append(
        "\(name): the hook refuses \(refused.map(\.finding.code)), verify finds \(breaches.map(\.code)) of the same merge"
      )
    }
    if mayRatify { found += try disagreementsOfWhy(state, merge) }
    return found
  }

  /// Whether the ledger names those as approvers whom the judge counted.
  private func disagreementsOfWhy(_ state: ProposalState, _ merge: ObjectID) throws -> [String] {
    var found: [String] = []
    for change in state.changes.changes
    where change.causes.isEmpty && change.after != nil && !(change.field.isEmpty && change.before != nil) {
      guard let entry = state.standing.entries.first(where: { $0.key == change.entry }) else { continue }
      let counted = Set(
        entry.verdicts.filter { $0.verdict == .approve && $0.conditions.isEmpty }.map(\.reviewer.id))
      let place = Reference(change.entry, path: change.field)
      guard let answer = try? workspace().why(place, at: nil), let origin = answer.entries.first else { continue }
      let named = Set(origin.approvedBy.map { $0.personID ?? $0.email })
      if named != counted {
        found.append("\(state.name): why \(place) names \(named.sorted()), the judge counts \(counted.sorted())")
      }
    }
    return found
  }

  private func explain(_ state: ProposalState) -> String {
    let lacks =
      state.standing.missingInWords(proposal: state.name) + state.errors.map(\.message)
      + state.facts.withoutReason.map { "no reason in \($0.id.short)" }
    return lacks.joined(separator: "; ")
  }

  private func succeeds(_ act: () throws -> Void) -> Bool {
    do {
      try act()
      return true
    } catch {
      return false
    }
  }

  /// Whether verifying on top of what was verified before gives what verifying from nothing gives.
  func memoryDisagreement() throws -> String? {
    var request = VerifyRequest()
    let grown = try workspace(fresh: true).verify(request)
    request.usesMemory = false
    let whole = try workspace(fresh: true).verify(request)
    // That the line was tried with a merge and taken back is a note that only memory gives.
    let told = grown.findings.filter { $0.code != "head-rewound" || $0.severity == .breach }
    guard Set(told) != Set(whole.findings) else { return nil }
    return "verifying further finds \(grown.findings.map(\.code)), from nothing \(whole.findings.map(\.code))"
  }
}
