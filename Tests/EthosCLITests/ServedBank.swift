import EthosTestSupport
import Testing

extension GuardedBank {
  /// A bank whose main was pushed to a server with the hook.
  static func served(
    _ changed: [String: String] = [:], keys: [String: SSHKeyPair] = [:], config: String = "true"
  ) throws -> GuardedBank {
    let bank = try GuardedBank(changed, keys: keys)
    try bank.shell("git init -q --bare -b main ../server.git && git remote add origin ../server.git")
    try bank.shell("(cd ../server.git && \(config))")
    let installed = try bank.shell("ethos hook install -C ../server.git")
    #expect(installed.contains("hooks/pre-receive"))
    try bank.shell("git push -q origin main")
    return bank
  }

  /// Everything in the server's repository: its references and the names of its objects.
  func server() throws -> String {
    try shell("git -C ../server.git for-each-ref && find ../server.git/objects -type f | sort")
  }

  /// Expects that a push is refused for this reason and leaves the server as it was.
  func refuses(_ push: String, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let before = try server()
    let said = try shell("git push -q \(push)", status: 1, sourceLocation: sourceLocation)
    #expect(said.contains(code), "\(said)", sourceLocation: sourceLocation)
    #expect(try server() == before, sourceLocation: sourceLocation)
  }
}
