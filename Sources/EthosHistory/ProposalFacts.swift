import EthosGit
import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
import EthosText

/// What the commits of a proposal say: who wrote what, why, and how texts were classified.
package struct ProposalFacts: Sendable {
  /// The proposal's own commits, the oldest first.
  package var commits: [Commit] = []
  /// Those of them that wrote a change of the identity: no class, no reason given later, no merge.
  package var written: [Commit] = []
  /// The e-mail addresses of the authors and co-authors of the commits that changed an entry.
  package var authors: [EntryKey: Set<String>] = [:]
  /// The same of those that changed its file, whether or not its meaning.
  package var writers: [EntryKey: Set<String>] = [:]
  /// Commits that changed something and say no reason, unless a later commit gives it.
  package var withoutReason: [Commit] = []
  /// The classifications, the oldest first.
  package var classes: [ChangeRecord.Classification] = []
  /// What was read of each commit.
  package var records: [ObjectID: ChangeRecord] = [:]

  package init() {}

  /// Those who wrote what a proposal makes of these entries: who changed only a layout is an author where nobody changed
  /// the meaning.
  package func authors(of entries: some Sequence<EntryKey>) -> [EntryKey: Set<String>] {
    Dictionary(entries.map { ($0, authors[$0] ?? writers[$0] ?? []) }) { first, _ in first }
  }

  /// The one breach that the commits ask to adopt; nil where there is none, or more than one.
  package var adopts: ObjectID? {
    let asked = Set(records.values.flatMap(\.adopts))
    return asked.count == 1 ? asked.first : nil
  }
}

/// Reads the commits of proposals and reviews.
package struct ProposalReader {
  let store: IdentityStore
  let shapes = ReviewShapes()

  package init(_ store: IdentityStore) { self.store = store }

  /// The facts of the commits that a tip adds to a base.
  ///
  /// Costs the differences of those commits.
  ///
  /// What a commit says that is not believed, as one that nobody signed where signatures are asked for, is no reason and
  /// no class; what it changes, it changes all the same.
  package func facts(
    tip: ObjectID, base: [ObjectID], believing isBelieved: (Commit) throws -> Bool = { _ in true }
  ) throws -> ProposalFacts {
    var facts = ProposalFacts()
    let repository = store.repository
    for id in try repository.walk(from: [tip], hiding: base, order: .topological).reversed() {
      let commit = try repository.commit(id)
      let said = ChangeRecord(message: commit.message)
      let changed = try changedEntries(commit)
      // Who changes something and does not sign for it is found by that.
      let record = try !changed.isEmpty || isBelieved(commit) ? said : ChangeRecord(subject: said.subject, because: "")
      let authored = try changed.union(mergedByHand(commit))
      let people = Set([commit.author.email] + said.coAuthorEmails).map { $0.lowercased() }
      for key in authored { facts.authors[key, default: []].formUnion(people) }
      let written = try writtenEntries(commit)
      for key in written { facts.writers[key, default: []].formUnion(people) }
      if !written.isEmpty, commit.parents.count < 2 { facts.written.append(commit) }
      // What a reviewer says gives no reason and no class: a branch that carries its reviews means what it meant.
      if try isReview(commit) { continue }
      facts.commits.append(commit)
      facts.records[id] = record
      // A class is said of a text; of one that took its place since, nobody has said anything yet.
      facts.classes += try record.classes.filter { try isSameText($0.reference, commit.id, tip) }
      // A later commit mends one that gave no reason: by name, or in its body when it changes nothing itself.
      facts.withoutReason = try facts.withoutReason.filter { earlier in
        let isGeneral = changed.isEmpty && record.classes.isEmpty && !saysNothing(record.because)
        return try !isGeneral && !record.names(all: changedEntries(earlier))
      }
      if !changed.isEmpty, !record.isReason(forAll: changed) {
        facts.withoutReason.append(commit)
      }
    }
    return facts
  }

  /// Whether a merge leaves everything as its first parent has it, and brings nothing but reviews of what that holds.
  private func joinsReviewsAlone(_ commit: Commit) throws -> Bool {
    let repository = store.repository
    guard let first = commit.parents.first, try repository.commit(first).tree == commit.tree else { return false }
    return try repository.walk(from: Array(commit.parents.dropFirst()), hiding: [first]).allSatisfy {
      try isReview(repository.commit($0))
    }
  }

  /// The entries that a merge of two parents leaves otherwise than a merge without anybody's choice would have: who
  /// merges can take an old state back, or one side's of two, without differing from both parents.
  ///
  /// Of merges that have more parents, or no single base, every entry in which the parents differ.
  private func mergedByHand(_ commit: Commit) throws -> Set<EntryKey> {
    guard commit.parents.count > 1, try !joinsReviewsAlone(commit) else { return [] }
    let sides = try commit.parents.map { try store.repository.commit($0).tree }
    let bases = commit.parents.count == 2 ? try store.repository.mergeBases(commit.parents[0], commit.parents[1]) : []
    let base = bases.count == 1 ? try bases.first.map { try store.repository.commit($0).tree } : nil
    var suspects: Set<EntryKey> = []
    for side in sides {
      let files = try store.changedFiles(before: side, after: commit.tree)
      let (before, after) = (try store.snapshot(of: files.before), try store.snapshot(of: files.after))
      suspects.formUnion(Set(before.keys + after.keys).filter { before[$0]?.meaning != after[$0]?.meaning })
    }
    guard let base, !suspects.isEmpty else { return suspects }
    let before = try store.snapshot(ofTree: base)
    let after = try store.snapshot(ofTree: commit.tree)
    let (left, right) = (try store.snapshot(ofTree: sides[0]), try store.snapshot(ofTree: sides[1]))
    return suspects.filter { key in
      let (mine, theirs) = (left[key]?.meaning, right[key]?.meaning)
      if mine == before[key]?.meaning { return after[key]?.meaning != theirs }
      if theirs == before[key]?.meaning { return after[key]?.meaning != mine }
      return true
    }
  }

  private func isSameText(_ place: Reference, _ left: ObjectID, _ right: ObjectID) throws -> Bool {
    func text(_ id: ObjectID) throws -> Node? {
      let snapshot = try store.snapshot(ofTree: store.repository.commit(id).tree, kinds: [place.key.kind])
      return place.path.isEmpty
        ? snapshot[place.key].map { .record($0.meaning) } : snapshot[place.key]?.value(at: place.path)
    }
    return try text(left) == text(right)
  }

  /// The entries whose files a commit changed against each of its parents.
  package func writtenEntries(_ commit: Commit) throws -> Set<EntryKey> {
    guard !commit.parents.isEmpty else { return Set(try store.snapshot(ofTree: commit.tree).keys) }
    var result: Set<EntryKey>?
    for parent in commit.parents {
      let files = try store.changedFiles(before: store.repository.commit(parent).tree, after: commit.tree)
      let keys = Set(try store.snapshot(of: files.before).keys + store.snapshot(of: files.after).keys)
      result = result.map { $0.intersection(keys) } ?? keys
    }
    return result ?? []
  }

  /// The entries whose meaning a commit changed against its first parent; for a merge, against all of its parents.
  package func changedEntries(_ commit: Commit) throws -> Set<EntryKey> {
    guard !commit.parents.isEmpty else { return Set(try store.snapshot(ofTree: commit.tree).keys) }
    var result: Set<EntryKey>?
    for parent in commit.parents {
      let files = try store.changedFiles(before: store.repository.commit(parent).tree, after: commit.tree)
      let (before, after) = (try store.snapshot(of: files.before), try store.snapshot(of: files.after))
      let changed = Set(before.keys + after.keys).filter { before[$0]?.meaning != after[$0]?.meaning }
      result = result.map { $0.intersection(changed) } ?? changed
    }
    return result ?? []
  }
}

extension ChangeRecord {
  /// Whether this gives a reason for each of these entries: in its body, or for each by name.
  func isReason(forAll entries: Set<EntryKey>) -> Bool {
    if !saysNothing(because) { return true }
    return names(all: entries)
  }

  /// Whether this gives a reason for each of these entries by name.
  func names(all entries: Set<EntryKey>) -> Bool {
    !entries.isEmpty
      && entries.allSatisfy { key in reasons.contains { $0.reference.key == key && !saysNothing($0.because) } }
  }
}

extension ProposalReader {
  /// The entries whose meaning a commit of the line in force brought, against the state before it.
  package func changedEntries(fromFirstParent commit: Commit) throws -> Set<EntryKey> {
    guard let parent = commit.parents.first else { return Set(try store.snapshot(ofTree: commit.tree).keys) }
    let files = try store.changedFiles(before: store.repository.commit(parent).tree, after: commit.tree)
    let (before, after) = (try store.snapshot(of: files.before), try store.snapshot(of: files.after))
    return Set(before.keys + after.keys).filter { before[$0]?.meaning != after[$0]?.meaning }
  }
}
