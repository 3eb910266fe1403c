import EthosGit
import EthosRecord
import EthosStore

/// Adds the commits of a scan to the tables.
struct IndexWriter {
  private let tables: IndexTables
  private let scan: CommitScan
  /// The number, the chain and the position of each commit of the scan that has one.
  private var places: [CommitPlace?]
  private var chains: [Int: Chain] = [:]
  private var nextNumber: Int
  private var nextChain: Int

  /// Touches are written in lots of so many, sorted, so that a long history needs no more memory than a short one.
  private static let lot = 400_000

  init(_ tables: IndexTables, _ scan: CommitScan) throws {
    self.tables = tables
    self.scan = scan
    places = Array(repeating: nil, count: scan.count)
    nextNumber = try tables.number("SELECT ifnull(max(number), 0) + 1 FROM commits")
    nextChain = try tables.number("SELECT ifnull(max(chain), 0) + 1 FROM chains")
    for place in scan.knownPlaces {
      guard let known = try tables.place(of: scan.id(place)) else { throw DamagedIndex() }
      places[place] = known
    }
  }

  /// Writes all of the scan's new commits and their touches.
  ///
  /// `inForce` is the head whose line may grow the chain that it is on: what branches off from there begins a chain of
  /// its own, or the line would be cut in two at each proposal.
  ///
  /// Each commit's step is handed on, where somebody wants them.
  mutating func write(
    inForce: ObjectID, progress: (Int, Int) -> Void, step: ((CommitStep) -> Void)? = nil
  ) throws {
    try placeCommits(inForce)
    try writeCommits()
    try writeTouches(progress, step)
  }

  private mutating func placeCommits(_ inForce: ObjectID) throws {
    for (offset, place) in scan.order.enumerated() {
      places[place] = CommitPlace(number: nextNumber + offset, chain: 0, position: 0)
    }
    nextNumber += scan.order.count
    let mainChain = try tables.place(of: inForce)?.chain
    // The newest first: the line in force is one chain, and what a merge brought in hangs on it.
    let starts = scan.order.reversed().sorted { scan.id($0) == inForce && scan.id($1) != inForce }
    for start in starts where places[start]?.chain == 0 {
      var line: [Int] = []
      var next: Int? = start
      while let place = next, places[place]?.chain == 0 {
        line.append(place)
        next = scan.parents(of: place).first
      }
      let parent = next.flatMap { places[$0] }
      try assign(line.reversed(), below: parent, isInForce: scan.id(start) == inForce, mainChain: mainChain)
    }
  }

  private mutating func assign(
    _ line: [Int], below parent: CommitPlace?, isInForce: Bool, mainChain: Int?
  ) throws {
    var chain: Chain
    if let parent, let known = try growing(parent, isInForce: isInForce, mainChain: mainChain) {
      chain = known
    } else {
      chain = Chain(chain: nextChain, parent: parent.map { ($0.chain, $0.position) }, length: 0, tip: 0)
      nextChain += 1
    }
    for place in line {
      guard let number = places[place]?.number else { throw DamagedIndex() }
      places[place] = CommitPlace(number: number, chain: chain.chain, position: chain.length)
      chain.length += 1
      chain.tip = number
    }
    chains[chain.chain] = chain
  }

  /// The chain that a line goes on, where its parent is the end of one.
  private func growing(_ parent: CommitPlace, isInForce: Bool, mainChain: Int?) throws -> Chain? {
    guard isInForce || parent.chain != mainChain else { return nil }
    let chain = try chains[parent.chain] ?? tables.chain(parent.chain)
    return chain.tip == parent.number ? chain : nil
  }

  private func writeCommits() throws {
    let insertCommit = try tables.database.prepare("INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)")
    for place in scan.order {
      guard let commit = places[place] else { throw DamagedIndex() }
      let parents = IndexTables.bytes(scan.parents(of: place).compactMap { places[$0]?.number })
      let id = scan.id(place)
      try insertCommit.with(
        .integer(commit.number), .bytes(id.bytes), .integer(commit.chain), .integer(commit.position),
        .bytes(parents), .integer(IndexTables.seal(commit, id, parents))
      ).run()
    }
    let insertChain = try tables.database.prepare("INSERT OR REPLACE INTO chains VALUES (?, ?, ?, ?, ?, ?)")
    for chain in chains.values.sorted(by: { $0.chain < $1.chain }) {
      try insertChain.with(
        .integer(chain.chain), chain.parent.map { .integer($0.chain) } ?? .null,
        chain.parent.map { .integer($0.position) } ?? .null, .integer(chain.length), .integer(chain.tip),
        .integer(chain.seal)
      ).run()
    }
  }

  private struct Row {
    var path: Int
    var commit: CommitPlace
    var touch: FileTouch
  }

  private func writeTouches(_ progress: (Int, Int) -> Void, _ step: ((CommitStep) -> Void)?) throws {
    let touches = TouchScan(scan, roots: IdentityFile.roots, withBefore: step != nil)
    var steps = StepReader(touches, scan)
    var rows: [Row] = []
    var paths: [Int] = []
    var done = 0
    func flush() throws {
      while paths.count < touches.paths.count { paths.append(try place(of: touches.paths[paths.count])) }
      try write(&rows, paths)
      rows.removeAll(keepingCapacity: true)
    }
    func add(_ place: Int, _ found: [FileTouch], _ path: (FileTouch) -> Int) throws {
      guard let commit = places[place] else { throw DamagedIndex() }
      for touch in found { rows.append(Row(path: path(touch), commit: commit, touch: touch)) }
      try step?(steps.step(commit.number, place, found))
      if rows.count >= IndexWriter.lot { try flush() }
      done += 1
      if done.isMultiple(of: 256) { progress(done, scan.order.count) }
    }
    let order = Array(scan.order.reversed())
    // Whoever takes the steps has the second thread already.
    let isShared = step == nil && order.count >= IndexWriter.worthAThread
    let here = isShared ? order.count / 2 : order.count
    let older = try beside(Array(order[here...])) {
      try touches.run(order[..<here]) { place, found in try add(place, found, \.path) }
    }
    let known = older.paths.map { touches.place(of: $0) }
    for (place, found) in older.found { try add(place, found) { known[$0.path] } }
    try flush()
  }

  /// From so many commits on, the older half is scanned on another thread.
  private static let worthAThread = 4_000

  /// Scans some commits on another thread, while something else is done here; gives the paths and what was found.
  private func beside(
    _ order: [Int], _ here: () throws -> Void
  ) throws -> (paths: [RepositoryPath], found: [(place: Int, touches: [FileTouch])]) {
    guard !order.isEmpty else {
      try here()
      return ([], [])
    }
    let (open, commits) = (scan.repository.openerForThread, scan.commits)
    return try withWorker {
      (_: () -> Never?) -> (paths: [RepositoryPath], found: [(place: Int, touches: [FileTouch])]) in
      let touches = TouchScan(CommitScan(try open(), commits), roots: IdentityFile.roots, withBefore: false)
      var found: [(place: Int, touches: [FileTouch])] = []
      try touches.run(order) { found.append(($0, $1)) }
      return (touches.paths, found)
    } _: { _ in
      try here()
    }.1
  }

  private func place(of path: RepositoryPath) throws -> Int {
    if let known = try tables.path(path.bytes) { return known }
    let insert = try tables.database.prepare("INSERT INTO paths (path, name) VALUES (?, ?)")
    try insert.with(.bytes(path.bytes), .bytes(Array(path.name))).run()
    guard let made = try tables.path(path.bytes) else { throw DamagedIndex() }
    return made
  }

  private func write(_ rows: inout [Row], _ paths: [Int]) throws {
    for index in rows.indices { rows[index].path = paths[rows[index].path] }
    rows.sort {
      ($0.path, $0.commit.chain, $0.commit.position) < ($1.path, $1.commit.chain, $1.commit.position)
    }
    let insert = try tables.database.prepare("INSERT INTO touches VALUES (?, ?, ?, ?, ?, ?, ?)")
    for row in rows {
      let mode = Int((row.touch.after?.mode ?? .file).rawMode)
      let blob = row.touch.after?.id.bytes ?? []
      try insert.with(
        .integer(row.path), .integer(row.commit.chain), .integer(row.commit.position), .integer(row.commit.number),
        .integer(mode), .bytes(blob), .integer(IndexTables.seal(row.path, row.commit, mode, blob))
      ).run()
    }
  }
}
