extension RepositoryPath {
  /// Folders deeper than this are neither read nor written (git itself stops at 2,048 since 2.43).
  static let maximumDepth = 1_024

  /// The longest path that is written, in bytes: Linux opens no longer one.
  static let maximumLength = 4_095

  /// Throws `.invalid` unless the path can be written into a tree and into a work tree without harm.
  ///
  /// Refused are empty and relative components, NUL, and every spelling of `.git` that some file system takes for it:
  /// other case, HFS+'s ignored characters, NTFS's short name, trailing dots, blanks and streams. Git's own list is in
  /// `verify_path` and `fsck`.
  package func validate() throws(GitError) {
    func refuse(_ reason: String) -> GitError {
      GitError(.invalid, "`\(self)` cannot be a path of a repository: \(reason)", paths: [description])
    }
    if bytes.isEmpty { throw refuse("it is empty") }
    if bytes.count > RepositoryPath.maximumLength {
      throw GitError(.tooLarge, "a path is longer than \(RepositoryPath.maximumLength) bytes")
    }
    if bytes.contains(0) { throw refuse("it contains a NUL byte") }
    let components = components
    if components.count > RepositoryPath.maximumDepth {
      throw GitError(.tooLarge, "a path has more than \(RepositoryPath.maximumDepth) folders")
    }
    for component in components {
      if component.isEmpty { throw refuse("a component is empty") }
      if component.count > 255 { throw refuse("a component is longer than 255 bytes") }
      // On Windows a backslash separates too; git checks the parts on every system.
      for part in component.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false) {
        if part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8) { throw refuse("a component is `.` or `..`") }
        if RepositoryPath.isGitDirectory(part) { throw refuse("a component is `.git` to some file system") }
      }
    }
  }

  private static func isGitDirectory(_ component: ArraySlice<UInt8>) -> Bool {
    var name = withoutIgnoredCharacters(component).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    if let colon = name.firstIndex(of: UInt8(ascii: ":")) { name.removeSubrange(colon...) }
    while let last = name.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") { name.removeLast() }
    return name.elementsEqual(".git".utf8) || name.elementsEqual("git~1".utf8)
  }

  /// Drops the characters that HFS+ ignores in names (git's `next_hfs_char`): U+200C–U+200F, U+202A–U+202E,
  /// U+206A–U+206F, U+FEFF.
  private static func withoutIgnoredCharacters(_ component: ArraySlice<UInt8>) -> [UInt8] {
    var kept: [UInt8] = []
    var rest = component
    while let first = rest.first {
      let isIgnored: Bool
      switch Array(rest.prefix(3)) {
      case [0xE2, 0x80, 0x8C], [0xE2, 0x80, 0x8D], [0xE2, 0x80, 0x8E], [0xE2, 0x80, 0x8F], [0xEF, 0xBB, 0xBF]:
        isIgnored = true
      case let three where three.starts(with: [0xE2, 0x80]) && three.count == 3:
        isIgnored = (0xAA...0xAE).contains(three[2])
      case let three where three.starts(with: [0xE2, 0x81]) && three.count == 3:
        isIgnored = (0xAA...0xAF).contains(three[2])
      default:
        isIgnored = false
      }
      if !isIgnored { kept.append(first) }
      rest = rest.dropFirst(isIgnored ? 3 : 1)
    }
    return kept
  }
}
