import Crypto
import Glibc

/// The folder in which a user's own ethos keeps what no repository can bring along: the key by which it knows its own
/// words again, and the indexes of the histories that it was asked about.
///
/// `$XDG_STATE_HOME/ethos`, else `$HOME/.local/state/ethos`. It is used only where it is a folder of the user's own that
/// nobody else may write to. Without it, nothing is remembered and everything is computed anew.
package struct StateFolder: Sendable {
  package let path: String
  private let user: uid_t

  /// Why the folder is not used.
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String
  }

  /// Nil where the environment names none.
  package init?(_ environment: [String: String]) {
    let user = geteuid()
    // A path that is not absolute is to be ignored (XDG Base Directory Specification).
    if let state = environment["XDG_STATE_HOME"], state.utf8.first == UInt8(ascii: "/") {
      self.init(path: state + "/ethos", user: user)
    } else if let home = environment["HOME"], home.utf8.first == UInt8(ascii: "/"), FileSystem.owner(of: home) == user {
      // In the home of another, as `sudo` leaves it, the folder would not be his any more.
      self.init(path: home + "/.local/state/ethos", user: user)
    } else {
      return nil
    }
  }

  init(path: String, user: uid_t) {
    self.path = path
    self.user = user
  }

  /// Makes sure that the folder can be believed; makes it where it is missing and that is wanted.
  func check(making: Bool) throws {
    if making, FileSystem.entry(at: path) == nil { try FileSystem.makeFolder(path, isPrivate: true) }
    guard FileSystem.isPrivateFolder(path, of: user) else {
      throw Unusable(description: "`\(path)` is no folder of your own that nobody else may write to")
    }
  }

  // MARK: - The key

  private static let keySize = 32
  private var keyPath: String { path + "/key" }

  /// The key, made where it is missing and that is wanted; nil where there is none that can be believed.
  func key(making: Bool) -> SymmetricKey? {
    do {
      try check(making: making)
      if let key = try readKey() { return key }
      guard making else { return nil }
      // One process makes it, and the others read that one's.
      _ = try FileLock.held(path: path + "/lock", attempts: 50) {
        guard FileSystem.entry(at: keyPath) == nil else { return }
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<StateFolder.keySize).map { _ in UInt8.random(in: 0...255, using: &random) }
        try FileSystem.write(bytes, to: keyPath, temporaryFolder: path, isPrivate: true)
      }
      return try readKey()
    } catch {
      // Nothing is believed, and nothing fails.
      return nil
    }
  }

  /// A key that another made, or that others may read, is none.
  private func readKey() throws -> SymmetricKey? {
    guard let file = try FileSystem.plainFile(keyPath, limit: StateFolder.keySize), file.owner == user,
      file.mode & 0o077 == 0, file.bytes.count == StateFolder.keySize
    else { return nil }
    return SymmetricKey(data: file.bytes)
  }

  // MARK: - The folders of repositories

  private var repositories: String { path + "/repositories" }

  /// The folder of what is kept of a repository, by the path of its git directory, whether or not it is there.
  func folder(of repository: String) -> String {
    let digits = SHA256.hash(data: Array(repository.utf8)).prefix(16).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }
    return "\(repositories)/\(digits.joined())"
  }

  /// The same, made where it is missing; then what was kept of repositories that are gone is removed.
  func makeFolder(of repository: String) throws -> String {
    try check(making: true)
    let folder = folder(of: repository)
    guard FileSystem.entry(at: folder) == nil else { return folder }
    try FileSystem.makeFolder(folder, isPrivate: true)
    try FileSystem.write(Array(repository.utf8), to: "\(folder)/\(StateFolder.place)", temporaryFolder: folder)
    try removeOthers(beside: folder)
    return folder
  }

  /// Holds the path of the repository that a folder is of.
  private static let place = "repository"

  /// So many other folders are looked at whenever one is made.
  private static let looked = 32

  private func removeOthers(beside folder: String) throws {
    let all = try FileSystem.names(in: repositories).map { "\(repositories)/\($0)" }
    // Names are spread evenly: who begins at a new one looks at others each time.
    let others = (all.filter { $0 > folder } + all.filter { $0 < folder }).prefix(StateFolder.looked)
    for other in others {
      guard let file = try FileSystem.plainFile("\(other)/\(StateFolder.place)", limit: 1 << 16) else { continue }
      let path = String(decoding: file.bytes, as: UTF8.self)
      guard FileSystem.entry(at: path) == nil else { continue }
      try FileSystem.removeFolder(other)
    }
  }
}
