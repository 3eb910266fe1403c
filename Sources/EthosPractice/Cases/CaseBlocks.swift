import Glibc

/// Whole records of a file of cases, one behind the other.
package struct CaseBlock: Sendable {
  /// Its place among the pieces of the file.
  package var ordinal: Int
  /// The bytes, with some behind them that mean nothing.
  var bytes: [UInt8]
  /// How many bytes are records.
  var count: Int
  /// Whether the file ends with it.
  var isLast: Bool
}

/// A record that is too long to be held, and was passed over.
package struct SkippedRecord: Sendable {
  package var ordinal: Int
  /// Its line ends.
  var lines: Int
  /// Whether the file ended in the middle of a quoted field.
  var isUnclosed: Bool
}

/// A piece of a file of cases.
package enum CasePiece: Sendable {
  case records(CaseBlock)
  case skipped(SkippedRecord)

  /// Its place among the pieces of the file.
  var ordinal: Int {
    switch self {
    case .records(let block): block.ordinal
    case .skipped(let record): record.ordinal
    }
  }
}

/// Cuts a file of cases into blocks at the ends of records, with two blocks in memory at most.
package struct CaseBlocks: Sendable {
  /// Reads more of the file into a buffer; 0 is its end.
  package typealias Source = @Sendable (UnsafeMutableRawBufferPointer) throws -> Int

  private let source: Source
  package let format: CaseFormat
  /// The names of the columns: the header, or the keys of the first JSON record.
  package let columns: [String]
  /// The lines in front of the first record.
  package let headerLines: Int
  private var scanner: RecordScanner
  /// What was read and belongs to no piece yet.
  private var carry: [UInt8]
  private var isAtEnd = false
  private var ordinal = 0
  private let blockSize: Int
  /// How many bytes were read.
  package private(set) var bytesRead = 0

  /// Opens a file of cases: finds out how it is written, and reads its header.
  ///
  /// A name that ends with `.csv` or `.tsv` is believed; else what begins with a bracket or brace is JSON.
  package init(
    name: String, separator: UInt8? = nil, blockSize: Int = CaseLimits.block, source: @escaping Source
  ) throws {
    self.source = source
    self.blockSize = max(blockSize, 1)
    var opening = try CaseOpening(name: name, separator: separator, limit: CaseLimits.record, source: source)
    try opening.open()
    format = opening.format
    columns = opening.columns
    headerLines = opening.headerLines
    scanner = RecordScanner(opening.format)
    carry = opening.rest
    isAtEnd = opening.isAtEnd
    bytesRead = opening.bytesRead
  }

  /// The next piece; nil at the end of the file.
  package mutating func next() throws -> CasePiece? {
    if isAtEnd, carry.isEmpty { return nil }
    var (bytes, count) = try filled()
    while true {
      let end: Int?
      if isAtEnd {
        end = count
      } else {
        scanner.reset()
        end = bytes.withUnsafeBufferPointer {
          scanner.boundary(UnsafeBufferPointer(rebasing: $0[..<count]), isFirst: false)
        }
      }
      if let end {
        carry = Array(bytes[end..<count])
        return .records(CaseBlock(ordinal: take(), bytes: bytes, count: end, isLast: isAtEnd))
      }
      // No record ends here.
      guard count <= CaseLimits.record else { return .skipped(try skipped()) }
      carry = Array(bytes[..<count])
      (bytes, count) = try filled()
    }
  }

  private mutating func take() -> Int {
    ordinal += 1
    return ordinal - 1
  }

  /// What is left over with a block's worth of the file behind it.
  private mutating func filled() throws -> (bytes: [UInt8], count: Int) {
    let (source, held, blockSize) = (source, carry, blockSize)
    var isAtEnd = isAtEnd
    var count = 0
    let bytes = try [UInt8](unsafeUninitializedCapacity: held.count + blockSize + CaseLimits.slack) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      held.withUnsafeBufferPointer { held in
        if let from = held.baseAddress { memcpy(start, from, held.count) }
      }
      count = held.count
      while !isAtEnd, count < held.count + blockSize {
        let room = UnsafeMutableRawBufferPointer(start: start + count, count: held.count + blockSize - count)
        let read = try source(room)
        if read == 0 { isAtEnd = true }
        count += read
      }
      memset(start + count, 0, CaseLimits.slack)
      filled = count + CaseLimits.slack
    }
    self.isAtEnd = isAtEnd
    bytesRead += count - held.count
    carry = []
    return (bytes, count)
  }

  /// Passes over the rest of a record that is too long, holding a block of it at a time.
  private mutating func skipped() throws -> SkippedRecord {
    while true {
      carry = []
      let (bytes, count) = try filled()
      let end = bytes.withUnsafeBufferPointer {
        scanner.boundary(UnsafeBufferPointer(rebasing: $0[..<count]), isFirst: true)
      }
      guard end != nil || isAtEnd else { continue }
      carry = Array(bytes[(end ?? count)..<count])
      let isUnclosed = end == nil && scanner.state == .quoted
      return SkippedRecord(ordinal: take(), lines: max(scanner.lines, 1), isUnclosed: isUnclosed)
    }
  }
}

/// What goes through the pieces of a file, on one thread, and counts.
package protocol CaseWorker: AnyObject {
  associatedtype Tally: Sendable
  /// Whether a record was malformed.
  var hasMalformed: Bool { get }
  /// Decides the cases of a piece. Returns how many records it has.
  func run(_ piece: CasePiece) throws -> Int
  /// What was counted.
  func finished() -> Tally
}
