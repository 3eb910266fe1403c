import EthosApp
import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText

/// Releases: the one made, and the list of all.
enum ReleasePage {
  static func make(_ result: ReleaseResult) -> Report {
    let release = result.release
    let manifest = release.manifest
    var blocks: [Block] = []
    let verb = result.tag == nil ? "would release" : "released"
    blocks.append(contentsOf: ForwardItems.blocks(release.forward))
    blocks.paragraph("\(verb) \("release/\(release.name)", .reference), effective from \(manifest.effective)")
    if let reason = manifest.retroactive {
      blocks.paragraph("it takes effect before it was made, which makes it \(Level.critical):")
      blocks.quote(reason)
    }
    if let since = release.since {
      blocks.paragraph("since \(since, .reference):")
      blocks.list(release.changes.acts().map { Item(.changed, ActLine.make($0)) })
      if release.changes.isEmpty { blocks.paragraph("no meaning changed") }
    } else if release.previous != nil {
      blocks.paragraph(
        "nothing is in force until then; it has \(counted(release.snapshot.keys.count, "entry", "entries"))")
    } else {
      blocks.paragraph("the first release, with \(counted(release.snapshot.keys.count, "entry", "entries"))")
    }
    if !manifest.approvals.isEmpty {
      let people = manifest.approvals.map { approval -> Inline in
        let day: Inline = release.approved[approval.person].map { " on \($0.writersDay)" } ?? ""
        return "\(approval.person, .name)" + day
      }
      blocks.paragraph("approved by \(Inline.sentence(people))")
    }
    if result.tag != nil { blocks.paragraph("read it: \("ethos releases \(shellWord("\(release.name)"))", .command)") }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.release.v1"), "release": .string("release/\(release.name)"),
        "effective": .string(manifest.effective.description),
        "previous": .optional(release.previous), "since": .optional(release.since),
        "broughtForward": ForwardItems.json(release.forward),
        "level": .string(manifest.level),
        "tag": result.tag.map { .string($0.hex) } ?? .null,
        "approvals": .array(
          manifest.approvals.map { approval in
            .members([
              "person": .string(approval.person), "commit": .string(approval.commit.hex),
              "date": .optional(release.approved[approval.person]?.iso8601),
            ])
          }),
        "changes": .array(
          release.changes.changes.map { change in
            .members([
              "id": .string(change.kind.id), "level": .string(change.level.rawValue),
              "commitment": .string(change.entry.description), "field": .string(change.field.description),
            ])
          }),
      ]))
  }

  static func list(_ list: ReleaseList) -> Report {
    var blocks: [Block] = []
    if let missing = list.missing {
      blocks.list([Item(.warning, "\(missing.reason): \(missing.help, .command)")])
    } else if list.releases.isEmpty {
      blocks.paragraph("nothing is released yet: \("ethos release --title …", .command)")
    }
    blocks.table(
      ["release", "effective", "made", "by", "changes", "what", "found"],
      list.releases.reversed().map { release in
        [
          "\(release.reference, .reference)", "\(release.manifest.effective)",
          "\(release.tag.tagger?.when.writersDay.description ?? "")", "\(release.tag.tagger?.name ?? "", .name)",
          "\(release.manifest.changes.count)", "\(release.manifest.title)",
          .list(codes(list.findings, release.reference), .warning),
        ]
      })
    if let inForce = list.inForce { blocks.paragraph("in force: \("release/\(inForce)", .reference)") }
    blocks.list(list.findings.map { Item(.warning, "\($0.message)", $0.help.map { .paragraph("\($0)") }) })
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.releases.v1"),
        "inForce": list.inForce.map { .string("release/\($0)") } ?? .null,
        "missing": .optional(list.missing?.reason),
        "releases": .array(
          list.releases.map { release in
            .members([
              "release": .string(release.reference), "cycle": .string(release.manifest.cycle),
              "effective": .string(release.manifest.effective.description), "commit": .string(release.commit.hex),
              "tag": .string(release.tag.id.hex), "title": .string(release.manifest.title),
              "by": release.tag.tagger.map { .person(name: $0.name, email: $0.email) } ?? .null,
              "date": release.tag.tagger.map { .string($0.when.iso8601) } ?? .null,
              "changes": .number(release.manifest.changes.count),
              "found": .strings(codes(list.findings, release.reference)),
            ])
          }),
        "findings": .array(list.findings.map(\.releaseJSON)),
      ]))
  }

  /// What was found of one tag, a word each: `moved`.
  private static func codes(_ findings: [Finding], _ reference: String) -> [String] {
    findings.filter { $0.tag == reference }.map { $0.code.dropping("release-") ?? $0.code }
  }
}
