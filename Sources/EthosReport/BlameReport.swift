package import EthosRecord
import EthosText

/// The text of a file with who gave each line its value, when, and why.
package struct BlameReport: Sendable {
  /// One line of the file; `entry` is the place in `entries` of what gave it its value.
  package struct Line: Sendable {
    package var text: String
    package var entry: Int?

    package init(text: String, entry: Int?) {
      self.text = text
      self.entry = entry
    }
  }

  private let reference: String
  private let title: String
  private let file: String
  private let revision: String
  private let lines: [Line]
  private let entries: [LedgerEntry]

  package init(
    reference: String, title: String, file: String, revision: String, lines: [Line], entries: [LedgerEntry]
  ) {
    self.reference = reference
    self.title = title
    self.file = file
    self.revision = revision
    self.lines = lines
    self.entries = entries
  }

  package var report: Report { Report(blocks, json: json) }

  // MARK: - For people

  private var blocks: [Block] {
    var blocks: [Block] = []
    blocks.title("\(title, .name) (\(reference, .reference)) at \(revision, .reference): \(file)")
    let width = entries.map { displayWidth($0.commit.author.name) }.max() ?? 0
    var shown: ObjectID?
    var drawn: [Inline] = []
    for line in lines {
      let commit = line.entry.map { entries[$0].commit }
      var who = Inline()
      if let commit {
        // Lines that one commit wrote one after the other are dated once.
        let date = commit.id == shown ? "" : "\(commit.author.when.writersDay)"
        let name = commit.id == shown ? "" : commit.author.name
        let gap = String(
          repeating: " ", count: max(0, 11 + width - date.count - displayWidth(name) - (date.isEmpty ? 0 : 1)))
        who = "\(commit.id.short, .reference) \(date)\(date.isEmpty ? "" : " ")\(name, .name)\(gap)"
      } else {
        who = Inline(String(repeating: " ", count: 22 + width))
      }
      shown = commit?.id
      drawn.append(who + " | \(line.text)")
    }
    blocks.append(.lines(drawn))
    appendReasons(to: &blocks)
    return blocks
  }

  /// Why each of the commits was made, in the order in which they are named.
  private func appendReasons(to blocks: inout [Block]) {
    var seen: Set<ObjectID> = []
    for entry in lines.compactMap({ $0.entry.map { entries[$0] } }) where seen.insert(entry.commit.id).inserted {
      let proposal: Inline = entry.proposal.map { ", proposal \($0, .reference)" } ?? ""
      blocks.section("\(entry.commit.id.short, .reference)\(proposal)")
      if let reason = entry.reason {
        let (text, left) = reason.beginning(300)
        blocks.quote(left > 0 ? text + " …" : text)
      } else {
        blocks.paragraph("Reason: none given.")
      }
      if !entry.sources.isEmpty { blocks.paragraph("Source: \(entry.sources.joined(separator: "; "))") }
      blocks.facts([
        Fact("approved by", .list(entry.approvedBy.map(LedgerEntry.who))),
        Fact("objected", .list(entry.objectedBy.map(LedgerEntry.who))),
      ])
    }
  }

  // MARK: - For programs

  /// The document `ethos.blame.v1`.
  private var json: JSON {
    [
      "schema": "ethos.blame.v1",
      "commitment": .string(reference),
      "file": .string(file),
      "revision": .string(revision),
      "lines": .array(
        lines.map { line in
          let entry = line.entry.map { entries[$0] }
          return [
            "text": .string(line.text),
            "field": entry.map { .string($0.place.field) } ?? .null,
            "commit": entry.map { .string($0.commit.id.hex) } ?? .null,
          ]
        }),
      "fields": .array(entries.map { $0.members(withEntry: false) }),
    ]
  }
}
