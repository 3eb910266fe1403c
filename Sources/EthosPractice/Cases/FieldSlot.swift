/// Where the text of one field stands, without quotes and escapes; of an empty field, or one that is not there, nothing.
struct FieldSlot {
  var start: UnsafePointer<UInt8>
  var count: Int

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What is wrong with a record as a whole.
enum RecordFault: Sendable, Hashable {
  case strayQuote, unclosedQuote, nul, encoding, length
  case fieldCount(Int)
  case syntax, notANumber, notAnObject, nested, doubleKey, truncated

  func text(fields expected: Int) -> String {
    switch self {
    case .strayQuote: "has a quote within a field that does not begin with one, or text behind a closing quote"
    case .unclosedQuote: "has a quote that is never closed; what follows it up to the end of the file was not read"
    case .nul: "has a NUL byte"
    case .encoding: "is not valid UTF-8"
    case .length: "is longer than \(CaseLimits.record) bytes"
    case .fieldCount(let count): "has \(count) \(count == 1 ? "field" : "fields") and not \(expected)"
    case .syntax: "is no valid JSON"
    case .notANumber: "has `NaN` or `Infinity`, which JSON does not know; a missing value is `null`"
    case .notAnObject: "is no JSON object"
    case .nested: "has a list or an object where a single value is needed"
    case .doubleKey: "has the same key twice"
    case .truncated: "is cut off: the file ends within it"
    }
  }
}

/// Checks that bytes are UTF-8 as Unicode defines it (table 3-7): no overlong forms, no surrogates.
enum UTF8Check {
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress else { return true }
    var index = 0
    while index < bytes.count {
      // Most text is ASCII: eight bytes at a time.
      while index + 8 <= bytes.count,
        UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
      }
      guard index < bytes.count else { return true }
      let first = bytes[index]
      if first < 0x80 {
        index += 1
        continue
      }
      let count: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch first {
      case 0xC2...0xDF: count = 1
      case 0xE0: (count, low) = (2, 0xA0)
      case 0xE1...0xEC, 0xEE...0xEF: count = 2
      case 0xED: (count, high) = (2, 0x9F)
      case 0xF0: (count, low) = (3, 0x90)
      case 0xF1...0xF3: count = 3
      case 0xF4: (count, high) = (3, 0x8F)
      default: return false
      }
      guard index + count < bytes.count else { return false }
      guard (low...high).contains(bytes[index + 1]) else { return false }
      for next in 2..<max(count + 1, 2) where bytes[index + next] & 0xC0 != 0x80 { return false }
      index += count + 1
    }
    return true
  }
}
