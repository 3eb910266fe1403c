import EthosGit
import EthosRecord
import EthosTestSupport
import EthosText

/// Done once: libgit2's options are those of the process, and none may change while another thread works.
private let configurationResult: Result<Void, GitError> = {
  do throws(GitError) {
    try GitLibrary.setConfigurationFolder(Git.home)
    return .success(())
  } catch {
    return .failure(error)
  }
}()

/// Sees to it that libgit2 reads no configuration but that of the tests.
func useTestConfiguration() throws { try configurationResult.get() }

/// Opens a repository with the configuration of the tests alone.
func open(
  _ path: String, search: Repository.Search = .exact, environment: [String: String] = [:]
) throws -> Repository {
  try useTestConfiguration()
  return try Repository.open(at: path, search: search, environment: environment)
}

func open(_ repository: TestRepository) throws -> Repository { try open(repository.path) }

func id(_ hex: String) throws -> ObjectID {
  guard let id = ObjectID(hex: hex) else { throw TestFailure("`\(hex)` is no id") }
  return id
}

let jane = Signature(
  name: Git.name, email: Git.email, when: Instant(seconds: Git.seconds, offsetMinutes: Git.offsetMinutes))

/// The failure of a call that must fail.
func failure(_ body: () throws -> Void) -> GitError? {
  do {
    try body()
    return nil
  } catch {
    return error as? GitError
  }
}

/// Checks what git has to say about the whole repository.
func requireSound(_ repository: TestRepository) throws {
  let result = try Git.result(["fsck", "--strict", "--no-dangling", "--full"], in: repository.path)
  // That a repository has no branch yet is a notice.
  let errors = result.errors.split(separator: "\n").filter { !$0.hasPrefix("notice: ") }
  if result.status != 0 || !errors.isEmpty { throw TestFailure("fsck: \(result.errors)\(result.output)") }
}

extension Repository {
  /// Stores a tree of files by path and content.
  func makeTree(_ files: [String: String]) throws -> ObjectID {
    var edits: [TreeEdit] = []
    for (path, content) in files {
      edits.append(
        TreeEdit(
          path: RepositoryPath(path), leaf: TreeLeaf(mode: .file, id: try writeBlob(Array(content.utf8)))))
    }
    return try writeTree(base: nil, edits: edits)
  }

  func makeCommit(_ files: [String: String], parents: [ObjectID] = [], message: String = "A change") throws -> ObjectID
  {
    try writeCommit(tree: makeTree(files), parents: parents, author: jane, committer: jane, message: message)
  }
}
