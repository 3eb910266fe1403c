import EthosModel
import EthosSyntax
import EthosText

/// Takes the comments of a file over into another one that says something else, or the same in other words.
///
/// What git would show as a conflict, because both sides wrote next to one another, is no conflict where one of them only
/// wrote comments: those are put at the line that they stand at.
struct CommentCarry {
  /// The comment, and the line that it stands below, or at the end of.
  private struct Comment {
    var text: [UInt8]
    var anchors: ArraySlice<[UInt8]>
    /// The spaces before one at the end of a line.
    var spaces: [UInt8]?
  }

  /// A text with the comments of another that neither it nor their base has, as far as it then says the same.
  static func text(_ text: [UInt8], with other: SourceText, without base: [UInt8], saying merged: Record) -> [UInt8] {
    var result = lines(text)
    for comment in comments(of: other, but: { holds(base, $0) || holds(text, $0) }) {
      // Where the line is gone, at the nearest above that is there.
      let anchors = comment.spaces == nil ? comment.anchors : comment.anchors.suffix(1)
      let places = anchors.reversed().lazy.compactMap { anchor in result.firstIndex { key($0) == anchor } }
      guard let place = places.first ?? (comment.spaces == nil ? -1 : nil) else { continue }
      var changed = result
      if let spaces = comment.spaces {
        // Where that line has another, it stands above.
        if endComment(changed[place]) == nil {
          changed[place] += spaces + comment.text.drop { $0 == 0x20 }
        } else {
          changed.insert(comment.text, at: place)
        }
      } else {
        changed.insert(comment.text, at: place + 1)
      }
      let source = SourceText(path: other.path, bytes: joined(changed))
      if MergedText.says(source, merged) { result = changed }
    }
    return joined(result)
  }

  /// The comments of a file.
  ///
  /// What looks like one and means something, as in a block of text, is none: without it the file would say something
  /// else.
  private static func comments(of source: SourceText, but isKnown: ([UInt8]) -> Bool) -> [Comment] {
    guard let meaning = DocumentReader.read(source).document?.meaning else { return [] }
    let all = lines(source.bytes)
    func isComment(_ text: some Sequence<UInt8>, _ index: Int, leaving rest: [UInt8]?) -> Bool {
      if isKnown(Array(text)) { return false }
      var changed = all
      if let rest { changed[index] = rest } else { changed.remove(at: index) }
      return MergedText.says(SourceText(path: source.path, bytes: joined(changed)), meaning)
    }
    var found: [Comment] = []
    var anchors: [[UInt8]] = []
    for (index, line) in all.enumerated() {
      let indent = line.prefix { $0 == 0x20 }
      if line.dropFirst(indent.count).first == 0x23 {
        if isComment(line, index, leaving: nil) { found.append(Comment(text: line, anchors: anchors[...])) }
        continue
      }
      if let start = endComment(line), isComment(line[start...], index, leaving: Array(line[..<start])) {
        let spaces = Array(line[..<start].reversed().prefix { $0 == 0x20 })
        found.append(Comment(text: Array(indent) + line[start...], anchors: [key(line)], spaces: spaces))
      }
      if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { anchors.append(key(line)) }
    }
    return found
  }

  /// Where `#` after a space begins what may be a comment at the end of a line.
  private static func endComment(_ line: [UInt8]) -> Int? {
    line.indices.dropFirst().first { line[$0] == 0x23 && line[$0 - 1] == 0x20 }
  }

  /// What a line is known by whatever it says: all up to its first colon, or the whole of it.
  private static func key(_ line: [UInt8]) -> [UInt8] {
    line.firstIndex(of: 0x3A).map { Array(line[...$0]) } ?? line
  }

  /// Whether a comment's words are in a text already.
  private static func holds(_ text: [UInt8], _ comment: [UInt8]) -> Bool {
    let words = comment.drop { $0 == 0x20 }
    return lines(text).contains { line in
      line.drop { $0 == 0x20 }.elementsEqual(words)
        || (line.count > words.count && line.suffix(words.count).elementsEqual(words))
    }
  }

  private static func lines(_ text: [UInt8]) -> [[UInt8]] {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    if lines.last == [] { lines.removeLast() }
    return lines
  }

  private static func joined(_ lines: [[UInt8]]) -> [UInt8] { lines.reduce(into: []) { $0 += $1 + [0x0A] } }
}
