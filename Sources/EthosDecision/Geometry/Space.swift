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
  var axes: [Axis]
  var facts: [FactAxis]
  var before: GridTable
  var after: GridTable
  var outcomes: OutcomeTable
  /// The conditions behind the axes that are no facts.
  var conditions: Conditions
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
    let old = try builder.side(before, isAfter: false)
    let new = try builder.side(after, isAfter: true)
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

  private mutating func side(_ source: DecisionSide, isAfter: Bool) throws(NotReducible) -> Side {
    var graph = source.graph
    guard let order = graph.order(of: source.key) else {
      throw NotReducible(reason: "`\(source.key)` uses itself, through what it uses")
    }
    var side = Side()
    var places: [EntryKey: Int] = [:]
    for key in order {
      guard let decision = graph.decision(key) else { throw NotReducible(reason: "there is no `\(key)` in force") }
      guard decision.isUsable else { throw NotReducible(reason: "`\(key)` has errors") }
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
        fact: { name in known[FEELText(isAfter ? calledBefore[FEELText(name)] ?? name : name)] }, &conditions)
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
    return Space(
      axes: axes, facts: facts, before: tables.0, after: tables.1, outcomes: outcomes,
      conditions: conditions)
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

/// A table laid out as boxes, with the way in which its rows combine.
struct LaidOut {
  var combination: GridCombination
  /// Rows that refuse a case come first, in order.
  var rows: [GridRow]
  var fallback: TableAnswer
}

extension LaidOut {
  /// Whether one side lists its answers in an order and the other in none: neither is the other.
  static func differInOrderAlone(_ left: LaidOut, _ right: LaidOut) -> Bool {
    Set([left.combination, right.combination]) == [.bag, .sequence]
  }
}

/// One decision with everything it uses, laid out.
struct SideGrids {
  /// The table as it is, where it uses no other decision.
  var native: LaidOut?
  /// The same as a list in which the first row that holds answers.
  var composed: () throws(NotReducible) -> LaidOut?

  func first() throws(NotReducible) -> LaidOut? {
    if let native, native.combination == .first { return native }
    return try composed()
  }
}

/// Lays the tables of one side out over the axes.
struct SideLayout {
  private let facts: [FactAxis]
  private let axisCount: Int
  private let number: (String) -> Int?

  /// Most rows of a table that is composed with those that it uses.
  static let maximumRows = 200_000

  init(facts: [FactAxis], axisCount: Int, number: @escaping (String) -> Int?) {
    self.facts = facts
    self.axisCount = axisCount
    self.number = number
  }

  mutating func grids(_ side: SpaceBuilder.Side) throws(NotReducible) -> SideGrids {
    guard let root = side.layers.last, let declarations = side.declarations.last else {
      throw NotReducible(reason: "there is no decision")
    }
    var native: LaidOut?
    if root.used.isEmpty, let table = root.tables[[]] {
      native = try laidOut(table, root.decision, refusals(declarations))
    }
    let copy = self
    return SideGrids(native: native) { () throws(NotReducible) in
      var layout = copy
      guard root.decision.table.hitPolicy.hasFirstForm else { return nil }
      return LaidOut(
        combination: .first, rows: try layout.firstForm(side, side.layers.count - 1), fallback: .outcome(.noRule))
    }
  }

  /// The rows that refuse what a decision does not allow, or may not miss.
  private func refusals(_ declarations: [SpaceBuilder.FactDeclaration]) -> [GridRow] {
    declarations.compactMap { declaration in
      guard let index = number(declaration.name) else { return nil }
      let axis = facts[index]
      var allowed = axis.truth(of: declaration.domain).holds.subtracting(axis.null)
      if declaration.isNullable { allowed = allowed.union(axis.null) }
      let refused = axis.all.subtracting(allowed)
      return refused.isEmpty
        ? nil : GridRow(box: [index: refused], answer: .outcome(.failed), source: .refusal, isRefusal: true)
    }
  }

  private mutating func laidOut(
    _ table: ReducedTable, _ decision: Decision, _ refusals: [GridRow]
  ) throws(NotReducible) -> LaidOut {
    let combination = table.hitPolicy.combination
    var failing: [GridRow] = []
    var holding: [GridRow] = []
    var boxes = RowBoxes(facts: facts, cells: table.cells)
    for row in try RuleOrder.sorted(table, decision.table.outputs) {
      let found = boxes.rows(row)
      // Under `first` a failure counts where no earlier rule has answered.
      if combination == .first, table.hitPolicy == .first {
        holding += found.failing.map { row in
          var inner = row
          inner.isRefusal = false
          return inner
        }
      } else {
        failing += found.failing
      }
      if let row = found.holding { holding.append(row) }
    }
    return LaidOut(combination: combination, rows: refusals + failing + holding, fallback: table.fallback)
  }

  /// The rows of a layer as a list in which the first that holds answers; the last holds everywhere.
  private mutating func firstForm(_ side: SpaceBuilder.Side, _ index: Int) throws(NotReducible) -> [GridRow] {
    let layer = side.layers[index]
    var rows = refusals(side.declarations[index])
    var contexts: [(box: SparseBox, answers: [TableAnswer], source: RuleSource?)] = [([:], [], nil)]
    for used in layer.used {
      let list = try firstForm(side, used)
      var next: [(box: SparseBox, answers: [TableAnswer], source: RuleSource?)] = []
      for context in contexts {
        for row in list {
          guard let inner = row.within(context.box) else { continue }
          next.append((inner.box, context.answers + [row.answer], row.source))
          guard next.count <= SideLayout.maximumRows else { throw SideLayout.tooLarge }
        }
      }
      contexts = next
    }
    var tables: [[TableAnswer]: [GridRow]] = [:]
    for context in contexts {
      guard let table = layer.tables[context.answers] else {
        rows.append(GridRow(box: context.box, answer: .outcome(.failed), source: context.source ?? .refusal))
        continue
      }
      if tables[context.answers] == nil {
        tables[context.answers] = try ordered(laidOut(table, layer.decision, []))
      }
      for row in tables[context.answers] ?? [] {
        guard var inner = row.within(context.box) else { continue }
        if let source = context.source, let place = row.source.row { inner.source = .composed(place, upstream: source) }
        rows.append(inner)
        guard rows.count <= SideLayout.maximumRows else { throw SideLayout.tooLarge }
      }
    }
    return rows
  }

  /// A table as a list in which the first row that holds answers: where rules collide, the collision comes first.
  private func ordered(_ table: LaidOut) throws(NotReducible) -> [GridRow] {
    let refusals = table.rows.filter(\.isRefusal)
    let rules = table.rows.filter { !$0.isRefusal }
    var conflicts: [GridRow] = []
    if table.combination != .first {
      for (place, rule) in rules.enumerated() {
        for other in rules[(place + 1)...] where table.combination == .unique || other.answer != rule.answer {
          guard rule.meets(other), var both = rule.within(other.box) else { continue }
          both.answer =
            rule.answer == .outcome(.failed) || other.answer == .outcome(.failed)
            ? .outcome(.failed) : .outcome(.conflict)
          conflicts.append(both)
          guard conflicts.count <= SideLayout.maximumRows else { throw SideLayout.tooLarge }
        }
      }
    }
    // In a list the order says what is refused; nothing of it is moved to the front any more.
    return (refusals + conflicts + rules + [GridRow(box: [:], answer: table.fallback, source: .fallback)]).map { row in
      var row = row
      row.isRefusal = false
      return row
    }
  }

  private static let tooLarge = NotReducible(
    reason: "together with what it uses it has more than \(maximumRows) rules")

  /// The grid of a laid out table.
  func table(_ laidOut: LaidOut, _ outcomes: inout OutcomeTable) -> GridTable {
    var table = GridTable(
      axisCount: axisCount, combination: laidOut.combination, fallback: outcomes.id(laidOut.fallback))
    for row in laidOut.rows where row.isRefusal {
      table.append(row.box, outcome: outcomes.id(row.answer), source: row.source, isGuard: true)
    }
    for row in laidOut.rows where !row.isRefusal {
      table.append(row.box, outcome: outcomes.id(row.answer), source: row.source)
    }
    if laidOut.combination == .first {
      table.append([:], outcome: table.fallback, source: .fallback)
    }
    return table
  }
}
