package import EthosModel

extension Touch {
  /// What changed limits and decisions touch: the decisions that use them, the values whose friction they bound, the
  /// exceptions from them, the systems that implement them, and so on from decision to decision.
  ///
  /// Entries whose own change travels are not listed, nor followed: what they touch is theirs. A new title, or another
  /// example, stops nothing: what such an entry decides moves with what it leans on. References count as they
  /// stand on either side. Costs one pass over both identities where such a change is, nothing elsewhere.
  static func found(changes: [Change], before: Snapshot, after: Snapshot) -> [Touch] {
    let sources = Set(changes.filter(\.travels).map(\.entry))
    guard !sources.isEmpty else { return [] }
    let users = users(before).merging(users(after)) { $0.union($1) }
    var touches: [Touch] = []
    for source in sources.sorted() {
      var seen: Set<EntryKey> = [source]
      var front: [(key: EntryKey, through: [EntryKey])] = [(source, [])]
      while !front.isEmpty {
        var next: [(key: EntryKey, through: [EntryKey])] = []
        for (key, through) in front {
          for user in (users[key] ?? []).sorted() where !sources.contains(user) && seen.insert(user).inserted {
            touches.append(Touch(changed: source, touched: user, through: through))
            next.append((user, through + [user]))
          }
        }
        front = next
      }
    }
    return touches
  }

  /// For each limit and decision, the entries whose meaning leans on it.
  private static func users(_ snapshot: Snapshot) -> [EntryKey: Set<EntryKey>] {
    var users: [EntryKey: Set<EntryKey>] = [:]
    for (key, document) in snapshot.documents {
      for used in used(by: document) { users[used, default: []].insert(key) }
    }
    return users
  }

  /// The entries on which the meaning of one leans, so that it is touched by their changes.
  package static func used(by document: Document) -> [EntryKey] {
    guard !document.isRetired else { return [] }
    return references(document).compactMap { $0.text.flatMap { try? Reference(parsing: $0) }?.key }
  }

  private static func references(_ document: Document) -> [Node] {
    switch document.kind {
    case .decision: document.meaning["uses"]?.record?.entries.map(\.value) ?? []
    case .value: document.meaning["friction"]?.list?.compactMap { $0.record?["limit"] } ?? []
    case .exception: document.meaning["of"].map { [$0] } ?? []
    case .system: document.meaning["implements"]?.list ?? []
    case .charter, .limit, .cycle, .person: []
    }
  }
}

extension Change {
  /// Whether a change of a limit or a decision reaches what leans on it.
  fileprivate var travels: Bool { (entry.kind == .limit || entry.kind == .decision) && kind.travels }
}

extension ChangeKind {
  /// Whether a change of this kind may change what is decided.
  ///
  /// Wording, owners, examples, and assertions about what is decided do not. With a kind its inverse travels.
  package var travels: Bool {
    if isWhole { return true }
    switch area {
    case .limit: return action != .reworded
    // What is decided is a consequence of the change that travels.
    case .behaviour: return false
    case .structure: return action != .reworded && !ChangeKind.still.contains(self)
    default: return false
    }
  }

  private static let still: Set<ChangeKind> = [
    .sinceChanged, .fieldChanged, .casesChanged, .ruleRenamed, .assertionAdded, .assertionRemoved, .assertionChanged,
  ]
}
