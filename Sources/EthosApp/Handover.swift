import EthosGit
package import EthosDiff
import EthosHistory
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What changed hands from one leadership cycle to another.
package struct HandoverResult: Sendable {
  package struct Objection: Sendable {
    package var proposal: String
    package var person: String
    package var words: String
    package var answer: String?
    package var commit: ObjectID
  }

  package var before: ComparisonSide
  package var after: ComparisonSide
  package var cycleBefore: Document
  package var cycleAfter: Document
  package var changes: ChangeSet
  /// Commitments whose meaning nobody changed or reaffirmed between the two.
  package var untouched: [EntryKey]
  package var objections: [Objection]
  /// Systems built for a release other than the later one.
  package var systems: [(key: EntryKey, builtFor: String)]
}

extension Workspace {
  /// Compares the last release of one cycle with the last of another, or with what is in force where it has none yet.
  package func handover(from beforeID: String, to afterID: String) throws -> HandoverResult {
    let main = try mainCommit()
    let now = try store.snapshot(ofTree: main.tree)
    let cycles = try [beforeID, afterID].map { id in
      try document(EntryKey(.cycle, id.hasPrefix("cycle/") ? String(id.dropFirst(6)) : id), in: now)
    }
    let releases = try store.releases().releases
    guard let earlier = releases.last(where: { $0.manifest.cycle == cycles[0].key.id }) else {
      throw Failure.no(
        "the cycle `\(cycles[0].key.id)` released nothing", help: "see the releases with `ethos releases`")
    }
    let later = releases.last { $0.manifest.cycle == cycles[1].key.id }
    let end = try later.map { try repository.commit($0.commit) } ?? main
    let start = try repository.commit(earlier.commit)
    let (left, right) = (try store.snapshot(ofTree: start.tree), try store.snapshot(ofTree: end.tree))
    let changes = try Behaviour.changes(from: left, to: right, severity: Severity(charter: left.charter))
    let name = later?.reference ?? "what is in force (no release yet)"
    let line = try repository.walk(from: [end.id], hiding: [start.id], order: .firstParent).reversed().map {
      try repository.commit($0)
    }
    var touched = Set(changes.entries)
    var objections: [HandoverResult.Objection] = []
    for commit in line {
      for entry in ReaffirmationRecord(message: commit.message)?.entries ?? [] { touched.insert(entry.key) }
      touched.formUnion(try ProposalReader(store).changedEntries(fromFirstParent: commit))
      let evidence = try RatificationEvidence(commit, reader: ProposalReader(store), store: store)
      var seen: Set<ObjectID> = []
      for key in try ProposalReader(store).changedEntries(fromFirstParent: commit).sorted() {
        let said = try evidence.attestations(of: key, in: store, reader: ProposalReader(store), day: zone().day(of:))
        for objection in said.objected
        where seen.insert(objection.commit).inserted {
          objections.append(
            HandoverResult.Objection(
              proposal: evidence.proposal ?? "", person: objection.name, words: objection.words ?? "",
              answer: objection.answer,
              commit: objection.commit))
        }
      }
    }
    return HandoverResult(
      before: ComparisonSide(name: earlier.reference, commit: start, snapshot: left),
      after: ComparisonSide(name: name, commit: end, snapshot: right), cycleBefore: cycles[0], cycleAfter: cycles[1],
      changes: changes,
      untouched: right.keys.filter { key in
        key.kind.isCommitment && !touched.contains(key) && right[key]?.isRetired == false
      },
      objections: objections,
      systems: right.all(.system).compactMap { system in
        guard let builtFor = system.meaning["builtFor"]?.text, builtFor != later?.reference else { return nil }
        return (system.key, builtFor)
      })
  }
}
