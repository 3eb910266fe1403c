import EthosGit
package import EthosGovernance
import EthosHistory
package import EthosRecord
import EthosStore
package import EthosText

/// What came of comparing a repository with what somebody remembered of it.
package struct ReceiptResult: Sendable {
  package enum Outcome: String, Sendable {
    /// There was none.
    case written
    case agrees
    /// The repository contradicts it, and it was kept as it is.
    case contradicted
  }

  package var outcome: Outcome
  /// When the receipt that was compared with was written; nil where there was none, or where it does not say.
  package var compared: Instant?
  /// The head that it remembered; nil where there was none.
  package var head: ObjectID?
  package var findings: [Finding]

  /// What was done, in words.
  package var inWords: String {
    let of = head == nil ? "" : compared.map { "of \($0.iso8601): " } ?? "of format 1, which says no date: "
    switch outcome {
    case .written:
      return
        "no receipt was there, so that nothing was compared; a first one was written: keep it outside of the repository"
    case .agrees: return "\(of)agrees, and was written anew"
    case .contradicted: return "\(of)kept as it is: the repository contradicts it"
    }
  }
}

extension Workspace {
  /// Most bytes of a receipt.
  private static let receiptLimit = 1 << 24

  /// Compares a verification of the whole line with a receipt where the file exists, and writes it anew where nothing
  /// speaks against it.
  ///
  /// The file is never reached through a link, and not written where another process was faster.
  package func compareReceipt(at path: String, _ result: VerifyResult) throws -> ReceiptResult {
    let path = path.begins(with: "/") ? path : "\(environment.workingDirectory)/\(path)"
    let (receipt, bytes) = try readReceipt(at: path)
    let comparison = try receipt.map { try ReceiptComparison(self, $0, result) }
    var outcome = ReceiptResult(
      outcome: .contradicted, compared: receipt?.written, head: receipt?.head, findings: comparison?.findings ?? [])
    // A date that ran ahead is in breach whatever comes later; the receipt goes on with it.
    guard !outcome.findings.contains(where: { $0.severity == .breach && $0.code != "date-ahead" }) else {
      return outcome
    }
    let ahead = result.breaches.filter { $0.code == "date-ahead" } + outcome.findings.filter { $0.severity == .breach }
    let now = [environment.now, receipt?.written].compactMap { $0 }.max { $0.seconds < $1.seconds }
    let new = VerificationReceipt(
      written: now ?? environment.now, root: result.root, branch: result.branch, head: result.head.id,
      ahead: ahead.compactMap(\.commit), reviews: try reviewBranches(besideLine: result.head.id),
      tags: try recordTags())
    let text = Array(new.text.utf8)
    guard VerificationReceipt(bytes: text) == new else {
      throw Failure.cannot(
        "a branch or tag has a name that no receipt can hold", help: "look for it: `git for-each-ref`, and rename it")
    }
    let folder = path.utf8.lastIndex(of: 0x2F).map { String(path[..<$0]) } ?? ""
    guard
      try FileSystem.replace(path, holding: bytes, with: text, temporaryFolder: folder.isEmpty ? "/" : folder)
    else {
      throw Failure.cannot(
        "`\(path)` was written by another process meanwhile", help: "verify again, against what it holds now")
    }
    outcome.outcome = receipt == nil ? .written : .agrees
    return outcome
  }

  /// What a receipt shows to be wrong with a commit of the line.
  ///
  /// Nothing is written.
  func receiptFindings(of commit: ObjectID, at path: String) throws -> [Finding] {
    let path = path.begins(with: "/") ? path : "\(environment.workingDirectory)/\(path)"
    guard let receipt = try readReceipt(at: path).0 else {
      throw Failure.cannot("there is no receipt `\(path)`", help: "name the file: `--receipt FILE`")
    }
    return try ReceiptComparison(self, receipt, verify(VerifyRequest())).findings.filter {
      $0.commit == commit && $0.severity == .breach
    }
  }

  private func readReceipt(at path: String) throws -> (VerificationReceipt?, [UInt8]?) {
    switch FileSystem.entry(at: path) {
    case nil: return (nil, nil)
    case .symbolicLink:
      throw Failure.cannot("`\(path)` is a symbolic link", help: "name the file itself: a link may lead anywhere")
    case .folder, .other: throw Failure.cannot("`\(path)` is no file", help: "name the file of a receipt, or a new one")
    case .file: break
    }
    let bytes = try FileSystem.read(path, limit: Workspace.receiptLimit)
    guard bytes.count <= Workspace.receiptLimit, let receipt = VerificationReceipt(bytes: bytes) else {
      throw Failure.cannot(
        "`\(path)` is no receipt, or was cut short or changed",
        help: "name another file, or the receipt as it was written")
    }
    if let written = receipt.written, written.seconds > environment.now.seconds + toleratedClockDifference {
      throw Failure.cannot(
        "`\(path)` was written on \(written.iso8601), which is still to come",
        help: "set the clock of this machine right; was it wrong when the receipt was written, take an older receipt")
    }
    return (receipt, bytes)
  }

  /// The tags that records are kept under.
  func recordTags() throws -> [VerificationReceipt.Tag] {
    try ["closed", "release", "trust"].flatMap { folder in
      try repository.references(under: "refs/tags/\(folder)/").map {
        VerificationReceipt.Tag(name: String($0.name.dropFirst("refs/tags/".count)), id: $0.target)
      }
    }
  }

  /// The branches of reviews and proposals, here and as they were fetched, that carry reviews which the line does not.
  private func reviewBranches(besideLine head: ObjectID) throws -> [VerificationReceipt.ReviewBranch] {
    var branches = try store.proposals().map { (name: RecordReference.proposalBranch($0.name), tip: $0.tip) }
    for proposal in try store.reviewedProposals() {
      branches += try store.reviewTips(of: proposal).map { ("reviews/\(proposal)/\($0.branch)", $0.tip) }
    }
    return try branches.compactMap { name, tip in
      let reviews = try reviews(broughtBy: [tip], past: head)
      guard !reviews.isEmpty else { return nil }
      return VerificationReceipt.ReviewBranch(
        name: name, tip: tip, holdsObjection: reviews.contains { $0.record.verdict == .object })
    }
  }

  /// The reviews that tips hold and a commit does not.
  ///
  /// Costs the commits in between, whatever follows what.
  func reviews(broughtBy tips: [ObjectID], past hidden: ObjectID) throws -> [(commit: Commit, record: ReviewRecord)] {
    let reader = ProposalReader(store)
    return try repository.walk(from: tips, hiding: [hidden]).compactMap { id in
      let commit = try repository.commit(id)
      guard let record = ReviewRecord(message: commit.message), try reader.isReview(commit) else { return nil }
      return (commit, record)
    }
  }
}
