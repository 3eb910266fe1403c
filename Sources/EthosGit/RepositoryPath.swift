/// The path of an entry from the root of a tree, as the bytes that git keeps.
///
/// Git's paths are bytes. As `String`s two different paths can be equal (`é` has two spellings in Unicode) and one that is
/// not UTF-8 does not come back as it was, so paths are compared as bytes, and are text only to be shown.
package struct RepositoryPath: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }
  package init(_ text: some StringProtocol) { bytes = Array(text.utf8) }
  package init(stringLiteral text: String) { bytes = Array(text.utf8) }

  static let root = RepositoryPath(bytes: [])

  /// The path as text, or nil where it is not UTF-8.
  package var string: String? { String(validating: bytes, as: UTF8.self) }

  /// The path to be shown: what is not UTF-8 is replaced.
  package var description: String { String(decoding: bytes, as: UTF8.self) }

  package var components: [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  }

  /// The folder that the path is in, or nil at the root.
  package var parent: RepositoryPath? {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return RepositoryPath(bytes: Array(bytes[..<slash]))
  }

  /// The last component.
  package var name: ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
    return bytes[(slash + 1)...]
  }

  package func appending(_ name: some Sequence<UInt8>) -> RepositoryPath {
    RepositoryPath(bytes: bytes.isEmpty ? Array(name) : bytes + [UInt8(ascii: "/")] + name)
  }

  /// Whether this is `folder` or lies below it; everything lies below the root.
  package func isAtOrBelow(_ folder: RepositoryPath) -> Bool {
    if folder.bytes.isEmpty { return true }
    guard bytes.starts(with: folder.bytes) else { return false }
    return bytes.count == folder.bytes.count || bytes[folder.bytes.count] == UInt8(ascii: "/")
  }

  package static func < (left: RepositoryPath, right: RepositoryPath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// Which part of a tree is meant: some paths with all that lies below them.
package struct PathFilter: Hashable, Sendable {
  /// Nil is the whole tree.
  private let paths: [RepositoryPath]?

  /// The whole tree.
  package static let everything = PathFilter(paths: nil)

  /// These files, and all that lies below these folders.
  package init(_ paths: [RepositoryPath]) { self.init(paths: paths) }

  private init(paths: [RepositoryPath]?) { self.paths = paths }

  package func contains(_ path: RepositoryPath) -> Bool {
    guard let paths else { return true }
    return paths.contains { path.isAtOrBelow($0) }
  }

  /// Whether something at or below this folder may be meant, so that it must be looked into.
  func mayContain(below folder: RepositoryPath) -> Bool {
    guard let paths else { return true }
    return paths.contains { folder.isAtOrBelow($0) || $0.isAtOrBelow(folder) }
  }
}
