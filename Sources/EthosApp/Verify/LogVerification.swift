import EthosGit
import EthosGovernance
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// What the logs of servers that are here say against this repository: as a server keeps it, or as it was fetched.
  func logFindings(head: ObjectID, branch: String) throws -> [Finding] {
    let own = try repository.references(under: ServerLog.reference).filter {
      $0.name.utf8.elementsEqual(ServerLog.reference.utf8)
    }
    let fetched = try repository.references(under: "refs/remotes/").filter {
      let parts = $0.name.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
      return parts.count == 5 && parts[3...].elementsEqual(["ethos", "log"])
    }
    let keys = try logKeys()
    let logs = own + fetched
    if logs.isEmpty, keys != nil {
      return [
        Finding(
          "log-broken", .breach, "`ethos.logKey` names who signs the log of the server, and there is none here",
          rule: LogVerification.rule, help: ["fetch it: `git fetch origin refs/ethos/log:refs/ethos/log`"])
      ]
    }
    var findings: [Finding] = []
    for tip in Set(logs.map(\.target)).sorted() {
      var verification = try LogVerification(self, head: head, branch: branch)
      findings += try verification.run(tip, keys: keys)
    }
    return findings
  }
}

/// Compares a repository with the log of the server that it comes from.
///
/// The log remembers what the repository itself cannot: a branch that went back, a tag that is gone, a review that nobody
/// can see any more. Costs the entries of the log and their signatures, and the line in force once.
struct LogVerification {
  static let rule = "what a server accepted is on record: a log that its key signs, entry by entry"

  private let workspace: Workspace
  private let branch: String
  /// The line in force, its head first, and the place of each commit on it.
  private let line: [ObjectID]
  private let place: [ObjectID: Int]
  private var log = LogEntries()
  private var findings: [Finding] = []

  private var repository: Repository { workspace.repository }
  private var head: ObjectID { line[0] }

  init(_ workspace: Workspace, head: ObjectID, branch: String) throws {
    self.workspace = workspace
    self.branch = RecordReference.branch(branch)
    line = try workspace.repository.walk(from: [head], hiding: [], order: .firstParent)
    place = Dictionary(line.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  mutating func run(_ tip: ObjectID, keys: [SigningKey]?) throws -> [Finding] {
    do {
      log = try LogEntries(repository, tip: tip)
      try checkSigner(tip, keys)
    } catch let broken as LogEntries.Broken {
      return [
        Finding(
          "log-broken", .breach, "the log of the server is broken at \(broken.entry.short): \(broken.reason)",
          commit: broken.entry, rule: Self.rule,
          help: ["ask who keeps the server, and compare with the log in an earlier clone: `git log \(tip.short)`"])
      ]
    }
    try checkLine()
    try checkTags()
    try checkProposals()
    return findings
  }

  // MARK: - the log itself

  private mutating func checkSigner(_ tip: ObjectID, _ keys: [SigningKey]?) throws {
    let verifier = SignatureVerifier(workspace.store, environment: workspace.environment.variables)
    var signer: SigningKey?
    for entry in log.entries {
      switch try verifier.verdict(of: entry.id) {
      case .valid(let key):
        guard keys?.contains(key) ?? (signer == nil || signer == key) else {
          throw LogEntries.Broken(
            entry: entry.id, reason: "it is signed with another key than the server's: \(key.abbreviated)")
        }
        signer = key
      case .unsigned: throw LogEntries.Broken(entry: entry.id, reason: "it is not signed")
      case .invalid(let reason), .unchecked(let reason): throw LogEntries.Broken(entry: entry.id, reason: reason)
      }
    }
    guard keys == nil, let signer else { return }
    findings.append(
      Finding(
        "log-unpinned", .note,
        "the log of the server is signed with a key that nobody here has vouched for: \(signer.abbreviated)",
        commit: tip, rule: Self.rule,
        help: ["ask who keeps the server, and if it is theirs: `git config ethos.logKey \(shellWord("\(signer)"))`"]))
  }

  // MARK: - the branch in force

  private mutating func checkLine() throws {
    let rule = "the line in force only ever grows"
    var lost: [(id: ObjectID, date: Instant)] = []
    var accepted: Instant?
    var last: ObjectID?
    var known = line.count
    for entry in log.entries {
      let (kind, date) = (entry.updates.kind, entry.updates.date)
      for update in entry.updates.updates where update.name.utf8.elementsEqual(branch.utf8) {
        last = update.after
        let before = update.before.flatMap { place[$0] }
        if let after = update.after, place[after] == nil, !lost.contains(where: { $0.id == after }) {
          lost.append((after, date))
        }
        if let before, update.after.map({ (place[$0] ?? 0) > before }) ?? true {
          findings.append(
            Finding(
              "head-rewound", .note,
              "the branch in force was taken back from \(update.before?.short ?? "") on \(date.iso8601), and holds it again",
              commit: update.before, rule: rule))
        }
        if let after = update.after.flatMap({ place[$0] }) {
          try checkDates(after..<max(after, known), accepted, date)
          known = min(known, after)
        }
      }
      if kind == .accepted { accepted = accepted.map { $0.seconds < date.seconds ? date : $0 } ?? date }
    }
    // What the server has further on than this clone is no loss where the clone has fetched it.
    if let newest = last, place[newest] == nil, try isFetched(newest), try workspace.isOnLine(head, of: newest) {
      let between = Set(try repository.walk(from: [newest], hiding: [head], order: .firstParent))
      lost.removeAll { between.contains($0.id) }
      findings.append(
        Finding(
          "head-behind", .note, "the server has accepted more than this branch holds, up to \(newest.short)",
          commit: newest, rule: rule, help: ["bring it up to date: `git pull`"]))
    }
    if let first = lost.last {
      findings.append(
        Finding(
          "head-rewound", .breach,
          "the branch in force no longer holds \(first.id.short), at which the server had it on \(first.date.iso8601)",
          commit: first.id, rule: rule, missing: lost.map { "the commits up to \($0.id.short)" },
          help: ["find out who moved it, and fetch the line from a clone that has it: `git fetch CLONE`"]))
    }
    if let seen = last.flatMap({ place[$0] }) ?? (last == nil ? line.count : nil), seen > 0 {
      findings.append(
        Finding(
          "head-unlogged", .note, "the log of the server has not seen \(seen) of the commits in force", commit: head,
          rule: Self.rule, help: ["nothing is wrong where they were not pushed yet, or the log was not fetched since"]))
    }
  }

  /// Whether the branch in force of a remote, as it was fetched, holds a commit on its line.
  private func isFetched(_ id: ObjectID) throws -> Bool {
    guard try repository.contains(id) else { return false }
    let name = "/\(shortName(of: branch))"
    return try repository.references(under: "refs/remotes/").contains {
      try $0.name.utf8.ends(with: name.utf8) && workspace.isOnLine(id, of: $0.target)
    }
  }

  /// The commits that an entry put in force are dated before it, and not long before what the server had already.
  private mutating func checkDates(
    _ places: Range<Int>, _ accepted: Instant?, _ date: Instant
  ) throws {
    for id in places.reversed().map({ line[$0] }) {
      let commit = try repository.commit(id)
      if commit.committer.when.seconds > date.seconds + toleratedClockDifference {
        findings.append(LogDates.ahead(commit, accepted: date))
      }
      if let accepted, commit.committer.when.seconds + toleratedClockDifference < accepted.seconds {
        findings.append(LogDates.backdated(commit, accepted: accepted))
      }
    }
  }

  // MARK: - tags

  private mutating func checkTags() throws {
    for (name, moves) in updates(in: "refs/tags/release/") + updates(in: "refs/tags/closed/") {
      let tag = shortName(of: name)
      let stands = try repository.reference(name)
      var seen: Set<ObjectID> = []
      for (date, update) in moves {
        guard let after = update.after, seen.insert(after).inserted, try isRecord(name, after) else { continue }
        // A later move is on record even where this clone has what stood before.
        let later = moves.first { $0.1.before == after }
        guard stands != after || later != nil else { continue }
        let isGone = later.map { $0.1.after == nil } ?? (stands == nil)
        findings.append(
          Finding(
            isGone ? "tag-removed" : "tag-remade", .breach,
            "the server had the tag at \(after.short) on \(date.iso8601), "
              + (later.map { "and \(isGone ? "removed" : "moved") it on \($0.0.iso8601)" } ?? "and here it is not"),
            tag: tag, rule: "a tag of a record stays where it is for ever",
            help: ["fetch it: `git fetch --tags origin`; or from a clone that has it"]))
      }
    }
  }

  /// A tag under `closed/` that never was a record may go.
  private func isRecord(_ name: String, _ id: ObjectID) throws -> Bool {
    guard name.utf8.starts(with: "refs/tags/closed/".utf8), try repository.contains(id) else { return true }
    return try workspace.closing(shortName(of: name, in: "refs/tags/closed/"), at: id).kept != nil
  }

  // MARK: - proposals and reviews

  private mutating func checkProposals() throws {
    var held: [String: (commits: Set<ObjectID>, tips: [ObjectID])] = [:]
    let all = updates(in: "refs/heads/reviews/") + updates(in: "refs/heads/proposals/")
    for (name, moves) in all {
      let isReview = name.utf8.starts(with: "refs/heads/reviews/".utf8)
      let proposal =
        isReview
        ? ReviewBranch(name)?.proposal ?? "" : shortName(of: name, in: "refs/heads/proposals/")
      if held[proposal] == nil { held[proposal] = try kept(of: proposal) }
      guard let kept = held[proposal] else { continue }
      for (date, update) in moves {
        guard let id = update.after, !kept.commits.contains(id) else { continue }
        let isHere = try repository.contains(id)
        if isHere, try repository.isAncestor(id, of: head) { continue }
        let later = moves.first { $0.1.before == id }
        let isGone = later.map { $0.1.after == nil } ?? true
        // A proposal that was written anew is the proposal; what was said of it must be kept.
        let isRewritten = !isReview && !isGone
        if isHere {
          let lost = try repository.walk(from: [id], hiding: kept.tips + [head])
          let reviews = try lost.filter { try ReviewRecord(message: repository.commit($0).message) != nil }
          if reviews.isEmpty, isRewritten || lost.isEmpty { continue }
        }
        findings.append(
          Finding(
            "proposal-lost", isRewritten && !isHere ? .note : .breach,
            isRewritten && !isHere
              ? "the server had `\(shortName(of: name))` at \(id.short) on \(date.iso8601), and it was rewritten: whether a review went with it, nobody can see here"
              : "the server had `\(shortName(of: name))` at \(id.short) on \(date.iso8601), and nothing here keeps it",
            commit: id, rule: "an objection is never lost: a proposal is ratified or closed before its branch goes",
            help: ["fetch all branches and tags: `git fetch --tags origin`; or from a clone that has it"]))
      }
    }
  }

  /// What is held by the branches of a proposal and its reviews, here and as they were fetched, and by what closes it.
  private func kept(of proposal: String) throws -> (commits: Set<ObjectID>, tips: [ObjectID]) {
    let store = workspace.store
    var tips = try store.reviewTips(of: proposal).map(\.tip)
    for prefix in ["refs/heads/", "refs/remotes/"] {
      tips += try repository.references(under: prefix).filter {
        $0.name.utf8.ends(with: "/proposals/\(proposal)".utf8)
      }.map(\.target)
    }
    if let closed = try workspace.closing(proposal)?.kept { tips.append(closed) }
    return (Set(try repository.walk(from: tips, hiding: [head])), tips)
  }

  // MARK: - reading the log

  /// The moves of the references in a folder, by name, each in the order of the log.
  private func updates(in folder: String) -> [(name: String, moves: [(Instant, AcceptedUpdates.Update)])] {
    var moves: [[UInt8]: [(Instant, AcceptedUpdates.Update)]] = [:]
    for entry in log.entries {
      for update in entry.updates.updates where update.name.utf8.starts(with: folder.utf8) {
        moves[Array(update.name.utf8), default: []].append((entry.updates.date, update))
      }
    }
    return moves.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
  }
}

extension String.UTF8View {
  fileprivate func ends(with other: String.UTF8View) -> Bool { suffix(other.count).elementsEqual(other) }
}
