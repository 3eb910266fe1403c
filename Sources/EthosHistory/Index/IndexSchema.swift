/// What the index's tables hold.
///
/// The commits along which each has the one before it as its first parent make a *chain*; a commit is at a position of
/// one chain. Where a chain begins, its first commit's first parent is at a position of another. So the first parents
/// above a commit are the positions before it on its chain, then those up to where that one began, and so on: a handful
/// of chains, mostly one. A *touch* is a commit that left a file otherwise than its first parent has it. The state of a
/// file at a commit is what its last touch there or above left, which is one look-up in each chain.
///
/// A *meaning* is the set of actions by which a commit changed its first parent's state, once somebody asked for it: to
/// find that out costs the reading of every version of every file.
///
/// Numbers rise from parents to children. Each row has a seal, a checksum of the rest of it, so that a damaged file is
/// told from a whole one when it is read.
enum IndexSchema {
  /// Rises with every change of what the tables mean, and with every change of what a comparison of two documents finds;
  /// an index of another version is made anew.
  static let version = 4

  static let fileName = "ledger.sqlite"

  static let tables = """
    CREATE TABLE commits (
      number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, chain INTEGER NOT NULL, position INTEGER NOT NULL,
      parents BLOB NOT NULL, seal INTEGER NOT NULL);
    CREATE TABLE chains (
      chain INTEGER PRIMARY KEY, parentChain INTEGER, parentPosition INTEGER, length INTEGER NOT NULL,
      tip INTEGER NOT NULL, seal INTEGER NOT NULL);
    CREATE TABLE paths (place INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, name BLOB NOT NULL);
    CREATE INDEX names ON paths (name);
    CREATE TABLE touches (
      path INTEGER NOT NULL, chain INTEGER NOT NULL, position INTEGER NOT NULL, number INTEGER NOT NULL,
      mode INTEGER NOT NULL, blob BLOB NOT NULL, seal INTEGER NOT NULL,
      PRIMARY KEY (path, chain, position)) WITHOUT ROWID;
    CREATE TABLE meanings (number INTEGER PRIMARY KEY, actions INTEGER NOT NULL, seal INTEGER NOT NULL);
    """
}

/// The checksum of a row (FNV-1a over its values, 64 bits).
///
/// It tells damage, not malice: against that the file lies where only the user writes.
struct Seal {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    for _ in 0..<8 {
      add(byte: UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func add(_ bytes: [UInt8]) {
    add(bytes.count)
    for byte in bytes { add(byte: byte) }
  }

  private mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  /// The checksum as SQLite keeps numbers.
  var stored: Int { Int(Int64(bitPattern: value)) }

  static func of(_ numbers: Int..., bytes: [UInt8] = []) -> Int {
    var seal = Seal()
    for number in numbers { seal.add(number) }
    seal.add(bytes)
    return seal.stored
  }
}

/// The index cannot be believed: a row is not what was written, or contradicts another.
struct DamagedIndex: Error {}
