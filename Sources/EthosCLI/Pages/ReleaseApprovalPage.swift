import EthosApp
import EthosDiff
import EthosGovernance
import EthosRecord
import EthosReport
import EthosText

/// An approval of a release that another person will make.
enum ReleaseApprovalPage {
  static func make(_ result: ReleaseApprovalResult) -> Report {
    let manifest = result.release.manifest
    let isMade = result.commit != nil
    var blocks: [Block] = []
    var line: Inline = "\(result.person, .name) \(isMade ? "approved" : "would approve") "
    line += "\("release/\(manifest.name)", .reference), effective from \(manifest.effective)"
    if let commit = result.commit { line += " (\(commit.short))" }
    blocks.paragraph(line)
    if let reason = manifest.retroactive {
      blocks.paragraph("it takes effect before it is made, which makes it \(Level.critical):")
      blocks.quote(reason)
    }
    let seated = result.release.standing.seated
    if isMade, !seated.isEmpty || !result.release.standing.canRelease, !seated.contains(result.person) {
      blocks.paragraph("it is kept, and fills no seat that the authority asks for")
    }
    blocks.list(result.release.void.map { Item(.warning, "\($0)") })
    if result.release.standing.canRelease {
      blocks.paragraph(
        "it has what it needs: \(result.release.command(isApproval: false), .command)"
      )
    } else {
      blocks.list(result.release.missing.map { Item(.warning, "\($0)") })
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.release-approval.v1"), "release": .string("release/\(manifest.name)"),
        "person": .string(result.person), "commit": result.commit.map { .string($0.hex) } ?? .null,
      ]))
  }
}
