import EthosModel
import EthosText

/// The names, addresses, ids and keys of an identity's people, to be found in texts that somebody wrote.
///
/// What is found is whole words, whatever their case. Costs a pass over each text.
struct KnownNames {
  /// By their first word.
  private var byWord: [[UInt8]: [(bytes: [UInt8], text: String)]] = [:]

  init(_ snapshot: Snapshot) {
    for person in snapshot.all(.person) {
      let fields = person.meaning
      let keys = (fields["keys"]?.list ?? []).compactMap { $0.record?["key"]?.text }
      for text in [person.key.id, fields["name"]?.text].compactMap(\.self) + (fields["emails"]?.texts ?? []) + keys {
        let bytes = Array(text.lowercased().utf8)
        guard let start = bytes.firstIndex(where: KnownNames.isWord) else { continue }
        byWord[Array(bytes[start...].prefix(while: KnownNames.isWord)), default: []].append(
          (Array(bytes[start...]), text))
      }
    }
  }

  /// The first of the names that stands in a text; nil where none does.
  func first(in text: String) -> String? {
    if byWord.isEmpty { return nil }
    let bytes = Array(text.lowercased().utf8)
    var place = 0
    while place < bytes.count {
      let word = bytes[place...].prefix(while: KnownNames.isWord)
      for name in byWord[Array(word)] ?? [] where bytes[place...].starts(with: name.bytes) {
        let end = place + name.bytes.count
        if end == bytes.count || !KnownNames.isWord(bytes[end]) { return name.text }
      }
      place += max(1, word.count)
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }
}
