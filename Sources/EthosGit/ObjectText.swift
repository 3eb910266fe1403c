internal import EthosRecord
internal import EthosText

/// The text of a commit or a tag object: header lines, an empty line, the message.
///
/// Read by ourselves, because libgit2 refuses a commit whose author line it does not like, and history is what it is.
struct ObjectText {
  private let id: ObjectID
  private let bytes: [UInt8]

  init(_ bytes: [UInt8], of id: ObjectID) {
    self.bytes = bytes
    self.id = id
  }

  func commit() throws(GitError) -> Commit {
    let header = header()
    guard let tree = objectID(header.first("tree")) else { throw malformed("commit") }
    let (encoding, words) = header.words
    var commit = Commit(
      id: id, tree: tree, parents: try parents(header),
      author: ObjectText.signature(header.first("author") ?? [], encoding),
      committer: ObjectText.signature(header.first("committer") ?? [], encoding), message: words.text)
    commit.isDecoded = words.isDecoded
    return commit
  }

  /// The message of a tag ends where its signature begins: what reads it as a record reads what was signed.
  func tag() throws(GitError) -> AnnotatedTag {
    if case .signed(let payload, _) = SignedContent.ofTag(bytes), payload.count < bytes.count {
      return try ObjectText(payload, of: id).tag()
    }
    let header = header()
    guard let target = objectID(header.first("object")), let name = header.first("tag") else { throw malformed("tag") }
    let (encoding, words) = header.words
    return AnnotatedTag(
      id: id, name: String(decoding: name, as: UTF8.self), target: target,
      tagger: header.first("tagger").map { ObjectText.signature($0, encoding) }, message: words.text)
  }

  func parents() throws(GitError) -> [ObjectID] { try parents(header()) }

  func treeAndParents() throws(GitError) -> (tree: ObjectID, parents: [ObjectID]) {
    let header = header()
    guard let tree = objectID(header.first("tree")) else { throw malformed("commit") }
    return (tree, try parents(header))
  }

  private func parents(_ header: Header) throws(GitError) -> [ObjectID] {
    var parents: [ObjectID] = []
    for (index, line) in header.lines.enumerated() where line.key.elementsEqual("parent".utf8) {
      // Git reads no parents but those that follow the tree: it would see another history than we.
      guard index == parents.count + 1 else { throw malformed("commit") }
      guard let parent = objectID(line.value) else { throw malformed("commit") }
      parents.append(parent)
    }
    return parents
  }

  private func objectID(_ value: ArraySlice<UInt8>?) -> ObjectID? {
    value.flatMap { ObjectID(hex: String(decoding: $0, as: UTF8.self)) }
  }

  private func malformed(_ kind: String) -> GitError { GitError(.malformed, "the \(kind) `\(id)` is malformed") }

  private struct Header {
    var lines: [(key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    var message: ArraySlice<UInt8> = []

    /// The encoding that the object names, and its message read in it.
    var words: (encoding: String?, message: TextEncoding.Words) {
      let encoding = first("encoding").map { String(decoding: $0, as: UTF8.self) }
      return (encoding, TextEncoding.message(message, encoding))
    }

    func first(_ key: String) -> ArraySlice<UInt8>? { lines.first { $0.key.elementsEqual(key.utf8) }?.value }
  }

  private func header() -> Header {
    var header = Header()
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = rest[rest.startIndex..<end]
      rest = end < rest.endIndex ? rest[(end + 1)...] : []
      if line.isEmpty { break }
      // A line that begins with a blank continues the one before: a signature, which nobody here reads.
      guard line.first != UInt8(ascii: " "), let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      header.lines.append((line[..<blank], line[(blank + 1)...]))
    }
    header.message = rest
    return header
  }

  /// Reads `Name <e-mail> seconds +hhmm` as git does: the date is after the last `>`, and what is missing is empty or zero.
  static func signature(_ line: ArraySlice<UInt8>, _ encoding: String?) -> Signature {
    let open = line.firstIndex(of: UInt8(ascii: "<")) ?? line.endIndex
    let afterOpen = line[open...].dropFirst()
    let email = afterOpen.prefix { $0 != UInt8(ascii: ">") }
    let date = line.lastIndex(of: UInt8(ascii: ">")).map { line[($0 + 1)...] } ?? []
    var name = line[..<open]
    while name.last == UInt8(ascii: " ") { name.removeLast() }
    return Signature(
      name: TextEncoding.name(name, encoding).text, email: String(decoding: email, as: UTF8.self), when: instant(date))
  }

  private static func instant(_ text: ArraySlice<UInt8>) -> Instant {
    let words = text.split(separator: UInt8(ascii: " "))
    // Beyond the year 9999 lies only what somebody forged; git shows such dates as 1970 too.
    guard let first = words.first, let seconds = Int64(String(decoding: first, as: UTF8.self)),
      (-62_135_596_800...253_402_300_799).contains(seconds)
    else { return Instant(seconds: 0) }
    let zone = words.count > 1 ? GitDate.offset(Array(words[1])) : nil
    return Instant(
      seconds: seconds, offsetMinutes: zone?.minutes ?? 0, isOffsetUnknown: zone?.isUnknown ?? false)
  }
}
