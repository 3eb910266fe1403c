package import EthosDiff
import EthosModel
import EthosRecord

/// What a classification by a person makes of the level of a reworded text.
package enum Classes {
  /// The actions that a text may be classified as, in the order of the weight that they give.
  package static let actions: [Action] = Action.allCases.compactMap { level(of: $0) == nil ? nil : $0 }

  /// The level that a class gives; nil for actions that are no class of a text.
  package static func level(of action: Action) -> Level? {
    switch action {
    case .clarified: .editorial
    case .reworded: .minor
    case .strengthened, .weakened, .tightened, .loosened, .widened, .narrowed, .changed: .major
    case .reversed: .critical
    case .added, .removed, .retired, .restored, .raised, .lowered, .reassigned, .moved, .renamed: nil
    }
  }

  /// The last of these classifications, the oldest first, that speaks of a change: of its place or of one around it.
  static func last(of change: Change, in classes: [Classification]) -> (Classification, Level)? {
    guard change.level == .undecided, !change.kind.isFixed else { return nil }
    for candidate in classes.reversed() where candidate.reference.key == change.entry {
      let place = candidate.reference.path.segments
      guard change.field.segments.starts(with: place), let action = Action(rawValue: candidate.action),
        let level = level(of: action)
      else { continue }
      return (candidate, level)
    }
    return nil
  }
}
