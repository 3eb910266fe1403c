/// A key pair that `ssh-keygen` made, without a passphrase.
package struct SSHKeyPair: Sendable {
  /// The file of the private key; the public one lies beside it, with `.pub`.
  package let file: String
  /// The type and the key, without the comment.
  package let publicKey: String

  /// Makes a pair of one of OpenSSH's types (`ed25519`, `rsa`, `ecdsa`) in a folder of its own.
  package init(_ type: String = "ed25519", bits: Int? = nil) throws {
    let folder = try TemporaryDirectory()
    file = "\(folder.path)/key"
    let arguments = ["-q", "-t", type, "-N", "", "-C", "a comment", "-f", file]
    try SSHKeyPair.keygen(arguments + (bits.map { ["-b", "\($0)"] } ?? []))
    publicKey = (folder.text("key.pub") ?? "").split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// An armoured signature of a message.
  package func signature(of message: [UInt8], for namespace: String = "git", options: [String] = []) throws -> [UInt8] {
    Array(try SSHKeyPair.keygen(["-Y", "sign", "-n", namespace, "-f", file] + options, input: message).utf8)
  }

  @discardableResult
  private static func keygen(_ arguments: [String], input: [UInt8] = []) throws -> String {
    let result = try run("/usr/bin/ssh-keygen", arguments, in: "/", environment: Git.environment, input: input)
    guard result.status == 0 else { throw TestFailure("ssh-keygen: \(result.errors)") }
    return result.output
  }
}
