import EthosApp
import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosText

/// What a review recorded.
enum VerdictPage {
  static func make(_ result: ReviewResult, isDryRun: Bool) -> Report {
    var blocks: [Block] = []
    let (would, did): (String, String) =
      switch result.statement.verdict {
      case .approve: ("would approve", "approved")
      case .object: ("would object to", "objected to")
      case .abstain: ("would abstain from", "abstained from")
      case .comment: ("would comment on", "commented on")
      }
    var line: Inline = "\(result.person, .name) \(isDryRun ? would : did) \(result.name, .name)"
    if result.statement.verdict == .comment {
      if let place = result.statement.about { line += ", on \(place, .reference)" }
    } else {
      line += ", for \(.list(result.entries.map(\.description), .reference))"
      if let recorder = result.recorder { line += ", recorded by \(recorder, .name)" }
    }
    if let commit = result.commit { line += " (\(commit.short))" }
    blocks.paragraph(line)
    if result.statement.verdict == .comment { return page(result, blocks) }
    if result.statement.verdict == .approve, result.commit != nil { blocks += unseated(result) }
    let uncounted = result.state.standing.stale.filter { $0.review == result.commit }
    blocks.list(Set(uncounted.map(\.inWords)).sorted().map { Item(.warning, "\($0)") })
    let missing = result.state.missingInWords
    if missing.isEmpty {
      blocks.paragraph("it has the approvals that it needs: \(result.state.ratifyCommand, .command)")
    } else {
      blocks.list(missing.map { Item(.warning, "\($0)") })
    }
    return page(result, blocks)
  }

  /// Why an approval fills no seat, where it fills none: nobody should believe that theirs was the last one missing.
  private static func unseated(_ result: ReviewResult) -> [Block] {
    let asking = result.state.standing.entries.filter { !$0.quorums.isEmpty }
    let seats = asking.flatMap(\.quorums).flatMap(\.seats)
    guard !asking.isEmpty, !seats.contains(where: { $0.person == result.person }) else { return [] }
    var blocks: [Block] = []
    if !result.statement.conditions.isEmpty {
      blocks.paragraph(
        "it is kept, and counts once you approve without a condition: \("ethos approve \(shellWord(result.name))", .command)"
      )
    } else if asking.allSatisfy({ $0.authors.contains(result.person) }) {
      blocks.paragraph("it is kept, and fills no seat: who wrote a change cannot be one of those who must agree to it")
    } else if seats.contains(where: { $0.person == nil }) {
      blocks.paragraph("it is kept, and fills no seat that the authority asks for")
    }
    return blocks
  }

  private static func page(_ result: ReviewResult, _ blocks: [Block]) -> Report {
    Report(
      blocks,
      json: .members([
        "schema": .string("ethos.verdict.v1"), "proposal": .string(result.name),
        "verdict": .string(result.statement.verdict.rawValue), "person": .string(result.person),
        "recordedBy": .optional(result.recorder), "conditions": .strings(result.statement.conditions),
        "commit": result.commit.map { .string($0.hex) } ?? .null,
      ]))
  }
}

/// What a ratification recorded.
enum RatifyPage {
  static func make(_ result: RatifyResult, isDryRun: Bool) -> Report {
    var blocks: [Block] = []
    var line: Inline = "\(isDryRun ? "would ratify" : "ratified") \(result.state.name, .name)"
    if let commit = result.commit { line += " (\(commit.short))" }
    blocks.paragraph(line)
    blocks.list(result.state.changes.acts().map { Item(.changed, ActLine.make($0)) })
    let approvals = result.state.standing.approvals.map(ReviewPage.who)
    if !approvals.isEmpty { blocks.paragraph("approved by \(Inline.sentence(approvals))") }
    for objection in result.state.standing.objections {
      var inner: [Block] = [.quote(objection.words)]
      if let answer = result.answers[objection.personID] {
        inner.paragraph("answered:")
        inner.quote(answer)
      }
      blocks.list([Item(.warning, "\(ReviewPage.who(objection)) objected", inner)])
    }
    if result.commit != nil { blocks.paragraph("next: \("ethos release --title …", .command)") }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.ratify.v1"), "proposal": .string(result.state.name),
        "commit": result.commit.map { .string($0.hex) } ?? .null,
        "level": result.state.standing.level.map { .string($0.rawValue) } ?? .null,
        "approvedBy": .array(
          result.state.standing.approvals.map(person)),
        "objectedBy": .array(result.state.standing.objections.map(person)),
      ]))
  }

  private static func person(_ said: Attestation) -> JSON {
    .members([
      "name": .string(said.name), "email": .string(said.email), "id": .string(said.personID),
      "date": .string(said.when.iso8601),
    ])
  }
}
