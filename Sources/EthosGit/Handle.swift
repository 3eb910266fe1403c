internal import CGit2
internal import EthosRecord

/// The kinds of libgit2 object that we own and must free, each with its function.
enum HandleKind {
  case objectDatabaseObject, referenceIterator, reference, transaction, walk, configuration, filters, index, object

  func free(_ pointer: OpaquePointer) {
    switch self {
    case .objectDatabaseObject: git_odb_object_free(pointer)
    case .referenceIterator: git_reference_iterator_free(pointer)
    case .reference: git_reference_free(pointer)
    case .transaction: git_transaction_free(pointer)
    case .walk: git_revwalk_free(pointer)
    case .configuration: git_config_free(pointer)
    case .filters: git_filter_list_free(pointer)
    case .index: git_index_free(pointer)
    case .object: git_object_free(pointer)
    }
  }
}

/// One libgit2 object that is freed at the end of its scope, and keeps its repository alive until then.
///
/// Out-parameters of libgit2 are the caller's (`docs/conventions.md`): what a function fills in becomes a handle at once.
/// Never leaves this target.
struct Handle: ~Copyable {
  let pointer: OpaquePointer
  private let kind: HandleKind
  private let repository: Repository

  /// Owns what `make` fills in.
  init(
    _ kind: HandleKind, of repository: Repository, doing action: @autoclosure () -> String,
    _ make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
  ) throws(GitError) {
    var made: OpaquePointer?
    try check(make(&made), action())
    guard let made else { throw GitError(.invalid, "cannot \(action()): libgit2 returned nothing") }
    pointer = made
    self.kind = kind
    self.repository = repository
    repository.liveHandles += 1
  }

  /// Owns a pointer that a function with more than one kind of result filled in.
  init(_ kind: HandleKind, of repository: Repository, owning pointer: OpaquePointer) {
    self.pointer = pointer
    self.kind = kind
    self.repository = repository
    repository.liveHandles += 1
  }

  deinit {
    kind.free(pointer)
    repository.liveHandles -= 1
  }
}

extension ObjectID {
  /// Copies the id out of libgit2's memory.
  init(_ id: git_oid) {
    var id = id
    self.init(bytes: withUnsafeBytes(of: &id.id) { Array($0) })
  }

  /// The id as libgit2 wants it; an id of another length is none that this libgit2 can know.
  func raw() throws(GitError) -> git_oid {
    var raw = git_oid()
    guard bytes.count == MemoryLayout.size(ofValue: raw.id) else {
      throw GitError(.invalid, "`\(hex)` is not the id of a SHA-1 repository")
    }
    withUnsafeMutableBytes(of: &raw.id) { $0.copyBytes(from: bytes) }
    return raw
  }
}
