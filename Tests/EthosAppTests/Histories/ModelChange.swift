/// What a proposal does to one key, as `ethos help changes` ranks it.
struct ModelChange {
  var key: String
  var level: ModelLevel
  /// Whether only a reworded text makes it as heavy as it is, which a class may lower.
  var isUndecided = false
  /// The level of everything else that changed with such a text.
  var rest = ModelLevel.editorial
  /// The office that owned it before; after, when it is added.
  var owner: String
  /// Who gains by it.
  var benefits: [String] = []

  var subject: String { key.split(separator: "/").first.map(String.init) ?? key }

  /// The changes from one state to another.
  static func all(_ before: ModelState, _ after: ModelState) -> [ModelChange] {
    after.differences(from: before).map { ModelChange($0, before, after) }
  }

  private init(_ key: String, _ before: ModelState, _ after: ModelState) {
    self.key = key
    let (old, new) = (before.entries[key], after.entries[key])
    owner = (old ?? new)?.fields["owner"] ?? "chief-executive"
    level = .critical
    benefits = [old, new].compactMap { $0?.fields["benefits"]?.trimmed(of: "[]") }.filter { !$0.isEmpty }
    if before.print(key) == after.print(key) {
      level = .editorial
      return
    }
    guard let new else { return }
    let kind = new.kind
    guard let old else {
      level = kind == "exception" ? .critical : .major
      return
    }
    let changed = new.fields.keys.filter { new.fields[$0] != old.fields[$0] }
    let levels = changed.map { Self.level(kind, $0, old.fields[$0], new.fields[$0]) }
    level = levels.max() ?? .editorial
    let texts = ["statement", "question"]
    isUndecided = !changed.filter(texts.contains).isEmpty
    rest =
      changed.filter { !texts.contains($0) }
      .map { Self.level(kind, $0, old.fields[$0], new.fields[$0]) }.max() ?? .editorial
  }

  /// The level of one changed field.
  private static func level(_ kind: String, _ field: String, _ old: String?, _ new: String?) -> ModelLevel {
    switch (kind, field) {
    case (_, "because"): .minor
    case ("value", "title"): .major
    case (_, "title"): .minor
    case (_, "statement"), (_, "question"): .major
    case ("limit", "atMost"): Int(new ?? "") ?? 0 < Int(old ?? "") ?? 0 ? .major : .critical
    case ("decision", "threshold"): Int(new ?? "") ?? 0 < Int(old ?? "") ?? 0 ? .major : .critical
    case ("exception", "until"): (new ?? "") < (old ?? "") ? .major : .critical
    case ("exception", "status"), ("system", "status"), (_, "owner"): .major
    case (_, "since"): .minor
    default: .critical
    }
  }
}

extension String {
  fileprivate func trimmed(of characters: String) -> String { filter { !characters.contains($0) } }
}

/// One review of a proposal.
struct ModelReview {
  enum Verdict: String { case approve, object, abstain, comment }

  var person: String
  var verdict: Verdict
  /// What was read of each key: its meaning before and after.
  var prints: [String: [String?]]
  var isConditional = false
  var recordedBy: String?
  /// Keys whose class it confirms.
  var classes: Set<String> = []
  var day: Int
  /// The last day of the key that signed it.
  var keyUntil: Int?
}

/// A proposal that is open.
struct ModelProposal {
  var name: String
  /// The state in force that it was begun on, or that was last merged into it.
  var base: ModelState
  var tip: ModelState
  var authors: [String: Set<String>] = [:]
  var reviews: [ModelReview] = []
  /// The commits that change something, for whoever re-bases them.
  var commits: [(author: String, message: String, state: ModelState)] = []
  var lacksReason = false
  /// Classes by key: the action.
  var classes: [String: String] = [:]
  /// Whether main was merged into it: then it cannot be re-based.
  var isMerged = false

  /// What ratifying makes of what is in force; nil where both changed the same.
  func merged(into main: ModelState) -> ModelState? { ModelState.merge(base: base, main, tip) }
}

/// Who holds what on a day, and whether what was said is enough: the charter's authority in a hundred lines.
struct ModelAuthority {
  var main: ModelState
  var day: Int

  /// The offices of the cycle that leads on a day.
  func offices(on day: Int) -> [String: [ModelHolder]] {
    let leading = main.cycles.values.filter { $0.from <= day && day <= $0.until ?? .max }
    return leading.max { $0.from < $1.from }?.offices ?? [:]
  }

  func holders(of office: String, on day: Int) -> Set<String> {
    Set((offices(on: day)[office] ?? []).map(\.person))
  }

  /// What each person says of a key as it stands.
  func verdicts(_ proposal: ModelProposal, _ key: String, _ after: ModelState) -> [String: ModelReview] {
    var said: [String: ModelReview] = [:]
    for review in proposal.reviews where review.verdict != .comment && main.people[review.person] != nil {
      guard review.prints[key] == [main.print(key), after.print(key)] else { continue }
      guard review.keyUntil.map({ day <= $0 }) ?? true else { continue }
      if let recorder = review.recordedBy {
        guard holders(of: "secretary", on: day).contains(recorder),
          proposal.authors[key]?.contains(recorder) != true
        else { continue }
      }
      said[review.person] = review
    }
    return said
  }

  /// Whether those who must agree to one change did, and nobody with a veto objects.
  func isMet(_ change: ModelChange, _ proposal: ModelProposal, _ after: ModelState) -> Bool {
    let said = verdicts(proposal, change.key, after)
    let authors = proposal.authors[change.key] ?? []
    var levels = [change.level]
    if change.isUndecided, let action = proposal.classes[change.key] {
      let confirmed = holders(of: change.owner, on: day).subtracting(authors).contains { person in
        said[person].map {
          $0.verdict == .approve && !$0.isConditional && $0.recordedBy == nil && $0.classes.contains(change.key)
        } ?? false
      }
      if confirmed { levels.append(max(change.rest, action == "clarified" ? .editorial : .minor)) }
    }
    return levels.contains { level in
      let rows = main.charter.rows(covering: change.subject, level)
      return !rows.isEmpty && rows.allSatisfy { isMet($0, level, change, said, authors) }
    }
  }

  private func isMet(
    _ row: ModelRow, _ level: ModelLevel, _ change: ModelChange, _ said: [String: ModelReview], _ authors: Set<String>
  ) -> Bool {
    let objectors = Set(said.filter { $0.value.verdict == .object }.keys)
    guard row.veto.allSatisfy({ holders(of: $0, on: day).isDisjoint(with: objectors) }) else { return false }
    let gainers = Set(change.benefits.flatMap { [$0] + holders(of: $0, on: day) })
    // Who gains by it may not have written it either.
    guard gainers.isDisjoint(with: authors) else { return false }
    let approvers = said.values.filter { review in
      review.verdict == .approve && !review.isConditional && (row.selfApproval || !authors.contains(review.person))
        && !gainers.contains(review.person)
        && (review.recordedBy == nil || main.charter.recorderLevel.map { level <= $0 } ?? true)
    }
    let seats = row.quorum.sorted { $0.key < $1.key }.flatMap { Array(repeating: $0.key, count: $0.value) }
    let choices = seats.map { seat in
      approvers.filter { mayFill(seat, $0, change.owner, said, authors) }.map(\.person)
    }
    return canFill(choices[...], [])
  }

  /// Distinct people for distinct seats.
  private func canFill(_ choices: ArraySlice<[String]>, _ used: Set<String>) -> Bool {
    guard let first = choices.first else { return true }
    return first.contains { !used.contains($0) && canFill(choices.dropFirst(), used.union([$0])) }
  }

  /// Whether a reviewer may fill a seat, as its holder or for one: on the day of the review and of the ratification.
  private func mayFill(
    _ seat: String, _ review: ModelReview, _ owner: String, _ said: [String: ModelReview], _ authors: Set<String>
  ) -> Bool {
    if seat == "anyone" { return true }
    let office = seat == "owner" ? owner : seat
    return [day, review.day].allSatisfy { day in
      (offices(on: day)[office] ?? []).contains { holder in
        holder.person == review.person
          || holder.deputy == review.person && said[holder.person] == nil && !authors.contains(holder.person)
      }
    }
  }

  /// The objections that need an answer.
  func objectors(_ proposal: ModelProposal, _ after: ModelState) -> Set<String> {
    Set(
      ModelChange.all(main, after).flatMap { change in
        verdicts(proposal, change.key, after).filter { $0.value.verdict == .object }.keys
      })
  }

  /// Whether nothing but answers is missing.
  func canRatify(_ proposal: ModelProposal) -> Bool {
    guard !proposal.lacksReason, let after = proposal.merged(into: main) else { return false }
    let changes = ModelChange.all(main, after)
    return !changes.isEmpty && changes.allSatisfy { isMet($0, proposal, after) }
  }

  /// People who together are enough, chosen at random and none of them needless; nil where nobody can be.
  func approvers(
    _ proposal: ModelProposal, _ after: ModelState, selfApproving: Bool = false, shuffled: [String]
  ) -> [String]? {
    func suffices(_ people: [String]) -> Bool {
      var copy = proposal
      copy.lacksReason = false
      for person in people { copy.reviews.append(approval(of: person, proposal, after)) }
      return ModelChange.all(main, after).allSatisfy { isMet($0, copy, after) }
    }
    let authors = Set(proposal.authors.values.joined())
    // A deputy is needed only where the holder says nothing: both ways are tried.
    let deputies = Set(offices(on: day).values.joined().compactMap(\.deputy))
    for left in [[], shuffled.filter { !deputies.contains($0) && isDeputised($0) }] {
      var chosen = shuffled.filter { person in
        !left.contains(person) && main.people[person] != nil && (selfApproving || !authors.contains(person))
      }
      guard suffices(chosen) else { continue }
      for person in chosen {
        let fewer = chosen.filter { $0 != person }
        if suffices(fewer) { chosen = fewer }
      }
      return chosen
    }
    return nil
  }

  private func isDeputised(_ person: String) -> Bool {
    offices(on: day).values.joined().contains { $0.person == person && $0.deputy != nil }
  }

  /// An approval as somebody would give it now.
  func approval(of person: String, _ proposal: ModelProposal, _ after: ModelState) -> ModelReview {
    ModelReview(
      person: person, verdict: .approve,
      prints: Dictionary(
        uniqueKeysWithValues: after.differences(from: main).map { ($0, [main.print($0), after.print($0)]) }),
      classes: Set(proposal.classes.keys), day: day)
  }
}
