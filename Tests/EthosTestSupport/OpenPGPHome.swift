import Glibc

/// A home of `gpg` with one key of its own, without a passphrase.
package struct OpenPGPHome: Sendable {
  private let folder: TemporaryDirectory
  /// The primary key's fingerprint.
  package let fingerprint: String

  package static let isInstalled = access("/usr/bin/gpg", X_OK) == 0

  package var environment: [String: String] { ["GNUPGHOME": folder.path] }

  package init() throws {
    folder = try TemporaryDirectory()
    let variables = Git.environment.merging(["GNUPGHOME": folder.path]) { $1 }
    func gpg(_ arguments: String...) throws -> String {
      let result = try run("/usr/bin/gpg", ["--batch", "-q"] + arguments, in: "/", environment: variables)
      guard result.status == 0 else { throw TestFailure("gpg: \(result.errors)") }
      return result.output
    }
    _ = try gpg("--passphrase", "", "--quick-gen-key", "\(Git.name) <\(Git.email)>", "ed25519", "sign", "never")
    let listing = try gpg("--with-colons", "--list-keys").split(separator: "\n")
    let line = listing.first { $0.hasPrefix("fpr:") }
    fingerprint = line.map { String($0.split(separator: ":").last ?? "") } ?? ""
  }

  /// Ends the agent that `gpg` started here.
  package func close() {
    let variables = Git.environment.merging(environment) { $1 }
    _ = try? run("/usr/bin/gpgconf", ["--kill", "gpg-agent"], in: "/", environment: variables)
  }
}
