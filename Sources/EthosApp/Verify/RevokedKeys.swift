import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// The reviews and merges of the line that a key signed after the day with which it was revoked later, and that counted.
  ///
  /// Costs the judging of the merges between that day and its revocation, where a key was revoked at all.
  func signedAfterRevocation(_ line: LineVerification) throws -> [Finding] {
    try line.revocations.flatMap { commit, revoked in
      let people = People(snapshot: try store.snapshot(ofTree: repository.treeID(of: commit), kinds: [.person]))
      return try revoked.compactMap { key in
        try key.finding(
          signed(by: key, before: commit, line), commit: commit, by: people[id: key.person]?.name ?? key.person)
      }
    }
  }

  private func signed(by key: KeyRevocation, before revoking: ObjectID, _ line: LineVerification) throws -> [String] {
    var records: [String] = []
    var next = try repository.parents(of: revoking).first
    while let id = next {
      let commit = try repository.commit(id)
      next = commit.parents.first
      let day = days(of: try store.snapshot(ofTree: commit.tree, kinds: [.charter]))
      // Clocks differ: what lies before the last day by more than that is older.
      guard day(Instant(seconds: commit.committer.when.seconds + toleratedClockDifference)) > key.lastDay else { break }
      guard commit.parents.count > 1 else { continue }
      func isLate(_ dates: Instant...) -> Bool { dates.contains { day($0) > key.lastDay } }
      if isLate(commit.committer.when), try signatureVerifier.verdict(of: id) == .valid(key.key) {
        records.append("the merge \(id.short) of \(day(commit.committer.when))")
      }
      for review in try line.judgement(of: commit).step.reviews where review.record.verdict != .comment {
        guard isLate(review.author.when, review.committed ?? review.author.when),
          try signatureVerifier.verdict(of: review.id) == .valid(key.key)
        else { continue }
        let given = day(review.committed ?? review.author.when)
        records.append("the review \(review.id.short) of \(given) (\(review.record.verdict.rawValue)), in \(id.short)")
      }
    }
    return records.reversed()
  }
}
