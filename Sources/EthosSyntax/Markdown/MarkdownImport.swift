package import EthosModel
package import EthosText

/// Makes values of the sections of a Markdown document, and keeps them up with it.
///
/// A value that came from a document says so in `x-source`. Importing a later state of the document changes of such a
/// value what the document says (title, statement, rank, attributes) and leaves what people added; it retires the values
/// that the document no longer has. A value without the mark is not touched.
package struct MarkdownImport {
  package struct Options: Sendable {
    /// The name of the document, the same for all its states: it is the mark of what came from it.
    package var source: String
    /// The office that owns new values; the charter's default owner when nil.
    package var owner: String?
    /// The attribute that gives the rank.
    package var rankAttribute: String?
    /// Ranks, highest first, by which new ones find their place among the charter's.
    package var rankOrder: [String]
    /// The day from which what is gone is retired.
    package var day: Day
    /// Why it is.
    package var because: String
    /// Whether people said the name of the document; one that was taken from a file's name is questioned.
    package var isNamed: Bool

    package init(
      source: String, owner: String? = nil, rankAttribute: String? = nil, rankOrder: [String] = [], day: Day,
      because: String? = nil, isNamed: Bool = true
    ) {
      self.source = source
      self.isNamed = isNamed
      self.owner = owner
      self.rankAttribute = rankAttribute
      self.rankOrder = rankOrder
      self.day = day
      self.because = because ?? "No longer in \(source)."
    }
  }

  static let sourceField = "x-source"
  /// The names of the `x-` fields that attributes gave, so that one that is gone from the document goes from the value.
  static let attributesField = "x-attributes"

  private static let marks = [sourceField, attributesField]

  private var outline: MarkdownOutline
  private let existing: Snapshot
  private let options: Options
  private var plan: ImportPlan
  /// The entries by the paths of their files.
  private let occupants: [String: EntryKey]

  /// Says what to write.
  ///
  /// Costs a pass over the sections and the values.
  package static func plan(_ outline: MarkdownOutline, existing: Snapshot, options: Options) -> ImportPlan {
    var planner = MarkdownImport(outline, existing, options)
    return planner.planned()
  }

  private init(_ outline: MarkdownOutline, _ existing: Snapshot, _ options: Options) {
    self.outline = outline
    self.existing = existing
    self.options = options
    occupants = Dictionary(existing.documents.values.map { ($0.path, $0.key) }) { first, _ in first }
    plan = ImportPlan(contents: (MarkdownImport.contentsPath, ""))
    plan.diagnostics = outline.diagnostics
  }

  private mutating func planned() -> ImportPlan {
    if outline.headings.isEmpty {
      let hasHeadings = !outline.unnamed.isEmpty
      plan.diagnostics.append(
        Diagnostic(
          "no-sections", .error, "the document has no heading with an id",
          help: "give each value's heading one: `## Title {#id}`"
            + (hasHeadings ? "; or have ids made of the headings: `--ids slug`" : "")))
    }
    if let problem = options.isNamed ? nil : MarkdownDocuments.problem(outline, existing, options.source) {
      plan.diagnostics.append(problem)
      return plan
    }
    assignIDs()
    noteLeftOut()
    var paths: [String] = []
    for (index, heading) in outline.headings.enumerated() {
      let key = EntryKey(.value, heading.id)
      let folder = heading.parent.map { String(paths[$0].dropLast(".yaml".utf8.count)) } ?? "values"
      paths.append("\(folder)/\(heading.id).yaml")
      if let other = occupants[paths[index]], other != key {
        reportOccupied(paths[index], by: other, for: key)
        continue
      }
      guard let document = existing[key] else {
        plan.additions.append(ImportPlan.Addition(key: key, path: paths[index], fields: newFields(heading)))
        continue
      }
      update(document, from: heading, path: paths[index])
    }
    retireMissing()
    planRanks()
    plan.contents.text = MarkdownImport.contents(outline, paths: paths, source: options.source)
    return plan
  }

  /// Headings without an id get one, that of the value that the section was where it is one.
  private mutating func assignIDs() {
    guard outline.headings.contains(where: \.id.isEmpty) else { return }
    let values = existing.all(.value)
    let ours = values.filter { isOurs($0) }
    outline = MarkdownIDs.assign(outline, ours: ours, taken: Set(values.filter { !isOurs($0) }.map(\.key.id)))
  }

  private mutating func noteLeftOut() {
    if let title = outline.documentTitle {
      plan.notes.append("`\(visibleText(title))` is the title of the document, and no value.")
    }
    if outline.hasPreamble {
      plan.notes.append("The text before the first heading with an id belongs to no value and was left out.")
    }
    guard !outline.unnamed.isEmpty, !outline.headings.isEmpty else { return }
    let some = outline.unnamed.prefix(5).map { "`\(visibleText($0.title))` (line \($0.line))" }.joined(separator: ", ")
    let rest = outline.unnamed.count > 5 ? " and \(outline.unnamed.count - 5) more" : ""
    plan.notes.append(
      "Headings without an id are no values but text of the section above: \(some)\(rest). `--ids slug` makes ids of them."
    )
  }

  /// A file need not have its entry's name; it is not written over for one that has.
  private mutating func reportOccupied(_ path: String, by other: EntryKey, for key: EntryKey) {
    plan.diagnostics.append(
      Diagnostic(
        "import-conflict", .error, "the file of `\(key)` would be `\(path)`, which holds `\(other)`",
        at: existing[other]?.location(existing[other]?.fields["id"]?.span),
        help: "move that file: `git mv \(shellWord(path)) values/\(other.id).yaml`"))
  }

  /// The rank that a heading gives, and the fields of its other attributes.
  private func attributes(of heading: MarkdownOutline.Heading) -> (
    rank: String?, fields: [(name: String, value: String)]
  ) {
    var rank: String?
    var fields: [(name: String, value: String)] = []
    for attribute in heading.attributes {
      if attribute.name == options.rankAttribute {
        rank = rank ?? (attribute.value.isEmpty ? nil : attribute.value)
      } else if !attribute.value.isEmpty {
        let name = "x-\(attribute.name)"
        let isTaken = MarkdownImport.marks.contains(name) || fields.contains { $0.name == name }
        if !isTaken { fields.append((name, attribute.value)) }
      }
    }
    return (rank, fields)
  }

  private func newFields(_ heading: MarkdownOutline.Heading) -> Record {
    let (rank, others) = attributes(of: heading)
    var fields = Record()
    fields["id"] = .text(heading.id)
    fields["title"] = .text(title(heading))
    if !heading.body.isEmpty { fields["statement"] = .text(heading.body) }
    fields["owner"] = options.owner.map { .text($0) }
    fields["rank"] = rank.map { .text($0) }
    fields[MarkdownImport.sourceField] = .text(options.source)
    if !others.isEmpty {
      fields[MarkdownImport.attributesField] = .list(others.map { .text($0.name) })
      for other in others { fields[other.name] = .text(other.value) }
    }
    return fields
  }

  /// A heading may be nothing but its id; a value has a title.
  private func title(_ heading: MarkdownOutline.Heading) -> String {
    heading.title.isEmpty ? heading.id : heading.title
  }

  private mutating func update(_ document: Document, from heading: MarkdownOutline.Heading, path: String) {
    guard isOurs(document) else {
      plan.diagnostics.append(
        Diagnostic(
          "import-conflict", .error, "`\(document.key)` is there already and did not come from `\(options.source)`",
          at: document.location(document.fields["id"]?.span),
          help: "give the heading another id, or let the import have the value:"
            + " `ethos set \(document.key).\(MarkdownImport.sourceField) \(shellWord(options.source))`"))
      return
    }
    let (rank, others) = attributes(of: heading)
    if document.isRetired {
      for field in ["status", "since", "because"] { edit(document, field, nil) }
      plan.notes.append("`\(document.key)` was retired and is in the document again: it is restored.")
    }
    edit(document, "title", title(heading))
    edit(document, "statement", heading.body.isEmpty ? nil : heading.body)
    if options.rankAttribute != nil { edit(document, "rank", rank) }
    let names = others.map(\.name)
    for name in document.fields[MarkdownImport.attributesField]?.texts ?? [] where !names.contains(name) {
      edit(document, name, nil)
    }
    for other in others { edit(document, other.name, other.value) }
    if (document.fields[MarkdownImport.attributesField]?.texts ?? []) != names {
      plan.edits.append(
        ImportPlan.Edit(
          key: document.key, field: MarkdownImport.attributesField,
          value: names.isEmpty ? nil : .list(names.map { .text($0) })))
    }
    if document.path != path { plan.moves.append(ImportPlan.Move(key: document.key, from: document.path, to: path)) }
  }

  /// Plans the edit of a field, unless it says the same already.
  ///
  /// Line feeds at the end are YAML's, not the document's.
  private mutating func edit(_ document: Document, _ field: String, _ text: String?) {
    let before = document.fields[field].map { Array($0.summaryText.utf8) }
    let after = text.map { Array($0.utf8) }
    guard before.map({ $0.reversed().drop { $0 == 0x0A } }) != after.map({ $0.reversed().drop { $0 == 0x0A } }) else {
      return
    }
    plan.edits.append(ImportPlan.Edit(key: document.key, field: field, value: text.map { .text($0) }))
  }

  private func isOurs(_ document: Document) -> Bool {
    document.meaning[MarkdownImport.sourceField]?.text == options.source
  }

  private mutating func retireMissing() {
    let ids = Set(outline.headings.map(\.id))
    let added = plan.additions.map { "`\($0.key)`" }
    let gone = existing.all(.value).filter { !$0.isRetired && isOurs($0) && !ids.contains($0.key.id) }
    if !gone.isEmpty, !added.isEmpty {
      plan.notes.append(
        "\(added.joined(separator: ", ")) \(added.count == 1 ? "is" : "are") new, and "
          + "\(gone.map { "`\($0.key)`" }.joined(separator: ", ")) \(gone.count == 1 ? "is" : "are") gone. Where one became "
          + "the other, write its id at the heading: `{#\(gone[0].key.id)}`.")
    }
    for document in gone {
      plan.retirements.append(
        ImportPlan.Retirement(key: document.key, since: options.day, because: options.because))
    }
  }

  private mutating func planRanks() {
    let before = existing.charter?.meaning["ranks"]?.texts ?? []
    var needed: Set<String> = []
    var added: [String] = []
    for rank in outline.headings.compactMap({ attributes(of: $0).rank }) where needed.insert(rank).inserted {
      if !before.contains(rank) { added.append(rank) }
    }
    guard !added.isEmpty else { return }
    let ranks = RankOrder.inserting(added, into: before, by: options.rankOrder)
    plan.ranks = ranks
    let list = added.map { "`\($0)`" }.joined(separator: ", ")
    plan.notes.append(
      "The charter gets the rank\(added.count == 1 ? "" : "s") \(list); its ranks, highest first, are now: "
        + "\(ranks.joined(separator: ", ")).")
    let unplaced = added.filter { !options.rankOrder.contains($0) }
    if !unplaced.isEmpty, ranks.count > 1 {
      plan.notes.append(
        "Nothing said where \(unplaced.map { "`\($0)`" }.joined(separator: ", ")) should stand among the ranks:"
          + " see that their order in the charter is the one that is meant.")
    }
    let others = Set(existing.all(.value).filter { !$0.isRetired && !isOurs($0) }.map { $0.meaning["rank"]?.text })
    let kept = before.filter { !needed.contains($0) && !others.contains($0) }
    if !kept.isEmpty {
      plan.notes.append(
        "No value has the rank \(kept.map { "`\($0)`" }.joined(separator: ", ")) any more; the charter keeps it.")
    }
  }
}
