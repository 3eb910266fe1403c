/// Questions about texts that somebody else wrote, answered by their bytes.
///
/// Swift's own `hasPrefix`, `hasSuffix` and `contains` compare what a reader sees as one character: a slash or a quote that
/// a mark follows, or that U+0600 stands before, is no slash and no quote to them, and is one to git, to a shell, to SQL and
/// to Markdown.
extension StringProtocol {
  package func begins(with part: some StringProtocol) -> Bool { utf8.starts(with: part.utf8) }

  package func ends(with part: some StringProtocol) -> Bool { utf8.reversed().starts(with: part.utf8.reversed()) }

  /// Whether the bytes of another text stand somewhere in this one.
  ///
  /// Costs the product of the lengths at worst.
  package func holds(_ part: some StringProtocol) -> Bool {
    let bytes = Array(utf8)
    let wanted = Array(part.utf8)
    guard let first = wanted.first else { return true }
    guard bytes.count >= wanted.count else { return false }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
      if bytes[start...].starts(with: wanted) { return true }
    }
    return false
  }

  /// What follows a text with which this one begins; nil where it begins otherwise.
  package func dropping(_ prefix: some StringProtocol) -> String? {
    begins(with: prefix) ? String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : nil
  }

  /// What stands before and behind the first occurrence of another text, or its last; nil where there is none.
  package func cut(around part: some StringProtocol, atLast isLast: Bool = false) -> (before: String, after: String)? {
    let bytes = Array(utf8)
    let wanted = Array(part.utf8)
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return nil }
    let starts = 0...(bytes.count - wanted.count)
    let isHere = { (start: Int) in bytes[start] == wanted[0] && bytes[start...].starts(with: wanted) }
    guard let start = isLast ? starts.last(where: isHere) : starts.first(where: isHere) else { return nil }
    return (
      String(decoding: bytes[..<start], as: UTF8.self),
      String(decoding: bytes[(start + wanted.count)...], as: UTF8.self)
    )
  }

  /// The parts between the occurrences of one scalar, also where marks that combine with it follow.
  package func parts(at separator: Unicode.Scalar, omittingEmpty: Bool = false) -> [String] {
    unicodeScalars.split(separator: separator, omittingEmptySubsequences: omittingEmpty).map {
      String(String.UnicodeScalarView($0))
    }
  }
}
