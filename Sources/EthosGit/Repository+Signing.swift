internal import CGit2
package import EthosRecord
internal import EthosText

extension Repository {
  /// The text of a commit that is to be signed: the bytes that `writeCommit` stores for it without a signature.
  package func commitText(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) throws(GitError) -> [UInt8] {
    try validateText(message, "commit message")
    try require(tree, .tree)
    for parent in parents { try require(parent, .commit) }
    var lines = ["tree \(tree)"]
    for parent in parents { lines.append("parent \(parent)") }
    lines.append("author \(try SignatureHandle(author).line)")
    lines.append("committer \(try SignatureHandle(committer).line)")
    return Array((lines.joined(separator: "\n") + "\n\n" + Repository.terminated(message)).utf8)
  }

  /// The text of an annotated tag that is to be signed: the bytes that `writeTag` stores for it without a signature.
  package func tagText(
    name: String, target: ObjectID, tagger: Signature, message: String
  ) throws(GitError) -> [UInt8] {
    try Repository.validateReferenceName("refs/tags/\(name)")
    try validateText(message, "tag message")
    let (kind, _) = try objectHeader(target)
    let lines = [
      "object \(target)", "type \(kind.gitName)", "tag \(name)", "tagger \(try SignatureHandle(tagger).line)", "",
      Repository.terminated(message),
    ]
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// Stores a commit of this text with its signature, which becomes the last header, as git writes it.
  package func writeCommit(_ text: [UInt8], signature: [UInt8]) throws(GitError) -> ObjectID {
    guard let end = text.firstRange(of: Array("\n\n".utf8))?.lowerBound else {
      throw GitError(.invalid, "the text of a commit has no end of its headers")
    }
    var lines = signature.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let header = Array("gpgsig ".utf8) + Array(lines.joined(separator: Array("\n ".utf8))) + [UInt8(ascii: "\n")]
    return try writeObject(Array(text[...end]) + header + text[(end + 1)...], GIT_OBJECT_COMMIT, "a signed commit")
  }

  /// Stores an annotated tag of this text with its signature after the message, as git writes it.
  package func writeTag(_ text: [UInt8], signature: [UInt8]) throws(GitError) -> ObjectID {
    try writeObject(text + signature, GIT_OBJECT_TAG, "a signed tag")
  }

  private func require(_ id: ObjectID, _ kind: ObjectKind) throws(GitError) {
    let (found, _) = try objectHeader(id)
    guard found == kind else {
      throw GitError(.invalid, "the object `\(id)` is a \(found.name), not a \(kind.name)")
    }
  }
}

extension SignatureHandle {
  /// The signature as a header of an object has it, after libgit2 trimmed its name and address.
  var line: String {
    let signature = pointer.pointee
    let offset = abs(Int(signature.when.offset))
    let sign = signature.when.offset < 0 || signature.when.sign == CChar(bitPattern: UInt8(ascii: "-")) ? "-" : "+"
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(String(cString: signature.name)) <\(String(cString: signature.email))> \(signature.when.time) "
      + "\(sign)\(two(offset / 60))\(two(offset % 60))"
  }
}

extension ObjectKind {
  /// What git calls it in objects.
  fileprivate var gitName: String { self == .blob ? "blob" : name }
}
