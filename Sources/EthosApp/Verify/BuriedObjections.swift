import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// Objections that merges brought which did not make the change that they are about.
///
/// Such an objection is no longer new when the change is made later, with other words or on another branch; it still
/// stands, as nobody heard it. Mostly these are objections to what a proposal said before it was mended, which nobody
/// proposes again.
struct BuriedObjections {
  private var byChange: [ReviewRecord.Reviewed: [SubmittedReview]] = [:]
  private(set) var ids: Set<ObjectID> = []

  var isEmpty: Bool { ids.isEmpty }

  /// Goes on by what a step brought: its reviews that count, as it made the changes of its states.
  mutating func add(_ reviews: [SubmittedReview], graph: ReviewGraph, before: Snapshot, after: Snapshot) {
    for review in reviews where review.record.verdict == .object {
      for said in review.record.reviewed where said.before != said.after {
        let isMade =
          said.before == Fingerprint.of(said.key, in: before) && said.after == Fingerprint.of(said.key, in: after)
        let isTakenBack = reviews.contains {
          $0.author.email == review.author.email && $0.record.onBehalfOf == review.record.onBehalfOf
            && $0.record.verdict != .comment && $0.record.reviewed.contains(said) && graph.follows($0.id, review.id)
        }
        guard !isMade, !isTakenBack else { continue }
        byChange[said, default: []].append(review)
        ids.insert(review.id)
      }
    }
  }

  /// Joins to a step the objections to exactly what it changes that its line holds already.
  func join(to step: inout LineStep, of entries: some Sequence<EntryKey>, in repository: Repository) throws {
    guard !isEmpty else { return }
    for key in entries {
      let change = ReviewRecord.Reviewed(
        key: key, before: Fingerprint.of(key, in: step.before), after: Fingerprint.of(key, in: step.after))
      for objection in byChange[change] ?? [] {
        let isHeld = try step.commit.parents.contains { try repository.isAncestor(objection.id, of: $0) }
        if isHeld { try step.join(objection, in: repository) }
      }
    }
  }
}

extension LineStep {
  /// Puts an objection that stands among the reviews; one that was given knowing it follows it.
  mutating func join(_ objection: SubmittedReview, in repository: Repository) throws {
    guard !reviews.contains(where: { $0.id == objection.id }) else { return }
    for index in reviews.indices {
      let isKnown = try objection.forms.contains { try repository.isAncestor($0, of: reviews[index].id) }
      if isKnown { reviews[index].follows.insert(objection.id) }
    }
    reviews.append(objection)
  }
}
