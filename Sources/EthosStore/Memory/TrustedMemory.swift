import Crypto
import EthosGit
import Glibc

/// What ethos remembers of a repository from one command to the next, and why it may believe it.
///
/// Short texts lie below `<git-common-dir>/ethos`, where whoever can write to the repository, or packs one up for others,
/// can put what he likes. Each begins with a code (HMAC-SHA-256) over what it is for, the path of the git directory, the
/// conditions under which it holds, and the text; the key is the user's own (`StateFolder`). What has not this code is as
/// if it were not there. A text that was replaced may be put back: it has to stay true, or to name all that it depends on
/// in its conditions.
///
/// What is too large to be read as a whole, the indexes, lies in the user's own folder, where nobody else writes.
package final class TrustedMemory {
  /// Where it lies: `<git-common-dir>/ethos`.
  package let folder: String
  private let state: StateFolder?
  private let gitDirectory: String
  private lazy var place = FileSystem.realPath(gitDirectory)
  private var knownKey: SymmetricKey?

  init(_ repository: Repository) {
    gitDirectory = repository.location.commonDirectory
    folder = gitDirectory + "/ethos"
    state = StateFolder(repository.environment)
  }

  // MARK: - Texts

  /// A text that was remembered under this name and the same conditions; nil where there is none that can be believed.
  ///
  /// What `isMovable` is believed wherever the git directory lies, as long as the user is the same.
  package func recall(name: StaticString, conditions: String, isMovable: Bool = false) -> String? {
    guard FileSystem.entry(at: folder) == .folder else { return nil }
    do {
      guard let file = try FileSystem.plainFile("\(folder)/\(name)", limit: TrustedMemory.limit) else { return nil }
      return opened(file.bytes, name: name, conditions: conditions, isMovable: isMovable)
    } catch {
      // What cannot be read is not remembered.
      return nil
    }
  }

  /// Remembers a text in the place of the one of this name.
  ///
  /// That it cannot be kept, as in a repository that others own, is no failure: the next command computes it anew.
  package func remember(name: StaticString, conditions: String, isMovable: Bool = false, _ text: String) {
    guard let sealed = sealed(text, name: name, conditions: conditions, isMovable: isMovable) else { return }
    do {
      try makeFolder()
      try FileSystem.write(sealed, to: "\(folder)/\(name)", temporaryFolder: folder + "/new")
    } catch {
      return
    }
  }

  static let limit = 1 << 24
  private static let title = "ethos-memory 1 "

  /// The text as it is kept, with its code; nil without a key.
  func sealed(_ text: String, name: StaticString, conditions: String, isMovable: Bool = false) -> [UInt8]? {
    guard let key = key(making: true) else { return nil }
    let code = HMAC<SHA256>.authenticationCode(for: message(text, name, conditions, isMovable), using: key)
    let digits = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return Array("\(TrustedMemory.title)\(digits)\n\(text)".utf8)
  }

  /// What `sealed` was given; nil for anything else.
  func opened(_ bytes: [UInt8], name: StaticString, conditions: String, isMovable: Bool = false) -> String? {
    let title = Array(TrustedMemory.title.utf8)
    let length = title.count + 2 * SHA256.byteCount
    guard bytes.count > length, bytes.starts(with: title), bytes[length] == UInt8(ascii: "\n"),
      let code = TrustedMemory.bytes(ofDigits: bytes[title.count..<length]), let key = key(making: false),
      let text = String(validating: bytes[(length + 1)...], as: UTF8.self)
    else { return nil }
    // Compares in constant time.
    let isOurs = HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: message(text, name, conditions, isMovable), using: key)
    return isOurs ? text : nil
  }

  /// What the code is about: each part with its length, so that none runs into the next.
  private func message(_ text: String, _ name: StaticString, _ conditions: String, _ isMovable: Bool) -> [UInt8] {
    var message: [UInt8] = []
    // No path of a git directory is empty.
    for part in [TrustedMemory.title, "\(name)", isMovable ? "" : place, conditions, text] {
      let count = UInt64(part.utf8.count)
      message += (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
      message += part.utf8
    }
    return message
  }

  private static func bytes(ofDigits digits: ArraySlice<UInt8>) -> [UInt8]? {
    let values = digits.compactMap { digit -> UInt8? in
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
      default: nil
      }
    }
    guard values.count == digits.count, values.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }

  private func key(making: Bool) -> SymmetricKey? {
    if let knownKey { return knownKey }
    knownKey = state?.key(making: making)
    return knownKey
  }

  // MARK: - Folders

  /// Makes the folder in the git directory, and refuses one that leads elsewhere.
  func makeFolder() throws {
    for folder in [folder, folder + "/new"] {
      try FileSystem.makeFolder(folder)
      guard FileSystem.entry(at: folder) == .folder else { throw FileError("use", folder, code: ENOTDIR) }
    }
  }

  /// The user's own folder of what is kept of this repository; nil where there is none.
  package func ownFolder() throws -> String? {
    guard let state, FileSystem.entry(at: state.path) != nil else { return nil }
    try state.check(making: false)
    return state.folder(of: place)
  }

  /// The same, made where it is missing.
  package func makeOwnFolder() throws -> String {
    guard let state else {
      throw StateFolder.Unusable(description: "neither XDG_STATE_HOME nor HOME names a folder of your own")
    }
    return try state.makeFolder(of: place)
  }
}
