import EthosApp
import EthosModel
import EthosRecord
import EthosReport
import EthosText

extension MergeConflict {
  /// What a reader is told of a conflict: the values, or the case, and on each side who changed it and why.
  func item(ours: String, theirs: String) -> Item {
    var blocks: [Block] = []
    if let reason {
      blocks.paragraph(
        "whether the two together decide a case as neither does alone was not settled, so they are not merged: \(reason)"
      )
    }
    if let witness {
      blocks.paragraph("together the two decide a case as neither does alone:")
      blocks.facts([
        Fact("case", .list(witness.facts.map { "\($0.input, .name) \($0.text)" })),
        Fact("before both", "\(witness.inForce)"), Fact(ours, "\(witness.mine)"), Fact(theirs, "\(witness.theirs)"),
        Fact("merged", "\(witness.together, .warning)"),
      ])
    }
    if base != nil || self.ours != nil || self.theirs != nil {
      blocks.facts([
        Fact("before both", said(base)), Fact(ours, said(self.ours)), Fact(theirs, said(self.theirs)),
      ])
    }
    for diagnostic in diagnostics { blocks.paragraph("\(diagnostic.code): \(diagnostic.message)") }
    for (side, commit) in [(ours, main), (theirs, proposal)] {
      guard let commit else { continue }
      let record = ChangeRecord(message: commit.message)
      blocks.paragraph("\(side): \(record.subject), \(commit.author.name, .name) (\(commit.id.short))")
      if !record.because.isEmpty { blocks.quote(record.because) }
    }
    return Item(.warning, "\(name, .reference) \(what)", blocks)
  }

  private func said(_ node: Node?) -> Inline {
    guard let node else { return Inline("nothing", .dim) }
    guard kind == .entry, let record = node.record else { return Inline(node.summaryText) }
    return Inline(record["status"]?.text == "retired" ? "retired" : "active")
  }

  var json: JSON {
    .members([
      "kind": .string(kind.rawValue), "commitment": entry.map { .string($0.description) } ?? .null,
      "field": field.isEmpty ? .null : .string(field.description), "path": .string(path),
      "base": json(base), "ours": json(ours), "theirs": json(theirs),
      "oursBy": json(main), "theirsBy": json(proposal),
      "witness": witness.map { witness in
        .members([
          "facts": .object(witness.facts.map { JSON.Member($0.input, .string($0.text)) }),
          "base": .string(witness.inForce), "ours": .string(witness.mine), "theirs": .string(witness.theirs),
          "merged": .string(witness.together),
        ])
      } ?? .null,
      "reason": .optional(reason),
      "diagnostics": .array(diagnostics.map(DiagnosticsReport.json)),
    ])
  }

  private func json(_ node: Node?) -> JSON { node.map(\.json) ?? .null }

  private func json(_ commit: Commit?) -> JSON {
    guard let commit else { return .null }
    let because = ChangeRecord(message: commit.message).because
    return .members([
      "commit": .string(commit.id.hex), "name": .string(commit.author.name), "email": .string(commit.author.email),
      "date": .string(commit.author.when.iso8601), "reason": because.isEmpty ? .null : .string(because),
    ])
  }
}
