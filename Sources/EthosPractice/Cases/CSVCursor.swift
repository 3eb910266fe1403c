/// Reads the fields of one record after the other (RFC 4180; a record ends with LF, CRLF or CR).
///
/// Fields are looked through eight bytes at a time: all bytes that can end one, but for some separators, are below every
/// letter and digit. What is in quotes is written back without them, in place.
struct CSVCursor {
  private let separator: UInt8
  private let separatorPattern: UInt64
  private let isHighSeparator: Bool

  init(separator: UInt8) {
    self.separator = separator
    separatorPattern = UInt64(separator) &* 0x0101_0101_0101_0101
    isHighSeparator = separator >= CSVCursor.threshold
  }

  /// One more than the greatest of line feed, carriage return, quote and comma.
  private static let threshold: UInt8 = 0x2D
  private static let low = UInt64(threshold) &* 0x0101_0101_0101_0101

  /// Reads a record, which begins here; INVARIANT: eight bytes behind `end` can be read.
  ///
  /// Returns how many fields there are; those beyond the capacity are counted alone.
  @inline(__always)
  func record(
    _ position: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>,
    _ slots: UnsafeMutablePointer<FieldSlot>, _ capacity: Int, _ lines: inout Int, _ fault: inout RecordFault?
  ) -> Int {
    var p = position
    var field = 0
    while true {
      var slot = FieldSlot(start: UnsafePointer(p), count: 0)
      if p.pointee == Byte.quote, p < end {
        slot = quoted(&p, end, &lines, &fault)
        // What stands behind a closing quote belongs to the field as far as the separator.
        passPlain(&p, end)
      } else {
        passPlain(&p, end)
        slot.count = UnsafePointer(p) - slot.start
        if p < end, p.pointee == Byte.quote {
          fault = .strayQuote
          passRest(&p, end)
        }
      }
      if field < capacity { slots[field] = slot }
      field += 1
      guard p < end else { break }
      let byte = p.pointee
      p += 1
      if byte == separator { continue }
      if byte == Byte.carriageReturn, p < end, p.pointee == Byte.lineFeed { p += 1 }
      break
    }
    lines += 1
    position = p
    return field
  }

  /// Goes to the next byte that ends a field, or is a quote.
  @inline(__always)
  private func passPlain(_ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) {
    while true {
      let word = UnsafeRawPointer(p).loadUnaligned(as: UInt64.self)
      // The lowest byte that is marked is marked rightly; borrows reach only those above it.
      var marked = (word &- CSVCursor.low) & ~word & 0x8080_8080_8080_8080
      if isHighSeparator {
        let other = word ^ separatorPattern
        marked |= (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
      }
      guard marked != 0 else {
        p += 8
        continue
      }
      p += marked.trailingZeroBitCount / 8
      if p >= end {
        p = end
        return
      }
      switch p.pointee {
      case separator, Byte.lineFeed, Byte.carriageReturn, Byte.quote: return
      default: p += 1
      }
    }
  }

  /// Goes to the next byte that ends a field that is wrong: a quote in it means nothing.
  private func passRest(_ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) {
    while p < end, p.pointee != separator, p.pointee != Byte.lineFeed, p.pointee != Byte.carriageReturn { p += 1 }
  }

  private func quoted(
    _ position: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ lines: inout Int,
    _ fault: inout RecordFault?
  ) -> FieldSlot {
    var p = position + 1
    let start = p
    var out = p
    while true {
      guard p < end else {
        fault = .unclosedQuote
        break
      }
      let byte = p.pointee
      if byte == Byte.quote {
        guard p + 1 < end, p[1] == Byte.quote else {
          p += 1
          break
        }
        p += 1
      } else if byte == Byte.lineFeed || (byte == Byte.carriageReturn && (p + 1 == end || p[1] != Byte.lineFeed)) {
        lines += 1
      }
      if out != p { out.pointee = byte }
      out += 1
      p += 1
    }
    let count = out - start
    if p < end, p.pointee != separator, p.pointee != Byte.lineFeed, p.pointee != Byte.carriageReturn {
      fault = fault ?? .strayQuote
      passRest(&p, end)
    }
    position = p
    return FieldSlot(start: UnsafePointer(start), count: count)
  }
}

/// The names of the columns, from the first record.
struct CSVHeader {
  private(set) var names: [String] = []
  private(set) var lines = 0

  init?(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, separator: UInt8) {
    guard UTF8Check.isValid(UnsafeBufferPointer(start: start, count: end - start)) else { return nil }
    let slots = UnsafeMutablePointer<FieldSlot>.allocate(capacity: CaseLimits.columns)
    defer { slots.deallocate() }
    var fault: RecordFault?
    var position = start
    let count = CSVCursor(separator: separator).record(&position, end, slots, CaseLimits.columns, &lines, &fault)
    guard fault == nil, count <= CaseLimits.columns else { return nil }
    for field in 0..<count {
      guard !slots[field].bytes.contains(0) else { return nil }
      names.append(slots[field].text)
    }
  }
}
