import EthosModel
package import EthosText

/// What somebody remembers of an identity, to be compared with what a repository shows later.
///
/// Only a memory outside of the repository can tell that a head went back, that a tag or an objection is gone, or that
/// what claims to be old was not there then. The text is for people too: it may be sent by e-mail, printed, or kept by a
/// board. There is one way to write a receipt, so that nothing can be hidden in one: what is not written so is none.
package struct VerificationReceipt: Hashable, Sendable {
  package struct Tag: Hashable, Sendable {
    package var name: String
    /// The tag object.
    package var id: ObjectID

    package init(name: String, id: ObjectID) {
      self.name = name
      self.id = id
    }
  }

  /// A branch that carried reviews which are not on the line, as `reviews/lower/omar`.
  package struct ReviewBranch: Hashable, Sendable {
    package var name: String
    package var tip: ObjectID
    /// Whether one of these reviews objects.
    package var holdsObjection: Bool

    package init(name: String, tip: ObjectID, holdsObjection: Bool) {
      self.name = name
      self.tip = tip
      self.holdsObjection = holdsObjection
    }
  }

  /// The moment at which it was written, in UTC; nil in format 1, which says none.
  package var written: Instant?
  /// The first commit of the line; nil in format 1.
  package var root: ObjectID?
  package var branch: String
  package var head: ObjectID
  /// The commits of the line that were dated in time to come when it was written.
  package var ahead: [ObjectID] = []
  package var reviews: [ReviewBranch] = []
  /// The tags of records, by name.
  package var tags: [Tag]

  /// A receipt of today's format.
  ///
  /// What it lists is put in order.
  package init(
    written: Instant, root: ObjectID, branch: String, head: ObjectID, ahead: [ObjectID], reviews: [ReviewBranch],
    tags: [Tag]
  ) {
    self.written = Instant(seconds: written.seconds)
    self.root = root
    self.branch = branch
    self.head = head
    self.ahead = Set(ahead).sorted()
    self.reviews = Array(Set(reviews)).sorted {
      $0.name.utf8.elementsEqual($1.name.utf8)
        ? $0.tip < $1.tip : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    self.tags = tags.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Reads a receipt; nil where the text is none, was cut short or was written by another hand.
  package init?(bytes: [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let isOfFirstFormat = lines.first.map { $0.elementsEqual("\(VerificationReceipt.title) 1".utf8) } ?? false
    // The first format let people add notes.
    if isOfFirstFormat { lines.removeAll { $0.first == 0x23 || $0.isEmpty } }
    self.init(branch: "", head: ObjectID(bytes: []), tags: [])
    for line in lines {
      let words = line.split(separator: 0x20, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      switch (words[0], words.count) {
      case ("written", 2): written = Instant(parsing: words[1])
      case ("root", 2): root = ObjectID(hex: words[1])
      case ("branch", 2): branch = words[1]
      case ("head", 2): head = ObjectID(hex: words[1]) ?? head
      case ("ahead", 2): ahead += [ObjectID(hex: words[1])].compactMap { $0 }
      case ("review", 3), ("objection", 3):
        guard let tip = ObjectID(hex: words[1]) else { return nil }
        reviews.append(ReviewBranch(name: words[2], tip: tip, holdsObjection: words[0] == "objection"))
      case ("tag", 3):
        guard let id = ObjectID(hex: words[1]) else { return nil }
        tags.append(Tag(name: words[2], id: id))
      // Anything else, in another place or a second time, is not how it would be written.
      default: continue
      }
    }
    guard !branch.isEmpty, !head.bytes.isEmpty else { return nil }
    if isOfFirstFormat {
      guard written == nil, root == nil, ahead.isEmpty, reviews.isEmpty else { return nil }
      let own = lines.map { Array($0) }
      guard own == self.lines(notes: false).map({ Array($0.utf8) }) else { return nil }
      let names = Set(tags.map { Array($0.name.utf8) })
      guard names.count == tags.count else { return nil }
    } else {
      guard let written, let root else { return nil }
      self.init(
        written: written, root: root, branch: branch, head: head, ahead: ahead, reviews: reviews, tags: tags)
      guard bytes.elementsEqual(text.utf8) else { return nil }
      for (tag, next) in zip(tags, tags.dropFirst()) where tag.name.utf8.elementsEqual(next.name.utf8) { return nil }
    }
  }

  private init(branch: String, head: ObjectID, tags: [Tag]) {
    self.branch = branch
    self.head = head
    self.tags = tags
  }

  package var text: String { (lines(notes: true) + [""]).joined(separator: "\n") }

  private func lines(notes: Bool) -> [String] {
    var lines = ["\(VerificationReceipt.title) \(written == nil ? 1 : 2)"]
    if notes {
      lines.append("# Keep this outside of the repository: `ethos verify --receipt FILE` compares with it.")
    }
    if let written { lines.append("written \(written.iso8601)") }
    if let root { lines.append("root \(root)") }
    lines += ["branch \(branch)", "head \(head)"]
    lines += ahead.map { "ahead \($0)" }
    lines += reviews.map { "\($0.holdsObjection ? "objection" : "review") \($0.tip) \($0.name)" }
    lines += tags.map { "tag \($0.id) \($0.name)" }
    return lines + ["end"]
  }

  private static let title = "ethos-receipt"
}
