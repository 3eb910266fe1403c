import EthosGit
import EthosGovernance
import EthosRecord
import EthosStore
import EthosText

/// What a receipt shows of a repository, that the repository alone does not.
struct ReceiptComparison {
  private let workspace: Workspace
  private let receipt: VerificationReceipt
  private let result: VerifyResult
  /// The commits of the line since the head of the receipt, the oldest first; nil where that is not on the line.
  private var fresh: [Commit]?
  private(set) var findings: [Finding] = []

  private var repository: Repository { workspace.repository }

  /// Costs what came onto the line since the receipt, and the objections that it knew.
  init(_ workspace: Workspace, _ receipt: VerificationReceipt, _ result: VerifyResult) throws {
    self.workspace = workspace
    self.receipt = receipt
    self.result = result
    fresh = try commitsSinceReceipt()
    try checkLine()
    try checkTags()
    try checkObjections()
    try checkAhead()
    try checkDates()
  }

  /// Adds a finding; one of a breach that was adopted is a note.
  private mutating func add(_ finding: Finding) {
    let adoption = result.adopted.first { $0.commit == finding.commit }
    findings.append(adoption?.told(finding) ?? finding)
  }

  private func commitsSinceReceipt() throws -> [Commit]? {
    var commits: [Commit] = []
    var next: ObjectID? = result.head.id
    while let id = next, id != receipt.head {
      let commit = try repository.commit(id)
      commits.append(commit)
      next = commit.parents.first
    }
    return next == nil ? nil : commits.reversed()
  }

  // MARK: - what is gone

  private mutating func checkLine() throws {
    if let root = receipt.root, root != result.root {
      add(
        Finding(
          "root-replaced", .breach,
          "the line in force begins with \(result.root.short), and began with \(root.short) when the receipt was written",
          commit: result.root, rule: "an identity has one first commit, on which everything rests",
          missing: ["the line that begins with \(root.short)"],
          help: ["find out who moved the branch", setBack]))
    }
    if fresh == nil {
      let isKnown = try repository.contains(receipt.head)
      add(
        Finding(
          "head-rewound", .breach,
          "the branch in force no longer holds \(receipt.head.short), which it held when the receipt was written",
          commit: receipt.head, rule: "the line in force only ever grows",
          missing: [isKnown ? "the commits up to \(receipt.head.short)" : "the commit \(receipt.head.short) itself"],
          help: ["find out who moved it", setBack]))
    }
    if !receipt.branch.utf8.elementsEqual(result.branch.utf8) {
      add(
        Finding(
          "branch-replaced", fresh == nil ? .breach : .note,
          "the branch in force was `\(receipt.branch)`, and is `\(result.branch)`",
          rule: "the charter names the branch in force"))
    }
  }

  /// How the line comes back that the receipt vouches for; what came since is proposed again.
  private var setBack: String {
    "set the branch back to a line that holds what the receipt does: `git fetch CLONE \(Self.word(receipt.branch)) && "
      + "git merge-base --is-ancestor \(receipt.head) FETCH_HEAD && git reset --keep FETCH_HEAD`"
  }

  /// A name as it is typed in a shell.
  private static func word(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/._-+:".utf8.contains(byte)
    }
    return isPlain ? name : "'\(name.replacingScalar("'", with: "'\\''"))'"
  }

  private mutating func checkTags() throws {
    let tags = Dictionary(try workspace.recordTags().map { (Array($0.name.utf8), $0.id) }) { first, _ in first }
    for tag in receipt.tags {
      let found = tags[Array(tag.name.utf8)]
      guard found != tag.id else { continue }
      add(
        Finding(
          found == nil ? "tag-removed" : "tag-remade", .breach,
          found == nil ? "the tag is gone" : "the tag is another object than when the receipt was written",
          tag: tag.name, rule: "a tag of a record stays where it is for ever",
          help: [
            "fetch it from a clone that has it: "
              + "`git fetch CLONE \(Self.word("+refs/tags/\(tag.name):refs/tags/\(tag.name)"))`"
          ]))
    }
  }

  private mutating func checkObjections() throws {
    let known = receipt.reviews.filter(\.holdsObjection)
    guard !known.isEmpty else { return }
    var tips = [result.head.id]
    for prefix in ["refs/heads/reviews/", "refs/heads/proposals/", "refs/remotes/"] {
      tips += try repository.references(under: prefix).map(\.target)
    }
    // A proposal that was withdrawn keeps what was said of it.
    tips += try repository.references(under: "refs/tags/closed/").map(\.target)
    tips = try tips.compactMap(commit)
    for branch in known {
      let isKept =
        try repository.contains(branch.tip) && tips.contains { try repository.isAncestor(branch.tip, of: $0) }
      guard !isKept else { continue }
      add(
        Finding(
          "objection-lost", .breach, "an objection on the branch `\(branch.name)` is gone, which the receipt knew",
          commit: branch.tip, rule: "an objection is kept for ever",
          missing: ["the review \(branch.tip.short)"],
          help: [
            "fetch it from a clone that has it: `git fetch CLONE \(Self.word("\(branch.tip):refs/heads/\(branch.name)"))`",
            "where nobody has it any more, ask who objected to say it again",
          ]))
    }
  }

  /// The commit that a reference stands at, behind a tag or itself; nil where it stands at something else.
  private func commit(_ id: ObjectID) throws -> ObjectID? {
    switch try repository.objectHeader(id).kind {
    case .commit: id
    case .tag: try commit(repository.tag(id).target)
    case .tree, .blob: nil
    }
  }

  // MARK: - dates

  /// What was dated in time to come when the receipt was written, is so for ever.
  private mutating func checkAhead() throws {
    guard fresh != nil, let written = receipt.written else { return }
    var ahead = receipt.ahead
    let isHeadAhead =
      try repository.commit(receipt.head).committer.when.seconds > written.seconds + toleratedClockDifference
    if isHeadAhead, !ahead.contains(receipt.head) { ahead.append(receipt.head) }
    let found = result.findings.filter { $0.code == "date-ahead" }.compactMap(\.commit)
    for id in ahead where !found.contains(id) {
      add(
        Finding(
          "date-ahead", .breach,
          "the commit was dated in time to come when the receipt was written, "
            + "on \(written.iso8601)", commit: id,
          rule: "a date decides who holds which office: it may not lie ahead, and waiting does not mend it",
          help: [ReceiptComparison.adoption(of: id)]))
    }
  }

  /// What was not there when the receipt was written, was not made long before.
  private mutating func checkDates() throws {
    guard let fresh, let written = receipt.written else { return }
    let isBefore = { (when: Instant) in when.seconds + toleratedClockDifference < written.seconds }
    for commit in fresh where isBefore(commit.committer.when) {
      add(
        Finding(
          "merge-backdated", .breach,
          "the commit is dated \(commit.committer.when.iso8601), and was not on the line on \(written.iso8601), when "
            + "the receipt was written", commit: commit.id,
          rule: "a date decides who holds which office: what came after a receipt is not dated before it",
          help: [ReceiptComparison.adoption(of: commit.id)]))
    }
    try checkReviews(fresh, isBefore)
    let known = Set(receipt.tags.map { Array($0.name.utf8) })
    for tag in try workspace.recordTags() where !known.contains(Array(tag.name.utf8)) {
      // Who withdrew a proposal decided nothing; a tag without a tagger is found as what it is.
      guard !tag.name.utf8.starts(with: "closed/".utf8), try repository.objectHeader(tag.id).kind == .tag,
        let tagger = try repository.tag(tag.id).tagger, isBefore(tagger.when)
      else { continue }
      add(
        Finding(
          "release-backdated", .breach,
          "`\(tag.name)` is dated \(tagger.when.iso8601), and was not there on \(written.iso8601), when the receipt was "
            + "written", tag: tag.name,
          rule: "what came after a receipt is not dated before it",
          help: [
            "remove it, here and wherever it was pushed: `git tag -d \(Self.word(tag.name))`",
            "release what is in force with the true date: `ethos release`",
          ]))
    }
  }

  /// A review may have been given in a clone that was not fetched from; whoever reads the verdict is to know of it.
  private mutating func checkReviews(_ fresh: [Commit], _ isBefore: (Instant) -> Bool) throws {
    guard fresh.contains(where: { $0.parents.count > 1 }) else { return }
    let tips = try receipt.reviews.map(\.tip).filter { try repository.contains($0) }
    let known = Set(try repository.walk(from: tips, hiding: [receipt.head]))
    for merge in fresh where merge.parents.count > 1 {
      let reviews = try workspace.reviews(broughtBy: Array(merge.parents.dropFirst()), past: merge.parents[0])
      for review in reviews where !known.contains(review.commit.id) && review.record.verdict != .comment {
        guard isBefore(review.commit.author.when) || isBefore(review.commit.committer.when) else { continue }
        add(
          Finding(
            "review-backdated", .note,
            "the review \(review.commit.id.short) of \(review.commit.author.name) is dated "
              + "\(review.commit.author.when.iso8601), and was not "
              + "here when the receipt was written", commit: merge.id,
            entries: review.record.reviewed.map(\.key).sorted(),
            rule: "offices and keys are asked on the day of the merge, too",
            help: ["nothing is wrong where it was given elsewhere and fetched later"]))
      }
    }
  }

  private static func adoption(of commit: ObjectID) -> String {
    "let those who should have agreed adopt it: `ethos adopt \(commit.short) --receipt FILE --because …`"
  }
}
