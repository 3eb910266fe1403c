import EthosFEEL
package import EthosModel

/// One side of a comparison: a decision in its identity.
package struct DecisionSide: Sendable {
  package var graph: DecisionGraph
  package let key: EntryKey

  package init(_ graph: DecisionGraph, _ key: EntryKey) {
    self.graph = graph
    self.key = key
  }
}

/// Both sides of a comparison over one grid.
struct Space {
  var pair: GridPair
  var outcomes: OutcomeTable
  /// The conditions behind the axes that are no facts.
  var conditions: Conditions
  /// The sums of other decisions that the tables use; each is an axis, and no fact of a case.
  var scores: [ScoreAxis] = []

  var axes: [Axis] { pair.axes }
  var before: GridTable { pair.before }
  var after: GridTable { pair.after }
}

/// Several sides over one grid.
struct JointSpace {
  var axes: [Axis]
  var tables: [GridTable]
  var outcomes: OutcomeTable
  var conditions: Conditions
  var scores: [ScoreAxis] = []
}

/// One decision as a grid.
struct DecisionGrid {
  let axes: [Axis]
  let facts: [FactAxis]
  let table: GridTable
  let outcomes: OutcomeTable
  /// The conditions behind the axes that are no facts.
  let conditions: Conditions
  /// The limits by the names that cells use.
  let constants: FEELScope
  /// Whether times, and dates and times, are put in order.
  let moments: Bool

  /// The box in which facts satisfy tests; nil where a test is no cut.
  func box(of tests: [(fact: String, tests: FEELUnaryTests)]) -> GridBox? {
    var box = GridBox(axes)
    for (fact, tests) in tests {
      guard let index = facts.firstIndex(where: { $0.name == fact }),
        let cut = CutReduction(
          subject: fact, constants: constants, facts: [], type: moments ? facts[index].type : .any, cutsMoments: moments
        ).cut(tests)
      else { return nil }
      box.sides[index] = box.sides[index].intersection(facts[index].truth(of: cut).holds)
    }
    return box
  }
}

/// Builds the grid of two sides: collects facts and conditions, cuts their domains at every constant of either side, and
/// lays the rules out as boxes.
struct SpaceBuilder {
  /// A fact as the decisions of one side declare it.
  struct FactDeclaration {
    var name: String
    var type: FEELType
    var step: FEELNumber?
    var isNullable: Bool
    /// What is allowed, as a cut; what cannot be cut is not known.
    var domain: Cut
  }

  /// One side on its way.
  struct Side {
    var layers: [Layer] = []
    var declarations: [[FactDeclaration]] = []
    /// The limits that the decision itself uses, by the names that its cells use.
    var constants = FEELScope.empty
    /// The decisions whose answers are added up, by the place of their layer, with the axis that stands for the sum.
    var scores: [(key: EntryKey, layer: Int, axis: Int?)] = []
  }

  var names: [FEELText: Int] = [:]
  /// For each fact, how each side that has it declares it, by the number of the side.
  var declared: [[Int: FactDeclaration]] = []
  var conditions = Conditions()
  /// Facts that are called otherwise after: the name there by the name before.
  private let renamed: [FEELText: String]
  /// Constants beside those of the tables, by fact.
  private var extra: [(fact: Int, constants: [FEELValue])] = []

  /// Whether times, and dates and times, are put in order; see `MomentForms`.
  private let cutsMoments: Bool

  private init(renamed: [FEELText: String], cutsMoments: Bool) {
    self.renamed = renamed
    self.cutsMoments = cutsMoments
  }

  /// Puts moments in order where their forms allow that, and takes what compares them as conditions where not.
  private static func withMoments<Result>(
    _ make: (_ cutsMoments: Bool) throws(NotReducible) -> Result
  ) throws(NotReducible) -> Result {
    do throws(NotReducible) {
      return try make(true)
    } catch {
      guard error == mixedMoments else { throw error }
      return try make(false)
    }
  }

  private static let mixedMoments = NotReducible(reason: "moments with a zone and without one are compared")

  /// The grid of two sides.
  static func space(
    _ before: DecisionSide, _ after: DecisionSide, renamed: [(before: String, after: String)] = []
  ) throws(NotReducible) -> Space {
    try withMoments { cutsMoments throws(NotReducible) in try space(before, after, renamed, cutsMoments) }
  }

  private static func space(
    _ before: DecisionSide, _ after: DecisionSide, _ renamed: [(before: String, after: String)], _ cutsMoments: Bool
  ) throws(NotReducible) -> Space {
    var builder = SpaceBuilder(
      renamed: Dictionary(renamed.map { (FEELText($0.after), $0.before) }) { first, _ in first },
      cutsMoments: cutsMoments)
    let rows = renamed.isEmpty ? ChangedRows(before, after) : nil
    let old = try builder.side(before, number: 0, rows: rows?.before)
    let new = try builder.side(after, number: 1, rows: rows?.after)
    let joint = try builder.finished([old, new])
    return Space(
      pair: .aligned(joint.axes, joint.tables[0], joint.tables[1]), outcomes: joint.outcomes,
      conditions: joint.conditions, scores: joint.scores)
  }

  /// The grid of several sides, whose facts are the same where they have the same name.
  static func joint(_ sources: [DecisionSide]) throws(NotReducible) -> JointSpace {
    try withMoments { cutsMoments throws(NotReducible) in
      var builder = SpaceBuilder(renamed: [:], cutsMoments: cutsMoments)
      var sides: [Side] = []
      for (number, source) in sources.enumerated() { sides.append(try builder.side(source, number: number)) }
      for side in sides { try requireNoScore(side) }
      return try builder.finished(sides)
    }
  }

  private static func requireNoScore(_ side: Side) throws(NotReducible) {
    guard let score = side.scores.first else { return }
    throw NotReducible(reason: "`\(score.key)`, which it uses, collects the answers of several rules")
  }

  /// The grid of one decision, with the constants of further tests cut into it; with `isSplit`, formulas are said case by
  /// case where they can be, so that a row may be several rules; with `moments`, times are put in order where they can be.
  static func grid(
    _ source: DecisionSide, tests: [(fact: String, tests: FEELUnaryTests)] = [], isSplit: Bool, moments: Bool
  ) throws(NotReducible) -> DecisionGrid {
    guard moments else { return try grid(source, tests, isSplit, false) }
    return try withMoments { cutsMoments throws(NotReducible) in try grid(source, tests, isSplit, cutsMoments) }
  }

  private static func grid(
    _ source: DecisionSide, _ tests: [(fact: String, tests: FEELUnaryTests)], _ isSplit: Bool, _ cutsMoments: Bool
  ) throws(NotReducible) -> DecisionGrid {
    var builder = SpaceBuilder(renamed: [:], cutsMoments: cutsMoments)
    let side = try builder.side(source, number: 0)
    try requireNoScore(side)
    for (fact, tests) in tests {
      guard let index = builder.names[FEELText(fact)] else { continue }
      let type = cutsMoments ? builder.declared[index].values.first?.type ?? .any : .any
      let reduction = CutReduction(
        subject: fact, constants: side.constants, facts: [], type: type, cutsMoments: cutsMoments)
      builder.extra.append((index, reduction.cut(tests)?.constants ?? []))
    }
    let facts = try builder.axes([side], isSplit: isSplit)
    let axes = builder.gridAxes(facts)
    var layout = builder.layout(facts, isSplit: isSplit)
    var outcomes = OutcomeTable()
    let grids = try layout.grids(side)
    var table = grids.native
    if table == nil { table = try grids.first() }
    guard let table else {
      throw NotReducible(reason: "it collects the answers of several rules, and uses another decision")
    }
    return DecisionGrid(
      axes: axes, facts: facts, table: layout.table(table, &outcomes), outcomes: outcomes,
      conditions: builder.conditions, constants: side.constants, moments: cutsMoments)
  }

  // MARK: - Reading a side

  private mutating func side(
    _ source: DecisionSide, number: Int, rows: [Int]? = nil
  ) throws(NotReducible) -> Side {
    var graph = source.graph
    let order: [EntryKey]
    switch graph.readiness(of: source.key) {
    case .success(let found): order = found
    case .failure(let obstacle): throw NotReducible(reason: obstacle.message)
    }
    var side = Side()
    var places: [EntryKey: Int] = [:]
    for key in order {
      guard let decision = graph.decision(key) else { throw NotReducible(reason: "there is no `\(key)` in force") }
      let declarations = try declare(decision, number)
      var limits: [(name: String, value: FEELValue)] = []
      for use in decision.uses {
        guard case .limit(let limit) = use.source else { continue }
        guard let value = graph.limit(limit) else { throw NotReducible(reason: "there is no `\(limit)` in force") }
        limits.append((use.name, value))
      }
      let scores = useScores(decision, &side, number)
      let (known, calledBefore, conditionCount) = (names, renamed, conditions.keys.count)
      let layer = try Layer(
        decision, used: decision.usedDecisions.compactMap { places[$0] }, side.layers, limits: limits,
        rows: rows, cutsMoments: cutsMoments,
        fact: { name in
          scores[FEELText(name)] ?? known[FEELText(number > 0 ? calledBefore[FEELText(name)] ?? name : name)]
        }, &conditions)
      if !scores.isEmpty { try requirePlain(decision, Set(scores.keys), conditionCount) }
      if key != source.key, decision.isScore {
        side.scores.append((key, side.layers.count, nil))
      } else {
        places[key] = side.layers.count
      }
      side.constants = FEELScope(
        variables: Dictionary(limits.map { ($0.name, $0.value) }) { first, _ in first })
      side.layers.append(layer)
      side.declarations.append(declarations)
    }
    return side
  }

  private func canonical(_ name: String, _ side: Int) -> String {
    side > 0 ? renamed[FEELText(name)] ?? name : name
  }

  private mutating func declare(_ decision: Decision, _ side: Int) throws(NotReducible) -> [FactDeclaration] {
    var result: [FactDeclaration] = []
    for fact in decision.facts {
      let name = canonical(fact.name, side)
      var domain = Cut.always
      if let allowed = fact.allowed {
        let reduction = CutReduction(
          subject: fact.name, constants: .empty, facts: [], type: cutsMoments ? fact.type : .any,
          cutsMoments: cutsMoments)
        guard let cut = reduction.cut(allowed) else {
          throw NotReducible(reason: "what is allowed for `\(fact.name)` is no list of values or ranges")
        }
        domain = cut
      }
      let declaration = FactDeclaration(
        name: name, type: fact.type, step: fact.step, isNullable: fact.isNullable, domain: domain)
      result.append(declaration)
      let key = FEELText(name)
      let index = names[key] ?? declared.count
      if names[key] == nil {
        names[key] = index
        declared.append([:])
      }
      for other in declared[index].values {
        guard other.type == declaration.type else {
          throw NotReducible(reason: "the type of `\(fact.name)` is another on the other side")
        }
        guard other.step == declaration.step else {
          throw NotReducible(reason: "the step of `\(fact.name)` is another on the other side")
        }
      }
      declared[index][side] = declaration
    }
    return result
  }

  // MARK: - Laying out

  private mutating func finished(_ sides: [Side]) throws(NotReducible) -> JointSpace {
    let names = sides.map { $0.layers.last?.decision.table.outputs.map { $0.name ?? "" } ?? [] }
    if let other = names.first(where: { $0 != names[0] }) {
      throw NotReducible(
        reason: "the outputs are others: \(names[0].joined(separator: ", ")) and \(other.joined(separator: ", "))")
    }
    let facts = try axes(sides, isSplit: true)
    let axes = gridAxes(facts)
    var outcomes = OutcomeTable()
    var layout = layout(facts, isSplit: true)
    var grids: [SideGrids] = []
    for side in sides { grids.append(try layout.grids(side)) }
    let scores = try scoreAxes(sides, facts, layout)
    let tables = try SpaceBuilder.comparable(grids, asLists: !scores.isEmpty).map { layout.table($0, &outcomes) }
    return JointSpace(axes: axes, tables: tables, outcomes: outcomes, conditions: conditions, scores: scores)
  }

  /// All sides in one form: as they are where they combine rules alike, else as lists in which the first that holds
  /// answers.
  private static func comparable(_ grids: [SideGrids], asLists: Bool) throws(NotReducible) -> [LaidOut] {
    let native = grids.compactMap(\.native)
    let isNative = !asLists && native.count == grids.count
    if isNative, native.allSatisfy({ $0.combination == native[0].combination }) { return native }
    var lists: [LaidOut] = []
    for grid in grids {
      guard let list = try grid.first() else { break }
      lists.append(list)
    }
    if lists.count == grids.count { return lists }
    guard isNative else {
      throw NotReducible(reason: "it collects the answers of several rules, and uses another decision")
    }
    return native
  }

  private func layout(_ facts: [FactAxis], isSplit: Bool) -> SideLayout {
    let known = names
    return SideLayout(
      facts: facts, axisCount: facts.count + conditions.keys.count,
      split: isSplit ? FormulaSplit(facts: facts, conditions: conditions, names: factNames) : nil
    ) { known[FEELText($0)] }
  }

  /// The facts by their names, those that they have after among them.
  private var factNames: FactNames {
    var all = names
    for (after, before) in renamed { all[after] = names[FEELText(before)] }
    return FactNames(all, types: declared.map { $0.values.first?.type ?? .any })
  }

  private func gridAxes(_ facts: [FactAxis]) -> [Axis] {
    facts.map(\.axis)
      + conditions.keys.indices.map { index in
        Axis(
          name: conditions.text(index), kind: .condition, atoms: [.holds(true), .holds(false), .holds(nil)],
          weights: nil)
      }
  }

  private func axes(_ sides: [Side], isSplit: Bool) throws(NotReducible) -> [FactAxis] {
    var constants = [[FEELValue]](repeating: [], count: declared.count)
    for (fact, more) in extra { constants[fact] += more }
    for side in sides {
      for layer in side.layers {
        for table in layer.tables.values {
          for cell in table.cells { constants[cell.fact] += cell.cut.constants }
        }
      }
    }
    for (fact, sides) in declared.enumerated() where cutsMoments {
      guard MomentForms.areOne(constants[fact] + sides.values.flatMap(\.domain.constants)) else {
        throw SpaceBuilder.mixedMoments
      }
    }
    let uses = isSplit ? formulas(sides) : []
    for use in uses { for (fact, more) in use.compared { constants[fact] += more } }
    var axes = declared.indices.map { axis($0, constants[$0]) }
    for fact in SpaceBuilder.pointed(uses, axes) {
      axes[fact] = axis(fact, constants[fact] + (axes[fact].values(atMost: SpaceBuilder.maximumValues) ?? []))
    }
    return axes
  }

  private func axis(_ fact: Int, _ constants: [FEELValue]) -> FactAxis {
    let sides = declared[fact].sorted { $0.key < $1.key }.map(\.value)
    return FactAxis(
      name: sides.first?.name ?? "", type: sides.first?.type ?? .any, step: sides.first?.step,
      isNullable: sides.contains(where: \.isNullable), constants: constants, domains: sides.map(\.domain))
  }

  // MARK: - Formulas

  /// Most values of a fact that are told apart for the sake of a formula.
  private static let maximumValues = 1_000
  /// Most combinations of them.
  private static let maximumCombinations = 100_000

  /// What each formula of the sides asks of facts, where facts are all that it asks.
  private func formulas(_ sides: [Side]) -> [FactUse] {
    // In the order in which they stand: the order of atoms follows that of the constants.
    var answers: [[FEELExpression]] = []
    var seen: Set<[FEELExpression]> = []
    for side in sides {
      for layer in side.layers {
        for set in layer.tables.keys.sorted(by: { "\($0)" < "\($1)" }) {
          guard let table = layer.tables[set] else { continue }
          for case .expressions(let expressions, _) in table.rows.map(\.answer) + [table.fallback]
          where seen.insert(expressions).inserted {
            answers.append(expressions)
          }
        }
      }
    }
    guard !answers.isEmpty || !conditions.keys.isEmpty else { return [] }
    let names = factNames
    return (conditions.keys.map { names.use(of: $0) } + answers.map { names.use(of: $0) }).filter { !$0.isOpen }
  }

  /// The facts whose values are told apart one by one: those that a formula asks for that has few combinations of them.
  private static func pointed(_ uses: [FactUse], _ axes: [FactAxis]) -> Set<Int> {
    var counts: [Int: Int] = [:]
    var result: Set<Int> = []
    for use in uses where !use.free.isSubset(of: result) {
      var combinations = 1
      for fact in use.free where combinations <= maximumCombinations {
        let count = counts[fact] ?? axes[fact].values(atMost: maximumValues)?.count ?? .max
        counts[fact] = count
        combinations = count > maximumValues ? .max : combinations * max(1, count)
      }
      if combinations <= maximumCombinations { result.formUnion(use.free) }
    }
    return result
  }
}
