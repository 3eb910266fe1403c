import Crypto
import Foundation

/// An ed25519 key that signs in the process, as `ssh-keygen -Y sign -n git` would: a history of some hundred records
/// cannot wait for a program for each.
struct SoftwareKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  /// The type and the key, as a `.pub` file has them.
  let publicKey: String
  private let blob: [UInt8]

  /// The same name makes the same key.
  init(_ name: String) throws {
    key = try Curve25519.Signing.PrivateKey(rawRepresentation: SHA256.hash(data: Array(name.utf8)))
    blob = Self.field(Array("ssh-ed25519".utf8)) + Self.field(Array(key.publicKey.rawRepresentation))
    publicKey = "ssh-ed25519 \(Data(blob).base64EncodedString())"
  }

  /// An armoured signature of a message (OpenSSH, `PROTOCOL.sshsig`).
  func signature(of message: [UInt8]) throws -> [UInt8] {
    let magic = Array("SSHSIG".utf8)
    let common = Self.field(Array("git".utf8)) + Self.field([]) + Self.field(Array("sha512".utf8))
    let signed = magic + common + Self.field(Array(SHA512.hash(data: message)))
    let signature = Self.field(Array("ssh-ed25519".utf8)) + Self.field(Array(try key.signature(for: signed)))
    let bytes = magic + [0, 0, 0, 1] + Self.field(blob) + common + Self.field(signature)
    let text = Array(Data(bytes).base64EncodedString())
    let lines = stride(from: 0, to: text.count, by: 70).map { String(text[$0..<min($0 + 70, text.count)]) }
    return Array(
      "-----BEGIN SSH SIGNATURE-----\n\(lines.joined(separator: "\n"))\n-----END SSH SIGNATURE-----\n".utf8)
  }

  private static func field(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt32(bytes.count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> UInt32($0)) } + bytes
  }
}
