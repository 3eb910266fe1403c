import EthosText

/// Values that nothing serves or enacts (`value-not-practised`), values without words (`statement-missing`), decisions
/// that serve no value (`decision-serves-nothing`), and limits that nothing uses (`limit-unused`).
enum PracticeCheck {
  static func run(_ identity: CheckedIdentity, into found: inout [Diagnostic]) {
    let practised = practisedValues(identity)
    for value in identity.documents(.value) {
      if !practised.contains(value.key.id) {
        found.append(
          Diagnostic(
            "value-not-practised", .note,
            "`\(value.key)` is stated, not practised: nothing serves it, no rule enacts it",
            at: value.place("id"),
            help: "name it in `serves` of a decision, a limit or a value, or in the column `enacts` of a rule"))
      }
      if value.meaning["statement"] == nil {
        found.append(
          Diagnostic(
            "statement-missing", .note, "`\(value.key)` has no statement", at: value.place("id"),
            help: "say what is held to: `ethos set \(value.key).statement TEXT`"))
      }
    }
    for decision in identity.documents(.decision) where decision.meaning["serves"] == nil && enacted(decision).isEmpty {
      found.append(
        Diagnostic(
          "decision-serves-nothing", .warning, "`\(decision.key)` serves no value", at: decision.place("id"),
          help: "add `serves: [VALUE]`, or a column `enacts` to its rules"))
    }
    let used = usedLimits(identity)
    for limit in identity.documents(.limit) where !used.contains(limit.key) {
      found.append(
        Diagnostic(
          "limit-unused", .note, "nothing uses `\(limit.key)`", at: limit.place("id"),
          help: "name it in `uses` of a decision or in a value's `friction`, or `ethos retire \(limit.key)`"))
    }
  }

  /// The ids of the values that another commitment serves or a rule enacts.
  private static func practisedValues(_ identity: CheckedIdentity) -> Set<String> {
    var practised: Set<String> = []
    for kind in [Kind.value, .limit, .decision] {
      for document in identity.documents(kind) {
        for id in document.meaning["serves"]?.texts ?? [] where document.key != EntryKey(.value, id) {
          practised.insert(id)
        }
      }
    }
    for decision in identity.documents(.decision) { practised.formUnion(enacted(decision)) }
    return practised
  }

  private static func enacted(_ decision: Document) -> [String] {
    decision.meaning["rules"]?.list?.flatMap { $0.record?["enacts"]?.texts ?? [] } ?? []
  }

  /// The limits that a decision uses or a value's friction names.
  private static func usedLimits(_ identity: CheckedIdentity) -> Set<EntryKey> {
    let uses = identity.documents(.decision).flatMap { $0.meaning["uses"]?.record?.entries.map(\.value) ?? [] }
    let friction = identity.documents(.value).flatMap {
      $0.meaning["friction"]?.list?.compactMap { $0.record?["limit"] } ?? []
    }
    return Set((uses + friction).compactMap { $0.text.flatMap { try? Reference(parsing: $0) }?.key })
  }
}
