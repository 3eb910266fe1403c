import EthosGit
import EthosRecord

/// A commit's place in the index.
struct CommitPlace: Hashable {
  var number: Int
  var chain: Int
  var position: Int
}

/// A chain of first parents.
struct Chain {
  var chain: Int
  /// Where the first commit's first parent is; nil where it has none.
  var parent: (chain: Int, position: Int)?
  /// How many commits it has.
  var length: Int
  /// The number of its last commit.
  var tip: Int

  var seal: Int { Seal.of(chain, parent?.chain ?? -1, parent?.position ?? -1, length, tip) }
}

/// A file as a commit left it.
struct TouchRow {
  var commit: CommitPlace
  var mode: FileMode
  /// Nil where the commit removed it.
  var blob: ObjectID?
}

/// The tables, read and written row by row; every row read is checked against its seal.
final class IndexTables {
  let database: Database
  private let commitByID: Statement
  private let commitByNumber: Statement
  private let commitsAfter: Statement
  private let chainByID: Statement
  private let pathByBytes: Statement
  private let pathsByName: Statement
  private let lastTouch: Statement
  private let meaningByNumber: Statement
  private let commitsUpTo: Statement

  init(_ database: Database) throws {
    self.database = database
    commitByID = try database.prepare("SELECT number, chain, position, parents, seal FROM commits WHERE id = ?")
    commitByNumber = try database.prepare("SELECT id, chain, position, parents, seal FROM commits WHERE number = ?")
    commitsAfter = try database.prepare(
      "SELECT number, id, chain, position, parents, seal FROM commits WHERE number > ? ORDER BY number")
    chainByID = try database.prepare(
      "SELECT parentChain, parentPosition, length, tip, seal FROM chains WHERE chain = ?")
    pathByBytes = try database.prepare("SELECT place FROM paths WHERE path = ?")
    pathsByName = try database.prepare("SELECT path FROM paths WHERE name = ? ORDER BY path")
    lastTouch = try database.prepare(
      """
      SELECT position, number, mode, blob, seal FROM touches WHERE path = ? AND chain = ? AND position <= ?
      ORDER BY position DESC LIMIT 1
      """)
    meaningByNumber = try database.prepare("SELECT actions, seal FROM meanings WHERE number = ?")
    commitsUpTo = try database.prepare(
      """
      SELECT number, id, position, parents, seal FROM commits WHERE number <= ? AND chain = ? AND position <= ?
      ORDER BY number DESC
      """)
  }

  // MARK: - Reading

  func place(of id: ObjectID) throws -> CommitPlace? {
    guard try commitByID.with(.bytes(id.bytes)).next() else { return nil }
    let place = CommitPlace(
      number: commitByID.integer(0), chain: commitByID.integer(1), position: commitByID.integer(2))
    try check(commitByID.integer(4), IndexTables.seal(place, id, commitByID.bytes(3)))
    commitByID.end()
    return place
  }

  func commit(_ number: Int) throws -> (id: ObjectID, place: CommitPlace) {
    guard try commitByNumber.with(.integer(number)).next() else { throw DamagedIndex() }
    let id = ObjectID(bytes: commitByNumber.bytes(0))
    let place = CommitPlace(number: number, chain: commitByNumber.integer(1), position: commitByNumber.integer(2))
    try check(commitByNumber.integer(4), IndexTables.seal(place, id, commitByNumber.bytes(3)))
    commitByNumber.end()
    return (id, place)
  }

  /// Goes over the commits with numbers above this one, upwards, while `body` wants more.
  func commits(after number: Int, _ body: (CommitPlace, ObjectID, [Int]) throws -> Bool) throws {
    try commitsAfter.with(.integer(number))
    defer { commitsAfter.end() }
    while try commitsAfter.next() {
      let place = CommitPlace(
        number: commitsAfter.integer(0), chain: commitsAfter.integer(2), position: commitsAfter.integer(3))
      let (id, parents) = (ObjectID(bytes: commitsAfter.bytes(1)), commitsAfter.bytes(4))
      try check(commitsAfter.integer(5), IndexTables.seal(place, id, parents))
      guard try body(place, id, try IndexTables.numbers(parents)) else { return }
    }
  }

  func chain(_ chain: Int) throws -> Chain {
    guard try chainByID.with(.integer(chain)).next() else { throw DamagedIndex() }
    let parent = chainByID.isNull(0) ? nil : (chain: chainByID.integer(0), position: chainByID.integer(1))
    let found = Chain(chain: chain, parent: parent, length: chainByID.integer(2), tip: chainByID.integer(3))
    try check(chainByID.integer(4), found.seal)
    chainByID.end()
    return found
  }

  func path(_ path: [UInt8]) throws -> Int? {
    guard try pathByBytes.with(.bytes(path)).next() else { return nil }
    let place = pathByBytes.integer(0)
    pathByBytes.end()
    return place
  }

  /// The paths that end in this name, sorted.
  func paths(named name: [UInt8]) throws -> [[UInt8]] {
    var paths: [[UInt8]] = []
    try pathsByName.with(.bytes(name))
    while try pathsByName.next() { paths.append(pathsByName.bytes(0)) }
    return paths
  }

  /// The last touch of a path on a chain up to a position.
  func lastTouch(path: Int, chain: Int, upTo position: Int) throws -> TouchRow? {
    guard try lastTouch.with(.integer(path), .integer(chain), .integer(position)).next() else { return nil }
    let place = CommitPlace(number: lastTouch.integer(1), chain: chain, position: lastTouch.integer(0))
    let (mode, blob) = (lastTouch.integer(2), lastTouch.bytes(3))
    try check(lastTouch.integer(4), IndexTables.seal(path, place, mode, blob))
    lastTouch.end()
    return TouchRow(
      commit: place, mode: FileMode(rawMode: UInt32(truncatingIfNeeded: mode)),
      blob: blob.isEmpty ? nil : ObjectID(bytes: blob))
  }

  /// The one number that a question gives.
  func number(_ sql: String) throws -> Int {
    let statement = try database.prepare(sql)
    defer { statement.end() }
    guard try statement.next() else { throw DamagedIndex() }
    return statement.integer(0)
  }

  /// Goes down the commits of a chain from a position, while `body` wants more.
  ///
  /// None of them has a number above the last one; costs the commits of all chains from there down.
  func commits(
    of chain: Int, from position: Int, last: Int, _ body: (CommitPlace, ObjectID) throws -> Bool
  ) throws {
    try commitsUpTo.with(.integer(last), .integer(chain), .integer(position))
    defer { commitsUpTo.end() }
    while try commitsUpTo.next() {
      let place = CommitPlace(number: commitsUpTo.integer(0), chain: chain, position: commitsUpTo.integer(2))
      let (id, parents) = (ObjectID(bytes: commitsUpTo.bytes(1)), commitsUpTo.bytes(3))
      try check(commitsUpTo.integer(4), IndexTables.seal(place, id, parents))
      guard try body(place, id) else { return }
    }
  }

  // MARK: - Meanings

  /// The actions of a commit; nil where nobody asked for them yet.
  func actions(of number: Int) throws -> ActionSet? {
    guard try meaningByNumber.with(.integer(number)).next() else { return nil }
    let actions = meaningByNumber.integer(0)
    try check(meaningByNumber.integer(1), Seal.of(number, actions))
    meaningByNumber.end()
    return ActionSet(rawValue: actions)
  }

  func keep(_ actions: [Int: ActionSet]) throws {
    let insert = try database.prepare("INSERT OR IGNORE INTO meanings VALUES (?, ?, ?)")
    for (number, found) in actions.sorted(by: { $0.key < $1.key }) {
      try insert.with(.integer(number), .integer(found.rawValue), .integer(Seal.of(number, found.rawValue))).run()
    }
  }

  // MARK: - Seals and encodings

  private func check(_ stored: Int, _ expected: Int) throws {
    guard stored == expected else { throw DamagedIndex() }
  }

  static func seal(_ place: CommitPlace, _ id: ObjectID, _ parents: [UInt8]) -> Int {
    Seal.of(place.number, place.chain, place.position, bytes: id.bytes + parents)
  }

  static func seal(_ path: Int, _ place: CommitPlace, _ mode: Int, _ blob: [UInt8]) -> Int {
    Seal.of(path, place.chain, place.position, place.number, mode, bytes: blob)
  }

  /// Numbers of commits as a row keeps them: four bytes each, the lowest first.
  static func bytes(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
  }

  private static func numbers(_ bytes: [UInt8]) throws -> [Int] {
    guard bytes.count.isMultiple(of: 4) else { throw DamagedIndex() }
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      (0..<4).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
  }
}
