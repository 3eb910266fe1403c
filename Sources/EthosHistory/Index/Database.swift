internal import CSQLite
import EthosText

/// A failure of SQLite: its code and its words.
struct DatabaseError: Error, CustomStringConvertible {
  let code: Int32
  let message: String

  var description: String { message }

  /// Whether another process holds the file.
  var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }

  /// Whether nothing can be written to the file.
  var isReadOnly: Bool { code == SQLITE_READONLY }
}

/// A file of SQLite's, opened by one thread.
///
/// SQLite's own functions and no wrapper: the known ones load Foundation, whose start alone takes longer than a command
/// that asks nothing of git may take.
final class Database {
  fileprivate let pointer: OpaquePointer

  enum Access { case read, write, create }

  init(path: String, _ access: Access) throws {
    let flags =
      switch access {
      case .read: SQLITE_OPEN_READONLY
      case .write: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard result == SQLITE_OK, let opened else {
      let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
      // A handle is filled in for failures too (sqlite3_open).
      sqlite3_close(opened)
      throw DatabaseError(code: result, message: message)
    }
    pointer = opened
    sqlite3_busy_timeout(pointer, 10_000)
  }

  deinit { sqlite3_close_v2(pointer) }

  func execute(_ sql: String) throws { try check(sqlite3_exec(pointer, sql, nil, nil, nil)) }

  func prepare(_ sql: String) throws -> Statement { try Statement(self, sql) }

  /// Does all of it, or nothing; nobody else writes meanwhile.
  func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // SQLite may have rolled back by itself already, as it does when the disk is full.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// The number that an application gives the file.
  func userVersion() throws -> Int {
    let statement = try prepare("PRAGMA user_version")
    defer { statement.end() }
    return try statement.next() ? statement.integer(0) : 0
  }

  fileprivate func check(_ result: Int32) throws {
    guard result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW else { throw failure(result) }
  }

  fileprivate func failure(_ result: Int32) -> DatabaseError {
    DatabaseError(code: result & 0xff, message: String(cString: sqlite3_errmsg(pointer)))
  }
}

/// A statement that is prepared once and run many times.
final class Statement {
  private let database: Database
  private let pointer: OpaquePointer

  fileprivate init(_ database: Database, _ sql: String) throws {
    var prepared: OpaquePointer?
    try database.check(sqlite3_prepare_v2(database.pointer, sql, -1, &prepared, nil))
    guard let prepared else { throw DatabaseError(code: SQLITE_MISUSE, message: "an empty statement") }
    self.database = database
    pointer = prepared
  }

  deinit { sqlite3_finalize(pointer) }

  /// Begins anew with these values.
  @discardableResult
  func with(_ values: SQLValue...) throws -> Statement {
    sqlite3_reset(pointer)
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      let result =
        switch value {
        case .integer(let number): sqlite3_bind_int64(pointer, place, Int64(number))
        case .bytes(let bytes):
          bytes.isEmpty
            ? sqlite3_bind_zeroblob(pointer, place, 0)
            : bytes.withUnsafeBytes { ethos_sqlite_bind_blob(pointer, place, $0.baseAddress, Int32($0.count)) }
        case .null: sqlite3_bind_null(pointer, place)
        }
      try database.check(result)
    }
    return self
  }

  /// Whether there is a row, or another one.
  func next() throws -> Bool {
    let result = sqlite3_step(pointer)
    if result == SQLITE_ROW { return true }
    // Done or failed, a statement that is not reset keeps the file locked.
    let failure = result == SQLITE_DONE ? nil : database.failure(result)
    sqlite3_reset(pointer)
    if let failure { throw failure }
    return false
  }

  /// Runs a statement that gives no rows.
  func run() throws { while try next() {} }

  /// Ends the reading of rows before the last.
  func end() { sqlite3_reset(pointer) }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(pointer, column)) }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

  func bytes(_ column: Int32) -> [UInt8] {
    let start = sqlite3_column_blob(pointer, column)
    let count = Int(sqlite3_column_bytes(pointer, column))
    return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

/// A value that is written.
enum SQLValue {
  case integer(Int)
  case bytes([UInt8])
  case null
}
