import EthosGit
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// A revision as it was asked for and the commit that it means.
package struct Revision: Hashable, Sendable {
  /// What the user typed, or what stands for it.
  package var name: String
  package var commit: Commit

  package init(name: String, commit: Commit) {
    self.name = name
    self.commit = commit
  }
}

extension Workspace {
  /// The commit that a revision means: a day (what was in force then), a release, or anything that git resolves.
  package func revision(_ name: String) throws -> Revision {
    let asked = RevisionName(name)
    if let day = asked.plainDay { return try revision(name, inForceOn: day) }
    guard let thing = try thing(named: asked) else { throw try unknown(name) }
    guard let revision = thing.revision else {
      guard let day = Day(asked.base) else { throw try unknown(name) }
      return try self.revision(name, inForceOn: day)
    }
    let id: ObjectID
    do throws(GitError) {
      id = try repository.commitID(for: revision + asked.suffix)
    } catch {
      guard error.code == .notFound || error.code == .invalid else { throw error }
      throw try unknown(name)
    }
    // A release that is set aside may be looked at; that it is none to follow is reported.
    if revision.utf8.starts(with: "refs/tags/release/".utf8) { _ = try judgedReleases() }
    return Revision(name: name, commit: try repository.commit(id))
  }

  private func revision(_ name: String, inForceOn day: Day) throws -> Revision {
    guard let release = try release(inForceOn: day) else {
      throw try noRelease(
        Failure.no("nothing was in force on \(day)", help: "see the releases with `ethos releases`"),
        elsewhere: "what was in force on \(day) cannot be known")
    }
    return Revision(name: name, commit: try repository.commit(release.commit))
  }

  private func unknown(_ name: String) throws -> Failure {
    let known = try store.releases().releases.map(\.reference) + store.proposals().map { "proposals/\($0.name)" }
    let near = nearestName(to: name, among: known)
    // It may be one where the clone was made from.
    if let leftOut = try repository.leftOut() {
      return Failure.cannot("`\(name)` is not here: \(leftOut.reason)", help: leftOut.help)
    }
    let isRelease = ReleaseName(name.dropping("release/") ?? name) != nil
    if isRelease, near == nil, let missing = try missingReleases() {
      return missing.failure("the release `\(name)` is not here")
    }
    return Failure.cannot(
      "`\(name)` is no revision, release or day here",
      help: near.map { "did you mean `\($0)`?" }
        ?? "a revision is anything git resolves, a release (`release/CYCLE/N`) or a day (`2026-02-01`)")
  }

  /// The state of the identity that a command without a revision means: the work tree where there is one, else HEAD.
  package func currentSnapshot() throws -> Snapshot {
    if repository.isBare { return try store.snapshot(ofTree: try mainCommit().tree) }
    try tellBehindOfWorkTree()
    return try store.workTree(against: try headTree()).snapshot
  }

  /// The identity at a revision, or the current one.
  package func snapshot(at name: String?) throws -> Snapshot {
    guard let name else { return try currentSnapshot() }
    return try store.snapshot(ofTree: try revision(name).commit.tree)
  }

  /// Reads a reference as people type it.
  package func reference(_ text: String) throws -> Reference {
    do {
      return try Reference(parsing: text)
    } catch {
      throw Failure.usage(error.message, help: error.help)
    }
  }

  /// The document that a reference names, in a snapshot.
  package func document(_ key: EntryKey, in snapshot: Snapshot) throws -> Document {
    if let document = snapshot[key] { return document }
    try requireNothingUnread(of: key, in: snapshot)
    let near = nearestName(to: key.id, among: snapshot.all(key.kind).map(\.key.id))
    throw Failure.no(
      "there is no `\(key)`",
      help: near.map { "did you mean `\(EntryKey(key.kind, $0))`?" }
        ?? "see what there is: `ethos list \(key.kind.rawValue)`")
  }

  /// Refuses to say that an entry is not there where a file that may hold it cannot be read.
  func requireNothingUnread(of key: EntryKey, in snapshot: Snapshot) throws {
    guard snapshot[key] == nil else { return }
    if let file = snapshot.unreadableFile(of: key) {
      throw Failure(
        .cannot, file.message, help: ["see what is wrong: `ethos check`"],
        diagnostics: snapshot.errors(inFile: file.path))
    }
    // An id stands in the file: its name may be another.
    let others = snapshot.unreadableFiles(of: key.kind)
    guard !others.isEmpty else { return }
    throw Failure(
      .cannot,
      "there is no `\(key)` in what can be read: \(others.map { "`\($0.path)`" }.joined(separator: ", ")) "
        + "cannot be read", help: ["see what is wrong: `ethos check`"],
      diagnostics: others.flatMap { snapshot.errors(inFile: $0.path) })
  }

  /// Says which files of a kind, or of any, are not part of an answer, since they cannot be read or not as a whole.
  package func tellUnread(_ snapshot: Snapshot, of kind: Kind? = nil) {
    for file in snapshot.unreadableFiles(of: kind) {
      notice("\(file.message), and what is in it is left out: see `ethos check`")
    }
    for document in snapshot.documents.values.sorted(by: { $0.key < $1.key })
    where document.hasErrors && kind.map({ $0 == document.kind }) ?? true { tellUnread(document, snapshot) }
  }

  /// Says of an entry that part of its file cannot be read.
  package func tellUnread(_ document: Document, _ snapshot: Snapshot) {
    guard document.hasErrors else { return }
    let error = snapshot.errors(inFile: document.path).first.map { ": \($0.message)" } ?? ""
    notice("`\(document.path)` cannot be read as a whole\(error), and that part is left out: see `ethos check`")
  }

  /// Refuses to say that a field is not set where part of the entry's file cannot be read.
  package func requireWhole(_ document: Document, _ snapshot: Snapshot) throws {
    guard document.hasErrors else { return }
    throw Failure(
      .cannot, "`\(document.path)` cannot be read as a whole", help: ["see what is wrong: `ethos check`"],
      diagnostics: snapshot.errors(inFile: document.path))
  }

  /// Refuses a path that names no field of its kind.
  ///
  /// The columns of a table are known from the document alone: without them no path into a rule is refused.
  package func checkField(of reference: Reference, in document: Document?) throws {
    let (kind, path) = (reference.key.kind, reference.path)
    let columns = ["inputs", "outputs"].flatMap { field in
      (document?.fields[field]?.list ?? []).compactMap { $0.record?["name"]?.text.map(Prose.collapsed) }
    }
    guard let unknown = Schema.of(kind).unknownSegment(of: path, columns: columns),
      !columns.isEmpty || path.segments.count < 3 || path.segments.first != .name("rules")
    else { return }
    let paths = "a path is written like `title`, `friction[KEY].limit` or `rules[ID].'COLUMN'`"
    throw Failure.usage(
      "`\(path)` is no field of a \(kind.rawValue)",
      help: nearestName(to: unknown.text, among: unknown.known).map { "did you mean `\($0)`?" }
        ?? (unknown.known.isEmpty ? paths : "the fields are \(unknown.known.joined(separator: ", "))"))
  }
}
