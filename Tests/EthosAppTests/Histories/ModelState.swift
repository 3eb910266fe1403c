/// A commitment or a system of a generated identity: its fields as they stand in the file, in a fixed order.
struct ModelEntry: Hashable {
  var kind: String
  var id: String
  var fields: [String: String]
  /// A comment at the head of the file, which means nothing.
  var note = ""

  /// The fields of each kind in the order of its file.
  ///
  /// All are there from the beginning, so that whoever merges two files by field leaves the same text.
  static let order: [String: [String]] = [
    "value": ["title", "statement", "because", "owner"],
    "limit": ["title", "atMost", "unit", "because", "owner"],
    "decision": [
      "title", "question", "owner", "enforcement", "uses", "inputs", "outputs", "hitPolicy", "threshold", "because",
    ],
    "exception": ["title", "status", "since", "of", "when", "outcome", "owner", "benefits", "until", "because"],
    "system": ["title", "owner", "status", "since", "implements", "because"],
  ]

  var path: String { "\(kind)s/\(id).yaml" }
  var isRetired: Bool { fields["status"] == "retired" }

  var text: String {
    var lines = note.isEmpty ? [] : ["# \(note)"]
    lines.append("id: \(id)")
    for name in Self.order[kind] ?? [] {
      guard let value = fields[name] else { continue }
      lines.append(
        name == "threshold"
          ? """
          rules: |
            | id | country | risk score    | route   |
            |----|---------|---------------|---------|
            | r1 | high    | > \(value)          | decline |
            | r2 | -       | > client risk | refer   |
            | r3 | -       | -             | approve |
          """ : "\(name): \(value)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the file means: all but the comment.
  var meaning: ModelEntry {
    var copy = self
    copy.note = ""
    return copy
  }
}

/// The whole identity at one commit, as the generator thinks of it.
struct ModelState: Hashable {
  var charter: ModelCharter
  var cycles: [String: ModelCycle]
  var people: [String: ModelPerson]
  /// By reference: `limit/risk`.
  var entries: [String: ModelEntry]

  /// The files, by path.
  var files: [String: String] {
    var files = ["ethos.yaml": charter.text]
    for cycle in cycles.values { files["cycles/\(cycle.id).yaml"] = cycle.text }
    for person in people.values { files["people/\(person.id).yaml"] = person.text }
    for entry in entries.values { files[entry.path] = entry.text }
    return files
  }

  /// Every key there is: `charter`, `cycle/first`, `person/ada`, `limit/risk`.
  var keys: Set<String> {
    Set(["charter"] + cycles.keys.map { "cycle/\($0)" } + people.keys.map { "person/\($0)" } + entries.keys)
  }

  /// The text of a key's file.
  func text(_ key: String) -> String? {
    let id = String(key.split(separator: "/").last ?? "")
    if key == "charter" { return charter.text }
    if key.hasPrefix("cycle/") { return cycles[id]?.text }
    if key.hasPrefix("person/") { return people[id]?.text }
    return entries[key]?.text
  }

  /// What the file of a key means by itself.
  func meaning(_ key: String) -> String? {
    if key == "charter" { return charter.meaning.text }
    return entries[key]?.meaning.text ?? text(key)
  }

  /// What a fingerprint of a key covers: its meaning, and that of what it uses.
  func print(_ key: String) -> String? {
    guard entries[key]?.kind == "decision" else { return meaning(key) }
    return [meaning(key), meaning("limit/risk")].compactMap(\.self).joined(separator: "\n--\n")
  }

  /// The keys whose files differ.
  func differences(from other: ModelState) -> [String] {
    keys.union(other.keys).filter { text($0) != other.text($0) }.sorted()
  }

  // MARK: merging

  /// The merge of two states by field; nil where both changed the same.
  static func merge(base: ModelState, _ ours: ModelState, _ theirs: ModelState) -> ModelState? {
    var result = ours
    guard let charter = merged(base.charter, ours.charter, theirs.charter),
      let cycles = merged(base.cycles, ours.cycles, theirs.cycles, { merged($0, $1, $2) }),
      let people = merged(base.people, ours.people, theirs.people, { merged($0, $1, $2) }),
      let entries = merged(base.entries, ours.entries, theirs.entries, mergedEntry)
    else { return nil }
    (result.charter, result.cycles, result.people, result.entries) = (charter, cycles, people, entries)
    return result
  }

  private static func merged<Value: Equatable>(_ base: Value, _ ours: Value, _ theirs: Value) -> Value? {
    ours == theirs || theirs == base ? ours : ours == base ? theirs : nil
  }

  private static func merged<Value: Equatable>(
    _ base: [String: Value], _ ours: [String: Value], _ theirs: [String: Value],
    _ both: (Value?, Value?, Value?) -> Value??
  ) -> [String: Value]? {
    var result: [String: Value] = [:]
    for key in Set(base.keys).union(ours.keys).union(theirs.keys) {
      if let value = merged(base[key], ours[key], theirs[key]) {
        result[key] = value
      } else if let value = both(base[key], ours[key], theirs[key]) {
        result[key] = value
      } else {
        return nil
      }
    }
    return result
  }

  private static func mergedEntry(_ base: ModelEntry?, _ ours: ModelEntry?, _ theirs: ModelEntry?) -> ModelEntry?? {
    guard let base, var result = ours, let theirs,
      let fields = merged(base.fields, result.fields, theirs.fields, { _, _, _ in nil }),
      let note = merged(base.note, result.note, theirs.note)
    else { return nil }
    result.fields = fields
    result.note = note
    return result
  }
}
