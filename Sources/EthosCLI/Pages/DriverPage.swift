import EthosApp
import EthosReport
import EthosText

/// What became of git's drivers, and what one of them cannot merge.
enum DriverPage {
  static func make(_ drivers: InstalledDrivers, isDryRun: Bool) -> Report {
    var blocks: [Block] = []
    blocks.list(
      drivers.settings.map { setting in
        setting.isNew
          ? Item(.bullet, "\(isDryRun ? "would set" : "set") \(setting.key, .name) to \(setting.value)")
          : Item(.bullet, "\(setting.key, .name) is as it should be")
      })
    if drivers.lines.isEmpty {
      blocks.list([Item(.bullet, "\(drivers.attributes, .name) is as it should be")])
    } else {
      let verb = isDryRun ? "would add to" : "added to"
      blocks.list([
        Item(
          .bullet, "\(verb) \(drivers.attributes, .name)",
          drivers.lines.map { .paragraph(Inline($0)) })
      ])
      blocks.paragraph("commit it: \("git add .gitattributes && git commit", .command)")
    }
    return Report(blocks, json: .null)
  }

  static func make(_ conflicts: [MergeConflict]) -> Report {
    var blocks: [Block] = []
    blocks.list(conflicts.map { $0.item(ours: "ours", theirs: "theirs") })
    return Report(blocks, json: .null)
  }
}
