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

  var axes: [Axis] { pair.axes }
  var before: GridTable { pair.before }
  var after: GridTable { pair.after }
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

  /// The box in which facts satisfy tests; nil where a test is no cut.
  func box(of tests: [(fact: String, tests: FEELUnaryTests)]) -> GridBox? {
    var box = GridBox(axes)
    for (fact, tests) in tests {
      guard let index = facts.firstIndex(where: { $0.name == fact }),
        let cut = CutReduction(subject: fact, constants: constants, facts: []).cut(tests)
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
  }

  private var names: [FEELText: Int] = [:]
  private var declared: [(before: FactDeclaration?, after: FactDeclaration?)] = []
  private var conditions = Conditions()
  /// Facts that are called otherwise after: the name there by the name before.
  private let renamed: [FEELText: String]
  /// Constants beside those of the tables, by fact.
  private var extra: [(fact: Int, constants: [FEELValue])] = []

  private init(renamed: [FEELText: String]) { self.renamed = renamed }

  /// The grid of two sides.
  static func space(
    _ before: DecisionSide, _ after: DecisionSide, renamed: [(before: String, after: String)] = []
  ) throws(NotReducible) -> Space {
    var builder = SpaceBuilder(
      renamed: Dictionary(renamed.map { (FEELText($0.after), $0.before) }) { first, _ in first })
    let rows = renamed.isEmpty ? ChangedRows(before, after) : nil
    let old = try builder.side(before, isAfter: false, rows: rows?.before)
    let new = try builder.side(after, isAfter: true, rows: rows?.after)
    let names = [old, new].map { $0.layers.last?.decision.table.outputs.map { $0.name ?? "" } ?? [] }
    guard names[0] == names[1] else {
      throw NotReducible(
        reason: "the outputs are others: \(names[0].joined(separator: ", ")) and \(names[1].joined(separator: ", "))")
    }
    return try builder.finished(old, new)
  }

  /// The grid of one decision, with the constants of further tests cut into it.
  static func grid(_ source: DecisionSide, tests: [(fact: String, tests: FEELUnaryTests)] = [])
    throws(NotReducible) -> DecisionGrid
  {
    var builder = SpaceBuilder(renamed: [:])
    let side = try builder.side(source, isAfter: false)
    for (fact, tests) in tests {
      guard let index = builder.names[FEELText(fact)] else { continue }
      let reduction = CutReduction(subject: fact, constants: side.constants, facts: [])
      builder.extra.append((index, reduction.cut(tests)?.constants ?? []))
    }
    let facts = builder.axes(side, side)
    let axes = builder.gridAxes(facts)
    let known = builder.names
    var layout = SideLayout(facts: facts, axisCount: axes.count) { known[FEELText($0)] }
    var outcomes = OutcomeTable()
    let grids = try layout.grids(side)
    var table = grids.native
    if table == nil { table = try grids.first() }
    guard let table else {
      throw NotReducible(reason: "it collects the answers of several rules, and uses another decision")
    }
    return DecisionGrid(
      axes: axes, facts: facts, table: layout.table(table, &outcomes), outcomes: outcomes,
      conditions: builder.conditions, constants: side.constants)
  }

  // MARK: - Reading a side

  private mutating func side(
    _ source: DecisionSide, isAfter: Bool, rows: [Int]? = nil
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
      let declarations = try declare(decision, isAfter: isAfter)
      var limits: [(name: String, value: FEELValue)] = []
      for use in decision.uses {
        guard case .limit(let limit) = use.source else { continue }
        guard let value = graph.limit(limit) else { throw NotReducible(reason: "there is no `\(limit)` in force") }
        limits.append((use.name, value))
      }
      let (known, calledBefore) = (names, renamed)
      let layer = try Layer(
        decision, used: decision.usedDecisions.compactMap { places[$0] }, side.layers, limits: limits,
        rows: rows, fact: { name in known[FEELText(isAfter ? calledBefore[FEELText(name)] ?? name : name)] },
        &conditions)
      places[key] = side.layers.count
      side.constants = FEELScope(
        variables: Dictionary(limits.map { ($0.name, $0.value) }) { first, _ in first })
      side.layers.append(layer)
      side.declarations.append(declarations)
    }
    return side
  }

  private func canonical(_ name: String, _ isAfter: Bool) -> String {
    isAfter ? renamed[FEELText(name)] ?? name : name
  }

  private mutating func declare(_ decision: Decision, isAfter: Bool) throws(NotReducible) -> [FactDeclaration] {
    var result: [FactDeclaration] = []
    for fact in decision.facts {
      let name = canonical(fact.name, isAfter)
      var domain = Cut.always
      if let allowed = fact.allowed {
        let reduction = CutReduction(subject: fact.name, constants: .empty, facts: [])
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
        declared.append((nil, nil))
      }
      for other in [declared[index].before, declared[index].after].compactMap(\.self) {
        guard other.type == declaration.type else {
          throw NotReducible(reason: "the type of `\(fact.name)` is another on the other side")
        }
        guard other.step == declaration.step else {
          throw NotReducible(reason: "the step of `\(fact.name)` is another on the other side")
        }
      }
      if isAfter { declared[index].after = declaration } else { declared[index].before = declaration }
    }
    return result
  }

  // MARK: - Laying out

  private mutating func finished(_ before: Side, _ after: Side) throws(NotReducible) -> Space {
    let facts = axes(before, after)
    let axes = gridAxes(facts)
    var outcomes = OutcomeTable()
    let known = names
    var layout = SideLayout(facts: facts, axisCount: axes.count) { known[FEELText($0)] }
    let old = try layout.grids(before)
    let new = try layout.grids(after)
    let tables: (GridTable, GridTable)
    if let left = old.native, let right = new.native, left.combination == right.combination {
      tables = (layout.table(left, &outcomes), layout.table(right, &outcomes))
    } else if let left = try old.first(), let right = try new.first() {
      tables = (layout.table(left, &outcomes), layout.table(right, &outcomes))
    } else if let left = old.native, let right = new.native {
      guard !LaidOut.differInOrderAlone(left, right) else {
        throw NotReducible(reason: "one side lists its answers in an order, and the other in none")
      }
      tables = (layout.table(left, &outcomes), layout.table(right, &outcomes))
    } else {
      throw NotReducible(reason: "it collects the answers of several rules, and uses another decision")
    }
    return Space(pair: .aligned(axes, tables.0, tables.1), outcomes: outcomes, conditions: conditions)
  }

  private func gridAxes(_ facts: [FactAxis]) -> [Axis] {
    facts.map(\.axis)
      + conditions.keys.indices.map { index in
        Axis(
          name: conditions.text(index), kind: .condition, atoms: [.holds(true), .holds(false), .holds(nil)],
          weights: nil)
      }
  }

  private func axes(_ before: Side, _ after: Side) -> [FactAxis] {
    var constants = [[FEELValue]](repeating: [], count: declared.count)
    for (fact, more) in extra { constants[fact] += more }
    for side in [before, after] {
      for layer in side.layers {
        for table in layer.tables.values {
          for cell in table.cells { constants[cell.fact] += cell.cut.constants }
        }
      }
    }
    return declared.enumerated().map { index, pair in
      let sides = [pair.before, pair.after].compactMap(\.self)
      return FactAxis(
        name: sides.first?.name ?? "", type: sides.first?.type ?? .any, step: sides.first?.step,
        isNullable: sides.contains(where: \.isNullable), constants: constants[index], domains: sides.map(\.domain))
    }
  }
}
