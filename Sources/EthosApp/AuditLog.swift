package import EthosDecision
import EthosGit
import EthosGovernance
package import EthosModel
package import EthosPractice
import EthosRecord
import EthosStore
import EthosText

/// A log of what was decided, and how it is held to the rules.
package struct AuditRequest: Sendable {
  package var cases: CaseRequest
  package var decision: String
  /// The column of the day; what the decision's file says, else `day`.
  package var day: String?
  /// The columns of the answers as they were typed: `column=output`.
  package var outcomes: [String]
  /// The column of the reason of an override.
  package var reason: String?
  /// One state of the rules for all cases, whatever their day.
  package var at: String?
  /// A table outside of the repository, for all cases: a decision's file, or a model of DMN.
  package var against: String?
  /// The column of the system that decided.
  package var system: String?
  /// Whether a release counts from its effective day, also before it was made.
  package var hasHindsight: Bool

  package init(
    cases: CaseRequest, decision: String, day: String? = nil, outcomes: [String] = [], reason: String? = nil,
    at: String? = nil, against: String? = nil, system: String? = nil, hasHindsight: Bool = false
  ) {
    self.cases = cases
    self.decision = decision
    self.day = day
    self.outcomes = outcomes
    self.reason = reason
    self.at = at
    self.against = against
    self.system = system
    self.hasHindsight = hasHindsight
  }
}

/// What a log shows.
package struct AuditAnswer: Sendable {
  /// A state of the rules that the log was held to.
  package struct State: Sendable {
    /// `release/growth-2019/1`, or a revision as typed.
    package var name: String
    /// The leadership cycle of a release.
    package var cycle: String?
    package var decision: Decision
  }

  package var file: String
  package var states: [State]
  package var result: AuditResult
  /// For each pair of values that rules put in order, what the identity says of the two in the same state.
  package var stated: [AuditAnswer.Stated]
  /// The state of the rules for all cases, where one was asked for.
  package var at: String?
  /// The systems that the identity describes.
  package var systems: [Document]

  /// That one value outranks another in a state of the identity, by the place of the state.
  package struct Stated: Sendable, Hashable {
    package var side: Int
    package var over: String
    package var under: String
  }
}

extension Workspace {
  /// Holds a log to the rules in force on the day of each case, as they were released by then, and to every release.
  package func audit(_ request: AuditRequest) throws -> AuditAnswer {
    let reference = try decisionReference(request.decision)
    let at = reference.revision ?? request.at
    let main = try mainCommit()
    let line = try Array(repository.walk(from: [main.id], hiding: [], order: .firstParent))
    var states: [(state: ReplayState, release: ReleaseTag?)] = []
    for release in try judgedReleases().followed where line.contains(release.commit) {
      let snapshot = try store.snapshot(ofTree: try repository.commit(release.commit).tree)
      // A release without this decision is none of its states.
      guard let document = snapshot[reference.key], !document.isRetired else { continue }
      // A release in which it has errors decides nothing: no case can be held to it, and the others still can.
      var graph = DecisionGraph(snapshot)
      if let obstacle = graph.obstacle(to: reference.key) {
        notice("\(release.reference) is left out: \(obstacle.message)")
        continue
      }
      let state = try side(reference.key, snapshot, name: release.reference, commit: release.commit.hex)
      states.append((state, release))
    }
    var inForce: [(from: Day, side: Int?)] = []
    var name = at
    var fixed: Int?
    if let path = request.against {
      let around = try at.map { try snapshot(at: $0) } ?? store.snapshot(ofTree: main.tree)
      let outside = try OutsideDecision(path, reference.key, around: around, in: environment.workingDirectory)
      states.append((try side(reference.key, outside.snapshot, name: outside.name, commit: nil), nil))
      name = outside.name
    } else if let at {
      let revision = try revision(at)
      // A release is one of the states already.
      fixed = states.firstIndex { $0.release?.commit == revision.commit.id }
      if let fixed {
        name = states[fixed].state.name
      } else {
        let snapshot = try store.snapshot(ofTree: revision.commit.tree)
        states.append((try side(reference.key, snapshot, name: at, commit: revision.commit.id.hex), nil))
      }
    } else {
      guard !states.isEmpty else {
        throw Failure.cannot(
          "no release has `\(reference.key)`", help: "hold the log to one state of the rules: `--at REV`")
      }
      inForce = try steps(states.map(\.release), line, hasHindsight: request.hasHindsight)
    }
    guard let last = fixed.map({ states[$0].state }) ?? states.last?.state else {
      throw Failure.cannot("there is no state of `\(reference.key)`")
    }
    let file = try CaseFile(request.cases.path, in: environment.workingDirectory)
    let result: AuditResult
    do {
      let run = CaseRun(file, request.cases, environment.caseProgress)
      let blocks = try run.blocks()
      let plan = try AuditPlan(
        blocks, file: file.name, sides: states.map(\.state.side), log: try columns(request, last, name),
        inForce: inForce, fixed: fixed, mapping: try run.mapping(last), by: request.cases.by,
        showsCases: request.cases.showsCases)
      let tallies = try run.run(blocks) { AuditWorker(plan) }
      result = AuditResult(tallies, plan: plan, headerLines: blocks.headerLines)
      try run.check(result.described)
    } catch let problem as CaseProblem {
      throw Failure(.cannot, problem.message, help: problem.help.map { [$0] } ?? [])
    }
    return AuditAnswer(
      file: file.name,
      states: states.map {
        AuditAnswer.State(name: $0.state.name, cycle: $0.release?.manifest.name.cycle, decision: $0.state.decision)
      }, result: result, stated: stated(states.map(\.state), result), at: name,
      systems: try store.snapshot(ofTree: main.tree).all(.system))
  }

  /// The columns of a log: as was typed, else as the decision's file says.
  private func columns(_ request: AuditRequest, _ state: ReplayState, _ at: String?) throws -> LogColumns {
    let cases = state.document.fields["cases"]?.record
    var log = LogColumns(day: at == nil ? request.day ?? cases?["day"]?.text ?? "day" : nil)
    log.outcomes = try CaseMapping.typed(request.outcomes).compactMap { pair in pair.column.map { (pair.input, $0) } }
    for entry in cases?["outcomes"]?.record?.entries ?? [] {
      guard !log.outcomes.contains(where: { $0.output == entry.name }), let column = entry.value.text else { continue }
      log.outcomes.append((Prose.collapsed(entry.name), Prose.collapsed(column)))
    }
    log.reason = request.reason ?? cases?["reason"]?.text
    log.system = request.system ?? cases?["system"]?.text
    return log
  }

  /// From which day on which state is in force. A release that was made after it took effect counts from the day on which it
  /// was made: nobody could follow it before.
  private func steps(
    _ releases: [ReleaseTag?], _ line: [ObjectID], hasHindsight: Bool
  ) throws -> [(from: Day, side: Int?)] {
    // Releases without the decision are in force too: then no state of it is.
    let all = try judgedReleases().followed.filter { line.contains($0.commit) }
    var places = LinePlaces(repository, head: try mainCommit().id)
    var known: [(placed: Releases.Placed, from: Day)] = []
    for release in all {
      let made = try taggingDay(of: release.tag, &places) ?? release.manifest.effective
      let placed = Releases.Placed(
        name: release.manifest.name, commit: release.commit, effective: release.manifest.effective)
      known.append((placed, hasHindsight ? placed.effective : max(placed.effective, made)))
    }
    return Set(known.map(\.from)).sorted().map { from in
      let found = Releases.inForce(on: from, line: line, releases: known.filter { $0.from <= from }.map(\.placed))
      return (from, releases.firstIndex { $0 != nil && $0?.manifest.name == found?.name })
    }
  }

  /// What the identity says, in each state, of the values that the rules of that state put in order.
  private func stated(_ states: [ReplayState], _ result: AuditResult) -> [AuditAnswer.Stated] {
    var stated: [AuditAnswer.Stated] = []
    for (place, state) in states.enumerated() {
      let pairs = result.priorities.pairs.filter { $0.side == place }
      guard !pairs.isEmpty else { continue }
      var chains = ValueOrder.Chains(ValueOrder(state.side.graph.snapshot.all(.value)))
      for pair in pairs {
        for (over, under) in [(pair.over, pair.under), (pair.under, pair.over)] {
          let one = AuditAnswer.Stated(side: place, over: over, under: under)
          if !stated.contains(one), chains.chain(from: over, to: under) != nil { stated.append(one) }
        }
      }
    }
    return stated
  }
}
