import Crypto
import EthosText

/// The digest `e1` of what an entry means: equal exactly when the meanings are.
///
/// It is the SHA-256 of the encoding that `FingerprintEncoding` writes, which CONTRIBUTING and `ethos help fingerprints`
/// document byte by byte.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  package init?(hex: some StringProtocol) {
    let digits = hex.unicodeScalars.map { $0.isASCII ? Character($0).hexDigitValue : nil }
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(UInt8(high * 16 + low))
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
  /// that use it. Costs a pass over the entry and all that it uses, directly and through others, each once.
  package static func of(_ key: EntryKey, in snapshot: Snapshot) -> Fingerprint? {
    encoding(of: key, in: snapshot).map { Fingerprint(digestOf: $0) }
  }

  /// The bytes of which the fingerprint is the digest.
  package static func encoding(of key: EntryKey, in snapshot: Snapshot) -> [UInt8]? {
    guard snapshot[key] != nil else { return nil }
    let graph = UseGraph(from: key, in: snapshot)
    var prints: [EntryKey: Fingerprint] = [:]
    for component in StronglyConnectedComponents.find(graph.edges) {
      // What uses itself, through whatever chain, has no fingerprint yet that could count.
      let encodings = component.map { (graph.documents[$0].key, encoding(graph.documents[$0], prints)) }
      if let own = encodings.first(where: { $0.0 == key }) { return own.1 }
      for (used, encoding) in encodings { prints[used] = Fingerprint(digestOf: encoding) }
    }
    return nil
  }

  /// The encoding of a document, given the fingerprints of what it uses.
  private static func encoding(_ document: Document, _ prints: [EntryKey: Fingerprint]) -> [UInt8] {
    var encoding = FingerprintEncoding(kind: document.kind)
    encoding.append(document.meaning)
    let uses = document.uses.sorted { utf8Precedes($0.name, $1.name) }
    encoding.append(count: uses.count, tag: "U")
    for use in uses {
      encoding.append(use.name)
      encoding.append(bytes: use.key.flatMap { prints[$0] }?.bytes ?? [])
    }
    return encoding.bytes
  }
}

/// An entry with all that it uses, directly and through others.
private struct UseGraph {
  private(set) var documents: [Document] = []
  /// For each document those that it uses.
  private(set) var edges: [[Int]] = []

  init(from root: EntryKey, in snapshot: Snapshot) {
    var places: [EntryKey: Int] = [:]
    func place(_ key: EntryKey) -> Int? {
      if let known = places[key] { return known }
      guard let document = snapshot[key] else { return nil }
      places[key] = documents.count
      documents.append(document)
      return places[key]
    }
    _ = place(root)
    while edges.count < documents.count {
      let uses = documents[edges.count].uses
      edges.append(uses.compactMap { $0.key.flatMap { place($0) } })
    }
  }
}

extension Document {
  /// What it uses, by the names that its cells have for it; the key is nil where the reference is none.
  package var uses: [(name: String, key: EntryKey?)] {
    meaning["uses"]?.record?.entries.map { entry in
      (entry.name, entry.value.text.flatMap { try? Reference(parsing: $0) }?.key)
    } ?? []
  }
}

/// The canonical encoding under fingerprint `e1`.
///
///     document = "ethos e1" LF kind(text) record uses
///     record   = "R" count (name(text) value)*        by name, as below
///     value    = "T" text | "N" text | "B" byte | "D" text | "L" count value* | record
///     uses     = "U" count (name(text) bytes)*        by the bytes of the name; for each its fingerprint of 32 bytes,
///                                                     or none (length 0) where it is not there or uses this entry
///     text     = length, that many bytes of UTF-8
///     bytes    = length, that many bytes
///     count, length = 8 bytes, big-endian
///
/// The kind is `value`, `decision`, …; the letters in quotes are bytes of ASCII. Numbers (`N`) are plain decimals without
/// exponent, leading and trailing zeros or a plus sign; days (`D`) are `YYYY-MM-DD`; booleans (`B`) are a byte 0 or 1; all
/// else (`T`) is text, references and expressions too.
///
/// The fields of a record stand in the order of the schema (`ethos schema KIND`); after them fields whose names begin with
/// `x-` by the bytes of their names. Names that are free (of `uses`, `given`, `offices`, …) stand by their bytes. A rule
/// begins with `id`, `enacts`, `over`, `because`; its other columns follow by the bytes of their names. A field that is
/// left out, that is empty, or that says what is meant without it (`status: active`, `hitPolicy: unique`,
/// `nullable: false`, a charter's `branch: main`, `timeZone: UTC`, `signatures: optional`) does not stand there; nor does
/// a cell of a rule that is empty or `-`.
///
/// Values stand in canonical form (`Meaning`): white space collapsed as the type of the field has it; the items of a set
/// once, by the bytes of their short text; the items of a list that are known by a key by the bytes of that key, unless
/// their order means something (`outputs`); rules in their order where the hit policy heeds it
/// (`HitPolicy.heedsOrder`), else by the bytes of their ids. A bare key is written as the record that it stands for.
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
