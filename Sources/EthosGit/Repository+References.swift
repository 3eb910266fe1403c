internal import CGit2
package import EthosRecord
import EthosText

/// What `HEAD` stands at.
package enum HeadState: Hashable, Sendable {
  /// On a branch (its name without `refs/heads/`), at a commit.
  case branch(String, ObjectID)
  /// On a branch that has no commit yet.
  case unborn(String)
  /// On a commit, and on no branch.
  case detached(ObjectID)

  package var commit: ObjectID? {
    switch self {
    case .branch(_, let id), .detached(let id): id
    case .unborn: nil
    }
  }

  package var branch: String? {
    switch self {
    case .branch(let name, _), .unborn(let name): name
    case .detached: nil
    }
  }
}

/// A reference and what it stands at.
package struct RepositoryReference: Hashable, Sendable {
  /// The full name, as `refs/heads/main`.
  package var name: String
  package var target: ObjectID

  package init(name: String, target: ObjectID) {
    self.name = name
    self.target = target
  }
}

/// A reference that cannot be read: a file below `refs/` that names no object, or a name that is not text.
package struct BrokenReference: Hashable, Sendable {
  package var name: String
  package var reason: String
}

extension Repository {
  package func head() throws(GitError) -> HeadState {
    let head = try Handle(.reference, of: self, doing: "read HEAD") { git_reference_lookup($0, pointer, "HEAD") }
    guard git_reference_type(head.pointer) == GIT_REFERENCE_SYMBOLIC else {
      guard let target = git_reference_target(head.pointer) else { throw GitError(.invalid, "HEAD stands at nothing") }
      return .detached(ObjectID(target.pointee))
    }
    guard let symbolic = git_reference_symbolic_target(head.pointer) else {
      throw GitError(.invalid, "HEAD stands at nothing")
    }
    let full = String(cString: symbolic)
    let name = full.dropping("refs/heads/") ?? full
    guard let id = try reference(full) else { return .unborn(name) }
    return .branch(name, id)
  }

  /// What a reference stands at, symbolic ones followed; nil where there is none.
  package func reference(_ fullName: String) throws(GitError) -> ObjectID? {
    try validateText(fullName, "reference name")
    if let supposed = supposed[Array(fullName.utf8)] { return supposed }
    var id = git_oid()
    let result = git_reference_name_to_id(&id, pointer, fullName)
    if result == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    try check(result, "read the reference `\(fullName)`")
    return ObjectID(id)
  }

  /// The references whose full name begins with a prefix (`refs/heads/reviews/`), sorted by name.
  ///
  /// A symbolic reference to nothing is left out, as `git for-each-ref` does, and so is one that cannot be read: see
  /// `brokenReferences`.
  package func references(under prefix: String) throws(GitError) -> [RepositoryReference] {
    try listReferences(under: prefix).readable
  }

  /// The references below a prefix whose names or contents cannot be read, with what git says of them.
  package func brokenReferences(under prefix: String) throws(GitError) -> [BrokenReference] {
    let (readable, broken) = try listReferences(under: prefix)
    let known = Set(readable.map(\.name) + broken.map(\.name))
    // libgit2 passes over a file whose content it does not know for a reference's.
    let unlisted = try FileSystem.files(below: location.commonDirectory, in: "refs").filter {
      $0.begins(with: prefix) && !$0.ends(with: ".lock") && !known.contains($0)
    }
    var found = broken
    for name in unlisted where try !isSymbolic(name) { found.append(BrokenReference(name: name, reason: noContent)) }
    return found.sorted { $0.name < $1.name }
  }

  private var noContent: String { "its file holds neither an id nor another reference" }

  private func listReferences(
    under prefix: String
  ) throws(GitError) -> (readable: [RepositoryReference], broken: [BrokenReference]) {
    try validateText(prefix, "reference name")
    if prefix.utf8.contains(where: { "*?[\\".utf8.contains($0) }) { return ([], []) }
    let iterator = try Handle(.referenceIterator, of: self, doing: "list references") {
      git_reference_iterator_glob_new($0, pointer, prefix + "*")
    }
    var names: [String] = []
    var broken: [BrokenReference] = []
    while true {
      var name: UnsafePointer<CChar>?
      let result = git_reference_next_name(&name, iterator.pointer)
      if result == GIT_ITEROVER.rawValue { break }
      try check(result, "list references")
      guard let name else { continue }
      if let text = String(validatingCString: name) {
        if supposed[Array(text.utf8)] == nil { names.append(text) }
      } else {
        broken.append(BrokenReference(name: String(cString: name), reason: "its name is not UTF-8"))
      }
    }
    git_error_clear()
    names += supposed.filter { $0.value != nil && $0.key.starts(with: prefix.utf8) }
      .map { String(decoding: $0.key, as: UTF8.self) }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var readable: [RepositoryReference] = []
    for name in names {
      do throws(GitError) {
        if let target = try reference(name) {
          readable.append(RepositoryReference(name: name, target: target))
        } else if try !isSymbolic(name) {
          broken.append(BrokenReference(name: name, reason: noContent))
        }
      } catch {
        guard error.code == .invalid else { throw error }
        broken.append(BrokenReference(name: name, reason: error.message))
      }
    }
    return (readable, broken)
  }

  /// Whether a reference that was listed names another; libgit2 does not find one whose file it cannot read.
  private func isSymbolic(_ name: String) throws(GitError) -> Bool {
    var found: OpaquePointer?
    let result = git_reference_lookup(&found, pointer, name)
    guard result >= 0, let found else {
      git_error_clear()
      return false
    }
    let handle = Handle(.reference, of: self, owning: found)
    return git_reference_type(handle.pointer) == GIT_REFERENCE_SYMBOLIC
  }

  /// The object that a revision names, in any form that git resolves: a branch, a tag, `HEAD~2`, a short id.
  ///
  /// - Throws: `.notFound`, `.ambiguous` or `.invalid`.
  package func resolve(_ revision: String) throws(GitError) -> ObjectID {
    try objectID(of: lookUp(revision))
  }

  /// The commit that a revision names, tags followed.
  package func commitID(for revision: String) throws(GitError) -> ObjectID {
    try peeled(revision, GIT_OBJECT_COMMIT, "commit")
  }

  /// The tree that a revision names: its commit's, or its own.
  package func treeID(for revision: String) throws(GitError) -> ObjectID {
    try peeled(revision, GIT_OBJECT_TREE, "tree")
  }

  /// The object whose id begins with these digits; nil where there is none.
  ///
  /// - Throws: `.ambiguous` where there are several.
  package func abbreviated(_ digits: String) throws(GitError) -> ObjectID? {
    try validateText(digits, "object id")
    let padded = digits + String(repeating: "0", count: max(0, 40 - digits.utf8.count))
    guard let short = ObjectID(hex: padded.lowercased()) else { return nil }
    var raw = try short.raw()
    var found = git_oid()
    let result = git_odb_exists_prefix(&found, objectDatabase, &raw, digits.utf8.count)
    if result == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    if result == GIT_EAMBIGUOUS.rawValue {
      git_error_clear()
      throw GitError(.ambiguous, "`\(digits)` names more than one object", help: "type more digits of the id")
    }
    try check(result, "look for the object `\(digits)`")
    return ObjectID(found)
  }

  /// Throws `.invalid` unless git takes the full name for one of a reference.
  package static func validateReferenceName(_ fullName: String) throws(GitError) {
    try validateText(fullName, "reference name")
    var isValid: Int32 = 0
    try check(git_reference_name_is_valid(&isValid, fullName), "check the reference name `\(fullName)`")
    // Git's commands refuse names that begin with a dash, which would be read as options.
    let isOption = fullName.begins(with: "refs/heads/-") || fullName.begins(with: "refs/tags/-")
    guard isValid == 1, fullName.begins(with: "refs/"), !isOption else {
      throw GitError(.invalid, "`\(fullName)` is not a name that git allows for a reference")
    }
  }

  private func lookUp(_ revision: String) throws(GitError) -> Handle {
    try validateText(revision, "revision")
    var revision = revision
    if let supposed = supposed[Array(revision.utf8)] {
      guard let supposed else { throw GitError(.notFound, "there is no revision `\(revision)`") }
      revision = supposed.hex
    }
    var object: OpaquePointer?
    let result = git_revparse_single(&object, pointer, revision)
    if result >= 0, let object { return Handle(.object, of: self, owning: object) }
    let error = GitError(result: result, doing: "resolve `\(revision)`")
    switch error.code {
    case .notFound: throw GitError(.notFound, "there is no revision `\(revision)`")
    case .ambiguous:
      throw GitError(.ambiguous, "`\(revision)` names more than one object", help: "type more digits of the id")
    case .invalid: throw GitError(.invalid, "`\(revision)` is not a revision that git understands")
    default: throw error
    }
  }

  private func peeled(_ revision: String, _ type: git_object_t, _ what: String) throws(GitError) -> ObjectID {
    let object = try lookUp(revision)
    var peeled: OpaquePointer?
    let result = git_object_peel(&peeled, object.pointer, type)
    guard result >= 0, let peeled else {
      let error = missing(doing: "read what `\(revision)` names", GitError(result: result, doing: "read `\(revision)`"))
      if error.isOfClone { throw error }
      throw GitError(.invalid, "`\(revision)` does not name a \(what)")
    }
    let handle = Handle(.object, of: self, owning: peeled)
    return try objectID(of: handle)
  }

  private func objectID(of object: borrowing Handle) throws(GitError) -> ObjectID {
    guard let id = git_object_id(object.pointer) else { throw GitError(.invalid, "libgit2 returned no id") }
    return ObjectID(id.pointee)
  }
}
