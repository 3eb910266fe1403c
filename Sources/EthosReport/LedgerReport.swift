import EthosModel
import EthosRecord
import EthosText

extension LedgerEntry {
  /// The entry and the field of the reference; what is no reference counts as the name of an entry.
  var place: (entry: String, field: String) {
    guard let reference = try? Reference(parsing: self.reference) else { return (self.reference, "") }
    return (reference.key.description, reference.path.description)
  }

  /// The day on which the author wrote the change, where the author was.
  var day: Day { commit.author.when.writersDay }

  /// The keys that `why` and `log` share.
  func members(withEntry: Bool) -> JSON {
    let field = place.field
    return .members([
      "commitment": withEntry ? .string(place.entry) : nil,
      "field": field.isEmpty ? .null : .string(field),
      "value": .optional(value),
      "before": .optional(before),
      "change": .optional(change),
      "commit": .string(commit.id.hex),
      "author": .person(name: commit.author.name, email: commit.author.email, id: authorID),
      "date": .string(commit.author.when.iso8601),
      "cycle": .optional(cycle),
      "reason": .optional(reason),
      "sources": .strings(sources),
      "approvedBy": .array(approvedBy.map { LedgerEntry.json($0, withAnswer: false) }),
      "objectedBy": .array(objectedBy.map { LedgerEntry.json($0, withAnswer: true) }),
      "abstainedBy": .array(abstainedBy.map { LedgerEntry.json($0, withAnswer: false) }),
      "breach": breach.map { breach in
        [
          "codes": .strings(breach.codes), "adoptedBy": .strings(breach.adoptedBy),
          "adoption": .optional(breach.adoption?.hex),
        ]
      } ?? .null,
      "proposal": .optional(proposal),
      "ratifiedBy": ratifiedBy.map { ratification in
        [
          "commit": .string(ratification.commit.hex), "name": .string(ratification.by.name),
          "email": .string(ratification.by.email), "date": .string(ratification.by.when.iso8601),
        ]
      } ?? .null,
    ])
  }

  private static func json(_ attestation: Attestation, withAnswer: Bool) -> JSON {
    .members([
      "name": .string(attestation.name), "email": .string(attestation.email),
      "id": attestation.personID.map(JSON.string), "commit": .string(attestation.commit.hex),
      "date": .optional(attestation.when?.iso8601),
      "words": .optional(attestation.words), "recordedBy": .optional(attestation.recordedBy),
      "answer": withAnswer ? .optional(attestation.answer) : nil,
    ])
  }

  /// Who agreed, who did not with the answer, and who abstained, as paragraphs and quotations.
  func appendReviews(to blocks: inout [Block]) {
    LedgerEntry.append(approvedBy, "Approved", to: &blocks)
    for objection in objectedBy {
      blocks.paragraph("\("Objected", .warning) by \(LedgerEntry.who(objection))\(objection.words == nil ? "." : ":")")
      if let words = objection.words { blocks.quote(words) }
      if let answer = objection.answer {
        blocks.paragraph("Answered:")
        blocks.quote(answer)
      } else {
        blocks.paragraph("Not answered.")
      }
    }
    LedgerEntry.append(abstainedBy, "Abstention", to: &blocks)
  }

  /// Those who said nothing in one sentence, then each of the others with their words.
  private static func append(_ attestations: [Attestation], _ verb: String, to blocks: inout [Block]) {
    let silent = attestations.filter { $0.words == nil }
    if !silent.isEmpty { blocks.paragraph("\(verb) by \(.sentence(silent.map(who))).") }
    for attestation in attestations {
      guard let words = attestation.words else { continue }
      blocks.paragraph("\(verb) by \(who(attestation)):")
      blocks.quote(words)
    }
  }

  static func who(_ attestation: Attestation) -> Inline {
    let day: Inline = attestation.when.map { " on \($0.writersDay)" } ?? ""
    let name: Inline = "\(attestation.name, .name)" + day
    return attestation.recordedBy.map { "\(name) (recorded by \($0))" } ?? name
  }
}
