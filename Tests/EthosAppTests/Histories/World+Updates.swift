import EthosApp
import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText

/// Proposals that are brought up to date with what came into force meanwhile.
extension World {
  /// Whether git merges the two by file alone.
  func isCleanForGit(_ proposal: ModelProposal) -> Bool {
    let (base, ours, theirs) = (proposal.base.files, main.files, proposal.tip.files)
    return Set(base.keys).union(ours.keys).union(theirs.keys).allSatisfy { path in
      ours[path] == theirs[path] || ours[path] == base[path] || theirs[path] == base[path]
    }
  }

  /// "Update branch", as git or a forge does it.
  func updateBranch(_ name: String, by person: String, signing: Signing = .honest) throws -> Bool {
    guard var proposal = open[name], proposal.base != main, isCleanForGit(proposal),
      let after = proposal.merged(into: main)
    else { return false }
    let id = try commit(
      tree: try tree(after), parents: [try proposalTip(name), try head()], by: person,
      "Merge branch 'main' into proposals/\(name)\n", signing: signing)
    try move("refs/heads/proposals/\(name)", to: id)
    (proposal.base, proposal.tip, proposal.isMerged) = (main, after, true)
    open[name] = proposal
    note("\(person) merges main into \(name)")
    return true
  }

  /// The same by `ethos merge`, which needs a work tree.
  func mergeByMeaning(_ name: String, by person: String) throws -> Bool {
    guard var proposal = open[name], proposal.base != main, let after = proposal.merged(into: main) else {
      return false
    }
    let folder = "\(try TemporaryDirectory().path)/tree"
    try git("worktree", "add", "-q", folder, "proposals/\(name)", in: path)
    _ = try acting(person) { here in
      let repository = try Repository.open(at: folder, search: .exact, environment: here.environment.variables)
      let there = try Workspace(store: IdentityStore(repository), environment: here.environment)
      return try there.merge("main", because: "Bring it up to date.", isDryRun: false)
    }
    try git("worktree", "remove", "--force", folder, in: path)
    markAuthor(person, of: &proposal)
    (proposal.base, proposal.tip, proposal.isMerged) = (main, after, true)
    open[name] = proposal
    note("\(person) merges main into \(name) by meaning")
    return true
  }

  /// Whoever merges what both sides changed has a hand in what becomes of it.
  private func markAuthor(_ person: String, of proposal: inout ModelProposal) {
    let (base, ours, theirs) = (proposal.base, main, proposal.tip)
    for key in base.keys.union(ours.keys).union(theirs.keys) {
      guard ours.meaning(key) != base.meaning(key), theirs.meaning(key) != base.meaning(key) else { continue }
      proposal.authors[key, default: []].insert(person)
    }
  }

  /// A merge of main in which somebody decides what both sides changed, for the proposal, and says why.
  func resolve(_ name: String, by person: String) throws -> Bool {
    guard var proposal = open[name], proposal.base != main, proposal.merged(into: main) == nil else { return false }
    var result = main
    let (base, tip) = (proposal.base, proposal.tip)
    for (key, entry) in tip.entries where entry != base.entries[key] {
      guard let old = base.entries[key], var ours = main.entries[key] else {
        result.entries[key] = entry
        continue
      }
      for (field, value) in entry.fields where value != old.fields[field] { ours.fields[field] = value }
      if entry.note != old.note { ours.note = entry.note }
      result.entries[key] = ours
    }
    if tip.charter != base.charter { result.charter = tip.charter }
    for (key, cycle) in tip.cycles where cycle != base.cycles[key] { result.cycles[key] = cycle }
    for (key, other) in tip.people where other != base.people[key] { result.people[key] = other }
    guard result != main else { return false }
    let id = try commit(
      result, parents: [try proposalTip(name), try head()], by: person,
      "Merge main into \(name)\n\nBoth changed it; ours is the later thought.\n")
    try move("refs/heads/proposals/\(name)", to: id)
    markAuthor(person, of: &proposal)
    (proposal.base, proposal.tip, proposal.isMerged) = (main, result, true)
    open[name] = proposal
    note("\(person) resolves the conflict of \(name)")
    return true
  }

  /// The commits of a proposal made anew on top of main, by their author.
  func rebase(_ name: String) throws -> Bool {
    guard var proposal = open[name], proposal.base != main, !proposal.isMerged, !proposal.lacksReason,
      proposal.classes.isEmpty, proposal.merged(into: main) != nil,
      let author = proposal.commits.first?.author, proposal.commits.allSatisfy({ $0.author == author })
    else { return false }
    var parent = try head()
    var commits = proposal.commits
    // As `git rebase` does, the author's date stays.
    var dates: [Instant] = []
    var next: ObjectID? = try proposalTip(name)
    while let id = next, dates.count < commits.count {
      let commit = try repository.commit(id)
      dates.insert(commit.author.when, at: 0)
      next = commit.parents.first
    }
    guard dates.count == commits.count else { return false }
    for index in commits.indices {
      guard let state = ModelState.merge(base: proposal.base, main, commits[index].state) else { return false }
      commits[index].state = state
      parent = try commit(
        tree: tree(state), parents: [parent], by: author, commits[index].message, authored: dates[index])
    }
    guard let tip = commits.last?.state, tip != main else { return false }
    try move("refs/heads/proposals/\(name)", to: parent)
    (proposal.base, proposal.tip, proposal.commits) = (main, tip, commits)
    open[name] = proposal
    note("\(author) re-bases \(name)")
    return true
  }
}
