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
  mutating func add(_ reviews: [SubmittedReview], before: Snapshot, after: Snapshot) {
    for review in reviews where review.record.verdict == .object {
      for said in review.record.reviewed where said.before != said.after {
        let isMade =
          said.before == Fingerprint.of(said.key, in: before) && said.after == Fingerprint.of(said.key, in: after)
        let isTakenBack = reviews.contains {
          $0.author.email == review.author.email && $0.follows.contains(review.id)
            && $0.record.onBehalfOf == review.record.onBehalfOf && $0.record.verdict != .comment
            && $0.record.reviewed.contains(said)
        }
        guard !isMade, !isTakenBack else { continue }
        byChange[said, default: []].append(review)
        ids.insert(review.id)
      }
    }
  }

  /// The reviews of changes that are made at a commit, and the objections to exactly these that it holds already.
  func joined(
    to reviews: [SubmittedReview], of entries: some Sequence<EntryKey>, before: Snapshot, after: Snapshot,
    at commit: ObjectID, in repository: Repository
  ) throws -> [SubmittedReview] {
    guard !isEmpty else { return reviews }
    var joined = reviews
    for key in entries {
      let change = ReviewRecord.Reviewed(
        key: key, before: Fingerprint.of(key, in: before), after: Fingerprint.of(key, in: after))
      for objection in byChange[change] ?? []
      where try repository.isAncestor(objection.id, of: commit) { try joined.join(objection, in: repository) }
    }
    return joined
  }
}

extension Workspace {
  /// The objections to a change that the branch in force holds and nobody heard, for a proposal that would make it.
  ///
  /// Costs the messages of all commits, and the state of those that brought an objection to exactly this.
  func buriedObjections(
    to entries: [EntryKey], before: Snapshot, after: Snapshot, main: ObjectID
  ) throws -> BuriedObjections {
    var buried = BuriedObjections()
    let changes = Set(
      entries.map {
        ReviewRecord.Reviewed(
          key: $0, before: Fingerprint.of($0, in: before), after: Fingerprint.of($0, in: after))
      })
    let reader = ProposalReader(store)
    let graph = WalkedGraph(store)
    var known: Set<ObjectID> = []
    for id in try repository.walk(from: [main], hiding: []) {
      let message = try repository.commit(id).message
      guard message.utf8.count < 1 << 20, message.holds("object"),
        let record = ReviewRecord(message: message), record.verdict == .object,
        !changes.isDisjoint(with: record.reviewed)
      else { continue }
      guard let merge = try graph.entry(of: id, toLineOf: main), known.insert(merge).inserted else { continue }
      let commit = try repository.commit(merge)
      guard let parent = commit.parents.first else { continue }
      let reviews = try reader.reviews(tips: Array(commit.parents.dropFirst()), hiding: [parent])
      let states = try [repository.commit(parent).tree, commit.tree].map { try store.snapshot(ofTree: $0) }
      buried.add(reviews, before: states[0], after: states[1])
    }
    return buried
  }
}

extension [SubmittedReview] {
  /// Puts an objection that stands among reviews; one that was given knowing it follows it.
  mutating func join(_ objection: SubmittedReview, in repository: Repository) throws {
    guard !contains(where: { $0.id == objection.id }) else { return }
    for index in indices where try repository.isAncestor(objection.id, of: self[index].id) {
      self[index].follows.insert(objection.id)
    }
    append(objection)
  }
}
