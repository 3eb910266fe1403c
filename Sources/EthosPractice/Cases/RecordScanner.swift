import Glibc

/// Finds where records end, without reading what is in them, so that a file can be cut between any two.
///
/// It keeps its state from one piece of the file to the next: a record of any length can be passed over without being
/// held. A quote opens a quoted field only where a field begins, as the reader of records has it.
struct RecordScanner: Sendable {
  enum State: Sendable, Hashable {
    /// Before the first byte of a field.
    case field
    /// In a field without quotes, or in anything outside of a JSON text.
    case plain
    /// In a field in quotes, or in a JSON text.
    case quoted
    /// Behind a quote in a quoted field, which ends it or is the first of two; behind a backslash of a JSON text.
    case escape
    /// Behind a carriage return, which ends a record by itself or together with a line feed.
    case carriage
  }

  private let format: CaseFormat
  private(set) var state = State.field
  /// How many braces and brackets of a JSON record are open.
  private(set) var depth = 0
  /// Whether a value that is no object, and so no case, was begun in a JSON array.
  private var isInScalar = false
  /// Line ends that were passed.
  private(set) var lines = 0

  init(_ format: CaseFormat) { self.format = format }

  mutating func reset() {
    state = .field
    depth = 0
    isInScalar = false
    lines = 0
  }

  /// The place behind the last end of a record, or behind the first; nil where none ends here.
  ///
  /// At the end of the file a carriage return ends the record before it.
  mutating func boundary(_ bytes: UnsafeBufferPointer<UInt8>, isFirst: Bool) -> Int? {
    switch format {
    case .csv(let separator): separated(bytes, separator, isFirst)
    case .jsonLines: line(bytes, isFirst)
    case .jsonArray: element(bytes, isFirst)
    }
  }

  private mutating func line(_ bytes: UnsafeBufferPointer<UInt8>, _ isFirst: Bool) -> Int? {
    let found = isFirst ? bytes.firstIndex(of: Byte.lineFeed) : bytes.lastIndex(of: Byte.lineFeed)
    guard let found else { return nil }
    lines += 1
    return found + 1
  }

  private mutating func separated(
    _ bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ isFirst: Bool
  ) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    // Most files have no quotes, and end their lines with a line feed.
    if !isFirst, state == .field, memchr(start, Int32(Byte.quote), bytes.count) == nil,
      let found = bytes.lastIndex(of: Byte.lineFeed)
    {
      return found + 1
    }
    var last: Int?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if state == .carriage {
        // INVARIANT: a carriage return was passed; the record ends here, or behind the line feed.
        let end = byte == Byte.lineFeed ? index + 1 : index
        state = .field
        last = end
        if isFirst { return end }
        if byte == Byte.lineFeed {
          index += 1
          continue
        }
      }
      index += 1
      switch state {
      case .quoted:
        if byte == Byte.quote { state = .escape } else if byte == Byte.lineFeed { lines += 1 }
        continue
      case .field, .escape:
        if byte == Byte.quote {
          state = .quoted
          continue
        }
      case .plain, .carriage: break
      }
      switch byte {
      case separator: state = .field
      case Byte.lineFeed:
        lines += 1
        state = .field
        last = index
        if isFirst { return index }
      case Byte.carriageReturn:
        lines += 1
        state = .carriage
      default: state = .plain
      }
    }
    return last
  }

  private mutating func element(_ bytes: UnsafeBufferPointer<UInt8>, _ isFirst: Bool) -> Int? {
    var last: Int?
    for (index, byte) in bytes.enumerated() {
      if byte == Byte.lineFeed { lines += 1 }
      switch state {
      case .quoted:
        if byte == Byte.quote { state = .plain } else if byte == Byte.backslash { state = .escape }
      case .escape: state = .quoted
      case .field, .plain, .carriage:
        switch byte {
        case Byte.quote:
          state = .quoted
          isInScalar = isInScalar || depth == 0
        case Byte.openBrace, Byte.openBracket: depth += 1
        case Byte.closeBrace, Byte.closeBracket, Byte.comma:
          // At depth 0 these part the records, and belong to none.
          if depth == 0, !isInScalar { continue }
          if depth > 0 {
            if byte == Byte.comma { continue }
            depth -= 1
            if depth > 0 { continue }
          }
          last = isInScalar ? index : index + 1
          isInScalar = false
          if isFirst { return last }
        case Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn: break
        default: isInScalar = isInScalar || depth == 0
        }
      }
    }
    return last
  }
}
