import EthosDiff
import EthosGit
package import EthosGovernance
import EthosHistory
import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What is asked of a verification.
package struct VerifyRequest: Sendable {
  /// `A..B`, or the state up to which the line is verified; the branch in force when nil.
  package var range: String?
  /// The public key that must have signed the first commit; nil to take the first commit as it is.
  package var trust: String?
  /// Whether what was verified before may be built on.
  package var usesMemory = true

  package init(range: String? = nil, trust: String? = nil) {
    self.range = range
    self.trust = trust
  }
}

/// What came of a verification.
package struct VerifyResult: Sendable {
  package var branch: String
  package var head: Commit
  package var root: ObjectID
  /// The commits of the line that were judged, now or before.
  package var verified: Int
  /// Those of them that were judged before and not again.
  package var remembered: Int
  /// In the order of the line, then of releases, then of what is wrong with the repository itself.
  package var findings: [Finding]
  package var assurance: Assurance
  /// Whether the identity states no authority: then nothing can be past it.
  package var isOpen: Bool

  package var breaches: [Finding] { findings.filter { $0.severity == .breach } }
}

extension Workspace {
  /// Judges the line in force, commit by commit, by the rules that stood before each.
  ///
  /// Costs the differences of the commits that were not judged before under the same conditions.
  package func verify(_ request: VerifyRequest) throws -> VerifyResult {
    let branch = try mainBranch()
    var from: ObjectID?
    var head = try mainCommit()
    if let range = request.range {
      let ends = range.firstRange(of: "..").map { [range[..<$0.lowerBound], range[$0.upperBound...]] } ?? [range[...]]
      if ends.count == 2, !ends[0].isEmpty { from = try revision(String(ends[0])).commit.id }
      if let end = ends.last, !end.isEmpty { head = try revision(String(end)).commit }
    }
    var verification = LineVerification(self, request)
    let line = try verification.run(from: from, to: head.id)
    var findings = verification.findings
    if let lost = verification.lost {
      findings.append(
        Finding(
          "head-rewound", .note,
          "the branch in force no longer holds \(lost.short) on its line, which was verified here before", commit: lost,
          rule: "the line in force only ever grows",
          help: ["nothing is wrong where a record was undone before anybody had it: `git log --first-parent`"]))
    }
    if from == nil, let key = request.trust {
      findings += try StepSignatures(self).trustFindings(key, root: line.root)
    }
    let releases = try judgeReleases(line: (head.id, line.count), remembered: verification.base?.releases ?? [])
    findings += releases.findings
    if from == nil, request.usesMemory { try verification.remember(line, head: head.id, releases: releases.clean) }
    findings += try unheardObjections(head.id)
    findings += try expiredExceptions(head)
    findings += try repositoryFindings()
    let snapshot = try store.snapshot(ofTree: head.tree, kinds: [.charter])
    return VerifyResult(
      branch: branch, head: head, root: line.root, verified: line.count, remembered: verification.remembered,
      findings: findings, assurance: verification.assurance,
      isOpen: !Charter(snapshot: snapshot).hasAuthority)
  }

  // MARK: - what is wrong beside the line

  /// Objections to what was ratified that are in this clone and were left out of the ratification.
  private func unheardObjections(_ head: ObjectID) throws -> [Finding] {
    var findings: [Finding] = []
    var line: [String: ObjectID]?
    for proposal in try store.reviewedProposals() {
      let tips = try store.reviewTips(of: proposal).map(\.tip)
      let unheard = try tips.filter { try !repository.isAncestor($0, of: head) }
      guard !unheard.isEmpty else { continue }
      let reviews = try ProposalReader(store).reviews(tips: unheard, hiding: [head]).filter {
        $0.record.verdict == .object
      }
      guard !reviews.isEmpty else { continue }
      if line == nil { line = try ratifications(head) }
      guard let merge = try line?[proposal].map({ try repository.commit($0) }), let parent = merge.parents.first else {
        continue
      }
      let before = try store.snapshot(ofTree: repository.commit(parent).tree)
      let after = try store.snapshot(ofTree: merge.tree)
      for review in reviews where review.author.when.seconds <= merge.committer.when.seconds {
        let entries = review.record.reviewed.filter {
          $0.before == Fingerprint.of($0.key, in: before) && $0.after == Fingerprint.of($0.key, in: after)
        }
        guard !entries.isEmpty else { continue }
        findings.append(
          Finding(
            "objection-left-out", .breach,
            "the ratification of `\(proposal)` leaves out the objection of \(review.author.name)",
            commit: merge.id, entries: entries.map(\.key).sorted(),
            rule: "a ratification carries every review that was given",
            missing: ["the review \(review.id.short) of \(review.author.name)"],
            help: ["let those who should have known of it adopt the merge: `ethos adopt \(merge.id.short) --because …`"]
          ))
      }
    }
    return findings
  }

  /// The merge of the line by the proposal that it says it ratified, or, as a forge's merge says nothing, whose tip it has.
  private func ratifications(_ head: ObjectID) throws -> [String: ObjectID] {
    var found: [String: ObjectID] = [:]
    let proposals = try store.proposals()
    for id in try repository.walk(from: [head], hiding: [], order: .firstParent) {
      let commit = try repository.commit(id)
      guard commit.parents.count > 1 else { continue }
      let names =
        RatificationRecord(message: commit.message).map { [$0.proposal] }
        ?? proposals.filter { commit.parents.dropFirst().contains($0.tip) }.map(\.name)
      for name in names where found[name] == nil { found[name] = id }
    }
    return found
  }

  private func expiredExceptions(_ head: Commit) throws -> [Finding] {
    let today = try today()
    return try store.snapshot(ofTree: head.tree, kinds: [.exception]).all(.exception).compactMap { exception in
      guard !exception.isRetired, let until = exception.meaning["until"]?.day, until < today else { return nil }
      return Finding(
        "exception-expired", .breach, "`\(exception.key)` ended on \(until) and still stands", commit: head.id,
        entries: [exception.key], rule: "an exception ends on its last day",
        help: ["retire it: `ethos retire \(exception.key) --because …`, or let its owner give it another day"])
    }
  }

  /// What makes this repository show a history other than the one that its ids vouch for.
  private func repositoryFindings() throws -> [Finding] {
    let rule = "a history is what its ids vouch for: nothing is replaced or grafted"
    var findings = try repository.references(under: "refs/replace/").map { reference in
      Finding(
        "object-replaced", .breach,
        "git shows another object instead of \(reference.name.dropFirst("refs/replace/".count))",
        rule: rule, help: ["look at both, then `git replace -d \(reference.name.dropFirst("refs/replace/".count))`"])
    }
    let grafts = repository.location.commonDirectory + "/info/grafts"
    if FileSystem.entry(at: grafts) != nil {
      findings.append(
        Finding(
          "history-grafted", .breach, "git shows other parents than commits have, by `info/grafts`", rule: rule,
          help: ["remove the file `\(grafts)`"]))
    }
    return findings
  }
}
