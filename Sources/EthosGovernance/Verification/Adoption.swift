package import EthosModel
package import EthosRecord
package import EthosText

/// A later agreement to what reached the branch in force past its authority.
package enum Adoption {
  /// The kinds of entries that say who may do what.
  package static let authorityKinds: [Kind] = [.charter, .cycle, .person]

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
  /// They speak of what the adoption speaks of: who objected then has to be answered now, or to say otherwise in a later
  /// review.
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
