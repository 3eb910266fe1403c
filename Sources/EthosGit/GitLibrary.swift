internal import CGit2

/// libgit2 as one process has it: started once, never shut down.
///
/// libgit2 counts its starts, and a shutdown while a handle lives is undefined; a command ends with its process. All
/// options here hold for the whole process, and none may be changed while another thread uses libgit2.
package enum GitLibrary {
  private static let started: Int32 = git_libgit2_init()

  /// Starts libgit2, if that was not done yet (some 6 ms, so only what opens a repository does it).
  package static func start() throws(GitError) {
    try check(started, "start libgit2")
  }

  /// The version of the libgit2 that runs.
  package static var version: String {
    var (major, minor, revision): (Int32, Int32, Int32) = (0, 0, 0)
    git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
  }

  /// Lets libgit2 look for configuration of every level (system, XDG, global, ProgramData) in this folder alone.
  ///
  /// For tests, which must not see the machine's configuration: `GIT_CONFIG_GLOBAL` does nothing in libgit2.
  package static func setConfigurationFolder(_ path: String) throws(GitError) {
    try start()
    for level in [
      GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
    ] {
      try check(ethos_git_set_search_path(level.rawValue, path), "set the search path of the configuration")
    }
  }
}
