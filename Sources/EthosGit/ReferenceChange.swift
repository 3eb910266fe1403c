internal import CGit2
import EthosRecord

/// HEAD to be put on a branch, if it stands where the writer thinks.
package struct HeadUpdate: Hashable, Sendable {
  package var before: HeadState
  /// The branch that it is to be on, without `refs/heads/`.
  package var branch: String
  package var reflogMessage: String

  package init(before: HeadState, branch: String, reflogMessage: String) {
    self.before = before
    self.branch = branch
    self.reflogMessage = reflogMessage
  }

  var target: String { "refs/heads/\(branch)" }
}

/// References, and HEAD where it moves with them, that are locked and stand where they were expected.
///
/// The locks are let go of with this value, or one by one as what they lock is written.
package final class ReferenceChange {
  private let repository: Repository
  private var locks: [ReferenceLock]
  private var head: (update: HeadUpdate, lock: ReferenceLock)?
  private let signature: SignatureHandle
  /// What was moved so far.
  package private(set) var moved: [ReferenceUpdate] = []

  init(
    _ repository: Repository, _ locks: [ReferenceLock], _ head: (HeadUpdate, ReferenceLock)?,
    _ signature: consuming SignatureHandle
  ) {
    self.repository = repository
    self.locks = locks
    self.head = head
    self.signature = signature
  }

  /// Moves the references one after the other in the order given, then HEAD, and deletes at last: HEAD is never on a
  /// branch that is gone.
  ///
  /// One that fails leaves the earlier ones moved.
  package func carryOut() throws(GitError) {
    for lock in locks {
      guard let update = lock.update, update.before != update.after, let after = update.after else { continue }
      try move(update, to: after, lock)
      moved.append(update)
    }
    if let head {
      try check(
        git_transaction_set_symbolic_target(
          head.lock.transaction.pointer, "HEAD", head.update.target, signature.pointer, head.update.reflogMessage),
        "move HEAD to `\(head.update.branch)`")
      try check(git_transaction_commit(head.lock.transaction.pointer), "move HEAD to `\(head.update.branch)`")
    }
    for lock in locks {
      guard let update = lock.update, update.before != nil, update.after == nil else { continue }
      try delete(update, lock)
    }
  }

  /// Lets go of what is still locked.
  package func release() {
    locks = []
    head = nil
  }

  private func move(_ update: ReferenceUpdate, to after: ObjectID, _ lock: ReferenceLock) throws(GitError) {
    var after = try after.raw()
    try check(
      git_transaction_set_target(
        lock.transaction.pointer, update.name, &after, signature.pointer, update.reflogMessage),
      "move `\(update.name)`")
    try check(git_transaction_commit(lock.transaction.pointer), "move `\(update.name)`")
  }

  /// What git packed goes first: without it the older place that is packed would be found again where a process is killed
  /// between the two.
  private func delete(_ update: ReferenceUpdate, _ lock: ReferenceLock) throws(GitError) {
    try PackedReferences(repository).remove(update.name)
    if FileSystem.exists("\(repository.location.commonDirectory)/\(update.name)") {
      try check(git_transaction_remove(lock.transaction.pointer, update.name), "delete `\(update.name)`")
      try check(git_transaction_commit(lock.transaction.pointer), "delete `\(update.name)`")
    }
    moved.append(update)
    // A log that stays would be in the way of a later reference below this name.
    try check(git_reflog_delete(repository.pointer, update.name), "delete the log of `\(update.name)`")
  }
}

/// The lock of one reference, released at the end of its life; that of HEAD is of no update.
final class ReferenceLock {
  let update: ReferenceUpdate?
  let transaction: Handle

  init(_ update: ReferenceUpdate?, _ transaction: consuming Handle) {
    self.update = update
    self.transaction = transaction
  }
}
