import Crypto
import EthosGit
package import EthosGovernance
package import EthosRecord
import EthosStore
import EthosText

/// The reviews among the commits that a merge brings, or would bring, and what those commits are to it.
package struct BroughtReviews {
  /// In the order of the graph, the oldest first.
  ///
  /// Of those that hold the same signed content the first stands for all.
  package fileprivate(set) var reviews: [SubmittedReview] = []
  package fileprivate(set) var graph = ReviewGraph()
  /// All commits that are reviews by their shape.
  package fileprivate(set) var ids: Set<ObjectID> = []
  /// The tips of what is merged: commits that are no reviews and that no other of them holds.
  package fileprivate(set) var tips: [ObjectID] = []
  /// Commits that are no reviews, no part of what the tips bring, and no earlier form of it.
  package fileprivate(set) var alongside: [ObjectID] = []
  /// Everything that is brought, the newest first.
  package fileprivate(set) var brought: [ObjectID] = []

  package init() {}
}

/// Which commits are reviews by their shape, and what those were given of, as far as somebody asked.
final class ReviewShapes {
  var known: [ObjectID: Bool] = [:]
  var read: [ObjectID: ObjectID] = [:]
}

extension ProposalReader {
  /// Reads what these parents bring that the hidden commit does not hold.
  ///
  /// - Parameters:
  ///   - parents: the tips of a proposal and of its reviews, in any order.
  ///   - base: what was in force; what it holds is not brought.
  ///   - proposal: the name of the proposal where the caller knows it.
  /// - Returns: the reviews, and what the other commits are. Costs one walk and one reading of each commit.
  /// - Throws: where an object cannot be read.
  package func broughtReviews(
    by parents: [ObjectID], hiding base: ObjectID, proposal: String? = nil
  ) throws -> BroughtReviews {
    let repository = store.repository
    var result = BroughtReviews()
    result.brought = try repository.walk(from: parents, hiding: [base], order: .topological)
    let brought = Set(result.brought)
    var links: [ObjectID: [ObjectID]] = [:]
    var aliases: [ObjectID: ObjectID] = [:]
    var known: [[UInt8]: Int] = [:]
    var found: [SubmittedReview] = []
    for id in result.brought.reversed() {
      let commit = try repository.commit(id)
      links[id] = commit.parents
      guard let record = ReviewRecord(message: commit.message), try isReview(commit) else { continue }
      result.ids.insert(id)
      let read = try self.read(commit)
      let content = try signedDigest(of: id)
      if let first = known[content] {
        aliases[id] = found[first].id
        found[first].twins.append(id)
        continue
      }
      known[content] = found.count
      var review = SubmittedReview(id: id, author: commit.author, record: record, follows: [])
      review.committed = commit.committer.when
      review.builtOn = try commit.parents.map { try repository.commit($0).committer.when }
        .max { $0.seconds < $1.seconds }
      review.read = read
      found.append(review)
    }
    result.graph = ReviewGraph(parents: links, aliases: aliases)
    result.tips = try tips(among: parents, brought, result.ids, found)
    let ofTips = Set(try repository.walk(from: result.tips, hiding: [base], order: .topological))
    let start = try result.tips.first.flatMap { try firstCommit(of: $0, hiding: ofTips) }
    var lineages: [[ObjectID?]: SubmittedReview.Lineage] = [:]
    for index in found.indices {
      let origin = [found[index].read, found[index].record.of?.first]
      let lineage = try lineages[origin] ?? lineage(of: found[index], ofTips, start, base)
      lineages[origin] = lineage
      found[index].lineage = lineage
    }
    result.reviews = found
    let others = result.brought.filter { !ofTips.contains($0) && !result.ids.contains($0) }
    if !others.isEmpty {
      // An earlier form of the proposal comes along with what was said of it; and an objection is never left behind.
      let excused = found.filter { review in
        review.lineage == .rebased
          || (review.record.verdict == .object && proposal != nil && review.record.of?.proposal == proposal)
      }.compactMap(\.read)
      let earlier = Set(try repository.walk(from: excused, hiding: [base], order: .topological))
      result.alongside = others.filter { !earlier.contains($0) }
    }
    return result
  }

  /// The first commit of a proposal: the end of the first parents that it adds.
  package func firstCommit(ofProposal tip: ObjectID, base: ObjectID) throws -> ObjectID {
    try firstCommit(of: tip, hiding: Set(store.repository.walk(from: [tip], hiding: [base], order: .topological)))
      ?? tip
  }

  private func firstCommit(of tip: ObjectID, hiding own: Set<ObjectID>) throws -> ObjectID? {
    guard own.contains(tip) else { return nil }
    var first = tip
    while let next = try store.repository.parents(of: first).first, own.contains(next) { first = next }
    return first
  }

  // MARK: - shapes

  /// Whether a commit is a review: it leaves everything as what was read has it, and all its further parents are
  /// reviews too, given before it.
  ///
  /// One that changes a file, or carries something else, is a change that calls itself a review, and counts for
  /// nothing.
  package func isReview(_ commit: Commit) throws -> Bool {
    if let known = shapes.known[commit.id] { return known }
    // Further parents are looked at without recursion: a chain of reviews may be long.
    var open = [commit]
    while let next = open.last {
      if shapes.known[next.id] != nil {
        open.removeLast()
        continue
      }
      guard let parent = next.parents.first, ReviewRecord(message: next.message) != nil,
        try store.repository.commit(parent).tree == next.tree
      else {
        shapes.known[next.id] = false
        continue
      }
      let further = try next.parents.dropFirst().filter { shapes.known[$0] == nil }.map {
        try store.repository.commit($0)
      }
      if further.isEmpty {
        shapes.known[next.id] = next.parents.dropFirst().allSatisfy { shapes.known[$0] == true }
      } else {
        open += further
      }
    }
    return shapes.known[commit.id] ?? false
  }

  /// What a review was given of: below it and below the reviews that it follows at once.
  ///
  /// A chain of reviews is gone down once, whoever of it is asked about.
  private func read(_ review: Commit) throws -> ObjectID? {
    var passed = [review.id]
    var next = review.parents.first
    while let id = next {
      if let known = shapes.read[id] {
        next = known
        break
      }
      let commit = try store.repository.commit(id)
      guard try isReview(commit) else { break }
      passed.append(id)
      next = commit.parents.first
    }
    if let next { for id in passed { shapes.read[id] = next } }
    return next
  }

  /// What identifies a record: what was signed of it, so that the same words under another form of the same signature are
  /// not given twice.
  private func signedDigest(of id: ObjectID) throws -> [UInt8] {
    guard case .signed(let payload, _) = try store.repository.signedContent(of: id) else { return Array(id.bytes) }
    return Array(SHA256.hash(data: payload))
  }

  // MARK: - what is merged

  private func tips(
    among parents: [ObjectID], _ brought: Set<ObjectID>, _ reviews: Set<ObjectID>, _ found: [SubmittedReview]
  ) throws -> [ObjectID] {
    var candidates = parents.filter { brought.contains($0) && !reviews.contains($0) }
    // A branch that ends with its reviews is merged at what they were given of.
    if candidates.isEmpty { candidates = found.compactMap(\.read).filter { brought.contains($0) } }
    var tips: [ObjectID] = []
    for id in candidates where !tips.contains(id) {
      let isInner = try candidates.contains { try $0 != id && store.repository.isAncestor(id, of: $0) }
      if !isInner { tips.append(id) }
    }
    return tips
  }

  private func lineage(
    of review: SubmittedReview, _ ofTips: Set<ObjectID>, _ start: ObjectID?, _ base: ObjectID
  ) throws -> SubmittedReview.Lineage {
    guard let read = review.read else { return .foreign }
    if ofTips.contains(read) { return .ofTip }
    guard let start, let first = review.record.of?.first, try store.repository.contains(first),
      // What began with a commit that is in force was decided already.
      try !store.repository.isAncestor(first, of: base), try store.repository.isAncestor(first, of: read)
    else { return .foreign }
    let (mine, its) = (try store.repository.commit(start).author, try store.repository.commit(first).author)
    return mine == its ? .rebased : .foreign
  }
}
