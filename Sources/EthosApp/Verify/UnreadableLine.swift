import EthosGit
import EthosGovernance
import EthosRecord
import EthosStore
import EthosText

/// What is found of commits that cannot be read: nothing that anybody pushes stops a verification.
enum UnreadableLine {
  private static let rule = "what comes into force can be read, so that somebody could agree to it"

  /// The line cannot be followed further down than a commit.
  static func broken(at commit: ObjectID, below child: ObjectID?, _ error: GitError) -> Finding {
    let place = child.map { "below \($0.short)" } ?? "at its tip"
    return Finding(
      "line-broken", .breach, "the line in force cannot be followed \(place): \(error.message)", commit: commit,
      rule: "the line in force can be read from its first commit to its last",
      help: error.code == .notFound
        ? ["fetch what is missing from a clone that has it: `git fetch --refetch`"]
        : ["find out who made it, and go on from the last commit that can be read, in an earlier clone: `git log`"])
  }

  /// A commit of the line, or something that it brings, cannot be read.
  static func unreadable(_ commit: ObjectID, _ error: GitError) -> Finding {
    Finding(
      "object-malformed", .breach, "the commit cannot be judged: \(error.message)", commit: commit, rule: rule,
      help: error.code == .notFound
        ? ["fetch what is missing from a clone that has it: `git fetch --refetch`"]
        : [
          "let those who should have agreed adopt it, `ethos adopt \(commit.short) --because …`, or go on from the last "
            + "commit that can be read"
        ])
  }
}

extension UnreadableBranch {
  /// The commands that take the branch away, or bring what it misses.
  package var mending: [String] {
    // Git's own commands touch no reference whose file they cannot read.
    let file = shellWord(reference)
    var commands = [
      object == nil
        ? "remove the file: `rm \"$(git rev-parse --git-common-dir)\"/\(file)`"
        : "remove it here: `git update-ref -d \(shellWord(reference))`"
    ]
    if isMissing { commands.insert("fetch what is missing from a clone that has it: `git fetch --refetch`", at: 0) }
    if let remote {
      let branch = String(name.dropFirst(remote.count + 1))
      commands.append(
        "remove it there, if it is yours to remove: `git push \(shellWord(remote)) --delete \(shellWord(branch))`")
    }
    return commands
  }

  var finding: Finding {
    let what = isTag ? "the tag" : isOfReviews ? "the branch of reviews" : "the branch"
    let consequence =
      isTag
      ? "that the proposal is closed cannot be known from it"
      : isOfReviews
        ? "no review on it can be counted, an objection as little as an approval"
        : "the proposal on it is as if it were not there"
    return Finding(
      isTag ? "tag-unreadable" : "branch-unreadable", .note,
      "\(what) `\(visibleText(name))` cannot be read, and \(consequence): \(visibleText(reason))", commit: object,
      rule: "what anybody pushes stops nobody: what cannot be read is set aside and named", help: mending)
  }
}

extension Workspace {
  /// The branches of proposals and reviews that cannot be read.
  func unreadableBranchFindings() throws -> [Finding] { try store.unreadableBranches().map(\.finding) }

  /// The verdict where the very tip of the line cannot be read; nil where it can.
  func verdictOnUnreadableTip() throws -> VerifyResult? {
    let branch = try mainBranch()
    guard let tip = try repository.reference(RecordReference.branch(branch)) else { return nil }
    do throws(GitError) {
      _ = try repository.commit(tip)
      return nil
    } catch {
      guard error.isOfObject else { throw error }
      let nobody = Signature(name: "", email: "", when: Instant(seconds: 0))
      return VerifyResult(
        branch: branch,
        head: Commit(id: tip, tree: tip, parents: [], author: nobody, committer: nobody, message: ""), root: tip,
        verified: 0, remembered: 0, basis: VerifyBasis(signatures: signatureVerifier.tally),
        findings: [UnreadableLine.broken(at: tip, below: nil, error)] + (try unreadableBranchFindings()),
        assurance: Assurance(signed: 0, partly: 0, unsigned: 0), ratifications: (0, 0, 0), isOpen: false, adopted: [])
    }
  }
}
