import EthosModel
import EthosText

/// What somebody remembers of an identity, to be compared with what a repository shows later: its head and its tags.
///
/// Only a memory outside of the repository can tell that a head went back or that a tag is gone. The text is for people
/// too: it may be sent by e-mail, printed, or kept by a board.
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

  package var branch: String
  package var head: ObjectID
  /// The tags of releases and of closed proposals, by name.
  package var tags: [Tag]

  package init(branch: String, head: ObjectID, tags: [Tag]) {
    self.branch = branch
    self.head = head
    self.tags = tags
  }

  /// Reads a receipt; nil where the text is none, or was cut short.
  package init?(_ text: String) {
    let lines = linesOf(text).filter { !$0.isEmpty && !$0.begins(with: "#") }
    guard lines.first == VerificationReceipt.title, lines.last == "end" else { return nil }
    var branch: String?
    var head: ObjectID?
    var tags: [Tag] = []
    for line in lines.dropFirst().dropLast() {
      let words = line.parts(at: " ")
      switch (words.first, words.count) {
      case ("branch", 2): branch = words[1]
      case ("head", 2): head = ObjectID(hex: words[1])
      case ("tag", 3):
        guard let id = ObjectID(hex: words[1]) else { return nil }
        tags.append(Tag(name: words[2], id: id))
      default: return nil
      }
    }
    guard let branch, let head else { return nil }
    self.init(branch: branch, head: head, tags: tags)
  }

  package var text: String {
    let lines =
      [
        VerificationReceipt.title,
        "# Keep this outside of the repository: `ethos verify --receipt FILE` compares with it.",
        "branch \(branch)", "head \(head)",
      ] + tags.map { "tag \($0.id) \($0.name)" } + ["end", ""]
    return lines.joined(separator: "\n")
  }

  private static let title = "ethos-receipt 1"
}
