package import EthosModel
package import EthosText

extension Node {
  /// The value as JSON.
  ///
  /// Numbers and days are strings, so that none loses a digit.
  package var json: JSON {
    switch content {
    case .text(let text): .string(text)
    case .number(let number): .string(number.description)
    case .boolean(let value): .boolean(value)
    case .day(let day): .string(day.description)
    case .list(let items): .array(items.map(\.json))
    case .record(let record): record.json
    }
  }
}

extension Record {
  package var json: JSON { .object(entries.map { JSON.Member($0.name, $0.value.json) }) }
}

extension Snapshot {
  /// The office that owns an entry: its own, else the charter's default; nil where neither is said, or for kinds that
  /// no office owns.
  package func owner(of key: EntryKey) -> String? {
    guard let document = self[key], Schema.of(key.kind).field("owner") != nil else { return nil }
    return document.meaning["owner"]?.text ?? charter?.meaning["defaultOwner"]?.text
  }
}

extension String {
  /// The beginning of a text, cut at a space where it is longer than a number of characters, and how many words follow.
  func beginning(_ limit: Int) -> (text: String, wordsLeft: Int) {
    guard let end = index(startIndex, offsetBy: limit, limitedBy: endIndex), end < endIndex else { return (self, 0) }
    let cut = self[..<end].lastIndex(where: \.isWhitespace) ?? end
    let left = self[cut...].split(whereSeparator: \.isWhitespace).count
    return (String(self[..<cut]), left)
  }
}
