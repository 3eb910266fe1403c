import EthosDecision
import EthosGit
import EthosGovernance
import EthosModel
import EthosPractice
import EthosRecord
import EthosStore
import EthosText
import Glibc

/// The states that a log is held to.
private struct AuditStates {
  var states: [(state: ReplayState, release: ReleaseTag?)] = []
  /// Releases with a decision that cannot be read; they come behind those above.
  var broken: [(release: ReleaseTag, failure: Failure)] = []
  var inForce: [(from: Day, side: Int?)] = []
  /// The one that all cases are held to, and its name.
  var fixed: Int?
  var name: String?

  /// The state whose file says how the log is written.
  var main: ReplayState? { fixed.map { states[$0].state } ?? states.last?.state }
}

extension Workspace {
  /// Holds a log to the rules in force on the day of each case, as they were released by then, and to every release.
  package func audit(_ request: AuditRequest) throws -> AuditAnswer {
    let reference = try decisionReference(request.decision)
    let found = try auditStates(reference, request)
    guard let main = found.main else {
      throw found.broken.last?.failure ?? Failure.cannot("there is no state of `\(reference.key)`")
    }
    let file = try CaseFile(request.cases.path, in: environment.workingDirectory)
    if let list = request.list { try refuse(writing: list, over: request.cases.path) }
    do {
      let run = CaseRun(file, request.cases, environment.caseProgress)
      let blocks = try run.blocks()
      let (mappings, typed) = try mappings(request, found, main, columns: blocks.columns)
      let plan = try AuditPlan(
        blocks, file: file.name, sides: found.states.map(\.state.side), log: try columns(request, main, found.name),
        inForce: found.inForce, fixed: found.fixed, mappings: mappings, typed: typed, question: try question(request))
      let tallies = try run.run(blocks) { AuditWorker(plan) }
      let result = AuditResult(tallies, plan: plan, headerLines: blocks.headerLines)
      try run.check(result.described)
      let kept = plan.cases.kept.map { found.states[$0] }
      var answer = AuditAnswer(
        file: file.name,
        states: kept.map {
          AuditAnswer.State(name: $0.state.name, cycle: $0.release?.manifest.name.cycle, decision: $0.state.decision)
        }, left: left(found, plan, result), unfed: plan.cases.unfed, result: result,
        stated: stated(kept.map(\.state), result), at: found.name,
        systems: try store.snapshot(ofTree: try mainCommit().tree).all(.system))
      answer.sample = request.sample.map { result.sample($0, seed: request.seed) }
      if let sweep = request.sweep {
        let base = found.fixed ?? plan.cases.kept.last ?? found.states.count - 1
        answer.sweep = try self.sweep(
          sweep, request, of: found.states[base].state, mapping: mappings[base], name: found.name)
      }
      return answer
    } catch let problem as CaseProblem {
      throw Failure(.cannot, problem.message, help: problem.help.map { [$0] } ?? [])
    }
  }

  /// The decision in force whose name is nearest.
  private func nearDecision(to id: String) throws -> String? {
    nearestName(to: id, among: try mainSnapshot().all(.decision).map(\.key.id))
  }

  private func auditStates(_ reference: Reference, _ request: AuditRequest) throws -> AuditStates {
    let at = reference.revision ?? request.at
    if request.isGate { try requireNewest("no log is passed by a state that is known to be old") }
    let main = try mainCommit()
    let line = try Array(repository.walk(from: [main.id], hiding: [], order: .firstParent))
    var found = AuditStates(name: at)
    for release in try judgedReleases().followed where line.contains(release.commit) {
      let snapshot = try store.snapshot(ofTree: try repository.commit(release.commit).tree)
      // A release without this decision is none of its states.
      guard let document = snapshot[reference.key], !document.isRetired else { continue }
      // A release in which it has errors decides nothing: no case can be held to it, and the others still can.
      do {
        let state = try side(reference.key, snapshot, name: release.reference, commit: release.commit.hex)
        found.states.append((state, release))
      } catch let failure as Failure where [.cannot, .no].contains(failure.kind) {
        found.broken.append((release, failure))
      }
    }
    if found.states.isEmpty, at != nil || request.against != nil { try tellMissingReleases() }
    if let path = request.against {
      let around = try at.map { try snapshot(at: $0) } ?? store.snapshot(ofTree: main.tree)
      let outside = try OutsideDecision(path, reference.key, around: around, in: environment.workingDirectory)
      found.states.append((try side(reference.key, outside.snapshot, name: outside.name, commit: nil), nil))
      found.fixed = found.states.count - 1
      found.name = outside.name
    } else if let at {
      let revision = try revision(at)
      // A release is one of the states already.
      found.fixed = found.states.firstIndex { $0.release?.commit == revision.commit.id }
      if let fixed = found.fixed {
        found.name = found.states[fixed].state.name
      } else {
        let snapshot = try store.snapshot(ofTree: revision.commit.tree)
        found.states.append((try side(reference.key, snapshot, name: at, commit: revision.commit.id.hex), nil))
        found.fixed = found.states.count - 1
      }
    } else {
      guard !found.states.isEmpty || !found.broken.isEmpty else {
        throw try noRelease(
          Failure.cannot(
            "no release has `\(reference.key)`",
            help: try nearDecision(to: reference.key.id).map { "did you mean `\($0)`?" }
              ?? "hold the log to one state of the rules: `--at REV`"),
          elsewhere: "which release has `\(reference.key)` cannot be known")
      }
      let releases = found.states.map(\.release) + found.broken.map(\.release)
      found.inForce = try steps(releases, line, hasHindsight: request.hasHindsight)
    }
    return found
  }

  // MARK: - How the log is read

  private func question(_ request: AuditRequest) throws -> AuditQuestion {
    let since = try request.since.map { text in
      guard let day = Day(text) else {
        throw Failure.usage("`\(text)` is no day", help: "write it as `--since 2026-02-01`")
      }
      return day
    }
    return AuditQuestion(
      by: request.cases.by, condition: request.condition, since: since,
      lists: request.list != nil || request.sample != nil, showsCases: request.cases.showsCases)
  }

  /// For each state how columns become its facts: as was typed for it, as was typed, as the newest file says, and last as its
  /// own file says of columns that this log has.
  private func mappings(
    _ request: AuditRequest, _ found: AuditStates, _ main: ReplayState, columns: [String]
  ) throws -> (mappings: [CaseMapping], typed: [TypedMapping]) {
    let general = CaseMapping(columns: try CaseMapping.typed(request.cases.maps))
    var typed = [TypedMapping(general)]
    var texts: [Int: [String]] = [:]
    for text in request.mapsFor {
      guard let colon = text.unicodeScalars.firstIndex(of: ":") else {
        throw Failure.usage("`\(text)` names no release", help: "write `--map-for \"growth-2019/1:column=input\"`")
      }
      let name = Prose.collapsed(String(text[..<colon]))
      guard let state = found.states.firstIndex(where: { [name, "release/\(name)"].contains($0.state.name) }) else {
        let names = found.states.map(\.state.name)
        throw Failure.usage(
          "`\(name)` is none of the states that the log is held to",
          help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
            ?? "they are \(names.map { "`\($0)`" }.joined(separator: ", "))")
      }
      texts[state, default: []].append(String(text[text.unicodeScalars.index(after: colon)...]))
    }
    func types(_ state: ReplayState) -> [String: String] {
      var graph = state.side.graph
      return Dictionary(
        graph.facts(of: state.side.key).map { ($0.name, "\($0.type)") }, uniquingKeysWith: { first, _ in first })
    }
    let newest = types(main)
    var mappings: [CaseMapping] = []
    for (place, one) in found.states.enumerated() {
      let own = types(one.state)
      var mapping = one.state.mapping
      mapping.columns.removeAll { $0.column.map { !columns.contains($0) } ?? false }
      mapping = mapping.overridden(by: main.mapping.columns)
      // A text that stands for a value of today's type stands for none of another.
      for (input, texts) in main.mapping.translations where own[input] == nil || own[input] == newest[input] {
        mapping.translations[input] = texts
      }
      mapping = mapping.overridden(by: general.columns)
      if let texts = texts[place] {
        let only = CaseMapping(columns: try CaseMapping.typed(texts))
        typed.append(TypedMapping(only, side: place))
        mapping = mapping.overridden(by: only.columns)
      }
      mapping.usesDecimalComma = request.cases.usesDecimalComma
      mappings.append(mapping)
    }
    return (mappings, typed)
  }

  /// The columns of a log: as was typed, else as the decision's file says.
  func columns(_ request: AuditRequest, _ state: ReplayState, _ at: String?) throws -> LogColumns {
    let cases = state.document.fields["cases"]?.record
    let needsDay = at == nil || request.since != nil
    var log = LogColumns(day: needsDay ? request.day ?? cases?["day"]?.text ?? "day" : nil)
    log.outcomes = try CaseMapping.typed(request.outcomes).compactMap { pair in pair.column.map { (pair.input, $0) } }
    for entry in cases?["outcomes"]?.record?.entries ?? [] {
      guard !log.outcomes.contains(where: { $0.output == entry.name }), let column = entry.value.text else { continue }
      log.outcomes.append((Prose.collapsed(entry.name), Prose.collapsed(column)))
    }
    log.reason = request.reason ?? cases?["reason"]?.text
    log.system = request.system ?? cases?["system"]?.text
    return log
  }

  /// A list is never written over the log that it is of.
  private func refuse(writing list: String, over log: String) throws {
    func place(_ path: String) -> (dev_t, ino_t)? {
      var status = stat()
      let path = path.begins(with: "/") ? path : environment.workingDirectory + "/" + path
      return stat(path, &status) == 0 ? (status.st_dev, status.st_ino) : nil
    }
    guard log != "-", let first = place(list), let second = place(log), first == second else { return }
    throw Failure.usage("`\(list)` is the log itself", help: "name another file: `--list FILE`")
  }

  // MARK: - What was in force

  /// From which day on which state is in force.
  ///
  /// A release that was made after it took effect counts from the day on which it was made: nobody could follow it
  /// before.
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

  /// The states that take no part, with the cases that they should have decided.
  private func left(_ found: AuditStates, _ plan: AuditPlan, _ result: AuditResult) -> [AuditAnswer.Left] {
    func cases(_ state: Int) -> Int { result.unread.first { $0.state == state }?.cases ?? 0 }
    let unable = plan.cases.left.map { item in
      AuditAnswer.Left(
        name: found.states[item.side].state.name, cycle: found.states[item.side].release?.manifest.name.cycle,
        reason: item.problem.message, help: item.problem.help, cases: cases(item.side))
    }
    return unable
      + found.broken.enumerated().map { place, item in
        AuditAnswer.Left(
          name: item.release.reference, cycle: item.release.manifest.name.cycle, reason: item.failure.message,
          help: item.failure.help.first, cases: cases(found.states.count + place))
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
