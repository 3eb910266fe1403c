import EthosFEEL
import EthosModel

/// A table laid out as boxes, with the way in which its rows combine.
struct LaidOut {
  var combination: GridCombination
  /// Rows that refuse a case come first, in order.
  var rows: [GridRow]
  var fallback: TableAnswer
  /// Where no row holds, parts in which another answer is known than the fallback as a whole.
  var fallbackParts: [GridRow] = []
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
  /// Says formulas case by case; nil where they are left as they are.
  private let split: FormulaSplit?

  /// Most rows of a table that is composed with those that it uses.
  static let maximumRows = 200_000

  init(facts: [FactAxis], axisCount: Int, split: FormulaSplit? = nil, number: @escaping (String) -> Int?) {
    self.facts = facts
    self.split = split
    self.axisCount = axisCount
    self.number = number
  }

  mutating func grids(_ side: SpaceBuilder.Side) throws(NotReducible) -> SideGrids {
    guard let root = side.layers.last, let declarations = side.declarations.last else {
      throw NotReducible(reason: "there is no decision")
    }
    var native: LaidOut?
    if root.used.isEmpty, let table = root.tables[[]] {
      native = try laidOut(table, root.decision, refusals(declarations) + scoreRefusals(side))
    }
    let copy = self
    return SideGrids(native: native) { () throws(NotReducible) in
      var layout = copy
      guard root.decision.table.hitPolicy.hasFirstForm else { return nil }
      return LaidOut(
        combination: .first, rows: layout.scoreRefusals(side) + (try layout.firstForm(side, side.layers.count - 1)),
        fallback: .outcome(.noRule))
    }
  }

  /// What the sums refuse, without which nothing is decided.
  private func scoreRefusals(_ side: SpaceBuilder.Side) -> [GridRow] {
    side.scores.filter { $0.axis != nil }.flatMap { refusals(side.declarations[$0.layer]) }
  }

  /// The rules that are added up in a sum.
  func score(_ side: SpaceBuilder.Side, _ place: Int) throws(NotReducible) -> LaidOut {
    let layer = side.layers[place]
    guard let table = layer.tables[[]] else {
      throw NotReducible(reason: "`\(layer.decision.key)` adds up answers that depend on other decisions")
    }
    var layout = self
    return try layout.laidOut(table, layer.decision, [])
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
    let table = split?.split(table, decision) ?? table
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
    var laidOut = LaidOut(combination: combination, rows: refusals + failing + holding, fallback: table.fallback)
    laidOut.fallbackParts = (split?.split(table.fallback, decision) ?? []).map {
      GridRow(box: $0.box, answer: $0.answer, source: .fallback)
    }
    return laidOut
  }

  /// What the decisions that are used answer together in a box.
  private struct Context {
    var box: SparseBox = [:]
    var answers: [TableAnswer] = []
    /// The row of the last of them.
    var source: RuleSource?
    /// Whether one of them refuses the case.
    var isRefused = false
  }

  /// The rows of a layer as a list in which the first that holds answers; the last holds everywhere.
  private mutating func firstForm(_ side: SpaceBuilder.Side, _ index: Int) throws(NotReducible) -> [GridRow] {
    let layer = side.layers[index]
    var rows = refusals(side.declarations[index])
    var contexts = [Context()]
    for used in layer.used {
      let list = try firstForm(side, used)
      var next: [Context] = []
      for context in contexts {
        for row in list {
          guard let inner = row.within(context.box) else { continue }
          next.append(
            Context(
              box: inner.box, answers: context.answers + [row.answer], source: row.source,
              isRefused: context.isRefused || row.source == .refusal))
          guard next.count <= SideLayout.maximumRows else { throw SideLayout.tooLarge }
        }
      }
      contexts = next
    }
    var tables: [[TableAnswer]: [GridRow]] = [:]
    for context in contexts {
      guard let table = layer.tables[context.answers] else {
        // Rows of what is used are no rows of this table.
        let source = context.isRefused ? RuleSource.refusal : .upstream
        rows.append(GridRow(box: context.box, answer: .outcome(.failed), source: source))
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
    let fallback = table.fallbackParts + [GridRow(box: [:], answer: table.fallback, source: .fallback)]
    return (refusals + conflicts + rules + fallback).map { row in
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
      for row in laidOut.fallbackParts { table.append(row.box, outcome: outcomes.id(row.answer), source: .fallback) }
      table.append([:], outcome: table.fallback, source: .fallback)
    }
    return table
  }
}
