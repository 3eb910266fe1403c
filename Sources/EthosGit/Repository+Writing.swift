internal import CGit2
package import EthosRecord
import EthosText
internal import EthosText

extension Repository {
  /// Stores a file's content and gives its id.
  ///
  /// No reference and no file of the work tree changes.
  package func writeBlob(_ content: [UInt8]) throws(GitError) -> ObjectID {
    try writeObject(content, GIT_OBJECT_BLOB, "a file")
  }

  /// Stores the tree that holds nothing, and gives its id.
  package func writeEmptyTree() throws(GitError) -> ObjectID {
    try writeObject([], GIT_OBJECT_TREE, "an empty tree")
  }

  /// The id that a file of this content has, without storing anything.
  package static func blobID(of content: [UInt8]) throws(GitError) -> ObjectID {
    try GitLibrary.start()
    var id = git_oid()
    try check(git_odb_hash(&id, content, content.count, GIT_OBJECT_BLOB), "hash a file")
    return ObjectID(id)
  }

  /// Stores a commit.
  ///
  /// No reference moves: that is `update`'s work.
  ///
  /// The message is stored as it is, but for a line end that is added where its last line has none.
  package func writeCommit(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) throws(GitError) -> ObjectID {
    try validateText(message, "commit message")
    let raws = try rawIDs(parents)
    var raw = try tree.raw()
    let author = try SignatureHandle(author)
    let committer = try SignatureHandle(committer)
    var id = git_oid()
    let result = raws.withUnsafeBufferPointer { raws in
      var pointers: [UnsafePointer<git_oid>?] = raws.indices.map { raws.baseAddress?.advanced(by: $0) }
      return git_commit_create_from_ids(
        &id, pointer, nil, author.pointer, committer.pointer, nil, Repository.terminated(message), &raw,
        parents.count, &pointers)
    }
    try check(result, "write a commit")
    let commit = ObjectID(id)
    parentMemo[commit] = parents
    return commit
  }

  /// Stores an annotated tag.
  ///
  /// The reference below `refs/tags/` is made by `update`.
  package func writeTag(
    name: String, target: ObjectID, tagger: Signature, message: String
  ) throws(GitError) -> ObjectID {
    try Repository.validateReferenceName("refs/tags/\(name)")
    try validateText(message, "tag message")
    var raw = try target.raw()
    let tagger = try SignatureHandle(tagger)
    let object = try Handle(.object, of: self, doing: "tag `\(target)`") {
      git_object_lookup($0, pointer, &raw, GIT_OBJECT_ANY)
    }
    var id = git_oid()
    try check(
      git_tag_annotation_create(
        &id, pointer, name, object.pointer, tagger.pointer, Repository.terminated(message)),
      "write the tag `\(name)`")
    return ObjectID(id)
  }

  func writeObject(_ bytes: [UInt8], _ type: git_object_t, _ what: String) throws(GitError) -> ObjectID {
    var id = git_oid()
    try check(git_odb_write(&id, objectDatabase, bytes, bytes.count, type), "write \(what)")
    return ObjectID(id)
  }

  func rawIDs(_ ids: [ObjectID]) throws(GitError) -> [git_oid] {
    var raws: [git_oid] = []
    for id in ids { raws.append(try id.raw()) }
    return raws
  }

  static func terminated(_ message: String) -> String {
    message.isEmpty || message.ends(with: "\n") ? message : message + "\n"
  }
}

/// A signature in libgit2's memory, freed at the end of its scope.
struct SignatureHandle: ~Copyable {
  let pointer: UnsafeMutablePointer<git_signature>

  /// - Throws: `.invalid` where the signature would make a commit that git cannot read: libgit2 looks for angle
  ///   brackets, and lets a line end in the middle of a name pass.
  init(_ signature: Signature) throws(GitError) {
    for (what, text) in [("name", signature.name), ("e-mail address", signature.email)]
    where text.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x3C || $0 == 0x3E }) {
      throw GitError(.invalid, "the \(what) of an author has a line end, an angle bracket or a NUL byte in it")
    }
    if signature.when.seconds < 0 {
      throw GitError(.invalid, "git cannot record a moment before 1970: `\(signature.when.iso8601)`")
    }
    guard abs(signature.when.offsetMinutes) < 24 * 60 else {
      throw GitError(.invalid, "an offset of \(signature.when.offsetMinutes) minutes from UTC is out of range")
    }
    var made: UnsafeMutablePointer<git_signature>?
    let result = git_signature_new(
      &made, signature.name, signature.email, signature.when.seconds, Int32(signature.when.offsetMinutes))
    try check(result, "sign as `\(signature.name) <\(signature.email)>`")
    guard let made else { throw GitError(.invalid, "libgit2 returned no signature") }
    if signature.when.isOffsetUnknown { made.pointee.when.sign = CChar(bitPattern: UInt8(ascii: "-")) }
    pointer = made
  }

  deinit { git_signature_free(pointer) }
}
