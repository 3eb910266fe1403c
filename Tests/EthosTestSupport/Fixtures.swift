package import Foundation

/// The files below `Tests/Fixtures`.
package enum Fixtures {
  /// The bytes of a file, by its path below the folder.
  package static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures").appending(path: path)))
  }

  package static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}
