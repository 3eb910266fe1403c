import EthosGit
package import EthosRecord
import EthosText

/// By which program how many signatures were checked.
package struct SignatureTally: Hashable, Sendable {
  package struct Program: Hashable, Sendable {
    package var name: String
    package var count: Int
  }

  /// Those that ethos checked itself.
  package var byEthos = 0
  /// By name.
  package var byPrograms: [Program] = []
  /// Those for which the program or the key is missing here.
  package var unchecked = 0
  /// What has no signature.
  package var unsigned = 0
}

/// Says what cryptography has to say of the signatures of commits and tags: ed25519 in process, the rest by the programs
/// that git's configuration names.
///
/// A verdict is about an object, which never changes, so that each is asked for once.
package final class SignatureVerifier {
  private let store: IdentityStore
  private let environment: [String: String]
  private var verdicts: [ObjectID: SignatureVerdict] = [:]
  /// The program that was asked last; nil where ethos itself answered.
  private var asked: String?
  private var counts: [String: Int] = [:]

  /// The environment is what the programs find: their `PATH`, and where `gpg` keeps its keys.
  package init(_ store: IdentityStore, environment: [String: String]) {
    self.store = store
    self.environment = environment
  }

  /// The verdict on a commit or a tag.
  ///
  /// For ed25519 it costs one read, a hash and some 0.1 ms; else the run of a program.
  package func verdict(of id: ObjectID) throws -> SignatureVerdict {
    if let known = verdicts[id] { return known }
    asked = nil
    let verdict: SignatureVerdict =
      switch try store.repository.signedContent(of: id) {
      case .unsigned: .unsigned
      case .misleading(let reason): .invalid(reason)
      case .signed(let payload, let signature): try self.verdict(on: signature, of: payload)
      }
    verdicts[id] = verdict
    if let asked { if case .unchecked = verdict {} else { counts[asked, default: 0] += 1 } }
    return verdict
  }

  /// What was asked so far, each object once.
  package var tally: SignatureTally {
    var tally = SignatureTally()
    for verdict in verdicts.values {
      switch verdict {
      case .unsigned: tally.unsigned += 1
      case .unchecked: tally.unchecked += 1
      case .valid, .invalid: tally.byEthos += 1
      }
    }
    tally.byPrograms = counts.sorted { $0.key < $1.key }.map { SignatureTally.Program(name: $0.key, count: $0.value) }
    tally.byEthos -= counts.values.reduce(0, +)
    return tally
  }

  private func verdict(on signature: [UInt8], of payload: [UInt8]) throws -> SignatureVerdict {
    // As git has it: the first line says who can read the rest.
    if signature.starts(with: SSHSignature.armourBegin.utf8) { return try ssh(signature, payload) }
    if signature.starts(with: "-----BEGIN PGP ".utf8) { return try openPGP(signature, payload) }
    if signature.starts(with: "-----BEGIN SIGNED MESSAGE-----".utf8) {
      return .unchecked("it is an X.509 signature, which ethos does not check")
    }
    return .invalid("its signature is of no known form")
  }

  // MARK: SSH

  private func ssh(_ armoured: [UInt8], _ payload: [UInt8]) throws -> SignatureVerdict {
    guard let signature = SSHSignature(armoured: armoured) else { return .invalid("its SSH signature is malformed") }
    guard signature.namespace == "git" else {
      return .invalid("its SSH signature was made for `\(signature.namespace)`, not for git")
    }
    let mismatch = SignatureVerdict.invalid("what it says is not what was signed")
    if let isValid = signature.isOfGit(payload) {
      return isValid ? .valid(signature.publicKey.signingKey) : mismatch
    }
    let program = try Program(
      store.repository.configuration("gpg.ssh.program") ?? "ssh-keygen", environment: environment)
    asked = program.name
    return try checked(armoured) { file in
      let outcome = try program.run(["-Y", "check-novalidate", "-n", "git", "-s", file], input: payload)
      if outcome.status == 0 { return .valid(signature.publicKey.signingKey) }
      // An old or another program knows no such request, which says nothing of the signature.
      let isRefusal = outcome.status == 255 && !outcome.complaint.holds("usage")
      return isRefusal ? mismatch : .unchecked("`\(program.name)` could not say: \(outcome.complaint)")
    }
  }

  // MARK: OpenPGP

  private func openPGP(_ armoured: [UInt8], _ payload: [UInt8]) throws -> SignatureVerdict {
    let program = Program(try store.openPGPProgram(), environment: environment)
    asked = program.name
    return try checked(armoured) { file in
      let outcome = try program.run(["--status-fd=1", "--verify", file, "-"], input: payload)
      return OpenPGPStatus(outcome.output).verdict(orElse: "`\(program.name)` could not say: \(outcome.complaint)")
    }
  }

  /// Asks a program that reads the signature from a file; what keeps it from running is no verdict on the signature.
  private func checked(
    _ signature: [UInt8], _ ask: (_ file: String) throws -> SignatureVerdict
  ) throws -> SignatureVerdict {
    do {
      return try store.withTemporaryFile(signature, ask)
    } catch let error as ProgramError {
      return .unchecked(error.description)
    } catch let error as FileError {
      return .unchecked(error.description)
    }
  }
}

extension IdentityStore {
  /// The program for OpenPGP that git's configuration names.
  package func openPGPProgram() throws -> String {
    try repository.configuration("gpg.openpgp.program") ?? repository.configuration("gpg.program") ?? "gpg"
  }

  /// Lends a file of these bytes, which is gone afterwards.
  ///
  /// Not in the repository: who else may write there could put another in its place before it is read.
  package func withTemporaryFile<Result>(_ bytes: [UInt8], _ body: (_ path: String) throws -> Result) throws -> Result {
    let named = repository.environment["TMPDIR"].flatMap { $0.utf8.first == UInt8(ascii: "/") ? $0 : nil }
    let path = try FileSystem.temporaryFile(bytes, in: named ?? "/tmp")
    defer { try? FileSystem.remove(path) }
    return try body(path)
  }
}
