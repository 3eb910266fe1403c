import EthosGit
import EthosGovernance
package import EthosRecord
import EthosText

/// Where records live among the references of a repository.
package enum RecordReference {
  package static func proposal(_ name: String) -> String { "refs/heads/proposals/\(name)" }
  package static func proposalBranch(_ name: String) -> String { "proposals/\(name)" }
  package static func reviews(_ name: String) -> String { "refs/heads/reviews/\(name)/" }
  package static func review(_ name: String, _ branch: String) -> String { "refs/heads/reviews/\(name)/\(branch)" }
  /// The last part of the name of a review's branch: the person, and who recorded it.
  ///
  /// A point is in no id.
  package static func reviewBranch(_ person: String, recordedBy recorder: String?) -> String {
    recorder.map { "\(person).by.\($0)" } ?? person
  }
  package static func closed(_ name: String) -> String { "refs/tags/closed/\(name)" }
  package static func release(_ cycle: String, _ number: Int) -> String { "refs/tags/release/\(cycle)/\(number)" }
  package static func releaseApprovals(_ name: ReleaseName) -> String {
    reviews("release-\(name.cycle)-\(name.number)")
  }
  package static func releaseApproval(_ name: ReleaseName, _ person: String) -> String {
    releaseApprovals(name) + person
  }
  package static func branch(_ name: String) -> String { "refs/heads/\(name)" }
}

/// A release as it stands in the repository: its tag, its manifest and the commit that it names.
package struct ReleaseTag: Sendable {
  /// As people say it: `growth-2019/1`.
  package var name: String
  package var tag: AnnotatedTag
  package var commit: ObjectID
  package var manifest: ReleaseManifest

  package var reference: String { "release/\(name)" }
}

extension IdentityStore {
  /// The names of the proposals that branches `reviews/…` speak of, here and as they were fetched, sorted.
  package func reviewedProposals() throws -> [String] {
    // refs/heads/reviews/NAME/PERSON, and refs/remotes/REMOTE/reviews/NAME/PERSON.
    func proposal(_ reference: RepositoryReference) -> String? {
      let parts = reference.name.parts(at: "/", omittingEmpty: true)
      guard let place = parts.firstIndex(of: "reviews"), place + 2 < parts.count else { return nil }
      return String(parts[place + 1])
    }
    let own = try repository.references(under: "refs/heads/reviews/")
    let fetched = try repository.references(under: "refs/remotes/")
    return try Set(readable((own + fetched).filter { proposal($0) != nil }).compactMap(proposal)).sorted()
  }

  /// The releases of the repository in the order in which they were made, and the tags under `release/` that are none.
  package func releases() throws -> (releases: [ReleaseTag], unreadable: [String]) {
    var releases: [ReleaseTag] = []
    var unreadable: [String] = []
    for reference in try repository.references(under: "refs/tags/release/") {
      let name = reference.name.dropping("refs/tags/release/") ?? reference.name
      guard let tag = try repository.readableTag(reference.target),
        let manifest = ReleaseManifest(message: tag.message), manifest.name.description == name,
        let commit = try repository.readableCommit(tag.target)
      else {
        unreadable.append(name)
        continue
      }
      releases.append(ReleaseTag(name: name, tag: tag, commit: commit.id, manifest: manifest))
    }
    releases.sort { left, right in
      let leftKey = (left.tag.tagger?.when.seconds ?? 0, left.manifest.number)
      let rightKey = (right.tag.tagger?.when.seconds ?? 0, right.manifest.number)
      return leftKey == rightKey ? left.name < right.name : leftKey < rightKey
    }
    return (releases, unreadable)
  }
}

extension ReleaseManifest {
  /// The first line of the summary.
  package var title: String { summary.parts(at: "\n", omittingEmpty: true).first ?? "" }
}
