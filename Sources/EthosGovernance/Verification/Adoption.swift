package import EthosModel
package import EthosRecord
package import EthosText

/// A later agreement to what reached the branch in force past its authority.
package enum Adoption {
  /// The kinds of entries that say who may do what.
  package static let authorityKinds: [Kind] = [.charter, .cycle, .person]

  /// The state by which an adoption is judged: what stood before the breach, with the people, offices and charter that
  /// nobody doubts.
  ///
  /// So those who hold the offices when the adoption is made decide, and nobody can agree to a breach by an authority that
  /// this breach, or another one that stands, gave them.
  package static func authority(before breach: Snapshot, trusted: [EntryKey: Document]) -> Snapshot {
    let others = breach.documents.filter { !authorityKinds.contains($0.key.kind) }
    return Snapshot(documents: others.merging(trusted) { $1 }.values)
  }

  /// The documents of a state that say who may do what.
  package static func authority(of snapshot: Snapshot) -> [EntryKey: Document] {
    snapshot.documents.filter { authorityKinds.contains($0.key.kind) }
  }

  /// The entries that say who may do what and differ between two states.
  package static func moved(_ before: Snapshot, _ after: Snapshot) -> Set<EntryKey> {
    Set(authority(of: before).keys).union(authority(of: after).keys).filter {
      before[$0]?.meaning != after[$0]?.meaning
    }
  }

  /// The objections that a breach was made against, as reviews of its adoption, which come after what `follows` says.
  ///
  /// They speak of what the adoption speaks of, whatever other breaches did to the state that it is judged by: who
  /// objected then has to be answered now, or to say otherwise in a later review.
  package static func standingObjections(
    _ past: LineStep, _ standing: Standing, before: Snapshot, after: Snapshot
  ) -> [SubmittedReview] {
    standing.objections.compactMap { objection in
      guard var review = past.reviews.first(where: { $0.id == objection.review }) else { return nil }
      review.record.reviewed = objection.entries.map {
        ReviewRecord.Reviewed(key: $0, before: Fingerprint.of($0, in: before), after: Fingerprint.of($0, in: after))
      }
      return review
    }
  }
}

/// The authority that nobody doubts, along a line: what came about without a breach, or by one that was adopted.
///
/// As long as nothing that says who may do what came about by a breach, that is what stands. From the first such breach on
/// it is what stood before, with those later changes that have what they need by it. Otherwise one breach could give the
/// authority that adopts another one.
package struct LineAuthority: Sendable {
  /// A step that changed who may do what.
  private struct Move: Sendable {
    var step: LineStep
    var isBreach: Bool
    var isAccepted = false
  }

  /// What stood before the first breach that is not adopted.
  private var base: [EntryKey: Document] = [:]
  private var moves: [Move] = []
  private var trusted: [EntryKey: Document]?

  package init() {}

  /// Whether what stands came about by a breach, in part.
  package var isDoubtful: Bool { trusted != nil }

  /// What is not doubted of a state that is the last on the line.
  package func documents(today: Snapshot) -> [EntryKey: Document] { trusted ?? Adoption.authority(of: today) }

  /// Goes on by a step. `isAgreed` says of a step, judged by another state before it, whether nothing is wrong with it.
  package mutating func add(_ step: LineStep, isBreach: Bool, isAgreed: (LineStep) throws -> Bool) rethrows {
    guard step.adopts == nil, isBreach || isDoubtful else { return }
    guard !Adoption.moved(step.before, step.after).isEmpty else { return }
    if trusted == nil {
      base = Adoption.authority(of: step.before)
      trusted = base
    }
    moves.append(Move(step: step, isBreach: isBreach))
    try take(moves.count - 1, isAgreed)
  }

  /// Takes a breach for good that was adopted, and everything that came about by what it changed.
  package mutating func accept(_ breach: ObjectID, isAgreed: (LineStep) throws -> Bool) rethrows {
    guard let index = moves.firstIndex(where: { $0.step.commit.id == breach }) else { return }
    moves[index].isBreach = false
    moves[index].isAccepted = true
    trusted = base
    for index in moves.indices { try take(index, isAgreed) }
    if moves.allSatisfy({ !$0.isBreach && $0.isAccepted }) { self = LineAuthority() }
  }

  private mutating func take(_ index: Int, _ isAgreed: (LineStep) throws -> Bool) rethrows {
    guard var known = trusted, !moves[index].isBreach else { return }
    let step = moves[index].step
    let moved = Adoption.moved(step.before, step.after)
    // What somebody changed further is as doubtful as what they changed.
    let doubtful = moved.filter { known[$0]?.meaning != step.before[$0]?.meaning }
    if !moves[index].isAccepted || !doubtful.isEmpty {
      guard doubtful.isEmpty else { return }
      var again = step
      again.before = Adoption.authority(before: step.before, trusted: known)
      guard try isAgreed(again) else { return }
      moves[index].isAccepted = true
    }
    for key in moved { known[key] = step.after[key] }
    trusted = known
  }
}

/// A breach that was adopted: from which day to which it stood.
package struct AdoptedBreach: Hashable, Sendable {
  package var commit: ObjectID
  package var from: Day
  package var until: Day
  /// The merge that adopted it, and the names of those who agreed.
  package var merge: ObjectID
  package var by: [String]

  package init(commit: ObjectID, from: Day, until: Day, merge: ObjectID, by: [String]) {
    self.commit = commit
    self.from = from
    self.until = until
    self.merge = merge
    self.by = by
  }

  /// A finding of the breach, as it is told once it is adopted.
  package func told(_ finding: Finding) -> Finding {
    var finding = finding
    finding.severity = .note
    finding.message += "; in breach from \(from) to \(until), adopted by \(by.joined(separator: ", ")) (\(merge.short))"
    finding.help = []
    return finding
  }
}
