import Crypto
import EthosText

/// A signature made by SSH (OpenSSH, `PROTOCOL.sshsig`), read strictly from what anybody may have written.
///
/// `ssh-keygen` is more lenient: it takes white space anywhere in the armour and anything after its end. What is not
/// signed and shows all the same is no part of a record, so that here every byte has its place.
package struct SSHSignature: Hashable, Sendable {
  package enum HashAlgorithm: String, Hashable, Sendable { case sha256, sha512 }

  package let publicKey: SSHPublicKey
  /// What the signature is for; git's are for `git`.
  package let namespace: String
  package let hashAlgorithm: HashAlgorithm
  /// The type of the signature, and the signature itself.
  private let signatureType: String
  private let signature: [UInt8]

  package static let armourBegin = "-----BEGIN SSH SIGNATURE-----"
  private static let armourEnd = "-----END SSH SIGNATURE-----"
  private static let magic = Array("SSHSIG".utf8)

  /// Reads an armoured signature; nil where it is malformed.
  package init?(armoured text: [UInt8]) {
    var text = text[...]
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count > 2, lines[0].elementsEqual(SSHSignature.armourBegin.utf8),
      lines[lines.count - 1].elementsEqual(SSHSignature.armourEnd.utf8)
    else { return nil }
    let body = lines.dropFirst().dropLast()
    guard body.allSatisfy({ !$0.isEmpty }), let bytes = Base64.decoded(Array(body.joined())) else { return nil }
    self.init(bytes)
  }

  private init?(_ bytes: [UInt8]) {
    var reader = SSHReader(bytes)
    guard reader.bytes(SSHSignature.magic.count) == SSHSignature.magic, reader.number() == 1,
      let publicKey = reader.string().flatMap({ SSHPublicKey(blob: $0) }), let namespace = reader.text(),
      // Reserved: the signature covers an empty string in its place.
      reader.string() == [],
      let hashAlgorithm = reader.text().flatMap({ HashAlgorithm(rawValue: $0) }), let signature = reader.string(),
      reader.isAtEnd
    else { return nil }
    self.publicKey = publicKey
    self.namespace = namespace
    self.hashAlgorithm = hashAlgorithm
    var inner = SSHReader(signature)
    guard let type = inner.text(), let value = inner.string() else { return nil }
    // A security key adds flags and a counter.
    if publicKey.type.begins(with: "sk-") { guard inner.bytes(5) != nil else { return nil } }
    guard inner.isAtEnd else { return nil }
    signatureType = type
    self.signature = value
  }

  /// Whether the signature is one of this message in git's namespace; nil for a kind of key that `ssh-keygen` must be
  /// asked about.
  package func isOfGit(_ message: [UInt8]) -> Bool? {
    guard namespace == "git" else { return false }
    guard let key = publicKey.ed25519 else { return nil }
    guard signatureType == "ssh-ed25519", signature.count == 64,
      let verifier = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
    else { return false }
    return verifier.isValidSignature(signature, for: signed(message))
  }

  /// What is signed in the place of a message.
  private func signed(_ message: [UInt8]) -> [UInt8] {
    let digest: [UInt8] =
      switch hashAlgorithm {
      case .sha256: Array(SHA256.hash(data: message))
      case .sha512: Array(SHA512.hash(data: message))
      }
    return SSHSignature.magic + SSHReader.written(Array(namespace.utf8)) + SSHReader.written([])
      + SSHReader.written(Array(hashAlgorithm.rawValue.utf8)) + SSHReader.written(digest)
  }
}
