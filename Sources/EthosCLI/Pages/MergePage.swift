import EthosApp
import EthosDiff
import EthosModel
import EthosRecord
import EthosReport
import EthosText

/// What a merge did, would do, or could not do.
enum MergePage {
  static func make(_ result: MergeResult) -> Report {
    var blocks: [Block] = []
    if result.isHeld {
      blocks.paragraph("\(result.branch, .name) holds \(result.name, .reference) already")
    } else if !result.conflicts.isEmpty {
      blocks.title("\(result.name, .reference) and \(result.branch, .name) cannot be merged by themselves")
      blocks.list(result.conflicts.map { $0.item(ours: "on \(result.branch)", theirs: "on \(result.name)") })
      blocks.blank()
      blocks.paragraph(
        "nothing was changed; to choose by hand: \("git merge --no-commit \(result.theirs.id.short)", .command), mend the files, then \("git commit", .command)"
      )
    } else {
      let verb = result.commit == nil ? "would merge" : "merged"
      let commit = result.commit.map { " \($0.short)" } ?? ""
      blocks.paragraph("\(verb) \(result.name, .reference) into \(result.branch, .name)\(commit, .reference)")
      let report = diff(result)
      if result.changes.isEmpty {
        blocks.paragraph("no meaning changes")
      } else {
        blocks.section("What changes on \(result.branch, .name)")
        blocks += report.sections
      }
    }
    return Report(blocks, json: json(result))
  }

  private static func diff(_ result: MergeResult) -> DiffReport {
    DiffReport(
      result.changes, acts: result.changes.acts(),
      before: DiffReport.Side(revision: result.branch, commit: result.ours.id, snapshot: result.before),
      after: DiffReport.Side(revision: "the merge", commit: result.commit, snapshot: result.after))
  }

  private static func json(_ result: MergeResult) -> JSON {
    .members([
      "schema": .string("ethos.merge.v1"), "branch": .string(result.branch),
      "ours": .members(["revision": .string(result.branch), "commit": .string(result.ours.id.hex)]),
      "theirs": .members(["revision": .string(result.name), "commit": .string(result.theirs.id.hex)]),
      "bases": .strings(result.bases.map(\.hex)), "held": .boolean(result.isHeld),
      "commit": result.commit.map { .string($0.hex) } ?? .null,
      "changes": .array(
        result.changes.changes.map { change in
          .members([
            "id": .string(change.kind.id), "level": .string(change.level.rawValue),
            "commitment": .string(change.entry.description),
            "field": change.field.isEmpty ? .null : .string(change.field.description),
            "before": change.before.map(\.json) ?? .null, "after": change.after.map(\.json) ?? .null,
          ])
        }), "conflicts": .array(result.conflicts.map(\.json)),
    ])
  }
}
