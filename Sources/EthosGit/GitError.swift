internal import CGit2

/// A failure of git work, as a value that says what to do about it.
///
/// Callers switch on `code`; people read `message` and `help`.
package struct GitError: Error, Hashable, CustomStringConvertible {
  /// What failed, in the terms a caller can act on.
  ///
  /// A struct and not an enum: a newer libgit2 has codes that this version does not know, and they are kept.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let notFound = Code(rawValue: "not-found")
    package static let exists = Code(rawValue: "exists")
    package static let ambiguous = Code(rawValue: "ambiguous")
    /// A compare-and-swap found something else than was expected.
    package static let modified = Code(rawValue: "modified")
    package static let locked = Code(rawValue: "locked")
    /// The repository belongs to another user and git does not trust it.
    package static let owner = Code(rawValue: "owner")
    /// The repository uses a format that the installed libgit2 cannot read.
    package static let unsupportedExtension = Code(rawValue: "unsupported-extension")
    package static let notARepository = Code(rawValue: "not-a-repository")
    package static let bareRepository = Code(rawValue: "bare-repository")
    package static let unbornBranch = Code(rawValue: "unborn-branch")
    /// What was asked for is not well formed.
    package static let invalid = Code(rawValue: "invalid")
    /// An object of the repository is not of the form that git gives it, or not of the kind that it is named as.
    package static let malformed = Code(rawValue: "malformed")
    /// The operating system refused.
    package static let io = Code(rawValue: "io")
    /// Writing would lose what the user has in the work tree or in the index; `paths` lists it.
    package static let wouldOverwrite = Code(rawValue: "would-overwrite")
    /// A file and a folder would have the same path.
    package static let pathConflict = Code(rawValue: "path-conflict")
    /// Something is larger than a limit of ours; the message names the limit.
    package static let tooLarge = Code(rawValue: "too-large")
    /// The index file has a form that the installed libgit2 cannot read.
    package static let unreadableIndex = Code(rawValue: "unreadable-index")
    package static let missingIdentity = Code(rawValue: "missing-identity")
    /// What is asked for is not here, as the clone was made without it: its history ends early.
    package static let shallowRepository = Code(rawValue: "shallow-repository")
    /// The same of a clone that was made with a filter.
    package static let partialRepository = Code(rawValue: "partial-repository")
  }

  package var code: Code
  /// One sentence, lower case, without a full stop.
  package var message: String
  /// The paths that are concerned, sorted.
  package var paths: [String]
  /// What to type or to do, where that is known.
  package var help: String?

  package init(_ code: Code, _ message: String, paths: [String] = [], help: String? = nil) {
    self.code = code
    self.message = message
    self.paths = paths
    self.help = help
  }

  package var description: String { help.map { "\(message) (\($0))" } ?? message }

  /// Whether an object is what cannot be read: it is malformed, missing or larger than a limit.
  ///
  /// Whoever wrote it may have meant that, so it is told of and the rest goes on. What a clone was made without, and a
  /// failing disk, are something else.
  package var isOfObject: Bool { [.malformed, .notFound, .tooLarge].contains(code) }

  /// Whether what is asked for may be well, and is only not in this clone.
  package var isOfClone: Bool { code == .shallowRepository || code == .partialRepository }
}

extension GitError {
  /// The failure that a negative result of libgit2 reports.
  ///
  /// To be called at once, on the thread of the call: the message is kept per thread, may be missing, and is stale after
  /// a later success (libgit2 `docs/error-handling.md`). It is cleared here, so that nobody reads it twice.
  init(result: Int32, doing action: String) {
    let failure = Failure.take()
    let code = GitError.code(result: result, failureClass: failure.failureClass)
    self.init(code, "cannot \(action): \(failure.message ?? "libgit2 gave no reason (code \(result))")")
  }

  /// libgit2's own words about the last failure.
  struct Failure {
    var message: String?
    var failureClass: Int32

    /// Reads and clears the thread's last failure.
    static func take() -> Failure {
      guard let last = git_error_last() else { return Failure(message: nil, failureClass: 0) }
      let failure = Failure(
        message: last.pointee.message.map { String(cString: $0) }, failureClass: last.pointee.klass)
      git_error_clear()
      return failure
    }
  }

  private static func code(result: Int32, failureClass: Int32) -> Code {
    switch result {
    case GIT_ENOTFOUND.rawValue: .notFound
    case GIT_EEXISTS.rawValue: .exists
    case GIT_EAMBIGUOUS.rawValue: .ambiguous
    case GIT_EMODIFIED.rawValue: .modified
    case GIT_ELOCKED.rawValue: .locked
    case GIT_EOWNER.rawValue: .owner
    case GIT_EBAREREPO.rawValue: .bareRepository
    case GIT_EUNBORNBRANCH.rawValue: .unbornBranch
    case GIT_EINVALIDSPEC.rawValue, GIT_EINVALID.rawValue, GIT_EPEEL.rawValue, GIT_EMISMATCH.rawValue: .invalid
    case GIT_EDIRECTORY.rawValue: .pathConflict
    case GIT_ERROR.rawValue where failureClass == Int32(GIT_ERROR_OS.rawValue): .io
    case GIT_ERROR.rawValue: .invalid
    default: Code(rawValue: "libgit2\(result)")
    }
  }
}

/// Turns a negative result of libgit2 into a thrown error.
func check(_ result: Int32, _ action: @autoclosure () -> String) throws(GitError) {
  if result < 0 { throw GitError(result: result, doing: action()) }
}
