package import EthosModel
package import EthosRecord
package import EthosText

/// A later agreement to what reached the branch in force past its authority.
package enum Adoption {
  /// The state by which an adoption is judged: what stood before the breach, with the people, offices and charter of
  /// today, except where the breach itself touched them.
  ///
  /// So those decide who hold the offices when the adoption is made, and nobody can agree to a breach by an authority that
  /// the breach gave them.
  package static func authority(before breach: Snapshot, after: Snapshot, today: Snapshot) -> Snapshot {
    let kinds: [Kind] = [.charter, .cycle, .person]
    let touched = Set(breach.keys + after.keys).filter { key in
      kinds.contains(key.kind) && breach[key]?.meaning != after[key]?.meaning
    }
    var documents = breach.documents.filter { !kinds.contains($0.key.kind) || touched.contains($0.key) }
    for kind in kinds {
      for document in today.all(kind) where !touched.contains(document.key) { documents[document.key] = document }
    }
    return Snapshot(documents: documents.values)
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
