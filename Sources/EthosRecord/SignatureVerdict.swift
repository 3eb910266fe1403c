/// A key that signs, in the one form in which it is compared.
package struct SigningKey: Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable { case ssh, openPGP }

  package let kind: Kind
  /// For SSH the type and the key in base64, without a comment: `ssh-ed25519 AAAA…`; for OpenPGP the fingerprint in
  /// upper-case hexadecimal.
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  package var description: String { text }

  /// The key as it is shown within a sentence: its type and its last letters, or the fingerprint.
  package var abbreviated: String {
    guard kind == .ssh, text.utf8.count > 40 else { return text }
    return "\(text.prefix { $0 != " " }) …\(text.suffix(16))"
  }
}

/// What cryptography says of the signature of a commit or a tag.
///
/// Whose key it is, and whether that person could sign then, is asked of the people of the identity.
package enum SignatureVerdict: Hashable, Sendable {
  /// There is no signature.
  case unsigned
  /// The object is as the key's holder signed it.
  case valid(SigningKey)
  /// The signature is not one of this object, with the reason.
  case invalid(String)
  /// It could not be checked here, with the reason: a program is missing, or the key is of a kind nobody here knows.
  case unchecked(String)
}
