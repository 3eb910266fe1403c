/// What was done, in one word.
package enum Action: String, Hashable, Sendable, CaseIterable {
  case added, removed, retired, restored, strengthened, weakened, tightened, loosened, raised, lowered, widened,
    narrowed
  case reversed, reassigned, moved, renamed, reworded, clarified, changed
}

/// The part of an identity that a change belongs to.
package enum Area: String, Hashable, Sendable, CaseIterable {
  case charter, value, statement, priority, friction, limit, behaviour, structure, example, owner, audience, authority
  case cycle, person, system, exception, release
}

/// A row of the closed table of changes.
package struct ChangeKind: Hashable, Sendable {
  /// The id, as it stands in output and in the charter's `severity`: `limit-loosened`.
  package let id: String
  package let action: Action
  package let area: Area
  package let inverse: String
  package let level: Level
  /// Whether a charter may lower the level.
  package let isFixed: Bool
  package let summary: String

  package init(
    _ id: String, _ action: Action, _ area: Area, inverse: String, _ level: Level, isFixed: Bool = false,
    _ summary: String
  ) {
    self.id = id
    self.action = action
    self.area = area
    self.inverse = inverse
    self.level = level
    self.isFixed = isFixed
    self.summary = summary
  }
}

/// Something in a reworded text that a person should look at before saying what it means.
package struct Signal: Hashable, Sendable {
  /// What it is about: `obligation`, `number`, `negation`, `sentence-removed`, `sentence-added`.
  package let name: String
  /// What was seen: "must → should".
  package let detail: String

  package init(_ name: String, _ detail: String) {
    self.name = name
    self.detail = detail
  }
}
