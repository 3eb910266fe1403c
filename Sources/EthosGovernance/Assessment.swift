import EthosDiff
import EthosModel
import EthosRecord
import EthosText

/// Works out where single entries stand.
///
/// More approvals never make less of an entry: a class that is confirmed offers a lower level beside the higher one, and
/// the entry has what it needs when either has. An approval counts at a level when it covers the classes that lead there.
struct Assessment {
  let charter: Charter
  private let before: Snapshot
  private let after: Snapshot
  private let authority: Snapshot
  private let classes: [EntryKey: [Classification]]
  private let people: People
  private let peopleAfter: People
  private let rules: SeatRules
  private let recorders: RecorderRules

  private let graph: ReviewGraph

  init(
    before: Snapshot, after: Snapshot, judgedBy authority: Snapshot, classes: [Classification], graph: ReviewGraph,
    day: Day
  ) {
    self.before = before
    self.after = after
    self.authority = authority
    self.graph = graph
    self.classes = Dictionary(grouping: classes, by: \.reference.key)
    charter = Charter(snapshot: authority)
    people = People(snapshot: authority)
    peopleAfter = People(snapshot: after)
    let offices = Offices(snapshot: authority)
    rules = SeatRules(offices: offices, people: people, day: day)
    recorders = RecorderRules(charter: charter, offices: offices, day: day)
  }

  func standing(
    of key: EntryKey, _ changes: [Change], least: Level = .editorial, authors emails: Set<String>,
    reviews: [SubmittedReview]
  ) -> EntryStanding {
    let authors = authors(emails)
    let evaluation = evaluation(of: key, reviews, authors)
    let owner = owner(of: key)
    let approvals = evaluation.verdicts.filter(\.isApproval)
    let verdicts = evaluation.verdicts
    let beneficiaries = Beneficiaries.ids(
      [before[key], after[key]], people: people, offices: rules.offices, day: rules.day)
    let barred = authors.union(beneficiaries)
    let classes = classes(of: key, changes, owner, approvals, barred)
    let unconfirmed = changes.map { level(of: $0, classes, isLowered: false) }.max() ?? least
    var standing = EntryStanding(
      key: key, owner: owner, unconfirmedLevel: unconfirmed, level: unconfirmed, need: .nothing, classes: classes,
      unclassified: changes.filter { change in
        change.level == .undecided && !classes.contains { $0.change == change }
      },
      verdicts: evaluation.verdicts, stale: evaluation.stale, vetoes: [], authors: authors.sorted(),
      beneficiaries: beneficiaries.sorted())
    guard charter.hasAuthority else { return standing }

    var ways = ways(
      to: unconfirmed, key, changes, classes, approvals.filter { !beneficiaries.contains($0.reviewer.id) }, owner,
      barred, verdicts)
    for index in ways.indices { ways[index].vetoes = vetoes(in: ways[index].need, evaluation.verdicts) }
    guard let way = ways.first(where: { $0.need.isMet && $0.vetoes.isEmpty }) ?? ways.first else { return standing }
    standing.level = way.level
    standing.need = way.need
    standing.vetoes = way.vetoes
    standing.stale += way.uncovering.map { approval, classification in
      StaleReview(
        reviewer: approval.reviewer, entry: key, verdict: .approve, review: approval.review, when: approval.when,
        reason: .classified(classification), recorder: approval.recording?.recorder)
    }
    standing.stale += approvals.filter { !$0.counts(at: way.level) }.map { approval in
      StaleReview(
        reviewer: approval.reviewer, entry: key, verdict: .approve, review: approval.review, when: approval.when,
        reason: .notRecorded(.above(approval.recording?.upTo ?? way.level)), recorder: approval.recording?.recorder)
    }
    return standing
  }

  /// What is said of a decision that a change elsewhere moves.
  func moved(_ key: EntryKey, by causes: [EntryKey], reviews: [SubmittedReview]) -> MovedDecision {
    let evaluation = evaluation(of: key, reviews, [])
    let owner = owner(of: key)
    return MovedDecision(
      key: key, causes: causes, owner: owner, asked: rules.eligible(.owner, owner: owner).sorted(),
      verdicts: evaluation.verdicts, stale: evaluation.stale)
  }

  private func evaluation(of key: EntryKey, _ reviews: [SubmittedReview], _ authors: Set<String>) -> ReviewEvaluation {
    ReviewEvaluation(
      of: key, before: Fingerprint.of(key, in: before), after: Fingerprint.of(key, in: after), reviews: reviews,
      graph: graph, people: people, recorders: recorders, authors: authors)
  }

  /// The office that owns an entry, by the state that judges.
  ///
  /// What came about by a breach names no owner of itself.
  private func owner(of key: EntryKey) -> String? {
    if let known = authority[key] { return charter.owner(of: known) }
    guard before[key] == nil else { return charter.defaultOwner }
    return after[key].flatMap { charter.owner(of: $0) }
  }

  // MARK: - levels

  /// What an entry needs at one level, and the approvals that do not count there.
  private struct Way {
    var level: Level
    var need: EntryStanding.Need
    var uncovering: [(EntryVerdict, Classification)]
    var vetoes: [EntryVerdict] = []
  }

  /// The levels at which an entry may be agreed to, the lowest first.
  private func ways(
    to highest: Level, _ key: EntryKey, _ changes: [Change], _ classes: [ClassStanding], _ approvals: [EntryVerdict],
    _ owner: String?, _ authors: Set<String>, _ verdicts: [EntryVerdict]
  ) -> [Way] {
    let lowest = changes.map { level(of: $0, classes, isLowered: true) }.max() ?? highest
    return Level.allCases.filter { $0 >= lowest && $0 <= highest && $0 != .undecided }.sorted().map { level in
      let leading = classes.filter { !$0.isLowering || (level < Level.undecided.required && $0.isInEffect) }
      var counting: [String: Day?] = [:]
      // What a recorder may not record at this level nobody has said.
      let spoken = Set(verdicts.filter { $0.counts(at: level) || $0.verdict == .object }.map(\.reviewer.id))
      var uncovering: [(EntryVerdict, Classification)] = []
      for approval in approvals where approval.counts(at: level) {
        if let missing = leading.first(where: { !approval.classes.contains($0.classification) }) {
          uncovering.append((approval, missing.classification))
        } else {
          counting.updateValue(approval.day, forKey: approval.reviewer.id)
        }
      }
      return Way(
        level: level,
        need: need(key, level, changes, owner, approvers: counting, authors: authors, spoken: spoken),
        uncovering: uncovering)
    }
  }

  /// The level of a change as it was classified; with `isLowered` false, classes that ask for less are left out.
  private func level(of change: Change, _ classes: [ClassStanding], isLowered: Bool) -> Level {
    guard let found = classes.first(where: { $0.change == change }) else { return change.level.required }
    return !found.isLowering || (isLowered && found.isInEffect) ? found.level : change.level.required
  }

  private func classes(
    of key: EntryKey, _ changes: [Change], _ owner: String?, _ approvals: [EntryVerdict], _ authors: Set<String>
  ) -> [ClassStanding] {
    let proposed = classes[key] ?? []
    guard !proposed.isEmpty else { return [] }
    let owners = rules.eligible(.owner, owner: owner).subtracting(authors)
    return changes.compactMap { change in
      guard let (classification, level) = Classes.last(of: change, in: proposed) else { return nil }
      // What lowers a level is confirmed in one's own name.
      let confirming = approvals.filter { $0.recording == nil }.filter { approval in
        owners.contains(approval.reviewer.id) && approval.classes.contains(classification)
      }
      return ClassStanding(
        change: change, classification: classification, level: level,
        confirmedBy: confirming.map { ClassStanding.Confirmation(person: $0.reviewer.id, when: $0.when) }.sorted {
          $0.person < $1.person
        })
    }
  }

  // MARK: - quorums

  private func need(
    _ key: EntryKey, _ level: Level, _ changes: [Change], _ owner: String?, approvers counting: [String: Day?],
    authors: Set<String>,
    spoken: Set<String>
  ) -> EntryStanding.Need {
    let own = charter.rows(covering: .entry(key.kind), level)
    guard !own.isEmpty else { return .uncovered(.entry(key.kind)) }
    let (approvers, given) = (Set(counting.keys), counting.compactMapValues { $0 })
    var quorums = own.map {
      rules.standing(of: $0, owner: owner, approvers: approvers, authors: authors, spoken: spoken, given: given)
    }
    // Who may move a limit must also agree to doing without it.
    for change in changes {
      for limit in change.bypassedLimits(in: before) where !quorums.contains(where: { $0.bypassed == limit }) {
        let rows = charter.rows(covering: .entry(.limit), change.level)
        guard !rows.isEmpty else { return .uncovered(.entry(.limit)) }
        let limitOwner = self.owner(of: limit)
        quorums += rows.map {
          rules.standing(
            of: $0, owner: limitOwner, bypassed: limit, approvers: approvers, authors: authors, spoken: spoken,
            given: given)
        }
      }
    }
    return .quorums(quorums)
  }

  /// The objections of those who have a veto on what a quorum decides.
  private func vetoes(in need: EntryStanding.Need, _ verdicts: [EntryVerdict]) -> [EntryVerdict] {
    guard case .quorums(let quorums) = need else { return [] }
    let holders = Set(
      quorums.flatMap { quorum in
        quorum.row.veto.flatMap { rules.eligible($0, owner: quorum.owner) }
      })
    return verdicts.filter { $0.verdict == .object && $0.reviewer.isKnown && holders.contains($0.reviewer.id) }
  }

  /// The people behind addresses: everybody who has one now or would have it, and the addresses that are nobody's.
  private func authors(_ emails: Set<String>) -> Set<String> {
    var authors: Set<String> = []
    for email in emails {
      let ids = people.ids(email: email) + peopleAfter.ids(email: email)
      if ids.isEmpty { authors.insert(People.folded(email)) } else { authors.formUnion(ids) }
    }
    return authors
  }
}
