import EthosModel

/// Attribution as its definition has it, over the states of a random history: no repository, and no short cut.
struct AttributionOracle {
  let history: RandomHistory
  /// What stands at each place at each commit.
  private let values: [[EntryKey: [FieldPath: String]]]

  init(history: RandomHistory) {
    self.history = history
    values = history.commits.map { commit in
      commit.entries.mapValues { entry in
        var values: [FieldPath: String] = [:]
        for path in RandomEntry.paths(of: entry.key.kind) { values[path] = entry.value(path) }
        return values
      }
    }
  }

  /// A change of a place, by the numbers of commits.
  struct Change: Equatable {
    var commit: Int
    /// The commit that `before` is of.
    var predecessor: Int?
    var before: String?
    var after: String?
  }

  func value(_ key: EntryKey, _ path: FieldPath, at commit: Int) -> String? {
    values[commit][key]?[path]
  }

  /// The commit that gave a place the value that it has at a commit: that of the first parent with the same value, else
  /// the commit itself.
  func origin(_ key: EntryKey, _ path: FieldPath, at commit: Int) -> Int {
    walk(key, path, from: commit).last ?? commit
  }

  /// Whether the place has no value at a commit, and never had one on the way to it.
  func isUnknown(_ key: EntryKey, _ path: FieldPath, at commit: Int) -> Bool {
    value(key, path, at: commit) == nil && history.commits[origin(key, path, at: commit)].parents.isEmpty
  }

  /// What gave a place its value, where the first-parent line of `commit` is what was in force: the value before is the
  /// one that the line had until the merge through which the walk leaves it.
  func change(_ key: EntryKey, _ path: FieldPath, inForceAt commit: Int) -> Change {
    let line = Set(history.line(of: commit))
    let steps = walk(key, path, from: commit)
    let origin = steps.last ?? commit
    let merge = zip(steps, steps.dropFirst()).first { line.contains($0) && history.commits[$0].parents.first != $1 }?.0
    let predecessor = history.commits[merge ?? origin].parents.first
    return Change(
      commit: origin, predecessor: predecessor, before: predecessor.flatMap { value(key, path, at: $0) },
      after: value(key, path, at: commit))
  }

  /// All changes of a place, the newest first, where nothing is in force: from the origin of a value to the origin of
  /// the value that its first parent has.
  ///
  /// A value that never was has no origin.
  func changes(_ key: EntryKey, _ path: FieldPath, at head: Int) -> [Change] {
    var changes: [Change] = []
    var next: Int? = head
    while let commit = next, !isUnknown(key, path, at: commit) {
      let origin = origin(key, path, at: commit)
      let predecessor = history.commits[origin].parents.first
      changes.append(
        Change(
          commit: origin, predecessor: predecessor, before: predecessor.flatMap { value(key, path, at: $0) },
          after: value(key, path, at: origin)))
      next = predecessor
    }
    return changes
  }

  private func walk(_ key: EntryKey, _ path: FieldPath, from commit: Int) -> [Int] {
    let own = value(key, path, at: commit)
    for parent in history.commits[commit].parents where value(key, path, at: parent) == own {
      return [commit] + walk(key, path, from: parent)
    }
    return [commit]
  }
}
