import EthosGit
import EthosGovernance
import EthosRecord
import EthosStore
import EthosText

/// The log that a server keeps of what it accepted, under a reference of its own that no push moves.
enum ServerLog {
  static let reference = "refs/ethos/log"

  /// The references that it tells of.
  static let folders = ["refs/heads/", "refs/tags/"]
}

/// Whether a repository writes down what it accepts.
package enum LogStanding: Sendable {
  /// It has a work tree, and nobody pushes to it.
  case notAServer
  case kept, off
  /// It is to, and has no key.
  case withoutKey
}

extension Workspace {
  package func logStanding() throws -> LogStanding {
    guard repository.isBare else { return .notAServer }
    guard try keepsLog() else { return .off }
    try store.askGitForSettings()
    let isSSH = try repository.configuration("gpg.format").map { $0.utf8.elementsEqual("ssh".utf8) } ?? false
    return try isSSH && repository.configuration("user.signingKey") == nil ? .withoutKey : .kept
  }

  /// Whether this repository is to keep a log: `ethos.log` in git's configuration.
  ///
  /// Then what cannot be logged is refused.
  package func keepsLog() throws -> Bool { try repository.flag("ethos.log") }

  /// Before a push is taken: begins the log, or writes down what moved since its last entry.
  ///
  /// So nothing gets lost where a process was killed between a push and its entry; and a log that cannot be written
  /// stops the push.
  package func prepareLog() throws {
    guard try keepsLog() else { return }
    try withLog { log in
      let stands = try loggedReferences()
      if log.entries.isEmpty {
        try append(.begun, stands.map { .init($0.name, from: nil, to: $0.target) }, to: &log)
      } else {
        var found = stands.compactMap { reference -> AcceptedUpdates.Update? in
          let known = log.state[Array(reference.name.utf8)]
          return known == reference.target ? nil : .init(reference.name, from: known, to: reference.target)
        }
        let names = Set(stands.map { Array($0.name.utf8) })
        found += log.state.filter { !names.contains($0.key) }
          .map { .init(String(decoding: $0.key, as: UTF8.self), from: $0.value, to: nil) }
        try append(.found, found, to: &log)
      }
    }
  }

  /// After a push was taken: writes down what it moved.
  package func recordAccepted(_ push: [PushedReference]) throws {
    guard try keepsLog() else { return }
    try withLog { log in
      let moved = push.filter { reference in
        ServerLog.folders.contains(where: reference.lies) && reference.before != reference.after
          && log.state[Array(reference.name.utf8)] != reference.after
      }
      if log.entries.isEmpty {
        let before = moved.compactMap { reference in reference.before.map { (reference.name, $0) } }
        try append(.begun, before.map { .init($0.0, from: nil, to: $0.1) }, to: &log)
      }
      // Two pushes may cross: what was moved by one that has no entry yet is found here.
      let found = moved.compactMap { reference -> AcceptedUpdates.Update? in
        let known = log.state[Array(reference.name.utf8)]
        return known == reference.before ? nil : .init(reference.name, from: known, to: reference.before)
      }
      try append(.found, found, to: &log)
      try append(.accepted, moved.map { .init($0.name, from: $0.before, to: $0.after) }, to: &log)
    }
  }

  /// The entries that this server has written; none where it keeps no log.
  func serverLog() throws -> LogEntries {
    guard try keepsLog(), let tip = try repository.reference(ServerLog.reference) else { return LogEntries() }
    do {
      return try LogEntries(repository, tip: tip)
    } catch let broken as LogEntries.Broken {
      throw Failure.cannot(
        "the log of this server is broken at \(broken.entry.short): \(broken.reason)",
        help: "find out who wrote it, keep it under another name, and let a new one begin: "
          + "`git update-ref refs/ethos/broken-log \(tip) && git update-ref -d refs/ethos/log`")
    }
  }

  private func loggedReferences() throws -> [RepositoryReference] {
    try ServerLog.folders.flatMap { try repository.references(under: $0) }
  }

  /// One process writes at a time; another waits for ten seconds.
  private func withLog(_ body: (inout LogEntries) throws -> Void) throws {
    try FileSystem.makeFolder(store.folder)
    let done: Void? = try FileLock.held(path: store.folder + "/log.lock", attempts: 100) {
      var log = try serverLog()
      try body(&log)
    }
    if done == nil { throw TransactionError.busy }
  }

  private func append(
    _ kind: AcceptedUpdates.Kind, _ updates: [AcceptedUpdates.Update], to log: inout LogEntries
  ) throws {
    guard kind == .begun || !updates.isEmpty else { return }
    try store.askGitForSettings()
    let now = environment.now
    let record = AcceptedUpdates(kind, now, updates)
    let writer = Signature(
      name: try repository.configuration("user.name") ?? "ethos",
      email: try repository.configuration("user.email") ?? "ethos@localhost", when: record.date)
    let last = log.entries.last?.id
    let text = try repository.commitText(
      tree: repository.writeEmptyTree(), parents: [last].compactMap { $0 }, author: writer, committer: writer,
      message: record.text)
    let signer = RecordSigner(
      store: store, environment: environment, isRequired: true, identity: "\(writer.name) <\(writer.email)>",
      purpose: "this server keeps a log")
    let id = try repository.writeCommit(text, signature: try signer.sign(text))
    try requireSameKey(last, id)
    try log.add(LogEntries.Entry(id: id, updates: record))
    try repository.update(
      [
        ReferenceUpdate(
          name: ServerLog.reference, before: last, after: id, reflogMessage: "ethos log: \(kind.rawValue)")
      ], signature: writer)
  }

  /// Nothing is written on top of what another key signed: this server would vouch for it.
  private func requireSameKey(_ last: ObjectID?, _ id: ObjectID) throws {
    let verifier = SignatureVerifier(store, environment: environment.variables)
    guard case .valid(let key) = try verifier.verdict(of: id) else {
      throw Failure.cannot(
        "the entry that this server signed cannot be checked", help: "see `git verify-commit \(id)`")
    }
    guard let last else { return }
    let known = try logKeys() ?? [key]
    guard case .valid(let before) = try verifier.verdict(of: last), before == key || known.contains(before) else {
      throw Failure.cannot(
        "the last entry of the log, \(last.short), is not signed with the key of this server",
        help: "if the key was changed, name both: `git config ethos.logKey 'ssh-ed25519 OLD…, ssh-ed25519 NEW…'`")
    }
  }

  /// The keys that a log must be signed with, `ethos.logKey` in git's configuration; nil where it names none.
  func logKeys() throws -> [SigningKey]? {
    guard let text = try repository.configuration("ethos.logKey") else { return nil }
    return try text.utf8.split(separator: UInt8(ascii: ",")).map { word in
      let name = String(decoding: word, as: UTF8.self)
      let trimmed = name.unicodeScalars.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      guard let key = SigningKey(String(String.UnicodeScalarView(trimmed))) else {
        throw Failure.cannot(
          "`ethos.logKey` is no public key: `\(name)`", help: "write it as in `ssh-ed25519 AAAA…`; several with commas")
      }
      return key
    }
  }
}
