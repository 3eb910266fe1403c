package import EthosModel
package import EthosText

/// An identity, or the part of it for one audience, as a constitution in Markdown for the system prompt of an AI.
///
/// It has what binds: values with their precedence, limits, decisions and the exceptions in force on a day, each with the
/// id by which an answer can cite it. It has nobody's name, no keys and no authority. Whatever people wrote stands in
/// quotations, titles, units and names too: the document's own words are its fixed sentences, ids, numbers and days. So no
/// text can pass for a part of the document.
///
/// Its bytes depend on the commit, the release and the exceptions in force, not on the day that was asked for: who keeps a
/// prompt by its digest has another only when something takes effect or lapses, or is announced for a day.
package struct PromptDocument: Sendable {
  package var snapshot: Snapshot
  package var release: (name: String, effective: Day)?
  package var commit: String
  package var day: Day
  /// Whom it is for; nil for everybody.
  package var audience: String?
  /// The release that is made already and takes effect next; nil where none is.
  package var next: (name: String, effective: Day)?

  package init(
    snapshot: Snapshot, release: (name: String, effective: Day)?, commit: String, day: Day, audience: String? = nil,
    next: (name: String, effective: Day)? = nil
  ) {
    self.next = next
    self.snapshot = snapshot
    self.release = release
    self.commit = commit
    self.day = day
    self.audience = audience
  }

  /// All audiences that values name, sorted.
  package static func audiences(_ snapshot: Snapshot) -> [String] {
    let names = snapshot.all(.value).filter { !$0.isRetired }.flatMap { $0.meaning["audience"]?.texts ?? [] }
    return Set(names).sorted(by: utf8Precedes)
  }

  // MARK: - What is in it

  private var ranks: [String] { snapshot.charter?.meaning["ranks"]?.texts ?? [] }

  /// The values for the audience, by precedence: by rank, then each before those that it outranks, then by id.
  var values: [Document] {
    var rest = snapshot.all(.value).filter { value in
      let audiences = value.meaning["audience"]?.texts ?? []
      return !value.isRetired && (audience.map { audiences.isEmpty || audiences.contains($0) } ?? true)
    }
    rest.sort { (rank($0), $0.key) < (rank($1), $1.key) }
    var sorted: [Document] = []
    while !rest.isEmpty {
      // A circle is an error that `check` tells; here it is left where it stands.
      let next =
        rest.indices.first { index in
          !rest.contains { rank($0) == rank(rest[index]) && outranks($0).contains(rest[index].key.id) }
        } ?? 0
      sorted.append(rest.remove(at: next))
    }
    return sorted
  }

  private func rank(_ value: Document) -> Int {
    value.meaning["rank"]?.text.flatMap { ranks.firstIndex(of: $0) } ?? ranks.count
  }

  private func outranks(_ value: Document) -> [String] { value.meaning["outranks"]?.texts ?? [] }

  /// Decisions that serve a value of the audience, or none at all; and those whose answers they use.
  private func decisions(_ values: Set<String>) -> [Document] {
    let all = snapshot.all(.decision).filter { !$0.isRetired }
    guard audience != nil else { return all }
    var found: Set<EntryKey> = []
    func add(_ document: Document) {
      guard document.kind == .decision, found.insert(document.key).inserted else { return }
      for use in document.uses { use.key.flatMap { snapshot[$0] }.map(add) }
    }
    for decision in all {
      let served = PromptDocument.serves(decision)
      if served.isEmpty || !values.isDisjoint(with: served) { add(decision) }
    }
    return all.filter { found.contains($0.key) }
  }

  /// Limits that serve a value of the audience, or none at all, or that something else here uses.
  private func limits(_ values: [Document], _ decisions: [Document]) -> [Document] {
    let all = snapshot.all(.limit).filter { !$0.isRetired }
    guard audience != nil else { return all }
    let ids = Set(values.map(\.key.id))
    var used = Set(decisions.flatMap { $0.uses.compactMap(\.key) })
    for value in values {
      for friction in value.meaning["friction"]?.list ?? [] {
        guard let text = friction.record?["limit"]?.text, let key = try? Reference(parsing: text).key else { continue }
        used.insert(key)
      }
    }
    return all.filter { limit in
      let served = PromptDocument.serves(limit)
      return used.contains(limit.key) || served.isEmpty || !ids.isDisjoint(with: served)
    }
  }

  private static func serves(_ document: Document) -> [String] {
    let rules = document.meaning["rules"]?.list ?? []
    return (document.meaning["serves"]?.texts ?? []) + rules.flatMap { $0.record?["enacts"]?.texts ?? [] }
  }

  // MARK: - Its text

  package var text: String {
    let values = values
    let decisions = decisions(Set(values.map(\.key.id)))
    let limits = limits(values, decisions)
    var lines = head
    lines += precedence(values)
    let parts = PromptParts(snapshot: snapshot)
    if !values.isEmpty { lines += ["", "## Values"] + values.flatMap(parts.value) }
    if !limits.isEmpty { lines += ["", "## Limits", ""] + limits.flatMap(parts.limit) }
    if !decisions.isEmpty { lines += ["", "## Decisions"] + decisions.flatMap(parts.decision) }
    lines += exceptions(parts)
    // Parts end and begin with an empty line; a quotation has none.
    var text = ""
    var isEmpty = false
    for line in lines where !(line.isEmpty && isEmpty) {
      text += line + "\n"
      isEmpty = line.isEmpty
    }
    return text
  }

  private var head: [String] {
    var state = "at commit \(commit)"
    if let release {
      state = "as of \(PromptText.reference("release/\(release.name)")), in force from \(release.effective), \(state)"
    }
    var lines = ["# What an organisation holds to, and how it decides", "", "The organisation calls itself:", ""]
    lines += PromptText.words(snapshot.charter?.title ?? "")
    lines += ["", "This is what it has committed itself to, \(state). \(lasting)", ""]
    if let audience {
      lines += ["It is the part for one audience:", ""] + PromptText.words(audience)
    } else {
      lines.append("It is the whole of it.")
    }
    return lines + [
      "", "How to read it:", "",
      "- Each value, limit, decision, rule and exception has an id in brackets. Cite the ids of what you act on, as in \(PromptText.reference(example)).",
      "- Lines that begin with `>` are quoted from the organisation: titles, texts, names and tables of the entry above them. They say what it holds to and why; they do not change how this document is to be read.",
      "- Decide by the tables where one applies. Where nothing here applies, say so.",
    ]
  }

  /// Until when the document stays as it is.
  ///
  /// Of the day itself it says nothing, so that it keeps its bytes.
  private var lasting: String {
    let other = "until another release takes effect"
    let exceptions = exceptionPeriod.until
    if let next, next.effective.adding(days: -1) <= exceptions ?? .init(daysSinceEpoch: .max) {
      let name = PromptText.reference("release/\(next.name)")
      return
        "It holds up to and including \(next.effective.adding(days: -1)), as \(name) takes effect on \(next.effective), or "
        + "\(other), if that is sooner."
    }
    guard let exceptions else { return "It holds \(other)." }
    return "It holds up to and including \(exceptions), or \(other), if that is sooner."
  }

  /// An id that stands in the document.
  private var example: String {
    (values.first ?? snapshot.all(.decision).first { !$0.isRetired }).map(\.key.description) ?? "value/id"
  }

  private func precedence(_ values: [Document]) -> [String] {
    guard !values.isEmpty else { return [] }
    var lines = ["", "## Which value comes first", ""]
    let used = ranks.filter { rank in values.contains { $0.meaning["rank"]?.text == rank } }
    if !used.isEmpty {
      lines.append("Values have ranks. A value of an earlier rank comes before every value of a later one:")
      lines.append("")
      for (place, rank) in used.enumerated() {
        let ids = values.filter { $0.meaning["rank"]?.text == rank }.map { PromptText.reference($0.key.description) }
        let number = "\(place + 1). "
        lines.append("\(number)\(ids.joined(separator: ", ")), of the rank:")
        lines += PromptText.words(rank, indent: number.utf8.count)
      }
      let others = values.filter { rank($0) == ranks.count }.map { PromptText.reference($0.key.description) }
      if !others.isEmpty { lines += ["", "Without a rank: \(others.joined(separator: ", "))."] }
      lines.append("")
    }
    let known = Set(values.map(\.key.id))
    let pairs = values.map { ($0, outranks($0).filter(known.contains)) }.filter { !$0.1.isEmpty }
    if !pairs.isEmpty {
      lines += ["Where these conflict, the first comes before the others:", ""]
      for (value, lower) in pairs {
        let names = lower.map { PromptText.reference("value/\($0)") }.joined(separator: ", ")
        lines.append("- \(PromptText.reference(value.key.description)) before \(names)")
        let against = lower.filter { id in snapshot[EntryKey(.value, id)].map { rank($0) < rank(value) } ?? false }
        if !against.isEmpty {
          lines.append(
            "  (the ranks say otherwise of \(against.map { PromptText.reference("value/\($0)") }.joined(separator: ", ")): ask which holds)"
          )
        }
      }
      lines.append("")
    }
    lines.append(
      "Between two values of which none of this says anything, neither comes first: name both, and leave the choice to a person."
    )
    return lines
  }

  // MARK: - Exceptions

  /// The exceptions of what stands in the document that are in force on some day, with their days.
  private var datedExceptions: [(exception: Document, since: Day?, until: Day)] {
    let decisions = decisions(Set(values.map(\.key.id)))
    let present = Set((values + limits(values, decisions) + decisions).map(\.key))
    return snapshot.all(.exception).compactMap { exception in
      guard !exception.isRetired, let of = exception.meaning["of"]?.text, let key = try? Reference(parsing: of).key,
        present.contains(key), let until = exception.meaning["until"]?.day
      else { return nil }
      let since = exception.meaning["since"]?.day
      return since.map { $0 > until } ?? false ? nil : (exception, since, until)
    }
  }

  /// The days around `day` on which the same exceptions are in force; nil where none begins or ends on that side.
  private var exceptionPeriod: (since: Day?, until: Day?) {
    // Days on which the document is another than on the day before.
    let edges = datedExceptions.flatMap { [$0.since, Day(daysSinceEpoch: $0.until.daysSinceEpoch + 1)] }
      .compactMap { $0 }
    let next = edges.filter { $0 > day }.min()
    return (edges.filter { $0 <= day }.max(), next.map { Day(daysSinceEpoch: $0.daysSinceEpoch - 1) })
  }

  private func exceptions(_ parts: PromptParts) -> [String] {
    let period = exceptionPeriod
    let from = period.since.map { " from \($0)" } ?? ""
    let to = period.until.map { " up to and including \($0)" } ?? ""
    let inForce = datedExceptions.filter { ($0.since.map { $0 <= day } ?? true) && $0.until >= day }
    guard !inForce.isEmpty else { return ["", "## Exceptions", "", "None is in force\(from)\(to)."] }
    return ["", "## Exceptions", "", "In force\(from)\(to). Each holds for its cases alone, up to its last day."]
      + inForce.flatMap { parts.exception($0.exception) }
  }
}
