internal import CGit2
import EthosText

extension Repository {
  /// How far to look for a repository.
  package enum Search: Sendable {
    /// In this folder alone.
    case exact
    /// In this folder and those above it, as git does.
    case upwards
  }

  /// Opens the repository at a path.
  ///
  /// From the environment that is passed in, `GIT_DIR` and `GIT_WORK_TREE` (where the search goes upwards, as for git's
  /// own commands) and `GIT_CEILING_DIRECTORIES` are honoured.
  ///
  /// - Throws: `.notARepository`; `.owner` with the command that makes git trust the repository; `.unsupportedExtension`
  ///   with the name of the extension. Nothing is ever created.
  package static func open(
    at path: String, search: Search = .upwards, environment: [String: String] = [:]
  ) throws(GitError) -> Repository {
    try GitLibrary.start()
    try validateText(path, "path")
    guard search == .upwards, let named = environment["GIT_DIR"], !named.isEmpty else {
      let ceilings = environment["GIT_CEILING_DIRECTORIES"]
      return try Repository(
        owning: openPointer(path, search: search, ceilings: ceilings), environment: environment)
    }
    let gitDirectory = absolute(named, from: path)
    let pointer = try openPointer(linkedWorkTree(of: gitDirectory) ?? gitDirectory, search: .exact, ceilings: nil)
    if let workTree = environment["GIT_WORK_TREE"], !workTree.isEmpty {
      let result = git_repository_set_workdir(pointer, absolute(workTree, from: path), 0)
      if result < 0 {
        let error = GitError(result: result, doing: "use the work tree `\(workTree)`")
        git_repository_free(pointer)
        throw error
      }
    }
    return try Repository(owning: pointer, environment: environment)
  }

  /// Opens the repository once more, for another thread that reads objects beside this one.
  ///
  /// libgit2 keeps one handle with one lock for each pack that a process has open, by the path by which it was opened;
  /// with another spelling of the path the two do not wait for each other. Measured, two threads then read twice as much.
  package var openerForThread: @Sendable () throws(GitError) -> Repository {
    let (folder, environment) = (location.commonDirectory, environment)
    return { () throws(GitError) in
      let pointer = try Repository.openPointer(folder, search: .exact, ceilings: nil)
      return try Repository(owning: pointer, objects: "\(folder)/./objects", environment: environment)
    }
  }

  /// Makes a new repository in a folder, which is made where it is missing, with a first branch that has no commit yet.
  ///
  /// - Throws: `.exists` where there is a repository already, whether or not it can be opened.
  package static func initialise(
    at path: String, branch: String, bare: Bool = false, environment: [String: String] = [:]
  ) throws(GitError) -> Repository {
    try GitLibrary.start()
    try validateText(path, "path")
    try validateReferenceName("refs/heads/\(branch)")
    if let found = gitDirectory(in: path) {
      throw GitError(.exists, "there is a repository already at `\(found)`", paths: [found])
    }
    var options = git_repository_init_options()
    try check(
      git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)), "prepare a repository")
    options.flags =
      GIT_REPOSITORY_INIT_MKDIR.rawValue | GIT_REPOSITORY_INIT_MKPATH.rawValue
      | GIT_REPOSITORY_INIT_NO_REINIT.rawValue | (bare ? GIT_REPOSITORY_INIT_BARE.rawValue : 0)
    var pointer: OpaquePointer?
    let result = branch.withCString { branch in
      options.initial_head = branch
      return git_repository_init_ext(&pointer, path, &options)
    }
    guard result >= 0, let pointer else { throw openingError(result, path: path, search: .exact) }
    return try Repository(owning: pointer, environment: environment)
  }

  private static func openPointer(_ path: String, search: Search, ceilings: String?) throws(GitError) -> OpaquePointer {
    var pointer: OpaquePointer?
    let flags = search == .exact ? GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue : 0
    let result = git_repository_open_ext(&pointer, path, flags, ceilings)
    guard result >= 0, let pointer else { throw openingError(result, path: path, search: search) }
    return pointer
  }

  private static func absolute(_ path: String, from folder: String) -> String {
    path.begins(with: "/") ? path : "\(folder)/\(path)"
  }

  /// The linked work tree whose git directory this is: libgit2 knows it as one only when it is opened from there.
  private static func linkedWorkTree(of gitDirectory: String) -> String? {
    guard let link = FileSystem.read("\(gitDirectory)/gitdir", limit: 8_192) else { return nil }
    let path = String(decoding: link.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return path.ends(with: "/.git") ? String(path.dropLast("/.git".count)) : nil
  }

  /// The git directory that lies in a folder, or that the folder is, by its look alone.
  private static func gitDirectory(in folder: String) -> String? {
    if FileSystem.exists("\(folder)/.git") { return "\(folder)/.git" }
    let isBare = ["HEAD", "objects", "refs"].allSatisfy { FileSystem.exists("\(folder)/\($0)") }
    return isBare ? folder : nil
  }

  /// The folder that git names a repository by: the work tree, or the git directory of a bare one.
  private static func repositoryFolder(from path: String, search: Search) -> String {
    guard var folder = FileSystem.realPath(path) else { return path }
    while true {
      if let found = gitDirectory(in: folder) {
        return found.ends(with: "/.git") ? String(found.dropLast("/.git".count)) : found
      }
      guard search == .upwards, let slash = folder.unicodeScalars.lastIndex(of: "/"), folder != "/" else { return path }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// What the failure to open a repository means.
  private static func openingError(_ result: Int32, path: String, search: Search) -> GitError {
    let failure = GitError.Failure.take()
    let message = failure.message ?? "libgit2 gave no reason (code \(result))"
    // libgit2 1.5 looks `safe.directory` up, does not find it, and reports that instead of the owner (issue 6408).
    let isOwnerMistold =
      result == GIT_ENOTFOUND.rawValue && failure.failureClass == Int32(GIT_ERROR_CONFIG.rawValue)
      && message.holds("safe.directory")
    if isOwnerMistold || result == GIT_EOWNER.rawValue {
      let folder = repositoryFolder(from: path, search: search)
      return GitError(
        .owner, "the repository `\(folder)` belongs to another user, and git does not trust it", paths: [folder],
        help: "if you trust it: git config --global --add safe.directory \(shellWord(folder))")
    }
    if result == GIT_ENOTFOUND.rawValue {
      return GitError(
        .notARepository,
        search == .exact
          ? "`\(path)` is not a git repository" : "neither `\(path)` nor a folder above it is a git repository",
        paths: [path])
    }
    if let unsupported = unsupportedFormat(message) { return unsupported }
    return GitError(result == GIT_EEXISTS.rawValue ? .exists : .invalid, "cannot open `\(path)`: \(message)")
  }

  /// Recognises libgit2's refusals of a repository format.
  private static func unsupportedFormat(_ message: String) -> GitError? {
    let version = GitLibrary.version
    if message.holds("unsupported repository version") {
      return GitError(.unsupportedExtension, "the installed libgit2 \(version) cannot read this repository: \(message)")
    }
    guard let extensions = message.cut(around: "extensions.") else { return nil }
    let name = extensions.after.prefix { $0.isLetter || $0.isNumber }
    let help: String? =
      switch name.lowercased() {
      case "objectformat":
        "the repository names its objects with SHA-256; ethos needs one that uses SHA-1, the default of git"
      case "worktreeconfig":
        "libgit2 1.8 reads it; or undo `git sparse-checkout` with: git sparse-checkout disable, "
          + "git config --unset extensions.worktreeConfig"
      case "partialclone": "make a full clone: git clone without --filter"
      case "refstorage": "convert it: git refs migrate --ref-format=files"
      default: nil
      }
    return GitError(
      .unsupportedExtension,
      "the repository uses the extension `\(name)`, which the installed libgit2 \(version) does not know", help: help)
  }
}

/// Refuses text that C would cut short.
func validateText(_ text: String, _ what: String) throws(GitError) {
  if text.utf8.contains(0) { throw GitError(.invalid, "a \(what) contains a NUL byte") }
}
