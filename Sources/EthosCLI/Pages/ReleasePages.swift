import EthosDiff
import EthosModel
import EthosRecord
import EthosApp
import EthosReport
import EthosStore
import EthosText

/// Releases: the one made, and the list of all.
enum ReleasePage {
  static func make(_ result: ReleaseResult) -> Report {
    var blocks: [Block] = []
    let verb = result.tag == nil ? "would release" : "released"
    blocks.paragraph("\(verb) \("release/\(result.name)", .reference), effective from \(result.manifest.effective)")
    if let previous = result.previous {
      blocks.paragraph("since \(previous.reference, .reference):")
      blocks.list(result.changes.acts().map { Item(.changed, ActLine.make($0)) })
      if result.changes.isEmpty { blocks.paragraph("no meaning changed") }
    } else {
      blocks.paragraph("the first release, with \(counted(result.snapshot.keys.count, "entry", "entries"))")
    }
    if result.tag != nil { blocks.paragraph("read it: \("git tag -n99 release/\(result.name)", .command)") }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.release.v1"), "release": .string("release/\(result.name)"),
        "effective": .string(result.manifest.effective.description),
        "previous": result.previous.map { .string($0.reference) } ?? .null,
        "level": result.changes.level.map { .string($0.rawValue) } ?? .null,
        "tag": result.tag.map { .string($0.hex) } ?? .null,
        "changes": .array(
          result.changes.changes.map { change in
            .members([
              "id": .string(change.kind.id), "level": .string(change.level.rawValue),
              "commitment": .string(change.entry.description), "field": .string(change.field.description),
            ])
          }),
      ]))
  }

  static func list(_ list: ReleaseList) -> Report {
    var blocks: [Block] = []
    if list.releases.isEmpty {
      blocks.paragraph("nothing is released yet: \("ethos release --title …", .command)")
    }
    blocks.table(
      ["release", "effective", "made", "by", "changes", "what"],
      list.releases.reversed().map { release in
        [
          "\(release.reference, .reference)", "\(release.manifest.effective)",
          "\(release.tag.tagger?.when.writersDay.description ?? "")", "\(release.tag.tagger?.name ?? "", .name)",
          "\(release.manifest.changes.count)", "\(release.manifest.title)",
        ]
      })
    if let inForce = list.inForce { blocks.paragraph("in force: \("release/\(inForce)", .reference)") }
    if !list.unreadable.isEmpty {
      blocks.paragraph(
        "tags that are no releases: \(.list(list.unreadable.map { "release/\($0)" }, .reference))")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.releases.v1"),
        "inForce": list.inForce.map { .string("release/\($0)") } ?? .null,
        "releases": .array(
          list.releases.map { release in
            .members([
              "release": .string(release.reference), "cycle": .string(release.manifest.cycle),
              "effective": .string(release.manifest.effective.description), "commit": .string(release.commit.hex),
              "tag": .string(release.tag.id.hex), "title": .string(release.manifest.title),
              "by": release.tag.tagger.map { .person(name: $0.name, email: $0.email) } ?? .null,
              "date": release.tag.tagger.map { .string($0.when.iso8601) } ?? .null,
              "changes": .number(release.manifest.changes.count),
            ])
          }),
      ]))
  }
}
