package import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
package import EthosText

/// Which changes of a history are meant; what is nil is not asked for.
package struct LedgerFilter: Sendable {
  /// The id of the leadership cycle in which the change came into force, or was written where it did not.
  package var cycle: String?
  /// Who wrote it: the id or an e-mail address of a person, or an office that the author held on the day of it.
  package var by: String?
  /// The first and the last day on which it was written, where its author was.
  package var since: Day?
  package var until: Day?
  package var action: Action?
  /// The id of a value that it touched: the value itself, what serves it, or a rule that enacts it or is prepared to
  /// cost it.
  package var value: String?
  /// Words of its reason, of a source, or of what was said of it in reviews; upper and lower case are the same.
  package var words: String?

  package init() {}

  /// Whether every change is meant.
  package var isEmpty: Bool {
    cycle == nil && by == nil && since == nil && until == nil && action == nil && value == nil && words == nil
  }

  /// What can be told before it is known who agreed and why.
  func admits(_ commit: Commit) -> Bool {
    let day = commit.author.when.writersDay
    return since.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
  }

  /// Whether a message has the words that are asked for.
  func mayAdmit(_ message: String) -> Bool {
    words.map { LedgerFilter.folded(message).contains(LedgerFilter.folded($0)) } ?? true
  }

  /// What can be told of an entry of the ledger, with those who held the office that is asked for.
  func admits(_ entry: LedgerEntry, officeHolders: Set<String>) -> Bool {
    if let cycle, entry.cycle != cycle { return false }
    if let action, entry.change.flatMap({ ChangeKind.named($0) })?.action != action { return false }
    if let by {
      let isPerson =
        entry.authorID == by || entry.commit.author.email.lowercased() == by.lowercased()
        || entry.commit.author.name == by
      guard isPerson || entry.authorID.map(officeHolders.contains) ?? false else { return false }
    }
    if let words {
      let said = (entry.approvedBy + entry.objectedBy + entry.abstainedBy).flatMap { [$0.words, $0.answer] }
      let texts = [entry.reason] + entry.sources + said
      let wanted = LedgerFilter.folded(words)
      return texts.contains { $0.map { LedgerFilter.folded($0).contains(wanted) } ?? false }
    }
    return true
  }

  /// A text without regard to case and white space.
  private static func folded(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }

  /// Whether a change of a place touched the value that is asked for; the documents are those before and after it.
  func admits(_ key: EntryKey, _ path: FieldPath, before: Document?, after: Document?) -> Bool {
    guard let value else { return true }
    if key == EntryKey(.value, value) { return true }
    let documents = [before, after].compactMap { $0 }
    if documents.contains(where: { LedgerFilter.names($0.meaning["serves"], value) }) { return true }
    if path.segments.first == .name("rules") || path.isEmpty {
      return documents.contains { document in
        (document.meaning["rules"]?.list ?? []).contains { rule in
          let isMeant =
            path.segments.count < 2 || path.segments[1] == .item(FieldType.rules.key(of: rule))
          return isMeant
            && (LedgerFilter.names(rule.record?["enacts"], value) || LedgerFilter.names(rule.record?["over"], value))
        }
      }
    }
    // Another value's place in the order is this one's too.
    guard path.segments.first == .name("outranks") else { return false }
    return path.segments.count > 1
      ? path.segments[1] == .item(value) : documents.contains { LedgerFilter.names($0.meaning["outranks"], value) }
  }

  private static func names(_ node: Node?, _ value: String) -> Bool { node?.texts.contains(value) ?? false }
}
