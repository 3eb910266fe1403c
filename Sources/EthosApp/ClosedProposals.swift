package import EthosGit
import EthosGovernance
package import EthosRecord
import EthosStore
import EthosText

/// What a tag `closed/NAME` is worth.
package enum Closing: Sendable {
  /// The record of a withdrawal, with the commit that it keeps.
  case record(AnnotatedTag)
  /// It closes nothing, with the reason in words: `it is a lightweight tag`.
  case none(String)

  /// The commit that a record keeps.
  package var kept: ObjectID? { if case .record(let tag) = self { tag.target } else { nil } }
}

extension Workspace {
  /// What a tag `closed/NAME` at an object is worth: a record says itself which proposal it closes, under that very name.
  package func closing(_ name: String, at id: ObjectID) throws(GitError) -> Closing {
    guard try repository.objectHeader(id).kind == .tag else { return .none("it is a lightweight tag") }
    let tag = try repository.tag(id)
    guard tag.name.utf8.elementsEqual("closed/\(name)".utf8) else {
      return .none("the tag calls itself `\(tag.name)`")
    }
    guard let record = ClosingRecord(message: tag.message) else { return .none("its message closes no proposal") }
    guard record.proposal.utf8.elementsEqual(name.utf8) else { return .none("it closes `\(record.proposal)`") }
    guard try repository.objectHeader(tag.target).kind == .commit else { return .none("it keeps no commit") }
    return .record(tag)
  }

  /// What closes a proposal of this name here; nil where nothing has that name.
  package func closing(_ name: String) throws(GitError) -> Closing? {
    let prefix = "refs/tags/closed/"
    let found = try repository.references(under: prefix).first { $0.name.utf8.elementsEqual("\(prefix)\(name)".utf8) }
    guard let id = found?.target else { return nil }
    do throws(GitError) {
      return try closing(name, at: id)
    } catch {
      // What cannot be read closes nothing; `verify` tells of it.
      guard error.isOfObject else { throw error }
      return Closing.none("it cannot be read: \(error.message)")
    }
  }

  /// The tags under `closed/` that close nothing, though they hold the name of a proposal.
  func closingFindings() throws -> [Finding] {
    let folder = "refs/tags/closed/"
    return try repository.references(under: folder).compactMap { reference in
      let name = String(decoding: reference.name.utf8.dropFirst(folder.utf8.count), as: UTF8.self)
      let reason: String
      do throws(GitError) {
        guard case .none(let found) = try closing(name, at: reference.target) else { return nil }
        reason = found
      } catch {
        reason = error.message
      }
      return Finding(
        "closing-invalid", .breach, "the tag closes no proposal: \(reason)", tag: "closed/\(name)",
        rule: Closing.rule,
        // What no proposal can be called is nothing to be typed either: it may hold what a shell would run.
        help: ProposalName.isValid(name)
          ? [
            "take it away: `git tag -d \(shellWord("closed/\(name)"))`, and on a server `git push origin \(shellWord(":refs/tags/closed/\(name)"))`",
            "whoever wrote the proposal can then close it: `ethos withdraw \(shellWord(name)) --because …`",
          ] : ["take it away with `git tag -d`, and on a server with `git push --delete`"])
    }
  }
}

extension Closing {
  static let rule = "a tag under closed/ is the record of a withdrawal, and keeps the proposal with its reviews"
}
