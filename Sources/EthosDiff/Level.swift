/// How much a change weighs.
package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
  /// No meaning changed.
  case editorial
  case minor
  case major
  /// Free text changed and no program can say what it means. It ranks as major until somebody classifies it.
  case undecided
  case critical

  package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

  /// The level that authority is asked for: `undecided` asks as `major` does.
  package var required: Level { self == .undecided ? .major : self }

  private var rank: Int {
    switch self {
    case .editorial: 0
    case .minor: 1
    case .major: 2
    case .undecided: 3
    case .critical: 4
    }
  }
}
