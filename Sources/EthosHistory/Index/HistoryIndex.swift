package import EthosDiff
import EthosGit
package import EthosRecord
package import EthosStore
import EthosText

/// A history answered from the index: the cost of an answer is that of its look-ups, and not of the history.
package final class HistoryIndex: HistoryGraph {
  private let tables: IndexTables
  private let store: IdentityStore
  /// For each line, the last position of each of its chains.
  private var lines: [ObjectID: [Int: Int]] = [:]
  private var places: [ObjectID: CommitPlace] = [:]
  private var paths: [String: Int?] = [:]

  init(_ tables: IndexTables, _ store: IdentityStore) {
    self.tables = tables
    self.store = store
  }

  package func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws -> Bool {
    if ancestor == descendant { return true }
    if try isOnLine(ancestor, of: descendant) { return true }
    let last = try place(of: descendant).number
    return try firstHolder(of: ancestor, upTo: last) { place, _ in place.number == last } != nil
  }

  package func isOnLine(_ commit: ObjectID, of tip: ObjectID) throws -> Bool {
    isOn(try line(of: tip), try place(of: commit))
  }

  package func entry(of commit: ObjectID, toLineOf tip: ObjectID) throws -> ObjectID? {
    let line = try line(of: tip)
    if isOn(line, try place(of: commit)) { return commit }
    let last = try place(of: tip).number
    // Numbers rise from parents to children, so the first one on the line is the oldest that holds it.
    return try firstHolder(of: commit, upTo: last) { place, _ in self.isOn(line, place) }
  }

  /// The first commit that descends from another and is the one that is looked for.
  ///
  /// Costs the commits between the two.
  private func firstHolder(
    of commit: ObjectID, upTo last: Int, where isIt: (CommitPlace, ObjectID) -> Bool
  ) throws -> ObjectID? {
    let start = try place(of: commit).number
    guard start < last else { return nil }
    var holders: Set<Int> = [start]
    var found: ObjectID?
    try tables.commits(after: start) { place, id, parents in
      guard place.number <= last else { return false }
      guard parents.contains(where: holders.contains) else { return true }
      holders.insert(place.number)
      if isIt(place, id) { found = id }
      return found == nil
    }
    return found
  }

  package func settled(_ path: String, at commit: ObjectID) throws -> (commit: ObjectID, file: IdentityFile?) {
    guard let known = try knownPath(path) else { return (commit, nil) }
    var (chain, position) = { ($0.chain, $0.position) }(try place(of: commit))
    while true {
      if let touch = try tables.lastTouch(path: known, chain: chain, upTo: position) {
        let (id, place) = try tables.commit(touch.commit.number)
        guard place == touch.commit else { throw DamagedIndex() }
        places[id] = place
        return (id, touch.blob.map { IdentityFile(path: path, mode: touch.mode, blob: $0) })
      }
      guard let parent = try tables.chain(chain).parent else { return (commit, nil) }
      (chain, position) = parent
    }
  }

  package func files(named name: String, below folder: String, at commit: ObjectID) throws -> [IdentityFile] {
    try tables.paths(named: Array(name.utf8)).compactMap { bytes in
      guard let path = String(validating: bytes, as: UTF8.self), path.begins(with: "\(folder)/") else { return nil }
      return try settled(path, at: commit).file
    }
  }

  package func nearest(_ commit: ObjectID, mayHave action: Action) throws -> ObjectID? {
    let start = try place(of: commit)
    var (chain, position) = (start.chain, start.position)
    let wanted = ActionSet(action)
    while true {
      var found: ObjectID?
      // Numbers fall from children to parents, over the chains too.
      try tables.commits(of: chain, from: position, last: start.number) { place, id in
        // What nobody compared yet may be anything.
        if try tables.actions(of: place.number)?.contains(wanted) ?? true { found = id }
        return found == nil
      }
      if let found { return found }
      guard let parent = try tables.chain(chain).parent else { return nil }
      (chain, position) = parent
    }
  }

  private func isOn(_ line: [Int: Int], _ place: CommitPlace) -> Bool {
    line[place.chain].map { place.position <= $0 } ?? false
  }

  private func line(of tip: ObjectID) throws -> [Int: Int] {
    if let known = lines[tip] { return known }
    let place = try place(of: tip)
    var line = [place.chain: place.position]
    var chain = try tables.chain(place.chain)
    while let parent = chain.parent {
      // A chain that hangs on itself would never end.
      guard line.updateValue(parent.position, forKey: parent.chain) == nil else { throw DamagedIndex() }
      chain = try tables.chain(parent.chain)
    }
    lines[tip] = line
    return line
  }

  private func place(of commit: ObjectID) throws -> CommitPlace {
    if let known = places[commit] { return known }
    guard let place = try tables.place(of: commit) else { throw DamagedIndex() }
    places[commit] = place
    return place
  }

  private func knownPath(_ path: String) throws -> Int? {
    if let known = paths[path] { return known }
    let found = try tables.path(Array(path.utf8))
    paths[path] = found
    return found
  }
}
