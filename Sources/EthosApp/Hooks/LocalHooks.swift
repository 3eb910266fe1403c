import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// Why a message is not taken: an identity file that is staged needs a reason, and what is in force is not committed to.
  ///
  /// Git gives the hook the index that it will commit from.
  package func refusal(ofMessage text: String, changes isStaged: Bool) throws -> Failure? {
    guard isStaged else { return nil }
    let message = CommitMessage(parsing: text)
    if case .branch(let branch, _) = try repository.head(), try branch.utf8.elementsEqual(mainBranch().utf8),
      !RatificationRecord.isClaimed(by: text), Charter(snapshot: try mainSnapshot()).hasAuthority
    {
      return Failure.no(
        "what is in force is changed by ratifying a proposal, and this would commit to `\(branch)`",
        help: "propose it: `ethos propose NAME --because …`")
    }
    guard saysNothing(message.body), ChangeRecord(message: text).reasons.allSatisfy({ saysNothing($0.because) }) else {
      return nil
    }
    return Failure.no(
      "the commit changes the identity and gives no reason",
      help: "say why in the body of the message, or for each: `Reason-For: limit/NAME: why`")
  }

  /// Whether identity files are staged for the commit that is being made.
  package func hasStagedIdentity() throws -> Bool {
    let staged = try repository.stagedFiles().filter { $0.path.string.flatMap(Kind.init(path:)) != nil }
    var files: [IdentityFile] = []
    if let head = try repository.head().commit {
      files = try store.identityFiles(ofTree: repository.commit(head).tree)
    }
    return Set(staged.map { IdentityFile(path: $0.path.string ?? "", mode: $0.mode, blob: $0.id) }) != Set(files)
  }

  /// What is in breach in the commits that a push would bring to the branch in force of a remote.
  package func findings(ofPush references: [PushedReference]) throws -> [PushRefusal] {
    let branch = RecordReference.branch(try mainBranch())
    var refusals: [PushRefusal] = []
    for reference in references where reference.isNamed(branch) {
      guard let after = reference.after else { continue }
      if let before = reference.before, try !(repository.contains(before) && isOnLine(before, of: after)) {
        let finding = Finding(
          "head-rewound", .breach, "the push leaves \(before.short), which is in force there, off the line",
          commit: after, rule: "the line in force only ever grows",
          help: ["fetch, and ratify on top of it: a proposal is merged with main as the first parent"])
        refusals.append(PushRefusal(reference: reference.name, finding: finding))
        continue
      }
      refusals += try findings(from: reference.before, to: after).map {
        PushRefusal(reference: reference.name, finding: $0)
      }
    }
    return refusals
  }

  /// What is in breach between two states of the line; all of it where there was none before.
  func findings(from before: ObjectID?, to after: ObjectID) throws -> [Finding] {
    var verification = LineVerification(self, VerifyRequest())
    _ = try verification.run(from: before, to: after)
    return verification.findings.filter { $0.severity == .breach }
  }
}
