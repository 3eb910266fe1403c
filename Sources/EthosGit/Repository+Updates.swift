internal import CGit2
package import EthosRecord
import EthosText
internal import Glibc

/// A reference to be moved, made or deleted, if it stands where the writer thinks.
package struct ReferenceUpdate: Hashable, Sendable {
  /// The full name, as `refs/heads/main`.
  package var name: String
  /// What it stands at; nil: it must not exist.
  package var before: ObjectID?
  /// What it is to stand at; nil: it is to be deleted.
  package var after: ObjectID?
  package var reflogMessage: String

  package init(name: String, before: ObjectID?, after: ObjectID?, reflogMessage: String) {
    self.name = name
    self.before = before
    self.after = after
    self.reflogMessage = reflogMessage
  }
}

extension Repository {
  /// Moves references by compare-and-swap: all of them, or, when anything is not as expected, none.
  ///
  /// In order: every reference is locked (a `.lock` file, which git's own commands respect); under the locks every value
  /// is compared; then the references are written one after the other *in the order given*, deletions last. A process
  /// that is killed in between leaves the earlier ones moved, the later ones not, and the lock files of the later ones
  /// (`lockFile(of:)`) behind; a caller for whom that matters keeps a journal. An equal `before` and `after` only checks.
  ///
  /// - Throws: `.modified` naming the reference, what was expected and what was found; `.locked` when somebody else is
  ///   writing the same reference and still is after a tenth of a second (git's own patience); `.pathConflict` where a
  ///   reference would lie below another (`a` and `a/b`).
  package func update(_ updates: [ReferenceUpdate], signature: Signature) throws(GitError) {
    try prepare(updates, signature: signature).carryOut()
  }

  /// Locks and compares what is to be moved, HEAD with it where that is wanted; nothing moves before `carryOut`.
  ///
  /// Whoever moves more than references takes these locks first, so that all that can refuse has refused by then.
  package func prepare(
    _ updates: [ReferenceUpdate], head: HeadUpdate? = nil, signature: Signature
  ) throws(GitError) -> ReferenceChange {
    guard supposed.isEmpty else { throw GitError(.invalid, "nothing is written to what is only supposed") }
    try validate(updates)
    if let head {
      try Repository.validateReferenceName(head.target)
      try validateText(head.reflogMessage, "reflog message")
    }
    let signature = try SignatureHandle(signature)
    var locks: [ReferenceLock] = []
    for update in updates { locks.append(ReferenceLock(update, try lock(update.name))) }
    let headLock = try head.map { (_) throws(GitError) in ReferenceLock(nil, try lock("HEAD")) }
    for update in updates { try compare(update) }
    if let head, try self.head() != head.before {
      throw GitError(
        .modified,
        "HEAD was expected \(Repository.place(head.before)), and was found \(Repository.place(try self.head()))",
        paths: ["HEAD"])
    }
    return ReferenceChange(self, locks, head.flatMap { head in headLock.map { (head, $0) } }, signature)
  }

  /// Puts `HEAD` on a branch, if it stands where the writer thinks.
  ///
  /// Work tree and index stay as they are.
  package func setHead(
    branch: String, from expected: HeadState, signature: Signature, reflogMessage: String
  ) throws(GitError) {
    let head = HeadUpdate(before: expected, branch: branch, reflogMessage: reflogMessage)
    try prepare([], head: head, signature: signature).carryOut()
  }

  /// The file whose existence locks a reference, for whoever must clear up after a killed process.
  package func lockFile(of fullName: String) -> String {
    "\(fullName == "HEAD" ? location.gitDirectory : location.commonDirectory)/\(fullName).lock"
  }

  private func validate(_ updates: [ReferenceUpdate]) throws(GitError) {
    var names: Set<[UInt8]> = []
    for update in updates {
      try Repository.validateReferenceName(update.name)
      try validateText(update.reflogMessage, "reflog message")
      if !names.insert(Array(update.name.utf8)).inserted {
        throw GitError(.invalid, "the reference `\(update.name)` is updated twice")
      }
      if update.before == nil, update.after != nil { try requireFree(update.name) }
      if let after = update.after, try !contains(after) {
        throw GitError(.notFound, "`\(update.name)` cannot be put on `\(after)`: there is no such object")
      }
    }
  }

  /// A transaction that holds the lock of one reference.
  ///
  /// One for each: a transaction of several writes them in an order that libgit2 does not tell.
  private func lock(_ name: String) throws(GitError) -> Handle {
    let transaction = try Handle(.transaction, of: self, doing: "lock `\(name)`") { git_transaction_new($0, pointer) }
    for attempt in 0... {
      let result = git_transaction_lock_ref(transaction.pointer, name)
      guard result < 0 else { break }
      let error = GitError(result: result, doing: "lock `\(name)`")
      guard error.code == .locked else { throw error }
      if attempt == 10 {
        let file = lockFile(of: name)
        throw GitError(
          .locked, "another process is writing `\(name)`", paths: [file],
          help: "if none runs any more, remove `\(file)`")
      }
      usleep(10_000)
    }
    return transaction
  }

  /// Throws `.modified` unless a reference stands where its update expects it.
  private func compare(_ update: ReferenceUpdate) throws(GitError) {
    var found: ObjectID?
    var pointer: OpaquePointer?
    let result = git_reference_lookup(&pointer, self.pointer, update.name)
    if result == GIT_ENOTFOUND.rawValue {
      git_error_clear()
    } else {
      try check(result, "read the reference `\(update.name)`")
      guard let pointer else { throw GitError(.invalid, "libgit2 returned no reference") }
      let handle = Handle(.reference, of: self, owning: pointer)
      guard let target = git_reference_target(handle.pointer) else {
        throw GitError(.invalid, "`\(update.name)` is a symbolic reference", paths: [update.name])
      }
      found = ObjectID(target.pointee)
    }
    guard found == update.before else {
      throw GitError(
        .modified,
        "`\(update.name)` was expected at \(Repository.place(update.before)), and was found at "
          + Repository.place(found),
        paths: [update.name])
    }
    if update.before == nil, update.after != nil { try requireFree(update.name) }
  }

  /// Throws `.pathConflict` where a new reference would lie below another, or another below it.
  private func requireFree(_ name: String) throws(GitError) {
    var folder = name[...]
    while let slash = folder.unicodeScalars.lastIndex(of: "/") {
      folder = folder[..<slash]
      let parent = String(folder)
      guard parent.begins(with: "refs/"), try reference(parent) != nil else { continue }
      throw GitError(.pathConflict, "`\(name)` cannot be made: `\(parent)` exists", paths: [name, parent])
    }
    if let below = try references(under: name + "/").first {
      throw GitError(.pathConflict, "`\(name)` cannot be made: `\(below.name)` exists", paths: [name, below.name])
    }
  }

  private static func place(_ id: ObjectID?) -> String { id.map { "`\($0.short)`" } ?? "nothing" }

  private static func place(_ head: HeadState) -> String {
    switch head {
    case .branch(let name, let id): "on `\(name)` at `\(id.short)`"
    case .unborn(let name): "on `\(name)`, which has no commit"
    case .detached(let id): "on no branch, at `\(id.short)`"
    }
  }
}
