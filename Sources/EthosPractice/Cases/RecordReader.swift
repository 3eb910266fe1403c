import Glibc

/// What is done with each record of a file.
protocol RecordHandler: AnyObject {
  /// A record that is well formed: its fields stand in the reader's slots. Rows and lines count from the piece's beginning.
  func decide(_ row: Int, _ line: Int) throws
  func malformed(_ fault: RecordFault, _ row: Int, _ line: Int)
}

/// Reads the records of pieces, one after the other, into slots.
final class RecordReader {
  private let format: CaseFormat
  private let fields: [String]
  /// The fields of the record that is being handled.
  let slots: UnsafeMutablePointer<FieldSlot>

  /// Fields that may be lists in a JSON record.
  private let lists: Set<Int>

  init(format: CaseFormat, fields: [String], lists: Set<Int> = []) {
    self.format = format
    self.fields = fields
    self.lists = lists
    slots = .allocate(capacity: max(fields.count, 1))
  }

  deinit { slots.deallocate() }

  /// Gives each record of a piece to a handler.
  ///
  /// Returns how many records and lines the piece has.
  func read(_ piece: CasePiece, _ handler: some RecordHandler) throws -> (rows: Int, lines: Int) {
    switch piece {
    case .skipped(let record):
      handler.malformed(record.isUnclosed ? .unclosedQuote : .length, 0, 0)
      return (1, record.lines)
    case .records(var block):
      let (count, isLast, isFirst) = (block.count, block.isLast, block.ordinal == 0)
      return try block.bytes.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return (0, 0) }
        switch format {
        case .csv(let separator):
          return try separated(start, start + count, CSVCursor(separator: separator), handler)
        case .jsonLines, .jsonArray:
          return try objects(start, start + count, isLast: isLast, isFirst: isFirst, handler)
        }
      }
    }
  }

  private func separated(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ cursor: CSVCursor,
    _ handler: some RecordHandler
  ) throws -> (rows: Int, lines: Int) {
    let columns = fields.count
    let check = ByteCheck(start, end)
    var (row, line) = (0, 0)
    var p = start
    while p < end {
      if columns > 1, p.pointee == Byte.lineFeed || p.pointee == Byte.carriageReturn {
        // A line that is empty is no record.
        if p.pointee == Byte.carriageReturn, p + 1 < end, p[1] == Byte.lineFeed { p += 1 }
        p += 1
        line += 1
        continue
      }
      let (begin, first) = (p, line)
      var fault: RecordFault?
      let bad = check.isClean ? nil : check.fault(begin, csvEnd(begin, end))
      let count = cursor.record(&p, end, slots, columns, &line, &fault)
      if p - begin > CaseLimits.record { fault = .length }
      if fault != nil || bad != nil || count != columns {
        handler.malformed(bad ?? fault ?? .fieldCount(count), row, first)
      } else {
        try handler.decide(row, first)
      }
      row += 1
    }
    return (row, line)
  }

  /// The end of a record, found before reading it changes its bytes.
  private func csvEnd(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var scanner = RecordScanner(format)
    return scanner.boundary(UnsafeBufferPointer(start: start, count: end - start), isFirst: true).map { start + $0 }
      ?? end
  }

  private func objects(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, isLast: Bool, isFirst: Bool,
    _ handler: some RecordHandler
  ) throws -> (rows: Int, lines: Int) {
    let cursor = JSONCursor(columns: fields)
    let check = ByteCheck(start, end)
    var (rows, lines) = (0, 0)
    var p = start
    var isClosed = format == .jsonLines
    while true {
      let blank = p
      cursor.skipBlank(&p, end)
      if format == .jsonArray, p < end {
        if p.pointee == Byte.comma, rows > 0 || !isFirst {
          p += 1
          cursor.skipBlank(&p, end)
        } else if p.pointee == Byte.closeBracket {
          isClosed = true
          p += 1
          cursor.skipBlank(&p, end)
        }
      }
      lines += UnsafeBufferPointer(start: blank, count: p - blank).count { $0 == Byte.lineFeed }
      guard p < end else { break }
      var scanner = RecordScanner(format)
      let bytes = UnsafeBufferPointer(start: UnsafePointer(p), count: end - p)
      let stop = scanner.boundary(bytes, isFirst: true).map { p + $0 } ?? end
      let line = lines
      let lineEnds = UnsafeBufferPointer(start: p, count: stop - p).count { $0 == Byte.lineFeed }
      var fault = check.isClean ? nil : check.fault(p, stop)
      if stop - p > CaseLimits.record { fault = .length }
      if fault == nil {
        fault = cursor.record(&p, stop, slots, lists: lists)
        cursor.skipBlank(&p, stop)
        if fault == nil, p < stop { fault = .syntax }
        if fault == .truncated {
          if isLast, stop == end { isClosed = true } else { fault = .syntax }
        }
      }
      p = stop
      lines += lineEnds
      if let fault {
        handler.malformed(fault, rows, line)
      } else {
        try handler.decide(rows, line)
      }
      rows += 1
    }
    if isLast, !isClosed {
      handler.malformed(.truncated, rows, lines)
      rows += 1
    }
    return (rows, lines)
  }
}

/// Looks for bytes that no text has, in a whole block at once: nearly none has any.
private struct ByteCheck {
  private let hasNUL: Bool
  private let isText: Bool

  init(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) {
    hasNUL = memchr(start, 0, end - start) != nil
    isText = UTF8Check.isValid(UnsafeBufferPointer(start: start, count: end - start))
  }

  var isClean: Bool { !hasNUL && isText }

  func fault(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) -> RecordFault? {
    if hasNUL, memchr(start, 0, end - start) != nil { return .nul }
    if !isText, !UTF8Check.isValid(UnsafeBufferPointer(start: start, count: end - start)) { return .encoding }
    return nil
  }
}
