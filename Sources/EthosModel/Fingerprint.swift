import Crypto
import EthosText

/// The digest `e1` of what an entry means: equal exactly when the meanings are.
///
/// It is the SHA-256 of the encoding that `FingerprintEncoding` writes, which CONTRIBUTING and `ethos help fingerprints`
/// document byte by byte.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  package init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let value = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(value)
    }
    self.bytes = bytes
  }

  package init(digestOf bytes: [UInt8]) { self.bytes = Array(SHA256.hash(data: bytes)) }

  package var hex: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  package var description: String { "e1:\(hex)" }

  /// The fingerprint of an entry of a snapshot, or nil where there is none.
  ///
  /// What an entry `uses` counts with its own fingerprint, so that a moved limit voids what was said of the decisions
  /// that use it. An entry that uses itself, through whatever chain, counts there with its name alone.
  package static func of(_ key: EntryKey, in snapshot: Snapshot) -> Fingerprint? {
    of(key, in: snapshot, visited: [])
  }

  private static func of(_ key: EntryKey, in snapshot: Snapshot, visited: Set<EntryKey>) -> Fingerprint? {
    guard let document = snapshot[key], !visited.contains(key), visited.count < 64 else { return nil }
    var encoding = FingerprintEncoding(kind: key.kind)
    encoding.append(document.meaning)
    let uses = (document.meaning["uses"]?.record?.entries ?? []).sorted { utf8Precedes($0.name, $1.name) }
    encoding.append(count: uses.count, tag: "U")
    for use in uses {
      encoding.append(use.name)
      let used = use.value.text.flatMap { try? Reference(parsing: $0) }
      let print = used.flatMap { of($0.key, in: snapshot, visited: visited.union([key])) }
      encoding.append(bytes: print?.bytes ?? [])
    }
    return Fingerprint(digestOf: encoding.bytes)
  }
}

/// The canonical encoding under fingerprint `e1`.
///
///     document = "ethos e1" LF kind(text) record uses
///     record   = "R" count (name(text) value)*        fields in schema order, then `x-…` fields by their bytes;
///                                                     free names (maps, rule columns) by their bytes
///     value    = "T" text | "N" text | "B" byte | "D" text | "L" count value* | record
///     uses     = "U" count (name(text) bytes)*        by name; 32 bytes of fingerprint, or none if unresolved
///     text     = length, that many bytes of UTF-8
///     bytes    = length, that many bytes
///     count, length = 8 bytes, big-endian
///
/// Numbers are plain decimals without exponent, trailing zeros or a plus sign; days are `YYYY-MM-DD`; booleans are 0 or 1.
package struct FingerprintEncoding: Sendable {
  package private(set) var bytes: [UInt8]
  private let fields: [FieldSchema]

  package init(kind: Kind) {
    bytes = Array("ethos e1\n".utf8)
    fields = Schema.of(kind).fields
    append(kind.rawValue)
  }

  package mutating func append(_ meaning: Record) { append(record: meaning, type: .record(fields)) }

  package mutating func append(_ text: String) { append(bytes: Array(text.utf8)) }

  package mutating func append(bytes content: [UInt8]) {
    append(length: content.count)
    bytes += content
  }

  package mutating func append(count: Int, tag: Unicode.Scalar) {
    bytes.append(UInt8(truncatingIfNeeded: tag.value))
    append(length: count)
  }

  private mutating func append(length: Int) {
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
  }

  private mutating func append(_ node: Node, type: FieldType) {
    switch node.content {
    case .text(let text):
      bytes.append(0x54)
      append(text)
    case .number(let number):
      bytes.append(0x4E)
      append(number.description)
    case .boolean(let value):
      bytes += [0x42, value ? 1 : 0]
    case .day(let day):
      bytes.append(0x44)
      append(day.description)
    case .list(let items):
      append(count: items.count, tag: "L")
      for item in items { append(item, type: type.itemType) }
    case .record(let record):
      append(record: record, type: type)
    }
  }

  private mutating func append(record: Record, type: FieldType) {
    let schema: [FieldSchema] = if case .record(let fields) = type { fields } else { [] }
    let order = Dictionary(schema.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let entries = record.entries.sorted { left, right in
      switch (order[left.name], order[right.name]) {
      case (let left?, let right?): left < right
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): utf8Precedes(left.name, right.name)
      }
    }
    append(count: entries.count, tag: "R")
    for entry in entries {
      append(entry.name)
      let fieldType = schema.first { $0.name == entry.name }?.type ?? FingerprintEncoding.valueType(of: type)
      append(entry.value, type: fieldType)
    }
  }

  private static func valueType(of type: FieldType) -> FieldType {
    if case .map(let value) = type { value } else { .plain }
  }
}
