import EthosApp
import EthosDiff
import EthosGit
import EthosRecord
import EthosTestSupport

/// A proposal of which the generator knows who must approve it.
struct Prepared {
  var name: String
  var after: ModelState
  var author: String
  var approvers: [String]
}

/// What dishonest acts are made of.
extension World {
  /// The state with a limit that is loosened: critical, and conflicting with nothing.
  func loosened() -> ModelState {
    var after = main
    after.entries["limit/days"]?.fields["atMost"] = "\(200 + acts.count)"
    after.entries["limit/days"]?.fields["title"] = freshName("Days")
    return after
  }

  /// A proposal of a state, and who is enough to agree to it; nobody has yet.
  func prepare(_ after: ModelState? = nil, by author: String? = nil) throws -> Prepared? {
    let after = after ?? loosened()
    guard let author = author ?? self.author(for: after) else { return nil }
    let name = freshName("plot")
    try propose(name, after, by: author)
    tick()
    guard let proposal = open[name],
      let approvers = authority.approvers(proposal, after, shuffled: people.shuffled(using: &random)),
      !approvers.isEmpty
    else { return nil }
    return Prepared(name: name, after: after, author: author, approvers: approvers)
  }

  /// The same with everybody's approval.
  func prepareApproved(_ after: ModelState? = nil) throws -> Prepared? {
    guard let prepared = try prepare(after) else { return nil }
    try approve(prepared, prepared.approvers)
    return prepared
  }

  func approve(_ prepared: Prepared, _ people: [String]) throws {
    for person in people { try review(prepared.name, by: person, .approve) }
    tick()
  }

  /// An approval that is made as the program makes it and then made anew otherwise.
  func approve(_ prepared: Prepared, _ person: String, _ change: (Commit) throws -> ObjectID) throws {
    try review(prepared.name, by: person, .approve)
    let name = "refs/heads/reviews/\(prepared.name)/\(person)"
    try move(name, to: try change(try repository.commit(try head(name))))
    tick()
  }

  /// The message of a ratification that says nothing but which.
  func message(_ name: String, _ change: (inout RatificationRecord) -> Void = { _ in }) -> String {
    var record = RatificationRecord(subject: "Ratify \(name)", proposal: name, ruleset: ChangeKind.ruleset)
    change(&record)
    return record.message
  }

  /// Merges a proposal by plumbing, whatever the rules say.
  @discardableResult
  func force(
    _ name: String, _ after: ModelState? = nil, tree: ObjectID? = nil, by person: String? = nil,
    parents: [ObjectID]? = nil, message: String? = nil, at moment: Int64? = nil, signing: Signing = .honest
  ) throws -> ObjectID {
    let state = after ?? open[name]?.merged(into: main) ?? main
    let id = try commit(
      tree: try tree ?? self.tree(state),
      parents: try [head()] + (parents ?? [proposalTip(name)] + reviewTips(name)),
      by: person ?? random.pick(people), message ?? self.message(name), at: moment, signing: signing)
    try move("refs/heads/main", to: id)
    entered(name, state)
    note("merged by force: \(name)")
    return id
  }

  /// A commit on main past every proposal.
  @discardableResult
  func direct(_ after: ModelState? = nil, tree: ObjectID? = nil, _ message: String = "Tidy\n\nIt was untidy.\n") throws
    -> ObjectID
  {
    let id = try commit(
      tree: try tree ?? self.tree(after ?? main), parents: [try head()], by: random.pick(people), message)
    try move("refs/heads/main", to: id)
    if let after { main = after }
    isReleased = false
    tick()
    return id
  }

  /// The same commit with another message.
  func again(
    _ old: Commit, tree: ObjectID? = nil, parents: [ObjectID]? = nil, by person: String, message: String? = nil,
    at moment: Int64? = nil, signing: Signing = .honest
  ) throws -> ObjectID {
    try commit(
      tree: tree ?? old.tree, parents: parents ?? old.parents, by: person, message ?? old.message, at: moment,
      signing: signing)
  }

  /// Makes a release, of something that was not released yet.
  func freshRelease() throws -> String? {
    if isReleased { guard try pass(freshName("before"), loosened()) else { return nil } }
    guard try release() else { return nil }
    return releases.last
  }

  /// A change of the charter that is ratified by its rules; false where it cannot be.
  func charter(_ change: (inout ModelCharter) -> Void) throws -> Bool {
    var after = main
    change(&after.charter)
    return try after == main || pass(freshName("charter"), after)
  }
}
