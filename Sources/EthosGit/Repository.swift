internal import CGit2
package import EthosRecord
import EthosText

/// Where a repository lies, as absolute paths: what may cross tasks, to open a handle of its own there.
package struct RepositoryLocation: Hashable, Sendable {
  /// The `.git` folder; that of the linked work tree, where it is one.
  package var gitDirectory: String
  /// The folder that all linked work trees share: objects, references, configuration, ethos' own data.
  package var commonDirectory: String
  /// The work tree, or nil in a bare repository.
  package var workTree: String?
}

/// How many objects were read in full, by kind.
///
/// Reading a size or a kind does not count.
package struct ReadCounts: Hashable, Sendable {
  package var commits = 0
  package var trees = 0
  package var blobs = 0
  package var tags = 0
}

/// An open repository: values out, typed errors, no handle escapes.
///
/// One thread at a time (libgit2 `docs/threading.md`): not `Sendable`. Send its `location`, and open it again there.
/// Objects are read raw through the object database. Trees are walked by ourselves: libgit2's own comparison expands
/// equal subtrees, which costs some 25 times as much on a long history.
package final class Repository {
  package let location: RepositoryLocation
  package var isBare: Bool { location.workTree == nil }
  /// What was read so far, for tests of cost.
  package internal(set) var reads = ReadCounts()
  /// How many libgit2 objects are open now; none between two calls.
  package internal(set) var liveHandles = 0

  let pointer: OpaquePointer
  let objectDatabase: OpaquePointer
  /// The environment that it was opened in.
  package let environment: [String: String]
  /// Why libgit2 cannot read the user's index, once that was found out.
  var indexFailure: GitError?
  /// References that are read otherwise than they stand here, by the bytes of their names; see `supposing`.
  var supposed: [[UInt8]: ObjectID?] = [:]
  /// The parents of the commits that were asked for.
  var parentMemo: [ObjectID: [ObjectID]] = [:]
  /// Told of commits whose words are in no encoding that can be read.
  package var onUndecoded: ((ObjectID) -> Void)?
  /// What git itself makes of its configuration, once it was asked.
  package var askedSettings: GitSettings?
  /// What this clone was made without, and its remotes, once they were asked for.
  var knownLeftOut: LeftOut??
  var knownRemotes: [String]?
  /// Trees that were found to be well formed, and whether their names are odd.
  var treeOddity: [ObjectID: Bool] = [:]

  /// Takes over an open libgit2 repository, which is freed with this object, or at once where this fails.
  ///
  /// Its objects are read from the folder that is named, where one is.
  init(owning pointer: OpaquePointer, objects: String? = nil, environment: [String: String]) throws(GitError) {
    do throws(GitError) {
      var objectDatabase: OpaquePointer?
      let result =
        objects.map { git_odb_open(&objectDatabase, $0) } ?? git_repository_odb(&objectDatabase, pointer)
      try check(result, "open the object database")
      guard let objectDatabase else { throw GitError(.invalid, "libgit2 returned no object database") }
      self.objectDatabase = objectDatabase
    } catch {
      git_repository_free(pointer)
      throw error
    }
    self.pointer = pointer
    self.environment = environment
    do throws(GitError) {
      // While git asks a hook about a push, its objects lie apart; libgit2 does not look there by itself.
      if let quarantine = environment["GIT_QUARANTINE_PATH"], !quarantine.isEmpty {
        try check(git_odb_add_disk_alternate(objectDatabase, quarantine), "read the objects of the push")
      }
      location = RepositoryLocation(
        gitDirectory: try Repository.path(git_repository_path(pointer)) ?? "",
        commonDirectory: try Repository.path(git_repository_commondir(pointer)) ?? "",
        workTree: try Repository.path(git_repository_workdir(pointer)))
    } catch {
      git_odb_free(objectDatabase)
      git_repository_free(pointer)
      throw error
    }
  }

  deinit {
    git_odb_free(objectDatabase)
    git_repository_free(pointer)
  }

  /// Copies a path of libgit2's, without the `/` that it ends folders with.
  private static func path(_ pointer: UnsafePointer<CChar>?) throws(GitError) -> String? {
    guard let pointer else { return nil }
    guard let path = String(validatingCString: pointer) else {
      throw GitError(.invalid, "the path of the repository is not UTF-8", paths: [String(cString: pointer)])
    }
    return path.count > 1 && path.ends(with: "/") ? String(path.dropLast()) : path
  }

  /// The work tree's path, or `.bareRepository`.
  func requireWorkTree() throws(GitError) -> String {
    guard let workTree = location.workTree else {
      throw GitError(.bareRepository, "the repository `\(location.gitDirectory)` is bare: it has no work tree")
    }
    return workTree
  }
}

@available(*, unavailable)
extension Repository: Sendable {}
