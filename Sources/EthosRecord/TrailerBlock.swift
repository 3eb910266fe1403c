/// Where the trailers of a commit message stand, by the rules of git.
///
/// This is `trailer.c` of git 2.39 as `git interpret-trailers --parse --no-divider` runs it without configuration: the
/// last paragraph, unless it is the first one, when all of its lines are trailers or continue one, or when one was written
/// by git itself and at least a quarter are trailers. Comments and a list of conflicts after it are passed over. Costs a
/// few passes over the bytes.
struct TrailerBlock {
  /// The end of the first paragraph.
  let titleEnd: Int
  /// The first byte of the block; its end where there is none.
  let start: Int
  /// The end of the block: what follows is blank lines, comments and a list of conflicts.
  let end: Int

  private let bytes: [UInt8]

  init(_ message: [UInt8]) {
    bytes = message
    end = TrailerBlock.end(of: message)
    titleEnd = TrailerBlock.titleEnd(of: message, before: end)
    start = TrailerBlock.start(in: message, titleEnd: titleEnd, end: end)
  }

  /// The trailers of the block, unfolded, and its other lines.
  func read() -> (trailers: [Trailer], others: [String]) {
    var trailers: [Trailer] = []
    var others: [String] = []
    var current: [UInt8]?
    func finish() {
      guard let line = current, let separator = TrailerBlock.separator(in: line[...]) else { return }
      let key = TrailerBlock.trimmed(line[..<separator])
      let value = TrailerBlock.unfolded(TrailerBlock.trimmed(line[(separator + 1)...]))
      trailers.append(
        Trailer(readKey: String(decoding: key, as: UTF8.self), value: String(decoding: value, as: UTF8.self)))
    }
    var index = start
    while index < end {
      let next = min(TrailerBlock.nextLine(bytes, index), end)
      let line = bytes[index..<next]
      index = next
      if let first = line.first, isGitSpace(first), current != nil {
        current?.append(contentsOf: line)
        continue
      }
      finish()
      current = TrailerBlock.separator(in: line).map { $0 > line.startIndex } == true ? Array(line) : nil
      if current == nil, line.first != comment {
        let other = TrailerBlock.trimmed(line)
        if !other.isEmpty { others.append(String(decoding: other, as: UTF8.self)) }
      }
    }
    finish()
    return (trailers, others)
  }

  // MARK: - git's own questions about lines

  /// The line that `git commit --verbose` cuts a message at.
  static let scissors = Array("# ------------------------ >8 ------------------------\n".utf8)

  /// Whether a line begins as git's own trailers do.
  static func isGenerated(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: Array("Signed-off-by: ".utf8)) || line.starts(with: Array("(cherry picked from commit ".utf8))
  }

  /// Where the `:` after a key stands; nil where the line has no key.
  ///
  /// A key is letters, digits and `-`, then spaces.
  static func separator(in line: ArraySlice<UInt8>) -> Int? {
    var sawSpace = false
    for index in line.indices {
      switch line[index] {
      case 0x3A: return index
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: if sawSpace { return nil }
      case 0x20, 0x09:
        guard index > line.startIndex else { return nil }
        sawSpace = true
      default: return nil
      }
    }
    return nil
  }

  static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy(isGitSpace) }

  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while let first = slice.first, isGitSpace(first) { slice.removeFirst() }
    while let last = slice.last, isGitSpace(last) { slice.removeLast() }
    return slice
  }

  static func nextLine(_ bytes: [UInt8], _ index: Int) -> Int {
    (bytes[index...].firstIndex(of: lineFeed) ?? bytes.count - 1) + 1
  }

  // MARK: - the block

  /// `ignore_non_trailer`: the end of the message without trailing comments, blank lines and conflicts.
  private static func end(of bytes: [UInt8]) -> Int {
    let cutoff = scissorsPosition(in: bytes) ?? bytes.count
    // git keeps the start of the run in a number in which 0 means that there is none.
    var runStart = 0
    var inConflicts = false
    var index = 0
    while index < cutoff {
      let next = nextLine(bytes, index)
      if bytes[index] == comment || bytes[index] == lineFeed {
        if runStart == 0 { runStart = index }
      } else if bytes[index..<next].elementsEqual(conflicts) {
        inConflicts = true
        if runStart == 0 { runStart = index }
      } else if inConflicts, bytes[index] == 0x09 {
        // A path of the list of conflicts.
      } else if runStart != 0 {
        runStart = 0
        inConflicts = false
      }
      index = next
    }
    return runStart != 0 ? runStart : cutoff
  }

  private static func scissorsPosition(in bytes: [UInt8]) -> Int? {
    if bytes.starts(with: scissors) { return 0 }
    var index = 0
    while index < bytes.count {
      index = nextLine(bytes, index)
      if bytes[index...].starts(with: scissors) { return index }
    }
    return nil
  }

  private static func titleEnd(of bytes: [UInt8], before end: Int) -> Int {
    var index = 0
    while index < end {
      let next = nextLine(bytes, index)
      if bytes[index] != comment, isBlank(bytes[index..<next]) { break }
      index = next
    }
    return index
  }

  /// `find_trailer_start`: from the end up to the first blank line.
  private static func start(in bytes: [UInt8], titleEnd: Int, end: Int) -> Int {
    var lineEnd = end
    var onlySpaces = true
    var isRecognised = false
    var trailers = 0
    var others = 0
    var continuations = 0
    while lineEnd > 0 {
      let index = lastLine(bytes, lineEnd)
      guard index >= titleEnd else { break }
      let line = bytes[index..<lineEnd]
      lineEnd = index
      if line.first == comment {
        others += continuations
        continuations = 0
      } else if isBlank(line) {
        if onlySpaces { continue }
        others += continuations
        let isBlock = (isRecognised && trailers * 3 >= others) || (trailers > 0 && others == 0)
        return isBlock ? nextLine(bytes, index) : end
      } else if isGenerated(line) {
        onlySpaces = false
        trailers += 1
        continuations = 0
        isRecognised = true
      } else if let separator = separator(in: line), separator > line.startIndex {
        onlySpaces = false
        trailers += 1
        continuations = 0
      } else if let first = line.first, isGitSpace(first) {
        onlySpaces = false
        continuations += 1
      } else {
        onlySpaces = false
        others += 1 + continuations
        continuations = 0
      }
    }
    return end
  }

  /// The start of the last line of the bytes before an end.
  private static func lastLine(_ bytes: [UInt8], _ end: Int) -> Int {
    guard end > 1 else { return 0 }
    return (bytes[..<(end - 1)].lastIndex(of: lineFeed) ?? -1) + 1
  }

  private static func unfolded(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    var isFolded = false
    for byte in value {
      if byte == lineFeed {
        if !isFolded { result.append(0x20) }
        isFolded = true
      } else if !isFolded || !isGitSpace(byte) {
        isFolded = false
        result.append(byte)
      }
    }
    return trimmed(result[...])
  }
}

private let lineFeed: UInt8 = 0x0A
private let comment: UInt8 = 0x23
private let conflicts = Array("Conflicts:\n".utf8)

/// What git calls white space: space, tab, line feed and carriage return.
func isGitSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
