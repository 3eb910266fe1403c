private let id = FieldSchema("id", .identifier, required: true, "The name of this entry, unique in its kind for ever.")
private let title = FieldSchema("title", .line, required: true, "What people call it.")
private let because = FieldSchema("because", .prose, "Why it is so.")

/// The levels of a change, from the heaviest, as they are written in files.
private let levels = ["critical", "major", "minor", "editorial"]

extension Schema {
  package static let charter = Schema(
    .charter, "The organisation, its ranks, and who must agree to what.",
    [
      FieldSchema("ethos", .number, required: true, "The version of the file format."),
      FieldSchema("organisation", .line, required: true, "The name of the organisation."),
      FieldSchema("timeZone", .line, "The time zone in which days begin, as in `Europe/Zurich`; UTC when left out."),
      FieldSchema("branch", .line, "The branch that is in force; `main` when left out."),
      FieldSchema("defaultOwner", .office, "The office that owns what names no owner."),
      FieldSchema("ranks", .sequence(.line), "Levels of precedence among values, highest first."),
      FieldSchema("signatures", .choice(["required", "optional"]), "Whether records must be signed."),
      FieldSchema(
        "approvalsExpire", .period,
        "How long an approval counts before the ratification, as in `180 days`; `365 days` when left out."),
      FieldSchema(
        "recorders",
        .items(
          key: "office",
          fields: [
            FieldSchema("office", .office, required: true, "The office that may record."),
            FieldSchema("level", .choice(levels), "The highest level that it may record."),
          ], isOrdered: false, shorthand: true),
        "Offices that may record a decision taken elsewhere."),
      FieldSchema(
        "authority",
        .set(
          .record([
            FieldSchema("change", .set(.line), required: true, "The kinds that the row covers; `*` is all of them."),
            FieldSchema("level", .choice(levels), required: true, "The level that it covers, with those below."),
            FieldSchema(
              "quorum", .map(.number), required: true, of: .offices, "How many distinct holders of which offices."),
            FieldSchema("selfApproval", .boolean, "Whether an author's approval counts."),
            FieldSchema("veto", .set(.office), "Offices whose objection blocks."),
            because,
          ])),
        "What a change needs. An identity without authority is open."),
      FieldSchema(
        "severity", .map(.choice(["critical", "major", "minor", "editorial", "undecided"])),
        "Levels of changes, by change id, where they differ from the default."),
      FieldSchema(
        "forbidOutdated", .choice(levels),
        "The level of changes from which on a live system may not be behind what is in force (`ethos systems`)."),
      because,
    ])

  package static let cycle = Schema(
    .cycle, "A period in which named people hold the offices, with a mandate.",
    [
      id, title,
      FieldSchema("from", .day, required: true, "Its first day."),
      FieldSchema("until", .day, "Its last day, when known."),
      FieldSchema("mandate", .prose, "What the leadership was given to do."),
      FieldSchema(
        "offices",
        .map(
          .items(
            key: "person",
            fields: [
              FieldSchema("person", .id(.person), required: true, "Who holds the office."),
              FieldSchema("from", .day, "From which day, within the cycle."),
              FieldSchema("until", .day, "Until which day, within the cycle."),
              FieldSchema("deputy", .id(.person), "Who stands in."),
            ], isOrdered: false, shorthand: true)),
        required: true, "Who holds which office."),
      because,
    ])

  package static let person = Schema(
    .person, "Somebody who may hold an office.",
    [
      id,
      FieldSchema("name", .line, required: true, "The person's name."),
      FieldSchema("emails", .set(.line), "The addresses by which git knows the person."),
      FieldSchema(
        "keys",
        .items(
          key: "key",
          fields: [
            FieldSchema(
              "key", .line, required: true,
              "The public key, as in `ssh-ed25519 AAAA…`; an OpenPGP key by its fingerprint, as in `openpgp:0123…`."),
            FieldSchema("from", .day, "From which day it signs."),
            FieldSchema("until", .day, "Until which day it signs."),
          ], isOrdered: false, shorthand: true),
        "The keys that sign for the person."),
      because,
    ])

  package static let system = Schema(
    .system, "An automated system that takes decisions, with the release it was built for.",
    [
      id, title,
      FieldSchema("owner", .office, "The office that answers for it."),
      FieldSchema("status", .choice(["planned", "live", "suspended", "retired"]), "Where it stands."),
      FieldSchema("since", .day, "The day from which the status holds."),
      FieldSchema("implements", .set(.reference([.decision])), "The decisions that it takes."),
      FieldSchema("builtFor", .release, "The release that it was built for."),
      FieldSchema(
        "learntFrom",
        .record([
          FieldSchema("from", .day, "The first day of what it learnt from."),
          FieldSchema("until", .day, "The last day of what it learnt from."),
        ]), "The period that it learnt from."),
      because,
    ])
}
