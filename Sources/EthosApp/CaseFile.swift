import Crypto
import EthosPractice
import EthosText
import Glibc
import Synchronization

/// A file of cases, or standard input, read a block at a time.
final class CaseFile: Sendable {
  let name: String
  /// How many bytes it has; nil where that is not known, as of a pipe.
  let size: Int?
  private let descriptor: Int32
  private let digest: Mutex<SHA256?>

  /// Opens a file; `-` is standard input.
  ///
  /// The digest is taken only where it is asked for.
  init(_ path: String, in folder: String, digests: Bool = false) throws {
    digest = Mutex(digests ? SHA256() : nil)
    guard path != "-" else {
      name = "standard input"
      descriptor = STDIN_FILENO
      size = nil
      return
    }
    name = path.parts(at: "/", omittingEmpty: true).last ?? path
    descriptor = open(path.begins(with: "/") ? path : folder + "/" + path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure.cannot("`\(path)` cannot be read: \(CaseFile.reason())")
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    guard !isKnown || status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw Failure.cannot("`\(path)` is a folder", help: "name one file of cases")
    }
    size = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }

  /// Reads on, some bytes or all that fit; 0 at the end.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure.cannot("`\(name)` cannot be read: \(CaseFile.reason())") }
      digest.withLock { $0?.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      return count
    }
  }

  /// The SHA-256 of everything that was read, in hexadecimal digits; nil where it was not asked for.
  var sha256: String? {
    digest.withLock { digest in
      digest.map { digest in
        digest.finalize().map { byte in
          let text = String(byte, radix: 16)
          return text.utf8.count == 1 ? "0\(text)" : text
        }.joined()
      }
    }
  }
}
