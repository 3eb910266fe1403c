import EthosRecord
import EthosText

/// A drawing of a log in two lanes: the line in force, and beside it what each ratification brought.
///
/// Within a proposal the order is that of the log; how its own branches ran is for `git log --graph` to say.
struct LogGraph {
  private let commits: [(entries: [LedgerEntry], texts: [Inline])]

  /// A drawing of groups of entries, each of one commit, with what is said of each entry.
  init(_ commits: [(entries: [LedgerEntry], texts: [Inline])]) { self.commits = commits }

  var lines: [Inline] {
    var lines: [Inline] = []
    var open: ObjectID?
    func close() {
      if open != nil { lines.append("|/") }
      open = nil
    }
    for (entries, texts) in commits {
      guard let first = entries.first else { continue }
      // A merge that itself made the change is on the line.
      let merge = first.ratifiedBy.flatMap { $0.commit == first.commit.id ? nil : $0 }
      if merge?.commit != open { close() }
      if let merge, open == nil {
        let proposal: Inline = first.proposal.map { " ratified \($0, .reference)" } ?? " merged"
        lines.append(
          "*   \(merge.by.when.writersDay)  \(merge.by.name, .name)\(proposal)  \(merge.commit.short, .reference)")
        lines.append("|\\")
        open = merge.commit
      }
      let lane: Inline = open == nil ? "" : "| "
      lines.append(
        lane + "* \(first.day)  \(first.commit.author.name, .name)  \(first.commit.id.short, .reference)")
      lines += texts.map { lane + "|   " + $0 }
    }
    close()
    return lines
  }
}
