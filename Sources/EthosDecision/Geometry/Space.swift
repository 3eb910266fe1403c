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

  private var names: [FEELText: Int] = [:]
  private var declared: [(before: FactDeclaration?, after: FactDeclaration?)] = []
  private var conditions = Conditions()
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
    let old = try builder.side(before, isAfter: false, rows: rows?.before)
    let new = try builder.side(after, isAfter: true, rows: rows?.after)
    let names = [old, new].map { $0.layers.last?.decision.table.outputs.map { $0.name ?? "" } ?? [] }
    guard names[0] == names[1] else {
      throw NotReducible(
        reason: "the outputs are others: \(names[0].joined(separator: ", ")) and \(names[1].joined(separator: ", "))")
    }
    return try builder.finished(old, new)
  }

  /// The grid of one decision, with the constants of further tests cut into it; with moments in order where asked for.
  static func grid(
    _ source: DecisionSide, tests: [(fact: String, tests: FEELUnaryTests)] = [], moments: Bool
  ) throws(NotReducible) -> DecisionGrid {
    guard moments else { return try grid(source, tests, false) }
    return try withMoments { cutsMoments throws(NotReducible) in try grid(source, tests, cutsMoments) }
  }

  private static func grid(
    _ source: DecisionSide, _ tests: [(fact: String, tests: FEELUnaryTests)], _ cutsMoments: Bool
  ) throws(NotReducible) -> DecisionGrid {
    var builder = SpaceBuilder(renamed: [:], cutsMoments: cutsMoments)
    let side = try builder.side(source, isAfter: false)
    if let score = side.scores.first {
      throw NotReducible(reason: "`\(score.key)`, which it uses, collects the answers of several rules")
    }
    for (fact, tests) in tests {
      guard let index = builder.names[FEELText(fact)] else { continue }
      let type = cutsMoments ? builder.declared[index].before?.type ?? .any : .any
      let reduction = CutReduction(
        subject: fact, constants: side.constants, facts: [], type: type, cutsMoments: cutsMoments)
      builder.extra.append((index, reduction.cut(tests)?.constants ?? []))
    }
    let facts = try builder.axes(side, side)
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
      conditions: builder.conditions, constants: side.constants, moments: cutsMoments)
  }

  // MARK: - Reading a side

  private mutating func side(
    _ source: DecisionSide, isAfter: Bool, rows: [Int]? = nil
  ) throws(NotReducible) -> Side {
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
      let scores = useScores(decision, &side)
      let (known, calledBefore, conditionCount) = (names, renamed, conditions.keys.count)
      let layer = try Layer(
        decision, used: decision.usedDecisions.compactMap { places[$0] }, side.layers, limits: limits,
        rows: rows, cutsMoments: cutsMoments,
        fact: { name in
          scores[FEELText(name)] ?? known[FEELText(isAfter ? calledBefore[FEELText(name)] ?? name : name)]
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

  /// The axes that stand for the sums that a decision uses, by the names that it gives them.
  private mutating func useScores(_ decision: Decision, _ side: inout Side) -> [FEELText: Int] {
    var found: [FEELText: Int] = [:]
    for use in decision.uses {
      guard case .output(let key, let output) = use.source,
        let place = side.scores.firstIndex(where: { $0.key == key })
      else { continue }
      let name = FEELText("\(key).\(output)")
      let index = names[name] ?? declared.count
      if names[name] == nil {
        names[name] = index
        let fact = FactDeclaration(name: use.name, type: .number, step: nil, isNullable: false, domain: .always)
        declared.append((fact, nil))
      }
      side.scores[place].axis = index
      found[FEELText(use.name)] = index
    }
    return found
  }

  /// A sum is compared with constants in a column of its own, and nothing else: then its axis says all of it.
  private func requirePlain(_ decision: Decision, _ scores: Set<FEELText>, _ known: Int) throws(NotReducible) {
    func names(_ names: some Sequence<String>) -> Bool { names.contains { scores.contains(FEELText($0)) } }
    let isPlain =
      decision.table.rules.allSatisfy { rule in
        !rule.answers.contains { names($0.names) }
          && !zip(decision.table.inputs, rule.tests).contains { input, tests in
            !scores.contains(FEELText(input.name)) && names(tests.names)
          }
      } && !decision.table.outputs.contains { $0.fallback.map { names($0.names) } ?? false }
      && !conditions.keys[known...].contains { scores.contains($0.subject) }
    guard isPlain else {
      throw NotReducible(reason: "a sum of another decision is used in an expression")
    }
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
    let facts = try axes(before, after)
    let axes = gridAxes(facts)
    var outcomes = OutcomeTable()
    let known = names
    var layout = SideLayout(facts: facts, axisCount: axes.count) { known[FEELText($0)] }
    let old = try layout.grids(before)
    let new = try layout.grids(after)
    let tables: (GridTable, GridTable)
    let scores = try scoreAxes(before, after, facts, layout)
    if !scores.isEmpty {
      guard let left = try old.first(), let right = try new.first() else {
        throw NotReducible(reason: "it collects the answers of several rules, and uses another decision")
      }
      tables = (layout.table(left, &outcomes), layout.table(right, &outcomes))
      let pair = GridPair.aligned(axes, tables.0, tables.1)
      return Space(pair: pair, outcomes: outcomes, conditions: conditions, scores: scores)
    }
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

  private func scoreAxes(
    _ before: Side, _ after: Side, _ facts: [FactAxis], _ layout: SideLayout
  ) throws(NotReducible) -> [ScoreAxis] {
    var axes: [ScoreAxis] = []
    for (side, isAfter) in [(before, false), (after, true)] {
      for score in side.scores {
        guard let axis = score.axis else { continue }
        let place = axes.firstIndex { $0.axis == axis } ?? axes.count
        if place == axes.count { axes.append(ScoreAxis(axis: axis, fact: facts[axis])) }
        let laidOut = try layout.score(side, score.layer)
        if isAfter { axes[place].after = laidOut } else { axes[place].before = laidOut }
      }
    }
    return axes
  }

  private func gridAxes(_ facts: [FactAxis]) -> [Axis] {
    facts.map(\.axis)
      + conditions.keys.indices.map { index in
        Axis(
          name: conditions.text(index), kind: .condition, atoms: [.holds(true), .holds(false), .holds(nil)],
          weights: nil)
      }
  }

  private func axes(_ before: Side, _ after: Side) throws(NotReducible) -> [FactAxis] {
    var constants = [[FEELValue]](repeating: [], count: declared.count)
    for (fact, more) in extra { constants[fact] += more }
    for side in [before, after] {
      for layer in side.layers {
        for table in layer.tables.values {
          for cell in table.cells { constants[cell.fact] += cell.cut.constants }
        }
      }
    }
    for (fact, pair) in declared.enumerated() where cutsMoments {
      let domains = [pair.before, pair.after].compactMap(\.self).flatMap(\.domain.constants)
      guard MomentForms.areOne(constants[fact] + domains) else { throw SpaceBuilder.mixedMoments }
    }
    return declared.enumerated().map { index, pair in
      let sides = [pair.before, pair.after].compactMap(\.self)
      return FactAxis(
        name: sides.first?.name ?? "", type: sides.first?.type ?? .any, step: sides.first?.step,
        isNullable: sides.contains(where: \.isNullable), constants: constants[index], domains: sides.map(\.domain))
    }
  }
}
