import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// Whether the first commit of a line is vouched for by those who are trusted: public keys, or people of its `people/`.
  ///
  /// The first commit is looked for along the line itself, whatever was verified before.
  func rootTrust(_ words: [String], threshold: Int?, line head: ObjectID) throws -> RootTrust {
    if let threshold, !(1...words.count).contains(threshold) {
      throw Failure.usage(
        "`--threshold \(threshold)` of \(words.count) cannot be",
        help: "say how many of those given with `--trust` have to vouch, from 1 to \(words.count)")
    }
    var root = head
    while let parent = try repository.parents(of: root).first { root = parent }
    let commit = try repository.commit(root)
    let people = try store.snapshot(ofTree: commit.tree, kinds: [.charter, .person])
    let day = zone(of: people).day(of: commit.committer.when)
    let seats: [TrustedSeat]
    do throws(TrustedSeat.Problem) {
      seats = try TrustedSeat.read(words, people: people, on: day)
    } catch {
      throw Failure.usage(error.message, help: error.help)
    }
    return try RootTrust(
      RootTrust.Demand(seats: seats, threshold: threshold ?? seats.count), root: root,
      rootVerdict: signatureVerifier.verdict(of: root), tags: trustTags())
  }

  private func trustTags() throws -> [TrustTag] {
    try repository.references(under: "refs/tags/trust/").map { reference in
      let name = String(decoding: reference.name.utf8.dropFirst("refs/tags/".utf8.count), as: UTF8.self)
      do {
        return TrustTag(
          reference: name, tag: try repository.tag(reference.target),
          verdict: try signatureVerifier.verdict(of: reference.target))
      } catch is GitError {
        // What is no tag object, or a malformed one, counts for nothing, and is reported as such.
        return TrustTag(reference: name, tag: nil, verdict: .unsigned)
      }
    }
  }
}
