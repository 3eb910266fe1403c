import EthosText

/// The message of a commit in its parts: what was done, the words about it, and the trailers.
package struct CommitMessage: Hashable, Sendable {
  /// The first paragraph, on one line.
  package var subject: String
  /// What stands between the subject and the trailers.
  package var body: String
  package var trailers: [Trailer]

  package init(subject: String, body: String = "", trailers: [Trailer] = []) {
    self.subject = subject
    self.body = body
    self.trailers = trailers
  }

  /// Takes a message apart as git does; see `TrailerBlock`.
  ///
  /// No message is wrong. Costs a few passes over the bytes.
  package init(parsing message: String) {
    // For git a message ends where C ends a string.
    let bytes = Array(message.utf8.prefix { $0 != 0 })
    let block = TrailerBlock(bytes)
    let read = block.read()
    trailers = read.trailers
    var index = 0
    while index < bytes.count {
      let next = TrailerBlock.nextLine(bytes, index)
      guard TrailerBlock.isBlank(bytes[index..<next]) else { break }
      index = next
    }
    var title: [ArraySlice<UInt8>] = []
    while index < bytes.count {
      let next = TrailerBlock.nextLine(bytes, index)
      let line = TrailerBlock.trimmed(bytes[index..<next])
      guard !line.isEmpty else { break }
      title.append(line)
      index = next
    }
    subject = title.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    let bodyEnd = trailers.isEmpty ? bytes.count : block.start
    let text = index < bodyEnd ? String(decoding: bytes[index..<bodyEnd], as: UTF8.self) : ""
    // Lines that git passes over between trailers are words too, and not to be lost.
    let others = trailers.isEmpty ? "" : read.others.joined(separator: "\n")
    body = [trimmedLines(text), others].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// The message as it is written: git reads back the subject, the words and exactly these trailers.
  ///
  /// Lines of the body that git or a signature would take for something else are set in by a space.
  package var text: String {
    let title = CommitMessage.title(subject)
    var words = inertText(body)
    guard trailers.isEmpty else {
      let block = trailers.map(CommitMessage.folded).joined()
      return title + "\n\n" + (words.isEmpty ? "" : words + "\n\n") + block
    }
    guard !words.isEmpty else { return title + "\n" }
    if !CommitMessage(parsing: "\(title)\n\n\(words)\n").trailers.isEmpty {
      words = CommitMessage.settingInTrailers(words)
    }
    return "\(title)\n\n\(words)\n"
  }

  /// The values of a key, in their order.
  package func values(of key: String) -> [String] { trailers.filter { $0.hasKey(key) }.map(\.value) }

  func values(_ key: TrailerKey) -> [String] { values(of: key.rawValue) }

  func value(_ key: TrailerKey) -> String? { values(key).first }

  private static func title(_ subject: String) -> String {
    let line = collapsedLine(subject)
    return line.isEmpty ? "(no subject)" : inertText(line)
  }

  /// A trailer as lines of at most 100 characters where its spaces allow it; all but the first are set in.
  private static func folded(_ trailer: Trailer) -> String {
    var result = trailer.key + ":"
    var width = result.count
    for word in trailer.value.parts(at: " ") {
      if width + 1 + word.count > 100, width > trailer.key.count + 1, trailer.value.utf8.count > 100 {
        result += "\n "
        width = 1
      }
      result += " " + word
      width += 1 + word.count
    }
    return result + "\n"
  }

  private static func settingInTrailers(_ text: String) -> String {
    linesOf(text).map { line in
      let bytes = Array(line.utf8)[...]
      let looksLikeTrailer = TrailerBlock.separator(in: bytes) != nil || TrailerBlock.isGenerated(bytes)
      return looksLikeTrailer ? " " + line : line
    }.joined(separator: "\n")
  }
}

/// A text that may stand in the message of a commit or a tag and means nothing there but its words.
///
/// Set in by a space are `---` (mail's divider and the start of a manifest), `...` (a manifest's end), the line that git
/// cuts a message at, and `-----BEGIN`, where git looks for a signature. Blank lines at the ends are left out.
func inertText(_ text: String) -> String {
  let scissors = TrailerBlock.scissors.dropLast()
  return linesOf(trimmedLines(text)).map { written in
    let line = String(String.UnicodeScalarView(written.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    let isDivider = line.utf8.starts(with: "---".utf8) && line.utf8.dropFirst(3).first.map(isGitSpace) ?? true
    let isEnd = line.utf8.elementsEqual("...".utf8)
    let isSignature = line.utf8.starts(with: "-----BEGIN".utf8)
    return isDivider || isEnd || isSignature || line.utf8.elementsEqual(scissors) ? " " + line : line
  }.joined(separator: "\n")
}

/// A text without blank lines at its ends and with LF at the end of each line.
func trimmedLines(_ text: String) -> String {
  var lines = linesOf(text)[...]
  while let first = lines.first, first.utf8.allSatisfy(isGitSpace) { lines.removeFirst() }
  while let last = lines.last, last.utf8.allSatisfy(isGitSpace) { lines.removeLast() }
  return lines.joined(separator: "\n")
}

/// The lines of a text, which LF, CR LF or CR end.
///
/// Swift's own splitting would see `\r\n` as one character.
func linesOf(_ text: String) -> [String] {
  var lines: [String] = []
  var line: [UInt8] = []
  var previous: UInt8 = 0
  for byte in text.utf8 {
    if byte == 0x0D || (byte == 0x0A && previous != 0x0D) {
      lines.append(String(decoding: line, as: UTF8.self))
      line = []
    } else if byte != 0x0A {
      line.append(byte)
    }
    previous = byte
  }
  lines.append(String(decoding: line, as: UTF8.self))
  return lines
}
