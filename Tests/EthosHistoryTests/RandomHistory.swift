import EthosModel
import EthosRecord
import EthosTestSupport

/// A small history at random, with the meaning of every entry at every commit as text, which nobody had to parse.
///
/// Holds what attribution has to see through: branches, merges, criss-cross and octopus merges, merges with a value of
/// neither side, unrelated roots, files that move or exchange their paths, other texts of the same meaning, reverts,
/// removals and re-insertions, cherry-picks and squashed merges.
struct RandomHistory {
  struct Commit {
    var parents: [Int]
    var note: String
    var entries: [EntryKey: RandomEntry]
  }

  let seed: UInt64
  /// Parents stand before their children.
  private(set) var commits: [Commit] = []
  /// All entries that were ever thought of.
  let keys: [EntryKey]
  private var random: SeededGenerator
  private var tips: [Int] = []

  init(seed: UInt64, isLine: Bool = false) {
    self.seed = seed
    random = SeededGenerator(seed: seed)
    var keys = [EntryKey.charter]
    for number in 0..<random.pick([2, 2, 2, 3, 3, 4, 5]) {
      keys.append(EntryKey(random.pick([.value, .value, .limit, .decision]), "e\(number)"))
    }
    self.keys = keys
    add([], "root", root())
    // The questions to a history grow with the square of its size: most are short.
    let count = (0..<3).map { _ in Int.random(in: 5...25, using: &random) }.min() ?? 5
    while commits.count < count {
      let line = [edit, edit, edit, move, exchange, rewrite, rewriteAll, revert, remove, insert, nothing]
      let graph = [branch, branch, merge, merge, merge, crissCross, octopus, evil, unrelated, cherryPick, squash]
      let step = isLine || random.happens(55) ? random.pick(line) : random.pick(graph)
      step(&self)
    }
  }

  /// The commits of a head's first-parent line, the newest first.
  func line(of head: Int) -> [Int] {
    var line = [head]
    while let last = line.last, let parent = commits[last].parents.first { line.append(parent) }
    return line
  }

  // MARK: - Steps on one tip

  private var edit: (inout RandomHistory) -> Void {
    { history in
      history.onTip("edit") { entries, history in
        for _ in 0..<history.random.pick([1, 1, 2]) {
          guard let key = history.pick(entries.keys) else { return }
          entries[key]?.change(&history.random)
        }
      }
    }
  }

  private var move: (inout RandomHistory) -> Void {
    { history in
      history.onTip("move") { entries, history in
        guard let key = history.pick(entries.keys.filter { $0 != .charter }) else { return }
        let path = history.freePath(for: key, among: entries)
        entries[key]?.path = path
      }
    }
  }

  private var exchange: (inout RandomHistory) -> Void {
    { history in
      history.onTip("exchange") { entries, history in
        guard let first = history.pick(entries.keys.filter { $0 != .charter }),
          let second = history.pick(entries.keys.filter { $0 != first && $0.kind == first.kind }),
          let (one, other) = entries[first].flatMap({ one in entries[second].map { (one, $0) } })
        else { return }
        entries[first]?.path = other.path
        entries[second]?.path = one.path
        if history.random.happens(30) { entries[first]?.change(&history.random) }
      }
    }
  }

  private var rewrite: (inout RandomHistory) -> Void {
    { history in
      history.onTip("rewrite") { entries, history in
        guard let key = history.pick(entries.keys) else { return }
        entries[key]?.style = history.random.next()
      }
    }
  }

  private var rewriteAll: (inout RandomHistory) -> Void {
    { history in
      history.onTip("rewrite all") { entries, history in
        for key in entries.keys.sorted() { entries[key]?.style = history.random.next() }
      }
    }
  }

  /// An entry, or all of them, as some earlier commit of the tip's line had them.
  private var revert: (inout RandomHistory) -> Void {
    { history in
      let tip = history.random.pick(history.tips)
      let earlier = history.random.pick(history.line(of: tip))
      var entries = history.commits[tip].entries
      if history.random.happens(40) {
        entries = history.commits[earlier].entries
      } else if let key = history.pick(history.keys) {
        entries[key] = history.commits[earlier].entries[key]
      }
      history.add([tip], "revert to \(earlier)", history.withFreePaths(entries))
    }
  }

  private var remove: (inout RandomHistory) -> Void {
    { history in
      history.onTip("remove") { entries, history in
        if let key = history.pick(entries.keys.filter { $0 != .charter }) { entries[key] = nil }
      }
    }
  }

  /// An entry that is not there: as it was at some commit, or anew.
  private var insert: (inout RandomHistory) -> Void {
    { history in
      history.onTip("insert") { entries, history in
        guard let key = history.pick(history.keys.filter { entries[$0] == nil }) else { return }
        let known = history.commits.compactMap { $0.entries[key] }
        var entry = RandomEntry(key, &history.random)
        if !known.isEmpty, history.random.happens(70) { entry = history.random.pick(known) }
        entries[key] = entry
        entries = history.withFreePaths(entries)
      }
    }
  }

  private var nothing: (inout RandomHistory) -> Void { { history in history.onTip("nothing") { _, _ in } } }

  // MARK: - Steps of the graph

  private var branch: (inout RandomHistory) -> Void {
    { history in
      history.tips.append(Int.random(in: history.commits.indices, using: &history.random))
      history.edit(&history)
    }
  }

  private var merge: (inout RandomHistory) -> Void {
    { history in
      let parents = history.pickParents(2)
      history.add(parents, "merge", history.merged(parents))
    }
  }

  private var crissCross: (inout RandomHistory) -> Void {
    { history in
      let parents = history.pickParents(2)
      let tips = history.tips
      history.add(parents, "criss", history.merged(parents))
      history.tips = tips
      history.add(parents.reversed(), "cross", history.merged(parents.reversed()))
      history.tips.append(history.commits.count - 2)
    }
  }

  private var octopus: (inout RandomHistory) -> Void {
    { history in
      let parents = history.pickParents(Int.random(in: 3...4, using: &history.random))
      history.add(parents, "octopus", history.merged(parents))
    }
  }

  /// A merge with values of its own.
  private var evil: (inout RandomHistory) -> Void {
    { history in
      let parents = history.pickParents(2)
      var entries = history.merged(parents)
      for _ in 0..<2 {
        guard let key = history.pick(entries.keys) else { break }
        if key != .charter, history.random.happens(20) {
          entries[key] = nil
        } else {
          entries[key]?.change(&history.random)
        }
      }
      history.add(parents, "evil merge", entries)
    }
  }

  private var unrelated: (inout RandomHistory) -> Void {
    { history in
      let tips = history.tips
      history.add([], "unrelated root", history.root())
      history.tips = tips + [history.commits.count - 1]
    }
  }

  /// What another commit changed in whole entries, without being a parent.
  private var cherryPick: (inout RandomHistory) -> Void {
    { history in
      let picked = Int.random(in: history.commits.indices, using: &history.random)
      let commit = history.commits[picked]
      let before = commit.parents.first.map { history.commits[$0].entries } ?? [:]
      history.onTip("cherry-pick \(picked)") { entries, history in
        for key in history.keys where before[key] != commit.entries[key] { entries[key] = commit.entries[key] }
        entries = history.withFreePaths(entries)
      }
    }
  }

  private var squash: (inout RandomHistory) -> Void {
    { history in
      let sources = history.pickParents(2)
      history.add([sources[0]], "squash \(sources)", history.merged(sources))
    }
  }

  // MARK: - Parts of steps

  private mutating func root() -> [EntryKey: RandomEntry] {
    var entries: [EntryKey: RandomEntry] = [:]
    for key in keys where key == .charter || random.happens(80) { entries[key] = RandomEntry(key, &random) }
    return withFreePaths(entries)
  }

  /// Adds a commit, which takes the place of its first parent among the tips.
  private mutating func add(_ parents: [Int], _ note: String, _ entries: [EntryKey: RandomEntry]) {
    commits.append(Commit(parents: parents, note: note, entries: entries))
    if let parent = parents.first { tips.removeAll { $0 == parent } }
    tips.append(commits.count - 1)
  }

  private mutating func onTip(
    _ note: String, _ body: (inout [EntryKey: RandomEntry], inout RandomHistory) -> Void
  ) {
    let tip = random.pick(tips)
    var entries = commits[tip].entries
    body(&entries, &self)
    add([tip], note, entries)
  }

  private mutating func pick(_ keys: some Sequence<EntryKey>) -> EntryKey? {
    let sorted = keys.sorted()
    return sorted.isEmpty ? nil : random.pick(sorted)
  }

  /// Different commits, tips where there are enough.
  private mutating func pickParents(_ count: Int) -> [Int] {
    var parents = Array(Set(tips)).sorted().shuffled(using: &random)
    let others = commits.indices.filter { !parents.contains($0) }.shuffled(using: &random)
    parents += others
    // A line has no two tips: then one of its commits is made twice.
    while parents.count < count {
      add(parents.isEmpty ? [] : [parents[0]], "more", commits[parents[0]].entries)
      parents.append(commits.count - 1)
    }
    return Array(parents.prefix(count))
  }

  /// Each entry as one of the parents has it, or mixed from them field by field.
  private mutating func merged(_ parents: [Int]) -> [EntryKey: RandomEntry] {
    var entries: [EntryKey: RandomEntry] = [:]
    for key in keys {
      let sides = parents.map { commits[$0].entries[key] }
      var entry = random.pick(sides)
      if let other = random.pick(sides), random.happens(50) { entry?.mix(other, &random) }
      // Most merges do not remove what a side has.
      if entry == nil, random.happens(60) { entry = sides.compactMap { $0 }.first }
      entries[key] = entry
    }
    return withFreePaths(entries)
  }

  private mutating func freePath(for key: EntryKey, among entries: [EntryKey: RandomEntry]) -> String {
    let taken = Set(entries.values.map(\.path))
    while true {
      let name = random.happens(60) ? key.id : "note-\(Int.random(in: 0...30, using: &random))"
      let path = "\(key.kind.folder ?? "")/\(random.pick(["", "a/", "b/c/"]))\(name).yaml"
      if !taken.contains(path) { return path }
    }
  }

  /// The entries, those moved away whose path another one has.
  private mutating func withFreePaths(_ entries: [EntryKey: RandomEntry]) -> [EntryKey: RandomEntry] {
    var (result, taken) = (entries, Set<String>())
    for key in entries.keys.sorted() {
      guard let entry = entries[key], !taken.insert(entry.path).inserted else { continue }
      let path = freePath(for: key, among: result)
      result[key]?.path = path
      taken.insert(path)
    }
    return result
  }
}

extension RandomHistory: CustomStringConvertible {
  /// The graph, with what each commit has otherwise than its first parent.
  var description: String {
    var lines = ["seed \(seed)"]
    for (number, commit) in commits.enumerated() {
      let parents = commit.parents.map { "\($0)" }.joined(separator: " ")
      lines.append("\(number) [\(parents)] \(commit.note)")
      let before = commit.parents.first.map { commits[$0].entries } ?? [:]
      for key in keys {
        let (old, new) = (before[key], commit.entries[key])
        if old == new { continue }
        guard let new else {
          lines.append("    \(key) is gone")
          continue
        }
        if old?.path != new.path { lines.append("    \(key) in \(new.path)") }
        for path in RandomEntry.paths(of: key.kind) where !path.isEmpty && old?.value(path) != new.value(path) {
          lines.append("    \(key).\(path): \(old?.value(path) ?? "none") -> \(new.value(path) ?? "none")")
        }
        if old?.style != new.style { lines.append("    \(key) is written otherwise") }
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension RandomHistory {
  /// Writes histories into one repository with one process; gives the commits of each by their numbers.
  static func write(_ histories: [RandomHistory], to repository: TestRepository) throws -> [[ObjectID]] {
    var stream = ""
    var mark = 0
    for history in histories {
      let first = mark + 1
      for (number, commit) in history.commits.enumerated() {
        mark += 1
        // Dates say nothing: order is that of the graph.
        let moment = 1_700_000_000 + (number * 7_919 + Int(history.seed % 1_000)) % 25 * 1_000
        stream += "reset refs/tip\n\ncommit refs/tip\nmark :\(mark)\n"
        stream += "author Jane Doe <jane@northgate.example> \(moment) +0100\n"
        stream += "committer Jane Doe <jane@northgate.example> \(moment) +0100\n"
        stream += data("\(commit.note) (\(history.seed), \(number))\n")
        for (place, parent) in commit.parents.enumerated() {
          stream += "\(place == 0 ? "from" : "merge") :\(first + parent)\n"
        }
        stream += "deleteall\n"
        for key in history.keys {
          guard let entry = commit.entries[key] else { continue }
          stream += "M 100644 inline \(entry.path)\n" + data(entry.text)
        }
      }
    }
    let marks = "\(repository.path)/marks"
    try repository.git("fast-import", "--quiet", "--force", "--export-marks=\(marks)", input: Array(stream.utf8))
    var ids: [Int: ObjectID] = [:]
    for line in (repository.directory.text("marks") ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let number = Int(words[0].dropFirst()) else { continue }
      ids[number] = ObjectID(hex: words[1])
    }
    var next = 0
    return try histories.map { history in
      try history.commits.map { _ in
        next += 1
        guard let id = ids[next] else { throw TestFailure("git wrote no commit \(next)") }
        return id
      }
    }
  }

  private static func data(_ text: String) -> String { "data \(text.utf8.count)\n\(text)\n" }
}
