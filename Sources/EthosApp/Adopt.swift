import EthosDiff
import EthosGit
package import EthosGovernance
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What an adoption asks for.
package struct AdoptResult: Sendable {
  /// The proposal that carries it.
  package var name: String
  package var breach: Commit
  package var entries: [EntryKey]
  /// What was found in the commit.
  package var findings: [Finding]
  /// Who must agree, a sentence for each lack.
  package var missing: [String]
  package var commit: ObjectID?
}

extension Workspace {
  /// Asks those who should have agreed to a commit of the line in force to agree now: a proposal that changes nothing,
  /// is reviewed for what the commit changed, and is ratified like any other.
  ///
  /// What only a receipt shows to be wrong is asked of that receipt.
  package func adopt(
    _ revision: String, as name: String?, because: String, receipt: String? = nil, isDryRun: Bool
  ) throws -> AdoptResult {
    guard !saysNothing(because) else {
      throw Failure.usage("an adoption needs a reason", help: "add `--because \"why\"`")
    }
    let main = try mainCommit()
    let commit = try self.revision(revision).commit
    let step = try breach(commit.id, in: main)
    let standing = step.standing
    var verification = LineVerification(self, VerifyRequest())
    _ = try verification.run(from: nil, to: main.id)
    let unheard = try unheardObjections(main.id).filter { $0.isOfProposal && $0.merge.id == commit.id }
    let remembered = try receipt.map { try receiptFindings(of: commit.id, at: $0) } ?? []
    let findings = verification.findings(of: commit.id) + unheard.map(\.finding) + remembered
    guard !findings.isEmpty else {
      throw Failure.no("nothing is wrong with \(commit.id.short): there is nothing to adopt")
    }
    let name = name ?? "adopt-\(commit.id.short)"
    try requireProposalName(name)
    guard try repository.reference(RecordReference.proposal(name)) == nil,
      try repository.reference(RecordReference.closed(name)) == nil
    else {
      throw Failure.cannot(
        "there is, or was, a proposal `\(name)` already",
        help: "look at it: `ethos review \(shellWord(name))`, or add `--name NAME`")
    }
    var result = AdoptResult(
      name: name, breach: commit, entries: standing.entries.map(\.key), findings: findings, missing: [],
      commit: nil)
    guard !isDryRun else { return result }
    var record = ChangeRecord(subject: "Adopt \(ChangeRecord(message: commit.message).subject)", because: because)
    record.adopts = [commit.id]
    let written = try recordCommit(
      tree: main.tree, parents: [main.id] + unheard.map(\.review.id), author: try author(), committer: try committer(),
      message: record.message)
    try moveProposal(name, from: nil, showing: main.tree, to: (written, main.tree), "ethos adopt: \(commit.id.short)")
    result.commit = written
    result.missing = try proposalState(name).standing.missingInWords(proposal: name)
    return result
  }

  /// A commit of the line in force that is to be adopted, as it is judged.
  func breach(_ id: ObjectID, in main: Commit) throws -> LineStep {
    let line = try repository.walk(from: [main.id], hiding: [], order: .firstParent)
    guard line.contains(id) else {
      throw Failure.no(
        "`\(id.short)` is no commit of the line in force",
        help: "see the line: `git log --first-parent \(shellWord(try mainBranch()))`")
    }
    var reader = LineReader(self)
    return try reader.step(repository.commit(id), leastRuleset: ChangeKind.ruleset)
  }
}
