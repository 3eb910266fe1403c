import EthosGit
package import EthosGovernance
import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What the judge says of one commit of the line in force, made or thought of: the one answer that `verify`, `review`,
/// `ratify`, `status`, the hooks and the ledger give.
package struct Judgement: Sendable {
  /// The step, with the reviews that count.
  package var step: LineStep
  package var standing: Standing
  /// Whether a signature could not be checked here.
  package var isIncomplete: Bool
  /// The approvals and other reviews that count and are signed.
  package var signed: Set<ObjectID>
  package var findings: [Finding]

  package var breaches: [Finding] { findings.filter { $0.severity == .breach } }

  /// What the approvals that counted rest on.
  package var assurance: Assurance {
    let approvals = standing.approvals.map(\.review)
    let count = approvals.filter(signed.contains).count
    return Assurance(signed: count, partly: 0, unsigned: approvals.count - count)
  }
}

extension Workspace {
  /// The days of moments by the charter that judges.
  func days(of rules: Snapshot) -> (Instant) -> Day {
    let zone = zone(of: rules)
    return { zone.day(of: $0) }
  }

  /// The line that leads to a commit as the judge sees it.
  ///
  /// Costs the judging of what was not judged before.
  func judgedLine(to head: ObjectID) throws -> LineVerification {
    if let known = judgedLines[head] { return known }
    var line = LineVerification(self, VerifyRequest())
    let extent = try line.run(from: nil, to: head)
    // By a clock that goes wrong, commits would be remembered as dated ahead; only a verification says that.
    if !line.isAhead { try line.remember(extent, head: head, releases: line.base?.releases ?? []) }
    judgedLines[head] = line
    return line
  }

  /// The line that leads to a commit which others follow.
  ///
  /// It is not remembered: what is known of the newest state stays known.
  func earlierLine(to head: ObjectID) throws -> LineVerification {
    if let known = judgedLines[head] { return known }
    var line = LineVerification(self, VerifyRequest())
    _ = try line.run(from: nil, to: head)
    judgedLines[head] = line
    return line
  }

  /// The branches of remotes that go on from what is in force here, as they were fetched.
  func branchesAhead(of main: ObjectID) throws -> [(branch: String, commits: Int)] {
    try newerBranches(than: main, named: mainBranch()).compactMap { newer in
      newer.isApart ? nil : newer.commits.map { (newer.branch, $0) }
    }
  }

  /// `judgedLine` without what was remembered.
  func wholeLine(to head: ObjectID) throws -> LineVerification {
    if let known = wholeLines[head] { return known }
    var request = VerifyRequest()
    request.usesMemory = false
    var line = LineVerification(self, request)
    _ = try line.run(from: nil, to: head)
    wholeLines[head] = line
    return line
  }

  /// The proposals that were withdrawn, by their tags `closed/NAME` that are records of that name.
  func closings() throws -> [ClosedProposal] {
    if let knownClosings { return knownClosings }
    let prefix = "refs/tags/closed/"
    let found = try repository.references(under: prefix).compactMap { reference -> ClosedProposal? in
      let name = String(decoding: reference.name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
      do throws(GitError) {
        guard case .record(let tag) = try closing(name, at: reference.target), let tagger = tag.tagger else {
          return nil
        }
        return ClosedProposal(
          closing: LineStep.Closing(tag: "closed/\(name)", name: name, when: tagger.when), tag: tag.id,
          target: tag.target, tagger: tagger.email)
      } catch {
        // What cannot be read closes nothing, and is told of as `closing-invalid`.
        guard error.isOfObject else { throw error }
        return nil
      }
    }
    knownClosings = found
    return found
  }
}

/// A tag that says of a proposal that it was withdrawn.
struct ClosedProposal {
  var closing: LineStep.Closing
  var tag: ObjectID
  var target: ObjectID
  var tagger: String
}
