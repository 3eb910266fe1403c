import EthosText

/// A public key of SSH, read strictly: a key has one form, so that two people cannot have the same key unseen.
package struct SSHPublicKey: Hashable, Sendable {
  /// As in `ssh-ed25519`.
  package let type: String
  /// The key as SSH sends it: its type and its numbers.
  package let blob: [UInt8]

  /// Reads `ssh-ed25519 AAAA… comment`, the line of a `.pub` file.
  ///
  /// The comment is dropped.
  ///
  /// Fails where it is malformed, of a kind that does not sign (a certificate, DSA), or where type and key disagree.
  package init?(_ line: String) {
    let words = line.parts(at: " ", omittingEmpty: true)
    guard words.count >= 2, !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
      let blob = Base64.decoded(words[1].utf8)
    else { return nil }
    self.init(blob: blob)
    guard type == words[0] else { return nil }
  }

  package init?(blob: [UInt8]) {
    var reader = SSHReader(blob)
    guard let type = reader.text(), SSHPublicKey.hasForm(of: type, &reader), reader.isAtEnd else { return nil }
    self.type = type
    self.blob = blob
  }

  package var signingKey: SigningKey { SigningKey(.ssh, "\(type) \(Base64.encoded(blob))") }

  /// The 32 bytes of an ed25519 key; nil for a key of another kind.
  var ed25519: [UInt8]? { type == "ssh-ed25519" ? Array(blob.suffix(32)) : nil }

  /// Whether what follows the type is a key of that type.
  private static func hasForm(of type: String, _ reader: inout SSHReader) -> Bool {
    switch type {
    case "ssh-ed25519": return reader.string()?.count == 32
    case "ssh-rsa":
      guard reader.positiveInteger() != nil, let modulus = reader.positiveInteger() else { return false }
      // OpenSSH takes no shorter ones.
      return modulus.count >= 128
    case "sk-ssh-ed25519@openssh.com": return reader.string()?.count == 32 && reader.text() != nil
    case "sk-ecdsa-sha2-nistp256@openssh.com": return hasPoint("nistp256", &reader) && reader.text() != nil
    case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
      return hasPoint(String(type.dropFirst("ecdsa-sha2-".count)), &reader)
    default: return false
    }
  }

  /// Whether the curve's name and an uncompressed point of it follow.
  private static func hasPoint(_ curve: String, _ reader: inout SSHReader) -> Bool {
    let sizes = ["nistp256": 32, "nistp384": 48, "nistp521": 66]
    guard reader.text() == curve, let size = sizes[curve], let point = reader.string() else { return false }
    return point.count == 1 + 2 * size && point.first == 4
  }
}

extension SigningKey {
  /// Reads a key as people write it in `people/`: an SSH key as in a `.pub` file, or an OpenPGP key by the fingerprint of
  /// its primary key, 40 or 64 hexadecimal digits, with or without `openpgp:` before it.
  package init?(_ text: String) {
    if let key = SSHPublicKey(text) {
      self = key.signingKey
      return
    }
    let prefix = "openpgp:"
    let digits = text.lowercased().begins(with: prefix) ? text.dropFirst(prefix.count) : text[...]
    // gpg shows fingerprints in groups.
    let fingerprint = digits.filter { $0 != " " }.uppercased()
    guard [40, 64].contains(fingerprint.utf8.count),
      fingerprint.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) })
    else { return nil }
    self.init(.openPGP, fingerprint)
  }
}
