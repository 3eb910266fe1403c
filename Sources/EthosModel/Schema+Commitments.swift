/// The fields that every binding file has: its life and its reason.
private let life: [FieldSchema] = [
  FieldSchema("status", .choice(["active", "retired"]), "`retired` makes the file a tombstone; active when left out."),
  FieldSchema("since", .day, "The day from which the status holds."),
  FieldSchema("because", .prose, "Why the organisation holds to this."),
]

private let id = FieldSchema("id", .identifier, required: true, "The name of this entry, unique in its kind for ever.")
private let title = FieldSchema("title", .line, required: true, "What people call it.")
private let owner = FieldSchema(
  "owner", .office, "The office that owns it; the charter's `defaultOwner` when left out.")
private let serves = FieldSchema("serves", .set(.id(.value)), "The values that this serves.")

extension Schema {
  package static let value = Schema(
    .value, "What the organisation holds to, what it outranks, and the friction accepted for its sake.",
    [
      id, title,
      FieldSchema("statement", .prose, "The value in the organisation's own words, as Markdown."),
      owner,
      FieldSchema("rank", .line, "One of the charter's ranks: its level of precedence."),
      FieldSchema("outranks", .set(.id(.value)), "Values that give way to this one where they conflict."),
      serves,
      FieldSchema(
        "friction",
        .items(
          key: "accept",
          fields: [
            FieldSchema("accept", .line, required: true, "What is accepted to be lost."),
            FieldSchema("limit", .reference([.limit]), "The limit that says how much."),
            FieldSchema("measure", .line, "The column of the log that measures it."),
          ], isOrdered: false, shorthand: true),
        "What is accepted to be lost for its sake."),
      FieldSchema("audience", .set(.line), "Whom it addresses."),
      FieldSchema(
        "examples",
        .items(
          key: "situation",
          fields: [
            FieldSchema("situation", .prose, required: true, "What happens."),
            FieldSchema("expect", .prose, required: true, "What is then expected."),
          ], isOrdered: false, shorthand: false),
        "Situations with what is expected in them."),
    ] + life)

  package static let decision = Schema(
    .decision, "A decision rule: a question, inputs, outputs and a decision table, as in DMN.",
    [
      id, title,
      FieldSchema("question", .line, required: true, "The question that it answers."),
      owner,
      FieldSchema(
        "enforcement", .choice(["strict", "override-with-reason", "guideline"]), "How binding its answer is (SBVR)."),
      serves,
      FieldSchema(
        "uses", .map(.reference([.limit, .decision])),
        "Names that cells may use: limits, or another decision's output."),
      FieldSchema(
        "inputs",
        .items(
          key: "name",
          fields: [
            FieldSchema("name", .line, required: true, "The name that cells and cases use."),
            FieldSchema("type", .choice(valueTypes), required: true, "The FEEL type."),
            FieldSchema("allowed", .expression, "Unary tests that every value satisfies."),
            FieldSchema("step", .number, "How fine a number is."),
            FieldSchema("nullable", .boolean, "Whether the input may be missing; it may not when left out."),
          ], isOrdered: false, shorthand: false),
        "The facts that it needs; a constant needs none."),
      FieldSchema(
        "outputs",
        .items(
          key: "name",
          fields: [
            FieldSchema("name", .line, required: true, "The name of the answer."),
            FieldSchema("type", .choice(valueTypes), required: true, "The FEEL type."),
            FieldSchema("allowed", .expression, "The possible answers, in order of priority."),
            FieldSchema(
              "strictest", .choice(["first", "last"]), "Which end of the allowed values is the strictest."),
          ], isOrdered: true, shorthand: false),
        required: true, "What it answers."),
      FieldSchema("hitPolicy", .choice(hitPolicies), "How rules that apply together combine; `unique` when left out."),
      FieldSchema("rules", .rules, required: true, "The decision table."),
      FieldSchema("default", .map(.expression), "The answer where no rule applies."),
      FieldSchema(
        "assert",
        .set(
          .record([
            FieldSchema("never", .map(.expression), "An answer that must not be given."),
            FieldSchema("always", .map(.expression), "An answer that must be given."),
            FieldSchema("when", .map(.expression), "The cases that are meant: input to unary tests."),
            FieldSchema("because", .prose, "Why."),
          ])),
        "What must hold of every case."),
      FieldSchema(
        "examples",
        .set(
          .record([
            FieldSchema("given", .map(.line), required: true, of: .facts, "A case: input to value."),
            FieldSchema("expect", .map(.line), required: true, of: .facts, "The expected answer."),
            FieldSchema("because", .prose, "What the example shows."),
          ])),
        "Cases with the expected answer."),
      FieldSchema(
        "cases",
        .record([
          FieldSchema("name", .line, required: true, "The name of the recorded cases."),
          FieldSchema("sha256", .line, required: true, "The digest of the file that holds them."),
          FieldSchema(
            "columns", .map(.line), "The column of an input: input to column; of its own name when left out."),
          FieldSchema(
            "translate", .map(.map(.line)),
            "What stands for a value: input or output to texts of the file with their values."),
          FieldSchema("day", .line, "The column of the day of the decision; `day` when left out."),
          FieldSchema("outcomes", .map(.line), "The column of what was decided: output to column."),
          FieldSchema("reason", .line, "The column of the reason why a rule was overridden."),
          FieldSchema("system", .line, "The column of the system that decided."),
        ]), "Recorded cases for reviews; they are kept elsewhere."),
    ] + life)

  package static let limit = Schema(
    .limit, "A named quantity with a direction, which decisions may use.",
    [
      id, title,
      FieldSchema("atMost", .quantity, "The most that is accepted."),
      FieldSchema("atLeast", .quantity, "The least that is accepted."),
      FieldSchema("unit", .line, "What is counted."),
      owner, serves,
    ] + life)

  package static let exception = Schema(
    .exception, "An accepted deviation from a commitment, with owner, reason and last day.",
    [
      id, title,
      FieldSchema("of", .reference([.value, .decision, .limit]), required: true, "The commitment deviated from."),
      FieldSchema("when", .map(.expression), "The cases that are meant: input to unary tests."),
      FieldSchema("outcome", .map(.expression), "The answer in those cases."),
      owner,
      FieldSchema(
        "benefits", .set(.line), of: .people, "The people and offices that gain by it; they cannot agree to it."),
      FieldSchema("until", .day, required: true, "The last day of the exception."),
    ] + life)

  private static let valueTypes = [
    "string", "number", "boolean", "date", "time", "date and time", "days and time duration",
    "years and months duration",
  ]

  /// The hit policies by their names in words.
  private static let hitPolicies = HitPolicy.allCases.map(\.name)
}
