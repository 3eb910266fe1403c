import EthosDiff
import EthosGit
package import EthosGovernance
import EthosHistory
import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// What is asked of a verification.
package struct VerifyRequest: Sendable {
  /// `A..B`, or the state up to which the line is verified; the branch in force when nil.
  package var range: String?
  /// Those who have to vouch for the first commit: public keys, and people of its `people/`.
  ///
  /// None to take it as it is.
  package var trust: [String] = []
  /// How many of them have to; all when nil.
  package var threshold: Int?
  /// Whether what was verified before may be built on.
  package var usesMemory = true

  package init(range: String? = nil, trust: [String] = [], threshold: Int? = nil) {
    self.range = range
    self.trust = trust
    self.threshold = threshold
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
  /// What the verdict rests on, beside the commits that were judged now.
  package var basis: VerifyBasis
  /// In the order of the line, then of releases, then of what is wrong with the repository itself.
  package var findings: [Finding]
  package var assurance: Assurance
  /// How many ratifications of the whole line, now or before, are signed by all who had to agree, by some, by nobody.
  package var ratifications: (signed: Int, partly: Int, unsigned: Int)
  /// Whether the identity states no authority: then nothing can be past it.
  package var isOpen: Bool
  /// The breaches of the line that were adopted.
  package var adopted: [AdoptedBreach]

  package var breaches: [Finding] { findings.filter { $0.severity == .breach } }
}

/// What a verification believed, and what it checked.
package struct VerifyBasis: Sendable {
  /// The last commit of the line that this clone had verified before; nil where nothing of that was used.
  package var memory: ObjectID?
  /// When that was.
  package var remembered: Instant?
  /// Of what was checked in this run alone.
  package var signatures: SignatureTally
  /// Who vouches for the first commit, of those who were asked for; nil where it was taken as it is.
  package var trust: RootTrust?
}

extension Workspace {
  /// Judges the line in force, commit by commit, by the rules that stood before each.
  ///
  /// Costs the differences of the commits that were not judged before under the same conditions.
  package func verify(_ request: VerifyRequest) throws -> VerifyResult {
    if request.range == nil, let verdict = try verdictOnUnreadableTip() { return verdict }
    if !request.usesMemory || !request.trust.isEmpty {
      // Who judges anew, or holds the first commit to keys, asks the commits themselves which branch is in force.
      (usesBranchMemory, knownBranch) = (false, nil)
    }
    let branch = try mainBranch()
    // What is behind is part of the verdict.
    if let tip = try branchInForce().tip { toldBehind.insert(tip) }
    var from: ObjectID?
    var head = try mainCommit()
    if let range = request.range {
      let ends = range.cut(around: "..").map { [$0.before, $0.after] } ?? [range]
      if ends.count == 2, !ends[0].isEmpty { from = try revision(ends[0]).commit.id }
      if let end = ends.last, !end.isEmpty { head = try revision(end).commit }
    }
    if request.range == nil { try requireReleases("what was released, and what was withdrawn, cannot be verified") }
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
    let trust =
      request.trust.isEmpty ? nil : try rootTrust(request.trust, threshold: request.threshold, line: head.id)
    findings += trust?.findings ?? []
    let releases = try judgeReleases(line: (head.id, line.count), remembered: verification.base?.releases ?? [])
    findings += releases.findings
    if from == nil, request.usesMemory { try verification.remember(line, head: head.id, releases: releases.clean) }
    findings += try unheardObjections(head.id).map(\.finding)
    if from == nil { findings += try signedAfterRevocation(verification) }
    findings += try expiredExceptions(head)
    findings += try rivalBranches()
    findings += try repositoryFindings() + unreadableBranchFindings()
    findings += try closingFindings()
    if request.range == nil {
      // What the line's own dates showed is not said twice, and what was adopted is mended.
      findings += try logFindings(head: head.id, branch: branch).compactMap { finding in
        guard !findings.contains(where: { $0.code == finding.code && $0.commit == finding.commit }) else { return nil }
        return verification.adopted.first { $0.commit == finding.commit }.map { $0.told(finding) } ?? finding
      }
    }
    if request.range == nil, !findings.contains(where: { $0.code == "head-behind" }) {
      findings += try branchesAhead(of: head.id).map { ahead in
        Finding(
          "head-behind", .note,
          "`\(ahead.branch)`, as it was fetched, holds \(ahead.commits) commits that are not verified here: the branch in force here is behind",
          commit: head.id, rule: "what is verified is what this clone calls in force",
          help: ["go on to it: `git switch \(shellWord(branch)) && git pull --ff-only`, and verify again"])
      }
    }
    let snapshot = try store.snapshot(ofTree: head.tree, kinds: [.charter])
    return VerifyResult(
      branch: branch, head: head, root: line.root, verified: line.count, remembered: verification.remembered,
      basis: VerifyBasis(
        memory: verification.base?.head, remembered: verification.base?.written, signatures: signatureVerifier.tally,
        trust: trust),
      findings: findings, assurance: try assurance(verification.assurance, root: line.root),
      ratifications: verification.counts,
      isOpen: !Charter(snapshot: verification.authority.rules(at: snapshot)).hasAuthority, adopted: verification.adopted
    )
  }

  /// Everything rests on the first commit: where nobody signed that, not all of it is signed.
  private func assurance(_ found: Assurance, root: ObjectID) throws -> Assurance {
    guard found == .signed, try repository.readableCommit(root) != nil else { return found }
    if case .valid = try signatureVerifier.verdict(of: root) { return found }
    return .partlySigned
  }

  // MARK: - what is wrong beside the line

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
        "git shows another object instead of \(reference.name.dropping("refs/replace/") ?? reference.name)",
        rule: rule,
        help: [
          "look at both, then `git replace -d \(shellWord(reference.name.dropping("refs/replace/") ?? reference.name))`"
        ])
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
