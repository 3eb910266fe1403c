import EthosGit
package import EthosGovernance
package import EthosRecord
import EthosStore
import EthosText

/// What came of comparing a repository with what somebody remembered of it.
package struct ReceiptResult: Sendable {
  package var findings: [Finding]
  /// What was done, in words.
  package var inWords: String
}

extension Workspace {
  /// Compares with a receipt where the file exists, and writes it anew where nothing speaks against it.
  package func compareReceipt(at path: String, head: ObjectID) throws -> ReceiptResult {
    let path = path.begins(with: "/") ? path : "\(environment.workingDirectory)/\(path)"
    let branch = try mainBranch()
    var findings: [Finding] = []
    let isThere = FileSystem.entry(at: path) != nil
    if isThere {
      let bytes = try FileSystem.read(path, limit: 1 << 24)
      guard let receipt = VerificationReceipt(String(decoding: bytes, as: UTF8.self)) else {
        throw Failure.cannot(
          "`\(path)` is no receipt, or was cut short", help: "name another file, or the receipt as it was written")
      }
      findings = try differences(from: receipt, branch: branch, head: head)
    }
    guard findings.isEmpty else {
      return ReceiptResult(
        findings: findings, inWords: "kept as it is: the repository contradicts it")
    }
    let receipt = VerificationReceipt(branch: branch, head: head, tags: try recordTags())
    let folder = path.unicodeScalars.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    try FileSystem.write(Array(receipt.text.utf8), to: path, temporaryFolder: folder.isEmpty ? "/" : folder)
    return ReceiptResult(
      findings: [],
      inWords: isThere ? "agrees, and was written anew" : "written: keep it outside of the repository")
  }

  /// The tags that records are kept under, by name.
  private func recordTags() throws -> [VerificationReceipt.Tag] {
    try ["refs/tags/closed/", "refs/tags/release/"].flatMap { prefix in
      try repository.references(under: prefix).map {
        VerificationReceipt.Tag(name: $0.name.dropping("refs/tags/") ?? $0.name, id: $0.target)
      }
    }
  }

  private func differences(
    from receipt: VerificationReceipt, branch: String, head: ObjectID
  ) throws -> [Finding] {
    var findings: [Finding] = []
    let isKnown = try repository.contains(receipt.head)
    // What lies beside the line, below a second parent, is in force no more.
    let isOnLine = try isKnown && isOnLine(receipt.head, of: head)
    if !isOnLine {
      findings.append(
        Finding(
          "head-rewound", .breach,
          "the branch in force no longer holds \(receipt.head.short), which it held when the receipt was written",
          commit: receipt.head, rule: "the line in force only ever grows",
          missing: [isKnown ? "the commits up to \(receipt.head.short)" : "the commit \(receipt.head.short) itself"],
          help: [
            "find out who moved it, and fetch the line from a clone that has it: `git fetch CLONE \(shellWord(receipt.branch))`"
          ]))
    }
    if receipt.branch != branch {
      findings.append(
        Finding(
          "branch-replaced", isOnLine ? .note : .breach,
          "the branch in force was `\(receipt.branch)`, and is `\(branch)`",
          rule: "the charter names the branch in force"))
    }
    let tags = Dictionary(try recordTags().map { ($0.name, $0.id) }) { first, _ in first }
    for tag in receipt.tags where tags[tag.name] != tag.id {
      let isGone = tags[tag.name] == nil
      findings.append(
        Finding(
          isGone ? "tag-removed" : "tag-remade", .breach,
          isGone ? "the tag is gone" : "the tag is another object than when the receipt was written", tag: tag.name,
          rule: "a tag of a record stays where it is for ever",
          help: [
            "fetch it from a clone that has it: `git fetch CLONE \(shellWord("refs/tags/\(tag.name):refs/tags/\(tag.name)")) --force`"
          ]))
    }
    return findings
  }
}
