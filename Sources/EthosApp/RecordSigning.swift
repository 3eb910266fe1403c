import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// Stores the commit of a record, signed where git or the charter says so.
  ///
  /// Every commit that ethos makes is made here.
  func recordCommit(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) throws -> ObjectID {
    guard let signer = try recordSigner(.commit, committer, tree: tree) else {
      return try repository.writeCommit(
        tree: tree, parents: parents, author: author, committer: committer, message: message)
    }
    let text = try repository.commitText(
      tree: tree, parents: parents, author: author, committer: committer, message: message)
    return try repository.writeCommit(text, signature: try signer.sign(text))
  }

  /// Stores the annotated tag of a record, signed where git or the charter says so.
  func recordTag(name: String, target: ObjectID, tagger: Signature, message: String) throws -> ObjectID {
    guard let signer = try recordSigner(.tag, tagger, tree: nil) else {
      return try repository.writeTag(name: name, target: target, tagger: tagger, message: message)
    }
    let text = try repository.tagText(name: name, target: target, tagger: tagger, message: message)
    return try repository.writeTag(text, signature: try signer.sign(text))
  }

  /// The signature of a text that leaves the repository, by the key with which git signs, and how the name of its file ends.
  ///
  /// It is made for git's use of the key, for which the people's keys are good. No commit or tag begins as JSON does, so that
  /// it is the signature of nothing else.
  package func detachedSignature(of text: String) throws -> (text: String, suffix: String) {
    try store.askGitForSettings()
    let who = try committer()
    let signer = RecordSigner(
      store: store, environment: environment, isRequired: true, identity: "\(who.name) <\(who.email)>",
      purpose: "`--sign` asks for a signature")
    let signature = try signer.sign(Array(text.utf8))
    let suffix = signature.starts(with: SSHSignature.armourBegin.utf8) ? ".sig" : ".asc"
    return (String(decoding: signature, as: UTF8.self), suffix)
  }

  /// What signs a record of this kind; nil where nothing asks for a signature.
  private func recordSigner(_ kind: RecordSigner.Kind, _ signature: Signature, tree: ObjectID?) throws -> RecordSigner?
  {
    guard !environment.isStory else { return nil }
    try store.askGitForSettings()
    let isRequired = try requiresSignatures(beginningWith: tree)
    guard try isRequired || repository.flag(kind.rawValue) else { return nil }
    return RecordSigner(
      store: store, environment: environment, isRequired: isRequired, identity: "\(signature.name) <\(signature.email)>"
    )
  }

  /// Whether the charter in force asks for signatures; that of the first commit is the one which it founds.
  private func requiresSignatures(beginningWith tree: ObjectID?) throws -> Bool {
    var charterTree = tree
    if case .unborn = try repository.head() {
    } else {
      charterTree = try (branchInForce().tip ?? repository.head().commit).map { try repository.commit($0).tree }
    }
    guard let charterTree else { return false }
    return Charter(snapshot: try store.snapshot(ofTree: charterTree, kinds: [.charter])).requiresSignatures
  }
}

/// Signs records as git signs, with the programs and keys that git's configuration names.
struct RecordSigner {
  /// What is signed, by the setting of git's that asks for it.
  enum Kind: String {
    case commit = "commit.gpgSign"
    case tag = "tag.gpgSign"
  }

  let store: IdentityStore
  let environment: AppEnvironment
  /// Whether the charter asks for the signature, whatever git's configuration says.
  let isRequired: Bool
  /// `Name <email>`, by which `gpg` finds a key where none is named.
  let identity: String
  /// What asks for the signature, where it is neither the charter nor git's configuration.
  var purpose: String?

  /// The armoured signature of the text of a commit or a tag.
  func sign(_ text: [UInt8]) throws -> [UInt8] {
    let format = try setting("gpg.format") ?? "openpgp"
    do {
      switch format {
      case "ssh": return try signWithSSH(text)
      case "openpgp": return try signWithOpenPGP(text)
      default: throw refusal("ethos does not sign with `gpg.format` set to `\(format)`, only with `ssh` and `openpgp`")
      }
    } catch let error as ProgramError {
      throw refusal(error.description)
    }
  }

  // MARK: SSH

  /// As git's `gpg-interface.c` does it; `gpg.ssh.defaultKeyCommand` is not asked.
  private func signWithSSH(_ text: [UInt8]) throws -> [UInt8] {
    guard let key = try setting("user.signingKey"), !key.isEmpty else {
      throw refusal("git's configuration names no key: `user.signingKey` is not set")
    }
    let program = Program(try setting("gpg.ssh.program") ?? "ssh-keygen", environment: environment.variables)
    func signature(_ file: String, _ options: [String]) throws -> [UInt8] {
      let outcome = try program.run(["-Y", "sign", "-n", "git", "-f", file] + options, input: text)
      guard outcome.status == 0, outcome.output.starts(with: SSHSignature.armourBegin.utf8) else {
        throw refusal("`\(program.name)` did not sign with the key `\(key)`: \(outcome.complaint)")
      }
      return outcome.output
    }
    // A key itself is one that ssh-agent holds.
    for prefix in ["key::", "ssh-"] where key.begins(with: prefix) {
      let literal = prefix == "key::" ? String(key.dropFirst(prefix.count)) : key
      return try store.withTemporaryFile(Array("\(literal)\n".utf8)) { try signature($0, ["-U"]) }
    }
    return try signature(path(key), [])
  }

  /// The file that git would take: from the user's home after `~/`, else from the top of the work tree.
  private func path(_ name: String) -> String {
    if name.begins(with: "~/"), let home = environment.variables["HOME"] { return home + name.dropFirst() }
    if name.begins(with: "/") { return name }
    return "\(store.repository.location.workTree ?? store.repository.location.gitDirectory)/\(name)"
  }

  // MARK: OpenPGP

  private func signWithOpenPGP(_ text: [UInt8]) throws -> [UInt8] {
    let key = try setting("user.signingKey") ?? identity
    let program = Program(try store.openPGPProgram(), environment: environment.variables)
    let outcome = try program.run(["--status-fd=2", "-bsau", key], input: text)
    guard outcome.status == 0, OpenPGPStatus(outcome.errors).hasSigned else {
      throw refusal("`\(program.name)` did not sign with the key `\(key)`: \(outcome.complaint)")
    }
    return outcome.output
  }

  // MARK: settings and failures

  private func setting(_ key: String) throws -> String? { try store.repository.configuration(key) }

  private func refusal(_ reason: String) -> Failure {
    let asked =
      purpose ?? (isRequired ? "the charter asks for signed records" : "git's configuration asks for signed records")
    return Failure.cannot(
      "\(asked), and this one cannot be signed: \(reason)",
      help: "sign with an SSH key: `git config gpg.format ssh`",
      "name the key: `git config user.signingKey ~/.ssh/id_ed25519.pub`", "read more: `ethos help signatures`")
  }
}
