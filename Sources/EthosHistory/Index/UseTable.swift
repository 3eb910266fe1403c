import EthosStore

/// The file in which a `UseMemory` keeps its rows.
final class UseTable {
  /// Rises with every change of what a row means, and of what is read from a file.
  private static let version = 1

  private let database: Database
  private let select: Statement

  /// In a folder of the user's own.
  init(folder: String) throws {
    let path = "\(folder)/uses.sqlite"
    do {
      let database = try Database(path: path, .create)
      self.database = database
      // Whoever else writes does the same work.
      try database.execute("PRAGMA busy_timeout = 200")
      if try database.userVersion() != Self.version {
        try database.transaction {
          try database.execute(
            """
            DROP TABLE IF EXISTS trees;
            CREATE TABLE trees (
              id BLOB PRIMARY KEY, uses BLOB NOT NULL, holds BLOB NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID;
            PRAGMA user_version = \(Self.version);
            """)
        }
      }
      select = try database.prepare("SELECT uses, holds, seal FROM trees WHERE id = ?")
    } catch let error as DatabaseError where !error.isBusy && !error.isReadOnly {
      try? FileSystem.remove(path)
      throw error
    }
  }

  /// What is kept of a tree; nil where nothing is, or what is there is damaged.
  func row(_ id: [UInt8]) throws -> (uses: [UInt8], holds: [UInt8])? {
    guard try select.with(.bytes(id)).next() else { return nil }
    defer { select.end() }
    let (uses, holds) = (select.bytes(0), select.bytes(1))
    return select.integer(2) == Self.seal(id, uses, holds) ? (uses, holds) : nil
  }

  func keep(_ rows: [(id: [UInt8], uses: [UInt8], holds: [UInt8])]) throws {
    try database.transaction {
      let insert = try database.prepare("INSERT OR REPLACE INTO trees VALUES (?, ?, ?, ?)")
      for row in rows {
        try insert.with(
          .bytes(row.id), .bytes(row.uses), .bytes(row.holds), .integer(Self.seal(row.id, row.uses, row.holds))
        ).run()
      }
    }
  }

  private static func seal(_ id: [UInt8], _ uses: [UInt8], _ holds: [UInt8]) -> Int {
    Seal.of(id.count, uses.count, bytes: id + uses + holds)
  }
}
