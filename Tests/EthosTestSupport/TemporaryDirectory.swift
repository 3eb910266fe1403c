import Glibc

/// An empty folder, removed with all that is in it when the process ends.
///
/// Not at the end of the value's life: Swift ends that after its last mention, while a handle may still be in use there.
package struct TemporaryDirectory: Sendable {
  /// Absolute, without links.
  package let path: String

  package init() throws {
    guard let all = TemporaryDirectory.all else { throw TestFailure("cannot make a temporary folder") }
    guard let path = TemporaryDirectory.make("\(all)/XXXXXX") else {
      throw TestFailure("cannot make a temporary folder in \(all)")
    }
    self.path = path
  }

  /// The folder of all temporary folders of this process.
  private static let all: String? = {
    guard let path = make("/tmp/ethos-tests-XXXXXX") else { return nil }
    atexit {
      if let all = TemporaryDirectory.all { _ = try? run("/bin/rm", ["-rf", all], in: "/") }
    }
    return path
  }()

  private static func make(_ pattern: String) -> String? {
    var template = Array(pattern.utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a file below the folder, with the folders on the way to it.
  package func write(_ content: String, to name: String) throws { try write(Array(content.utf8), to: name) }

  package func write(_ content: [UInt8], to name: String) throws {
    var folder = path
    for component in name.split(separator: "/").dropLast() {
      folder += "/\(component)"
      mkdir(folder, 0o777)
    }
    guard let file = fopen("\(path)/\(name)", "w") else { throw TestFailure("cannot write \(name)") }
    defer { fclose(file) }
    fwrite(content, 1, content.count, file)
  }

  /// A file's bytes, or nil where there is none.
  package func read(_ name: String) -> [UInt8]? {
    guard let file = fopen("\(path)/\(name)", "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return ferror(file) == 0 ? bytes : nil }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  package func text(_ name: String) -> String? { read(name).map { String(decoding: $0, as: UTF8.self) } }
}

/// Why a test cannot go on.
package struct TestFailure: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
