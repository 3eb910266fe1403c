import EthosRecord
import EthosText

/// What `gpg --status-fd` says (GnuPG, `doc/DETAILS`), a line for each thing.
package struct OpenPGPStatus {
  private let lines: [[String]]

  package init(_ output: [UInt8]) {
    lines = String(decoding: output, as: UTF8.self).parts(at: "\n", omittingEmpty: true).compactMap { line in
      let words = line.parts(at: " ", omittingEmpty: true)
      return words.first == "[GNUPG:]" ? Array(words.dropFirst()) : nil
    }
  }

  /// Whether it says that it made a signature.
  package var hasSigned: Bool { lines.contains { $0.first == "SIG_CREATED" } }

  private func words(of keyword: String) -> [String]? { lines.first { $0.first?.elementsEqual(keyword) == true } }

  /// The verdict, or that there is none, with the given reason.
  ///
  /// A signature by two keys is nobody's, as for git.
  func verdict(orElse reason: String) -> SignatureVerdict {
    let results = lines.filter { words in
      ["GOODSIG", "BADSIG", "ERRSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG"].contains(words.first)
    }
    guard let result = results.first?.first else { return .unchecked(reason) }
    guard results.count == 1 else { return .invalid("it has more than one signature") }
    switch result {
    case "GOODSIG":
      // The last word is the primary key's fingerprint: a subkey signs for it.
      guard let valid = words(of: "VALIDSIG"), valid.count >= 11, let key = SigningKey(String(valid[10])) else {
        return .unchecked(reason)
      }
      return .valid(key)
    case "BADSIG": return .invalid("what it says is not what was signed")
    case "EXPSIG": return .invalid("its signature has expired")
    case "EXPKEYSIG": return .invalid("the OpenPGP key that signed it has expired")
    case "REVKEYSIG": return .invalid("the OpenPGP key that signed it was revoked")
    default:
      let missing = words(of: "NO_PUBKEY").flatMap { $0.count > 1 ? $0[1] : nil }
      return .unchecked(missing.map { "gpg does not have the public key `\($0)`" } ?? reason)
    }
  }
}
