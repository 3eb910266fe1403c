/// Searches several tables over one grid, of which one was merged of two that come from the others, for cases that the
/// merged one decides as it may not.
///
/// A part is left as soon as the rules that may hold in it show that the merge keeps to its sides there: it has the rules
/// of one side, and the other side those of a base. It is cut by the rules that are not the same in all tables first, so
/// that where nobody changed anything costs one look. Work is counted in rules.
struct JointDescent {
  private let axes: [Axis]
  private let tables: [GridTable]
  /// How many of the tables, the first ones, are what the sides come from; ours, theirs and the merged one follow.
  private let baseCount: Int
  private var outcomes: OutcomeTable
  /// For each rule of each table a number that equal rules share.
  private let ids: [[Int32]]
  /// The rules that are not in all tables.
  private let isContested: [[Bool]]
  private(set) var work: Int

  enum End {
    /// No case, beside those that were not accepted.
    case complete
    /// A case was accepted.
    case found
    case unfinished
  }

  /// Asked for each part in which a case may be; true ends the search.
  ///
  /// Certain where the grid alone says that every case of the part is decided so.
  typealias Accept = (GridBox, _ isCertain: Bool) -> Bool

  init(_ space: JointSpace, bases: Int, work: Int) {
    axes = space.axes
    tables = space.tables
    outcomes = space.outcomes
    baseCount = bases
    self.work = work
    var known: [UInt64: [(table: Int, rule: Int32, id: Int32)]] = [:]
    var next: Int32 = 0
    var ids: [[Int32]] = []
    var holders: [[Int]] = []
    for (number, table) in tables.enumerated() {
      ids.append([])
      for rule in 0..<Int32(table.count) {
        let bucket = known[table.hashes[Int(rule)], default: []]
        let same = bucket.first { table.isSameRule(rule, space.tables[$0.table], $0.rule) }
        let id = same?.id ?? next
        if same == nil {
          known[table.hashes[Int(rule)], default: []].append((number, rule, id))
          holders.append(Array(repeating: 0, count: tables.count))
          next += 1
        }
        holders[Int(id)][number] += 1
        ids[number].append(id)
      }
    }
    self.ids = ids
    // A rule that stands in another order among those of the others is found where the lists are compared.
    isContested = ids.map { $0.map { id in holders[Int(id)].contains { $0 != holders[Int(id)][0] } } }
  }

  private var ours: Int { baseCount }
  private var theirs: Int { baseCount + 1 }
  private var merged: Int { baseCount + 2 }

  /// Whether a merge may not decide a case so: as neither side does, or as all bases do where one side changed it and the
  /// other has no say.
  static func isBroken<Answer: Equatable>(bases: [Answer], ours: Answer, theirs: Answer, merged: Answer) -> Bool {
    if merged != ours, merged != theirs { return true }
    guard ours != theirs, !bases.isEmpty else { return false }
    return bases.allSatisfy { $0 == merged }
  }

  // MARK: - Drawing cases

  /// Draws places where a contested rule applies, before the search: what is broken is mostly broken in many places.
  mutating func draw(_ tries: Int, _ random: inout SplitMix64, _ accept: Accept) -> Bool {
    let contested = tables.indices.flatMap { table in
      isContested[table].indices.filter { isContested[table][$0] }.map { (table, Int32($0)) }
    }
    guard !contested.isEmpty else { return false }
    var misses = 0
    for _ in 0..<tries where work > 0 {
      let (table, rule) = contested[random.below(contested.count)]
      guard var box = tables[table].box(of: rule, within: GridBox(axes)) else { continue }
      // Where two of them meet, more often than not.
      let (other, second) = contested[random.below(contested.count)]
      if let both = tables[other].box(of: second, within: box) { box = both }
      let point = GridBox(
        sides: box.sides.map { side in
          let range = side.ranges[random.below(side.ranges.count)]
          let atom = range.low + Int32(random.below(Int(range.high - range.low) + 1))
          return AtomSet(atom, atom)
        })
      work -= tables.reduce(0) { $0 + $1.count } / 4
      let answers = tables.map { outcomes.answer($0, $0.holding(point)) }
      guard isBroken(answers) else { continue }
      if accept(point, isConstant(answers)) { return true }
      misses += 1
      if misses > 20 { return false }
    }
    return false
  }

  private func isBroken(_ answers: [OutcomeID]) -> Bool {
    JointDescent.isBroken(
      bases: Array(answers[..<baseCount]), ours: answers[ours], theirs: answers[theirs], merged: answers[merged])
  }

  private func isConstant(_ answers: [OutcomeID]) -> Bool { answers.allSatisfy { outcomes[$0].isConstant } }

  // MARK: - The search

  mutating func run(_ accept: Accept) -> End {
    let whole = GridBox(axes)
    return explore(whole, tables.indices.map { alive(Array(0..<Int32(tables[$0].count)), $0, whole) }, accept)
  }

  /// The rules of a table that may answer in a box, of those that may in one around it.
  private mutating func alive(_ rules: [Int32], _ table: Int, _ box: GridBox) -> [Int32] {
    work -= rules.count
    var alive: [Int32] = []
    for rule in rules where !tables[table].isDisjoint(rule, from: box) {
      alive.append(rule)
      // What refuses a case goes before all else, and under `first` so does every rule before those behind it.
      if tables[table].combination == .first || Int(rule) < tables[table].guardCount,
        tables[table].covers(rule, box)
      {
        break
      }
    }
    return alive
  }

  private mutating func explore(_ box: GridBox, _ alive: [[Int32]], _ accept: Accept) -> End {
    work -= alive.reduce(20) { $0 + $1.count }
    if isKept(alive) { return .complete }
    guard work > 0 else { return .unfinished }
    var groups: [[Int32]] = []
    for (table, rules) in alive.enumerated() { groups.append(rules.filter { isContested[table][Int($0)] }) }
    guard let axis = axisToCut(box, groups) ?? axisToCut(box, alive) else {
      let answers = tables.indices.map { outcomes.answer(tables[$0], alive[$0]) }
      let isConstant = isConstant(answers)
      guard isConstant ? isBroken(answers) : mayBeBroken(answers) else { return .complete }
      return accept(box, isConstant) ? .found : .complete
    }
    if axisToCut(box, groups) == nil { groups = alive }
    let mine = box.sides[axis]
    var accepted: [AtomSet?] = []
    for (table, rules) in groups.enumerated() {
      for rule in rules {
        guard let set = tables[table].set(of: rule, on: axis), !mine.isSubset(of: set) else { continue }
        accepted.append(set)
      }
    }
    let split = AxisSplit(side: mine, accepted: accepted)
    work -= split.work
    var children: [(box: GridBox, alive: [[Int32]])] = []
    for part in split.parts {
      var inner = box
      inner.sides[axis] = part.set
      var rules: [[Int32]] = []
      for table in tables.indices { rules.append(self.alive(alive[table], table, inner)) }
      children.append((inner, rules))
    }
    // Where fewer rules are alive a case is found sooner.
    children.sort { left, right in left.alive.reduce(0) { $0 + $1.count } < right.alive.reduce(0) { $0 + $1.count } }
    for child in children {
      let end = explore(child.box, child.alive, accept)
      if case .complete = end { continue }
      return end
    }
    return .complete
  }

  /// Whether the rules that are alive alone show that the merge keeps to its sides.
  private func isKept(_ alive: [[Int32]]) -> Bool {
    let (isOurs, isTheirs) = (isSame(merged, ours, alive), isSame(merged, theirs, alive))
    if isOurs, isTheirs { return true }
    guard baseCount > 0 else { return isOurs || isTheirs }
    return isOurs && (0..<baseCount).contains { isSame(theirs, $0, alive) }
      || isTheirs && (0..<baseCount).contains { isSame(ours, $0, alive) }
  }

  /// Whether two tables have the same rules in a part, and so answer alike.
  private func isSame(_ left: Int, _ right: Int, _ alive: [[Int32]]) -> Bool {
    let (one, other) = (tables[left], tables[right])
    guard one.combination == other.combination, one.fallback == other.fallback,
      alive[left].count == alive[right].count
    else { return false }
    let mine = alive[left].map { ids[left][Int($0)] }
    let theirs = alive[right].map { ids[right][Int($0)] }
    return mine == theirs || !one.combination.heedsOrder && mine.sorted() == theirs.sorted()
  }

  /// The same of answers some of which are formulas: two of them may be one in some case.
  private func mayBeBroken(_ answers: [OutcomeID]) -> Bool {
    let (isOurs, isTheirs) = (answers[merged] == answers[ours], answers[merged] == answers[theirs])
    if isOurs, isTheirs { return false }
    guard baseCount > 0 else { return !isOurs && !isTheirs }
    let bases = answers[..<baseCount]
    return !(isOurs && bases.contains(answers[theirs]) || isTheirs && bases.contains(answers[ours]))
  }

  /// The axis on which most of these rules exclude a part of a box; nil where none does.
  private func axisToCut(_ box: GridBox, _ groups: [[Int32]]) -> Int? {
    var counts = [Int](repeating: 0, count: axes.count)
    for (table, rules) in groups.enumerated() {
      for rule in rules {
        for constraint in tables[table].constraints(of: rule)
        where !box.sides[Int(constraint.axis)].isSubset(of: tables[table].set(constraint)) {
          counts[Int(constraint.axis)] += 1
        }
      }
    }
    guard let most = counts.max(), most > 0 else { return nil }
    return counts.firstIndex(of: most)
  }
}
