package import EthosRecord

/// A commit or a tag, taken apart into what was signed and the signature, as git does.
package enum SignedContent: Hashable, Sendable {
  case unsigned
  case signed(payload: [UInt8], signature: [UInt8])
  /// Something shows that no signature could cover, with the reason; git itself looks past it.
  case misleading(String)
}

extension Repository {
  /// What was signed of a commit or a tag.
  ///
  /// Costs one read.
  package func signedContent(of id: ObjectID) throws(GitError) -> SignedContent {
    let (kind, _) = try objectHeader(id)
    switch kind {
    case .commit: return SignedContent.ofCommit(try read(id, .commit))
    case .tag: return SignedContent.ofTag(try read(id, .tag))
    case .tree, .blob: throw GitError(.invalid, "the object `\(id)` is a \(kind.name), which nobody signs")
    }
  }
}

extension SignedContent {
  private static let lineEnd = UInt8(ascii: "\n")
  private static let blank = UInt8(ascii: " ")
  private static let header = Array("gpgsig ".utf8)

  /// The first lines of signatures.
  ///
  /// Git's own list (`gpg-interface.c`).
  private static let armourBegins = [
    "-----BEGIN SSH SIGNATURE-----", "-----BEGIN PGP SIGNATURE-----", "-----BEGIN PGP MESSAGE-----",
    "-----BEGIN SIGNED MESSAGE-----",
  ].map { Array($0.utf8) }

  /// The signature of a commit is a header, whose lines but the first begin with a blank; the rest is what was signed.
  static func ofCommit(_ bytes: [UInt8]) -> SignedContent {
    var (payload, signature): ([UInt8], [UInt8]) = ([], [])
    payload.reserveCapacity(bytes.count)
    var signatures = 0
    var isInSignature = false
    var rest = bytes[...]
    while let first = rest.first, first != lineEnd {
      let line = rest[...(rest.firstIndex(of: lineEnd) ?? rest.index(before: rest.endIndex))]
      rest = rest[line.endIndex...]
      if first == blank, isInSignature {
        signature += line.dropFirst()
      } else if line.starts(with: header) {
        isInSignature = true
        signatures += 1
        signature += line.dropFirst(header.count)
      } else if line.starts(with: "gpgsig".utf8) {
        // `gpgsig-sha256` too, under which git keeps the signature of the same commit by its name in SHA-256: no signature
        // covers what stands there, so that anybody could give a record another id by it.
        return .misleading("it has a header that its signature does not cover")
      } else {
        isInSignature = false
        payload += line
      }
    }
    payload += rest
    switch signatures {
    case 0: return .unsigned
    case 1: return .signed(payload: payload, signature: signature)
    default: return .misleading("it has more than one signature")
    }
  }

  /// The signature of a tag ends its message, from the last line that begins one; what comes before was signed.
  static func ofTag(_ bytes: [UInt8]) -> SignedContent {
    var start: Int?
    var isHeader = true
    var line = bytes.startIndex
    while line < bytes.endIndex {
      let rest = bytes[line...]
      if isHeader, rest.starts(with: "gpgsig".utf8) {
        return .misleading("it has a header that its signature does not cover")
      }
      if bytes[line] == lineEnd { isHeader = false }
      if armourBegins.contains(where: { rest.starts(with: $0) }) { start = line }
      line = rest.firstIndex(of: lineEnd).map { $0 + 1 } ?? bytes.endIndex
    }
    guard let start else { return .unsigned }
    return .signed(payload: Array(bytes[..<start]), signature: Array(bytes[start...]))
  }
}
