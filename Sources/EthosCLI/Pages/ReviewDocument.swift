import EthosApp
import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText

/// The document `ethos.review.v1`.
enum ReviewDocument {
  static func json(
    _ state: ProposalState, missing: [String], collisions: [Collision], replay: ReplayAnswer?
  ) -> JSON {
    .members([
      "schema": .string("ethos.review.v1"), "proposal": .string(state.name), "tip": .string(state.tip.id.hex),
      "main": .string(state.main.id.hex), "level": state.standing.level.map { .string($0.rawValue) } ?? .null,
      "open": .boolean(state.standing.isOpen), "canRatify": .boolean(state.canRatify),
      "missing": .strings(missing), "closed": state.end.map(closed) ?? .null,
      "entries": .array(state.standing.entries.map(entry)),
      "moved": .array(state.standing.moved.map(moved)),
      "objections": .array(
        state.standing.objections.map { objection in
          .members([
            "by": .person(name: objection.name, email: objection.email, id: objection.personID),
            "date": .string(objection.when.iso8601), "words": .string(objection.words),
            "veto": .boolean(objection.isVeto),
            "recordedBy": .optional(objection.recording?.recorder.name),
            "entries": .strings(objection.entries.map(\.description)),
          ])
        }),
      "comments": .array(
        state.standing.comments.map { comment in
          .members([
            "by": person(comment.reviewer), "on": .optional(comment.about?.description),
            "date": .string(comment.when.iso8601), "words": .string(comment.words),
            "commit": .string(comment.review.hex),
          ])
        }),
      "aside": .array(
        state.aside.map { aside in
          .members([
            "verdict": .string(aside.review.record.verdict.rawValue),
            "by": .person(name: aside.review.author.name, email: aside.review.author.email, id: nil),
            "date": .string(aside.review.given.iso8601),
            "reason": .string(aside.reasonInWords), "commit": .string(aside.review.id.hex),
          ])
        }),
      "collisions": .array(collisions.map(\.json)),
      "conflicts": .strings(conflicts(state)),
      "diverging": .strings(state.proposal.diverging),
      "replay": replay.map { ReplayReport($0).json } ?? .null,
    ])
  }

  /// The entries that conflict, each once; the path of a file that holds none.
  private static func conflicts(_ state: ProposalState) -> [String] {
    var names: [String] = []
    for name in state.merge.conflicts.map({ $0.entry?.description ?? $0.path }) where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  private static func entry(_ entry: EntryStanding) -> JSON {
    .members([
      "commitment": .string(entry.key.description), "owner": .optional(entry.owner),
      "level": .string(entry.level.rawValue), "met": .boolean(entry.isMet),
      "seats": .array(
        entry.quorums.flatMap(\.seats).map { seat in
          .members([
            "office": .string(seat.office ?? "anyone"), "person": .optional(seat.person),
            "deputyOf": .optional(seat.deputyOf), "selfApproved": .boolean(seat.isSelfApproved),
          ])
        }),
      "verdicts": .array(entry.verdicts.map(verdict)), "stale": .array(entry.stale.map(stale)),
    ])
  }

  private static func closed(_ end: ProposalEnd) -> JSON {
    switch end {
    case .ratified(let commit, let answers):
      .members([
        "as": "ratified", "by": .person(name: commit.committer.name, email: commit.committer.email, id: nil),
        "date": .string(commit.committer.when.iso8601), "commit": .string(commit.id.hex),
        "answers": .array(
          answers.sorted { $0.key < $1.key }.map { ["person": .string($0.key), "words": .string($0.value)] }),
      ])
    case .withdrawn(let tag, let because):
      .members([
        "as": "withdrawn", "by": tag.tagger.map { .person(name: $0.name, email: $0.email, id: nil) } ?? .null,
        "date": .optional(tag.tagger?.when.iso8601), "tag": .string(tag.name), "because": .string(because),
      ])
    }
  }

  private static func moved(_ decision: MovedDecision) -> JSON {
    .members([
      "commitment": .string(decision.key.description), "owner": .optional(decision.owner),
      "causes": .strings(decision.causes.map(\.description)), "asked": .strings(decision.asked),
      "verdicts": .array(decision.verdicts.map(verdict)),
    ])
  }

  private static func verdict(_ said: EntryVerdict) -> JSON {
    .members([
      "verdict": .string(said.verdict.rawValue), "by": person(said.reviewer), "date": .string(said.when.iso8601),
      "words": .string(said.words),
      "conditions": .strings(said.conditions), "recordedBy": .optional(said.recording?.recorder.name),
      "sources": .strings((said.recording?.sources ?? []).map(\.description)), "commit": .string(said.review.hex),
    ])
  }

  private static func stale(_ review: StaleReview) -> JSON {
    .members([
      "verdict": .string(review.verdict.rawValue), "by": person(review.reviewer),
      "date": .string(review.when.iso8601),
      "recordedBy": .optional(review.recorder?.name), "reason": .string(review.reasonInWords),
      "commit": .string(review.review.hex),
    ])
  }

  private static func person(_ reviewer: Reviewer) -> JSON {
    .person(name: reviewer.name, email: reviewer.email, id: reviewer.isKnown ? reviewer.id : nil)
  }
}
