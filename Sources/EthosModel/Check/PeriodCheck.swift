import EthosText

/// Periods of leadership that overlap (`overlapping-cycles`), periods that end before they begin (`period-reversed`), and
/// exceptions past their last day (`exception-expired`).
enum PeriodCheck {
  static func run(_ identity: CheckedIdentity, into found: inout [Diagnostic]) {
    reportOverlaps(identity.leadership.cycles, into: &found)
    for document in identity.documents(.cycle) {
      reportReversal(document.meaning, in: document, into: &found)
      for office in document.meaning["offices"]?.record?.entries ?? [] {
        for term in office.value.list ?? [] { reportReversal(term.record, in: document, into: &found) }
      }
    }
    for document in identity.documents(.person) {
      for key in document.meaning["keys"]?.list ?? [] { reportReversal(key.record, in: document, into: &found) }
    }
    for document in identity.documents(.system) {
      reportReversal(document.meaning["learntFrom"]?.record, in: document, into: &found)
    }
    for document in identity.documents(.exception) {
      guard let until = document.meaning["until"]?.day, until < identity.day else { continue }
      found.append(
        Diagnostic(
          "exception-expired", .warning, "`\(document.key)` ended on \(until)", at: document.place("until"),
          help: "`ethos retire \(document.key)`, or propose a later day with `ethos set \(document.key).until DAY`"))
    }
  }

  private static func reportReversal(_ record: Record?, in document: Document, into found: inout [Diagnostic]) {
    guard let from = record?["from"]?.day, let until = record?["until"], let last = until.day, last < from else {
      return
    }
    found.append(
      Diagnostic(
        "period-reversed", .error, "the period ends on \(last), before it begins on \(from)",
        at: document.location(until.span), help: "`until` is the last day, and not before `from`"))
  }

  /// Each cycle is compared with the one before it that lasts longest.
  private static func reportOverlaps(_ cycles: [Leadership.Cycle], into found: inout [Diagnostic]) {
    var longest: Leadership.Cycle?
    for cycle in cycles {
      if let earlier = longest, earlier.until.map({ $0 >= cycle.from }) ?? true {
        let eve = cycle.from.adding(days: -1)
        found.append(
          Diagnostic(
            "overlapping-cycles", .warning,
            "`\(earlier.document.key)` has not ended when `\(cycle.document.key)` begins on \(cycle.from)",
            at: earlier.document.place(earlier.until == nil ? "from" : "until"),
            help: eve < earlier.from
              ? "leadership cycles follow each other: begin one of them on another day"
              : "`ethos set \(earlier.document.key).until \(eve)`"))
        // A cycle without an end gives way to the next: it is reported once.
        if earlier.until == nil { longest = nil }
      }
      guard let end = longest?.until, let until = cycle.until, until < end else {
        longest = cycle
        continue
      }
    }
  }
}
