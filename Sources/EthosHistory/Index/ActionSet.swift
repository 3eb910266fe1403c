import EthosDiff

/// Some of the actions that a change can be, as a row of the index keeps them.
struct ActionSet: OptionSet {
  let rawValue: Int

  init(rawValue: Int) { self.rawValue = rawValue }

  init(_ action: Action) { rawValue = ActionSet.bits[action] ?? 0 }

  init(_ kinds: some Sequence<ChangeKind>) {
    rawValue = kinds.reduce(0) { $0 | (ActionSet.bits[$1.action] ?? 0) }
  }

  private static let bits = Dictionary(
    uniqueKeysWithValues: Action.allCases.enumerated().map { ($1, 1 << $0) })
}
