/// Reads JSON objects one after the other (RFC 8259), each into the fields of its columns.
///
/// Texts are written back without escapes, in place: an escape is never shorter than what it stands for.
struct JSONCursor {
  /// The columns that are asked for, by key.
  let keys: ByteStrings
  private let maximumDepth = 100

  private typealias Pointer = UnsafeMutablePointer<UInt8>

  /// Whether `NaN` and `Infinity` are passed over, where only keys are asked for.
  private var takesNoNumbers = false

  init(columns: [String]) {
    var keys = ByteStrings()
    for column in columns { _ = keys.insert(Array(column.utf8)) }
    self.keys = keys
  }

  /// The keys of the object that begins here; nil where there is none.
  static func keys(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) -> [String]? {
    var names: [String] = []
    var p = start
    var cursor = JSONCursor(columns: [])
    cursor.takesNoNumbers = true
    let fault = cursor.object(&p, end) { key, _, _ in
      names.append(key.text)
      return nil
    }
    return fault == nil ? names : nil
  }

  /// Reads an object into one field for each column; where it is wrong, goes to its end as far as that is known.
  ///
  /// Of the columns that may be lists, a list is its text.
  func record(
    _ position: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>,
    _ slots: UnsafeMutablePointer<FieldSlot>, lists: Set<Int> = []
  ) -> RecordFault? {
    let nothing = FieldSlot(start: UnsafePointer(position), count: 0)
    var seen = 0
    for column in 0..<keys.count { slots[column] = nothing }
    var isSeen: [Bool]?
    return object(&position, end) { key, value, isNested in
      let column = Int(keys.place(key.start, key.count))
      guard column >= 0 else { return nil }
      guard !isNested || lists.contains(column) && value.start.pointee == Byte.openBracket else { return .nested }
      var known = isSeen ?? Array(repeating: false, count: keys.count)
      guard !known[column] else { return .doubleKey }
      known[column] = true
      isSeen = known
      seen += 1
      slots[column] = value
      return nil
    }
  }

  /// Reads an object and gives each member with its value; null is an empty field.
  private func object(
    _ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>,
    _ member: (FieldSlot, FieldSlot, _ isNested: Bool) -> RecordFault?
  ) -> RecordFault? {
    guard p < end, p.pointee == Byte.openBrace else { return .notAnObject }
    p += 1
    var fault: RecordFault?
    skipBlank(&p, end)
    if p < end, p.pointee == Byte.closeBrace {
      p += 1
      return nil
    }
    while true {
      skipBlank(&p, end)
      guard let key = text(&p, end) else { return p >= end ? .truncated : .syntax }
      skipBlank(&p, end)
      guard p < end, p.pointee == UInt8(ascii: ":") else { return p >= end ? .truncated : .syntax }
      p += 1
      skipBlank(&p, end)
      guard p < end else { return .truncated }
      let isNested = p.pointee == Byte.openBrace || p.pointee == Byte.openBracket
      let start = p
      guard let value = value(&p, end, depth: 0) else {
        return JSONCursor.isNoNumber(start, end) ? .notANumber : p >= end ? .truncated : .syntax
      }
      fault = fault ?? member(key, value, isNested)
      skipBlank(&p, end)
      guard p < end else { return .truncated }
      let byte = p.pointee
      p += 1
      if byte == Byte.closeBrace { return fault }
      guard byte == Byte.comma else { return .syntax }
    }
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  func skipBlank(_ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) {
    while p < end, JSONCursor.isBlank(p.pointee) { p += 1 }
  }

  /// A value; of a list or an object the extent alone.
  private func value(
    _ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, depth: Int
  ) -> FieldSlot? {
    switch p.pointee {
    case Byte.quote: return text(&p, end, isKept: depth > 0)
    case Byte.openBrace:
      guard depth < maximumDepth else { return nil }
      return container(&p, end, Byte.closeBrace, hasKeys: true, depth)
    case Byte.openBracket:
      guard depth < maximumDepth else { return nil }
      return container(&p, end, Byte.closeBracket, hasKeys: false, depth)
    default: return plain(&p, end)
    }
  }

  /// Whether `NaN` or `Infinity` stands here, as some programs write them.
  private static func isNoNumber(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) -> Bool {
    let rest = UnsafeBufferPointer(start: start, count: min(end - start, 9))
    return ["NaN", "Infinity", "-Infinity"].contains { rest.starts(with: $0.utf8) }
  }

  /// A list or an object, with its text as it stands.
  private func container(
    _ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ close: UInt8, hasKeys: Bool,
    _ depth: Int
  ) -> FieldSlot? {
    let start = p
    p += 1
    skipBlank(&p, end)
    if p < end, p.pointee == close {
      p += 1
      return FieldSlot(start: UnsafePointer(start), count: p - start)
    }
    while p < end {
      skipBlank(&p, end)
      if hasKeys {
        guard text(&p, end, isKept: true) != nil else { return nil }
        skipBlank(&p, end)
        guard p < end, p.pointee == UInt8(ascii: ":") else { return nil }
        p += 1
        skipBlank(&p, end)
      }
      guard p < end, value(&p, end, depth: depth + 1) != nil else { return nil }
      skipBlank(&p, end)
      guard p < end else { return nil }
      let byte = p.pointee
      p += 1
      if byte == close { return FieldSlot(start: UnsafePointer(start), count: p - start) }
      guard byte == Byte.comma else { return nil }
    }
    return nil
  }

  /// A number, `true`, `false` or `null`.
  private func plain(_ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) -> FieldSlot? {
    let start = p
    while p < end {
      switch p.pointee {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: p += 1
      default:
        if takesNoNumbers, JSONCursor.isNoNumber(start, p) { return FieldSlot(start: UnsafePointer(start), count: 0) }
        return JSONCursor.plain(UnsafeBufferPointer(start: start, count: p - start))
      }
    }
    return nil
  }

  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> FieldSlot? {
    guard let start = bytes.baseAddress, let first = bytes.first else { return nil }
    if bytes.elementsEqual("null".utf8) { return FieldSlot(start: start, count: 0) }
    let isWord = bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8)
    guard isWord || first == Byte.minus || (Byte.zero...Byte.nine).contains(first) else { return nil }
    guard isWord || isNumber(bytes) else { return nil }
    return FieldSlot(start: start, count: bytes.count)
  }

  /// Whether bytes are a number as RFC 8259 writes it.
  private static func isNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = bytes.first == Byte.minus ? 1 : 0
    func digits() -> Int {
      let start = index
      while index < bytes.count, (Byte.zero...Byte.nine).contains(bytes[index]) { index += 1 }
      return index - start
    }
    let first = index
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[first] != Byte.zero else { return false }
    if index < bytes.count, bytes[index] == Byte.point {
      index += 1
      guard digits() > 0 else { return false }
    }
    if index < bytes.count, bytes[index] | 0x20 == 0x65 {
      index += 1
      if index < bytes.count, bytes[index] == 0x2B || bytes[index] == Byte.minus { index += 1 }
      guard digits() > 0 else { return false }
    }
    return index == bytes.count
  }

  /// A text, without its quotes and escapes; nil where it is none, or its escapes are wrong.
  ///
  /// One that is kept stands in a list or an object, and its bytes stay as they are.
  private func text(
    _ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, isKept: Bool = false
  ) -> FieldSlot? {
    guard p < end, p.pointee == Byte.quote else { return nil }
    p += 1
    let start = p
    var out = p
    while p < end {
      let byte = p.pointee
      p += 1
      if byte == Byte.quote { return FieldSlot(start: UnsafePointer(start), count: out - start) }
      guard byte >= 0x20 else { return nil }
      if byte == Byte.backslash, isKept {
        // A scalar takes four bytes at most.
        let isRight = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { room in
          var nowhere = room.baseAddress ?? p
          return escape(&p, end, &nowhere)
        }
        guard isRight else { return nil }
      } else if byte == Byte.backslash {
        guard escape(&p, end, &out) else { return nil }
      } else if !isKept {
        if out + 1 != p { out.pointee = byte }
        out += 1
      }
    }
    return nil
  }

  private func escape(
    _ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>,
    _ out: inout UnsafeMutablePointer<UInt8>
  ) -> Bool {
    guard p < end else { return false }
    let byte = p.pointee
    p += 1
    let plain: UInt8
    switch byte {
    case Byte.quote, Byte.backslash, UInt8(ascii: "/"): plain = byte
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "u"): return scalar(&p, end, &out)
    default: return false
    }
    out.pointee = plain
    out += 1
    return true
  }

  private func scalar(
    _ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>,
    _ out: inout UnsafeMutablePointer<UInt8>
  ) -> Bool {
    guard var value = hex(&p, end) else { return false }
    if (0xD800..<0xDC00).contains(value) {
      guard end - p >= 6, p[0] == Byte.backslash, p[1] == UInt8(ascii: "u") else { return false }
      p += 2
      guard let low = hex(&p, end), (0xDC00..<0xE000).contains(low) else { return false }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    // A NUL is no part of a fact, however it is written.
    guard value != 0, let scalar = Unicode.Scalar(value) else { return false }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      out.pointee = byte
      out += 1
    }
    return true
  }

  private func hex(_ p: inout UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) -> UInt32? {
    guard end - p >= 4 else { return nil }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch p.pointee {
      case 0x30...0x39: digit = p.pointee - 0x30
      case 0x41...0x46: digit = p.pointee - 0x41 + 10
      case 0x61...0x66: digit = p.pointee - 0x61 + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
      p += 1
    }
    return value
  }
}
