package import EthosModel

extension ChangeKind {
  /// The number of the classification rules.
  ///
  /// It rises with every change of this table or of what yields its rows; what was classified under an older number
  /// stays as it was.
  ///
  /// 1: decisions are compared by their text. 2: decisions are compared by what they decide too, and an edit of a table
  /// that is proved to decide the same is editorial; without the comparison of behaviour the rules are those of 1.
  package static let ruleset = 2
  /// The oldest one by which anything is judged: what came before it was never released.
  package static let leastRuleset = 2

  /// The closed table of changes, area by area in the order of `Area`, ids in the order of their declaration.
  package static let all: [ChangeKind] = {
    let rows = wholeRows + valueRows + limitRows + behaviourRows + decisionRows + charterRows + peopleRows + sharedRows
    return Area.allCases.flatMap { area in rows.filter { $0.area == area } }
  }()

  /// The row of an id, or nil where the table has none.
  package static func named(_ id: String) -> ChangeKind? { byID[id] }

  /// The row that the same change has when before and after are exchanged.
  package var inverted: ChangeKind { ChangeKind.named(inverse) ?? self }

  private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
}

// MARK: - Whole entries

extension ChangeKind {
  package static func added(_ kind: Kind) -> ChangeKind { whole(kind, .added) }
  package static func removed(_ kind: Kind) -> ChangeKind { whole(kind, .removed) }
  package static func retired(_ kind: Kind) -> ChangeKind { whole(kind, .retired) }
  package static func restored(_ kind: Kind) -> ChangeKind { whole(kind, .restored) }

  /// The title of an entry is worded otherwise.
  ///
  /// A value's title states the value, so nobody but a person can say what the new words mean; other titles are labels.
  package static func retitled(_ kind: Kind) -> ChangeKind {
    ChangeKind(
      "\(kind)-retitled", .reworded, area(kind), inverse: "\(kind)-retitled", kind == .value ? .undecided : .minor,
      "The title of a \(kind) is worded otherwise.")
  }

  /// Whether this is a change of a whole entry rather than of one of its fields.
  package var isWhole: Bool { ChangeKind.wholeIDs.contains(id) }

  /// Kinds whose files may be tombstones.
  static let retirable: [Kind] = [.value, .decision, .limit, .exception, .system]

  private static let wholeRows: [ChangeKind] =
    Kind.allCases.flatMap { [added($0), removed($0)] } + retirable.flatMap { [retired($0), restored($0)] }
    + [.value, .decision, .limit, .exception, .cycle, .system].map(retitled)

  private static let wholeIDs = Set(wholeRows.filter { $0.action != .reworded }.map(\.id))

  private static func whole(_ kind: Kind, _ action: Action) -> ChangeKind {
    // A charter, a cycle and a person say who may agree to what: adding or removing one is a change of authority.
    let isFixed = [.charter, .cycle, .person].contains(kind)
    let (inverse, verb): (Action, String) =
      switch action {
      case .added: (.removed, "is added")
      case .removed: (.added, "is gone without a tombstone")
      case .retired: (.restored, "is retired")
      default: (.retired, "that was retired is in force again")
      }
    return ChangeKind(
      "\(kind)-\(action)", action, area(kind), inverse: "\(kind)-\(inverse)",
      isFixed ? .critical : wholeLevel(kind, action), isFixed: isFixed, "A \(kind) \(verb).")
  }

  private static func wholeLevel(_ kind: Kind, _ action: Action) -> Level {
    switch (action, kind) {
    case (.removed, _): .critical
    // An exception weakens a commitment; that it ends restores one.
    case (.added, .exception), (.restored, .exception): .critical
    // It may decide otherwise than when it was retired, and nothing is compared with.
    case (.restored, .decision): .critical
    case (.retired, .exception), (.retired, .system): .major
    case (.retired, _): .critical
    default: .major
    }
  }

  private static func area(_ kind: Kind) -> Area {
    switch kind {
    case .charter: .charter
    case .value: .value
    case .decision: .structure
    case .limit: .limit
    case .exception: .exception
    case .cycle: .cycle
    case .person: .person
    case .system: .system
    }
  }
}
