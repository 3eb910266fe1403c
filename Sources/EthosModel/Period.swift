/// A number of days as people write it: `180 days`, `1 day`.
package enum Period {
  /// The most days that a period may have, some 270 years.
  package static let maximum = 99_999

  /// The days of a text; nil where it is no period.
  package static func days(_ text: String) -> Int? {
    let words = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 2, let first = words[0].first, first != UInt8(ascii: "0"), (1...5).contains(words[0].count),
      words[0].allSatisfy({ (0x30...0x39).contains($0) }), let days = Int(String(decoding: words[0], as: UTF8.self)),
      words[1].elementsEqual((days == 1 ? "day" : "days").utf8)
    else { return nil }
    return days
  }
}
