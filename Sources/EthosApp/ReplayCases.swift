package import EthosDecision
import EthosModel
package import EthosPractice
import EthosRecord
import EthosStore
import EthosText
import Synchronization

/// A file of cases, and how it is read.
package struct CaseRequest: Sendable {
  /// The file, or `-` for standard input.
  package var path: String
  /// What parts its columns: `,`, `;` or a tab; found out where nothing is said.
  package var separator: String?
  package var usesDecimalComma: Bool
  /// Columns of inputs as they were typed: `column=input`.
  package var maps: [String]
  /// Columns by which cases are grouped.
  package var by: [String]
  /// Whether the first malformed record stops it.
  package var isStrict: Bool
  /// Whether what stands in cases is shown, beside their numbers.
  package var showsCases: Bool
  /// How many threads work; all cores where nothing is said.
  package var threads: Int?

  package init(
    path: String, separator: String? = nil, usesDecimalComma: Bool = false, maps: [String] = [], by: [String] = [],
    isStrict: Bool = false, showsCases: Bool = false, threads: Int? = nil
  ) {
    self.path = path
    self.separator = separator
    self.usesDecimalComma = usesDecimalComma
    self.maps = maps
    self.by = by
    self.isStrict = isStrict
    self.showsCases = showsCases
    self.threads = threads
  }
}

/// One revision of the decision under which cases were replayed.
package struct ReplaySide: Sendable {
  /// What was asked for: a revision as typed, `HEAD`, or `work tree`.
  package var name: String
  /// The commit in hexadecimal digits; nil for the work tree.
  package var commit: String?
  package var decision: Decision
}

/// What recorded cases are under two revisions of a decision.
package struct ReplayAnswer: Sendable {
  package var file: String
  package var before: ReplaySide
  package var after: ReplaySide
  package var result: ReplayResult
}

extension Workspace {
  /// Decides recorded cases under two revisions: HEAD and the work tree where none is named.
  package func replay(
    _ request: CaseRequest, decision name: String, from: String?, to: String?
  ) throws -> ReplayAnswer {
    let (before, after) = try replayStates(of: name, from: from, to: to)
    return try replay(request, before: before, after: after)
  }

  /// A decision under two revisions: HEAD and the work tree where none is named.
  func replayStates(of name: String, from: String?, to: String?) throws -> (before: ReplayState, after: ReplayState) {
    let reference = try decisionReference(name)
    guard reference.revision == nil else {
      throw Failure.usage("`\(name)` names a revision", help: "name both: `--from A --to B`")
    }
    let first = try from.map { try revision($0) } ?? Revision(name: "HEAD", commit: try headCommit())
    let second = try to.map { try revision($0) }
    let before = try side(
      reference.key, try store.snapshot(ofTree: first.commit.tree), name: first.name, commit: first.commit.id.hex)
    let after = try side(
      reference.key, try snapshot(at: to), name: second?.name ?? "work tree", commit: second?.commit.id.hex)
    return (before, after)
  }

  /// Decides recorded cases under two states of a decision.
  ///
  /// Where `sha256` is given, another file is refused.
  func replay(
    _ request: CaseRequest, before: ReplayState, after: ReplayState, sha256: String? = nil
  ) throws -> ReplayAnswer {
    let file = try CaseFile(request.path, in: environment.workingDirectory, digests: sha256 != nil)
    let result: ReplayResult
    do {
      result = try CaseRun(file, request, environment.caseProgress).replay(before: before, after: after)
    } catch let problem as CaseProblem {
      throw Failure(.cannot, problem.message, help: problem.help.map { [$0] } ?? [])
    }
    if let sha256, let found = file.sha256, found != sha256.lowercased() {
      throw Failure.no(
        "`\(file.name)` is not the file of cases that `\(after.side.key)` names: its SHA-256 is \(found), and not \(sha256)",
        help:
          "give the file that the decision names, or replay another: `ethos replay FILE --decision \(after.side.key.id)`"
      )
    }
    return ReplayAnswer(
      file: file.name, before: before.described, after: after.described, result: result)
  }

  /// A decision as it stands in a state of the identity, ready to decide.
  func side(_ key: EntryKey, _ snapshot: Snapshot, name: String, commit: String?) throws -> ReplayState {
    let document = try document(key, in: snapshot)
    guard !document.isRetired else {
      throw Failure.no("`\(key)` is retired at `\(name)`", help: "name a revision that has it: `ethos log \(key)`")
    }
    var graph = DecisionGraph(snapshot)
    if let obstacle = graph.obstacle(to: key) { throw Failure(obstacle, at: commit == nil ? nil : name) }
    guard let decision = graph.decision(key) else { throw Failure.cannot("`\(key)` cannot be read at `\(name)`") }
    return ReplayState(
      side: DecisionSide(graph, key), decision: decision, document: document, name: name, commit: commit)
  }
}

/// A decision in one state of the identity.
struct ReplayState: Sendable {
  var side: DecisionSide
  var decision: Decision
  var document: Document
  var name: String
  var commit: String?

  var described: ReplaySide { ReplaySide(name: name, commit: commit, decision: decision) }

  /// How the decision's file says that columns and values are to be read.
  var mapping: CaseMapping {
    let cases = document.fields["cases"]?.record
    var mapping = CaseMapping()
    for entry in cases?["columns"]?.record?.entries ?? [] {
      mapping.columns.append((Prose.collapsed(entry.name), entry.value.text.map(Prose.collapsed)))
    }
    for entry in cases?["translate"]?.record?.entries ?? [] {
      for text in entry.value.record?.entries ?? [] {
        mapping.translations[Prose.collapsed(entry.name), default: [:]][text.name] = text.value.text ?? ""
      }
    }
    return mapping
  }

  /// The digest of the cases that the decision's file names.
  var casesDigest: String? { document.fields["cases"]?.record?["sha256"]?.text }
}
