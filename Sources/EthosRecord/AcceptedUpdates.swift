package import EthosText

/// One entry of the log that a server keeps: which references moved, from what to what, and when the server saw it.
///
/// The text is the message of a signed commit whose parent is the entry before. It has one form, so that an entry that says
/// the same is the same.
package struct AcceptedUpdates: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The first entry: what stood when the log was begun.
    case begun
    /// What a push moved, which the server had looked at.
    case accepted
    /// What had moved since the entry before, past the server's own writing: by hand, or in a push whose entry was cut off.
    case found
  }

  package struct Update: Hashable, Sendable {
    package let name: String
    /// Nil where the reference is new, or is gone.
    package let before: ObjectID?
    package let after: ObjectID?

    package init(_ name: String, from before: ObjectID?, to after: ObjectID?) {
      self.name = name
      self.before = before
      self.after = after
    }
  }

  package let kind: Kind
  /// In whole seconds, in UTC.
  package let date: Instant
  /// By the bytes of their names.
  package let updates: [Update]

  package init(_ kind: Kind, _ date: Instant, _ updates: [Update]) {
    self.kind = kind
    self.date = Instant(seconds: date.seconds)
    self.updates = updates.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Reads an entry; nil for any text but the very one that is written for it.
  package init?(_ text: String) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard lines.count >= 6, let kind = Kind(rawValue: lines[2]) else { return nil }
    let date = lines[3].utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard date.count == 2, let when = Instant(parsing: date[1]) else { return nil }
    var updates: [Update] = []
    for line in lines[4..<(lines.count - 2)] {
      let words = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 3, let before = AcceptedUpdates.id(words[1]), let after = AcceptedUpdates.id(words[2]) else {
        return nil
      }
      updates.append(Update(words[0], from: before, to: after))
    }
    self.init(kind, when, updates)
    guard isWellFormed, self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  /// Whether each reference is named once and moves, and the kind fits.
  private var isWellFormed: Bool {
    let names = Set(updates.map { Array($0.name.utf8) })
    guard names.count == updates.count else { return false }
    return updates.allSatisfy { update in
      update.name.utf8.starts(with: "refs/".utf8) && update.before != update.after
        && (kind != .begun || update.before == nil)
    } && (kind == .begun || !updates.isEmpty)
  }

  package var text: String {
    let lines =
      ["ethos-log 1", "", kind.rawValue, "date \(date.iso8601)"]
      + updates.map { "\($0.name) \($0.before?.hex ?? "none") \($0.after?.hex ?? "none")" } + ["end", ""]
    return lines.joined(separator: "\n")
  }

  private static func id(_ word: String) -> ObjectID?? {
    if word == "none" { return .some(nil) }
    return ObjectID(hex: word).map { .some($0) }
  }
}
