import EthosApp
import EthosDiff
import EthosModel
import EthosRecord
import EthosReport
import EthosText

/// The short answers of commands that add one record.
enum RecordPage {
  static func withdrawn(_ name: String, tag: ObjectID?) -> Report {
    var blocks: [Block] = []
    if let tag {
      blocks.paragraph(
        "withdrew \(name, .name): it and its reviews are kept under the tag \("closed/\(name)", .reference) \(tag.short, .reference)"
      )
    } else {
      blocks.paragraph("would withdraw \(name, .name)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.withdraw.v1"), "proposal": .string(name), "tag": tag.map { .string($0.hex) } ?? .null,
      ]))
  }

  static func collected(_ result: CollectResult) -> Report {
    var blocks: [Block] = []
    let names = Inline.sentence(result.reviews.map { Inline($0.author.name, .name) })
    if result.reviews.isEmpty {
      blocks.paragraph("the branch of \(result.name, .name) carries all reviews that are known here")
    } else if let commit = result.commit {
      blocks.paragraph("joined what \(names) said to the branch of \(result.name, .name) \(commit.short, .reference)")
      blocks.paragraph("push it: \("git push origin \(shellWord("proposals/\(result.name)"))", .command)")
    } else {
      blocks.paragraph("would join what \(names) said to the branch of \(result.name, .name)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.collect.v1"), "proposal": .string(result.name),
        "reviews": .array(
          result.reviews.map { review in
            .members([
              "commit": .string(review.id.hex), "name": .string(review.author.name),
              "email": .string(review.author.email),
            ])
          }), "commit": result.commit.map { .string($0.hex) } ?? .null,
      ]))
  }

  static func reaffirmed(_ keys: [EntryKey], commit: ObjectID?) -> Report {
    var blocks: [Block] = []
    let names = Inline.sentence(keys.map { Inline($0.description, .reference) })
    if let commit {
      blocks.paragraph("reaffirmed \(names) \(commit.short, .reference)")
    } else {
      blocks.paragraph("would reaffirm \(names)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.reaffirm.v1"), "commitments": .array(keys.map { .string($0.description) }),
        "commit": commit.map { .string($0.hex) } ?? .null,
      ]))
  }

  static func classified(_ result: ClassifyResult) -> Report {
    var blocks: [Block] = []
    let place = Reference(result.change.entry, path: result.change.field).description
    let verb = result.commit == nil ? "would classify" : "classified"
    blocks.paragraph("\(verb) \(place, .reference) as \(result.action.rawValue, .changed) \(result.level)")
    blocks.paragraph(
      "it counts once a holder of the owning office who is not the author approves: \("ethos approve \(shellWord(result.name))", .command)"
    )
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.classify.v1"), "proposal": .string(result.name), "field": .string(place),
        "action": .string(result.action.rawValue), "level": .string(result.level.rawValue),
        "commit": result.commit.map { .string($0.hex) } ?? .null,
      ]))
  }
}
