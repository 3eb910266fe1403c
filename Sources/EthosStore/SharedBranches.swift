import EthosGit
package import EthosRecord
import EthosText

/// The tip of an open or decided proposal, here and where it was fetched from.
package struct ProposalTip: Hashable, Sendable {
  package var name: String
  /// The newest tip by the graph; of tips that diverge, the one here.
  package var tip: ObjectID
  /// The tip of the branch here; nil where it is known from a remote alone.
  package var local: ObjectID?
  /// The branches of remotes, as `origin/proposals/NAME`, that hold commits which the tip does not.
  package var diverging: [String] = []

  package init(name: String, tip: ObjectID) {
    self.name = name
    self.tip = tip
    local = tip
  }

  /// Joins what is here with what remotes have.
  fileprivate init?(
    name: String, local: ObjectID?, remotes: [(branch: String, tip: ObjectID)], _ repository: Repository
  ) throws {
    guard var tip = local ?? remotes.first?.tip else { return nil }
    for remote in remotes where try repository.isAncestor(tip, of: remote.tip) { tip = remote.tip }
    self.name = name
    self.tip = tip
    self.local = local
    diverging = try remotes.filter { try !repository.isAncestor($0.tip, of: tip) }.map(\.branch)
  }
}

/// The tip of one branch of reviews, here or at a remote.
package struct ReviewTip: Hashable, Sendable {
  /// The person, and who recorded it: `ada`, `ada.by.mei`.
  package var branch: String
  package var tip: ObjectID
  /// Whether the branch is here; else it is what was fetched from a remote.
  package var isLocal: Bool

  /// The id of the person who speaks in it.
  package var person: String { branch.parts(at: ".", omittingEmpty: true).first ?? branch }
}

/// Proposals and reviews travel as branches: those here, and those that `git fetch` brought under `refs/remotes/`. What
/// cannot be read is left out: see `unreadableBranches`.
extension IdentityStore {
  /// The proposals here and at remotes, by name.
  package func proposals() throws -> [ProposalTip] {
    let prefix = "refs/heads/proposals/"
    var here: [String: ObjectID] = [:]
    for found in try readable(repository.references(under: prefix)) {
      here[found.name.dropping(prefix) ?? found.name] = found.target
    }
    var there: [String: [(branch: String, tip: ObjectID)]] = [:]
    for found in try remoteBranches(in: "proposals") {
      there[found.name, default: []].append(("\(found.remote)/proposals/\(found.name)", found.target))
    }
    return try Set(here.keys).union(there.keys).sorted().compactMap { name in
      try ProposalTip(name: name, local: here[name], remotes: there[name] ?? [], repository)
    }
  }

  /// The proposal of a name, here or at a remote.
  package func proposal(_ name: String) throws -> ProposalTip? { try proposals().first { $0.name == name } }

  /// The tips of the reviews of a proposal, here and at remotes; a tip that two branches have is given once.
  package func reviewTips(of proposal: String) throws -> [ReviewTip] {
    let prefix = RecordReference.reviews(proposal)
    var tips = try readable(repository.references(under: prefix)).map {
      ReviewTip(branch: $0.name.dropping(prefix) ?? $0.name, tip: $0.target, isLocal: true)
    }
    for found in try remoteBranches(in: "reviews") where found.name.begins(with: "\(proposal)/") {
      let tip = ReviewTip(
        branch: String(found.name.dropping(proposal + "/") ?? found.name), tip: found.target, isLocal: false)
      if !tips.contains(where: { $0.branch == tip.branch && $0.tip == tip.tip }) { tips.append(tip) }
    }
    return tips
  }

  /// The branches in a folder of every remote: `refs/remotes/REMOTE/FOLDER/NAME`.
  private func remoteBranches(in folder: String) throws -> [(remote: String, name: String, target: ObjectID)] {
    let prefix = "refs/remotes/"
    func parts(_ name: String) -> [String]? {
      let parts = name.unicodeScalars.dropFirst(prefix.count).split(separator: "/", maxSplits: 2).map {
        String(String.UnicodeScalarView($0))
      }
      return parts.count == 3 && parts[1] == folder ? parts : nil
    }
    let references = try repository.references(under: prefix).filter { parts($0.name) != nil }
    return try readable(references).compactMap { reference in
      parts(reference.name).map { ($0[0], $0[2], reference.target) }
    }
  }
}
