/// Decides whether clauses can hold together: search that learns a clause from every contradiction (CDCL).
///
/// Two literals of each clause are watched (Moskewicz et al. 2001), a contradiction is led back to the first literal that
/// implies it (Marques-Silva and Sakallah 1996) and made smaller (Sörensson and Biere 2009), variables are decided by
/// their activity and with the value that they had last, and learned clauses that connect many levels are forgotten
/// (Audemard and Simon 2009). What was learned stays true for the next question.
///
/// Work is counted in watches looked at, never timed: the same question has the same answer on every machine.
struct ClauseSolver: ~Copyable {
  enum Answer: Sendable {
    /// There is a case; `holds` says what it is.
    case satisfied
    /// There is none, under what was assumed.
    case refuted
    /// The steps were spent.
    case unfinished
  }

  private var arena = ClauseArena()
  private var watches = WatchLists()
  private var queue = ActivityQueue()
  /// By literal: 1 holds, -1 does not, 0 is open.
  private var values = Flat<Int8>()
  private var model = Flat<Int8>()
  /// By variable: what it was last, at which level it was set, by which clause.
  private var phases = Flat<Bool>()
  private var levels = Flat<Int32>()
  private var reasons = Flat<Int32>()
  private var isSeen = Flat<Bool>()
  private var inner = Flat<Bool>()
  private var trail = Flat<Literal>()
  private var levelStarts = Flat<Int32>()
  private var head = 0
  /// How many levels are assumptions, which other questions do not share.
  private var assumedLevels: Int32 = 0
  /// Where the learned clauses start, and how many they are.
  private var learnedCount = 0
  private var learnedLimit = 4_000
  private var clauseIncrement: Float = 1
  /// Whether the clauses contradict one another whatever is assumed.
  private(set) var isContradictory = false
  /// What a search has cost so far.
  private(set) var steps = 0
  /// Every clause that was learned, where somebody wants to check them.
  private(set) var proof: [[Literal]] = []
  private let keepsProof: Bool

  // Kept between contradictions, so that none of them allocates.
  private var learned = Flat<Literal>()
  private var marked = Flat<Int32>()
  private var stack = Flat<Literal>()

  init(keepsProof: Bool = false) { self.keepsProof = keepsProof }

  var variableCount: Int { levels.count }

  /// A new variable; an inner one stands for others, and what is learned is told of those where it can.
  mutating func newVariable(isInner: Bool = false) -> Literal {
    let variable = levels.count
    inner.append(isInner)
    values.append(0)
    values.append(0)
    model.append(0)
    phases.append(false)
    levels.append(0)
    reasons.append(-1)
    isSeen.append(false)
    watches.addVariable()
    queue.addVariable()
    return Literal(code: Int32(2 * variable))
  }

  /// Whether a literal holds in the case that was found last.
  func holds(_ literal: Literal) -> Bool { (model[literal.variable] > 0) != literal.isNegated }

  @inline(__always) private func value(_ literal: Literal) -> Int8 { values.base[literal.place] }

  // MARK: - Clauses

  /// Adds a clause: one of its literals holds in every case.
  mutating func add(_ clause: [Literal]) {
    guard !isContradictory else { return }
    backtrack(to: 0)
    learned.shorten(to: 0)
    for literal in clause.sorted(by: { $0.code < $1.code }) {
      if value(literal) > 0 { return }
      if learned.count > 0, learned[learned.count - 1] == !literal { return }
      if value(literal) < 0 || (learned.count > 0 && learned[learned.count - 1] == literal) { continue }
      learned.append(literal)
    }
    switch learned.count {
    case 0: refute()
    case 1:
      set(learned[0], reason: -1)
      if propagate() >= 0 { refute() }
    default: attach(arena.append(learned, levels: 0))
    }
  }

  /// The clauses alone are a contradiction: the last line of a proof.
  private mutating func refute() {
    isContradictory = true
    if keepsProof { proof.append([]) }
  }

  private mutating func attach(_ clause: Int) {
    let (first, second) = (arena.literal(clause, 0), arena.literal(clause, 1))
    let isBinary = arena.size(clause) == 2
    watches.append(Watch(clause: clause, isBinary: isBinary, blocker: second), to: first)
    watches.append(Watch(clause: clause, isBinary: isBinary, blocker: first), to: second)
  }

  // MARK: - Search

  /// Whether all clauses can hold together with these literals; the steps are taken from the budget.
  mutating func solve(assuming assumptions: [Literal] = [], budget: inout Int) -> Answer {
    guard !isContradictory else { return .refuted }
    let start = steps
    assumedLevels = Int32(assumptions.count)
    let answer = search(assumptions, budget)
    budget -= steps - start
    backtrack(to: 0)
    return answer
  }

  private mutating func search(_ assumptions: [Literal], _ budget: Int) -> Answer {
    let start = steps
    var restarts = 0
    while true {
      backtrack(to: 0)
      if learnedCount > learnedLimit {
        // What follows without a decision is set before: then no clause has one literal left.
        guard propagate() < 0 else {
          refute()
          return .refuted
        }
        forget()
      }
      var conflicts = 100 * ClauseSolver.luby(restarts)
      restarts += 1
      while conflicts > 0 {
        let conflict = propagate()
        if conflict >= 0 {
          guard levelStarts.count > 0 else {
            refute()
            return .refuted
          }
          conflicts -= 1
          learn(from: conflict)
          continue
        }
        guard steps - start < budget else { return .unfinished }
        var next: Literal?
        while next == nil, levelStarts.count < assumptions.count {
          let assumption = assumptions[levelStarts.count]
          switch value(assumption) {
          case 0: next = assumption
          case let value where value > 0: levelStarts.append(Int32(trail.count))
          default:
            conclude(assumption)
            return .refuted
          }
        }
        while next == nil, let variable = queue.popFirst() {
          guard values[2 * variable] == 0 else { continue }
          next = Literal(code: Int32(2 * variable) + (phases[variable] ? 0 : 1))
        }
        guard let next else {
          for variable in 0..<levels.count { model[variable] = values[2 * variable] }
          return .satisfied
        }
        steps += 1
        levelStarts.append(Int32(trail.count))
        set(next, reason: -1)
      }
    }
  }

  /// The sequence by which the search starts again (Luby et al. 1993): 1, 1, 2, 1, 1, 2, 4, …
  static func luby(_ index: Int) -> Int {
    var (size, power, index) = (1, 0, index)
    while size < index + 1 {
      size = 2 * size + 1
      power += 1
    }
    while size - 1 != index {
      size = (size - 1) / 2
      power -= 1
      index %= size
    }
    return 1 << power
  }

  @inline(__always) private mutating func set(_ literal: Literal, reason: Int) {
    values.base[literal.place] = 1
    values.base[(!literal).place] = -1
    levels.base[literal.variable] = Int32(levelStarts.count)
    reasons.base[literal.variable] = Int32(truncatingIfNeeded: reason)
    trail.append(literal)
  }

  private mutating func backtrack(to level: Int) {
    guard levelStarts.count > level else { return }
    let start = Int(levelStarts[level])
    for index in (start..<trail.count).reversed() {
      let literal = trail[index]
      values[literal.place] = 0
      values[(!literal).place] = 0
      phases[literal.variable] = !literal.isNegated
      queue.insert(literal.variable)
    }
    trail.shorten(to: start)
    levelStarts.shorten(to: level)
    head = start
  }

  /// Sets what follows from what is set; the clause that cannot hold any more, or a negative number.
  private mutating func propagate() -> Int {
    var conflict = -1
    while head < trail.count, conflict < 0 {
      let wrong = !trail[head]
      head += 1
      let list = watches.lists.base + wrong.place
      guard let items = list.pointee.base else { continue }
      let count = Int(list.pointee.count)
      var (from, to) = (0, 0)
      steps += count
      while from < count {
        let watch = items[from]
        from += 1
        let known = value(watch.blocker)
        if known > 0 || watch.isBinary {
          items[to] = watch
          to += 1
          if known == 0 {
            set(watch.blocker, reason: watch.clause)
          } else if known < 0 {
            conflict = watch.clause
            break
          }
          continue
        }
        let literals = arena.literals(watch.clause)
        if literals[0] == wrong.code {
          literals[0] = literals[1]
          literals[1] = wrong.code
        }
        let first = Literal(code: literals[0])
        let moved = Watch(clause: watch.clause, isBinary: false, blocker: first)
        if first != watch.blocker, value(first) > 0 {
          items[to] = moved
          to += 1
          continue
        }
        var place = 2
        let size = arena.size(watch.clause)
        while place < size, values.base[Int(literals[place])] < 0 { place += 1 }
        if place < size {
          literals[1] = literals[place]
          literals[place] = wrong.code
          watches.append(moved, to: Literal(code: literals[1]))
          continue
        }
        items[to] = moved
        to += 1
        if value(first) < 0 {
          conflict = watch.clause
          break
        }
        set(first, reason: watch.clause)
      }
      if from != to {
        while from < count {
          items[to] = items[from]
          from += 1
          to += 1
        }
        list.pointee.count = Int32(to)
      }
    }
    if conflict >= 0 { head = trail.count }
    return conflict
  }

  // MARK: - Learning

  /// Learns from a contradiction, goes back to where the learned clause says something new, and sets what it says.
  private mutating func learn(from conflict: Int) {
    analyse(conflict)
    if keepsProof { proof.append((0..<learned.count).map { learned[$0] }) }
    var back = 0
    if learned.count > 1 {
      var highest = 1
      for index in 2..<max(2, learned.count)
      where levels[learned[index].variable] > levels[learned[highest].variable] { highest = index }
      let literal = learned[highest]
      learned[highest] = learned[1]
      learned[1] = literal
      back = Int(levels[literal.variable])
    }
    let connected = connectedLevels()
    backtrack(to: back)
    if learned.count == 1 {
      set(learned[0], reason: -1)
    } else {
      let clause = arena.append(learned, levels: connected)
      learnedCount += 1
      arena.setActivity(clause, clauseIncrement)
      attach(clause)
      set(learned[0], reason: clause)
    }
    queue.decay()
    clauseIncrement /= 0.999
  }

  /// The clause that a contradiction teaches, in `learned`: its first literal is the only one of the last level.
  private mutating func analyse(_ conflict: Int) {
    learned.shorten(to: 0)
    learned.append(Literal(code: 0))
    var (clause, open, index) = (conflict, 0, trail.count)
    var pivot: Literal?
    let level = Int32(levelStarts.count)
    while true {
      bumpClause(clause)
      for place in 0..<arena.size(clause) {
        var literal = arena.literal(clause, place)
        if literal == pivot { continue }
        if levels[literal.variable] < level { literal = outer(literal) }
        let variable = literal.variable
        if isSeen[variable] || levels[variable] == 0 { continue }
        isSeen[variable] = true
        queue.bump(variable)
        if levels[variable] == level { open += 1 } else { learned.append(literal) }
      }
      repeat { index -= 1 } while !isSeen[trail[index].variable]
      let next = trail[index]
      isSeen[next.variable] = false
      open -= 1
      if open == 0 {
        learned[0] = !next
        break
      }
      pivot = next
      clause = Int(reasons[next.variable])
    }
    minimise()
  }

  /// What a literal stands for that follows from assumptions: many rules that do not hold, because none of the first
  /// does, are then one literal of the clause.
  @inline(__always) private func outer(_ literal: Literal) -> Literal {
    let variable = literal.variable
    guard inner[variable], levels[variable] <= assumedLevels, reasons[variable] >= 0 else { return literal }
    let reason = Int(reasons[variable])
    guard arena.size(reason) == 2 else { return literal }
    let first = arena.literal(reason, 0)
    return first.variable == variable ? arena.literal(reason, 1) : first
  }

  /// Leaves out literals that the others imply.
  private mutating func minimise() {
    marked.shorten(to: 0)
    for index in 1..<max(1, learned.count) { marked.append(Int32(learned[index].variable)) }
    var kept = 1
    for index in 1..<max(1, learned.count) {
      let literal = learned[index]
      if reasons[literal.variable] >= 0, isImplied(literal) { continue }
      learned[kept] = literal
      kept += 1
    }
    learned.shorten(to: kept)
    for index in 0..<marked.count { isSeen[Int(marked[index])] = false }
  }

  /// Whether a literal follows from others of the clause; what was found to be so on the way stays marked.
  private mutating func isImplied(_ literal: Literal) -> Bool {
    let known = marked.count
    stack.shorten(to: 0)
    stack.append(literal)
    while stack.count > 0 {
      let top = stack.removeLast()
      let clause = Int(reasons[top.variable])
      for place in 0..<arena.size(clause) {
        let variable = arena.literal(clause, place).variable
        if variable == top.variable || isSeen[variable] || levels[variable] == 0 { continue }
        guard reasons[variable] >= 0 else {
          for index in known..<marked.count { isSeen[Int(marked[index])] = false }
          marked.shorten(to: known)
          return false
        }
        isSeen[variable] = true
        marked.append(Int32(variable))
        stack.append(arena.literal(clause, place))
      }
    }
    return true
  }

  /// How many levels of decisions the learned clause connects.
  private mutating func connectedLevels() -> Int {
    var count = 0
    marked.shorten(to: 0)
    for index in 0..<learned.count { marked.append(levels[learned[index].variable]) }
    var sorted = UnsafeMutableBufferPointer(start: marked.base, count: marked.count)
    sorted.sort()
    for index in 0..<sorted.count where index == 0 || sorted[index] != sorted[index - 1] { count += 1 }
    return count
  }

  private mutating func bumpClause(_ clause: Int) {
    guard arena.levels(clause) > 0 else { return }
    let activity = arena.activity(clause) + clauseIncrement
    arena.setActivity(clause, activity)
    guard activity > 1e20 else { return }
    var other = 0
    while other < arena.end {
      arena.setActivity(other, arena.activity(other) * 1e-20)
      other = arena.next(after: other)
    }
    clauseIncrement *= 1e-20
  }

  /// An assumption does not hold: the last line of a proof says which of the assumptions contradict one another.
  private mutating func conclude(_ assumption: Literal) {
    guard keepsProof else { return }
    var clause = [!assumption]
    isSeen[assumption.variable] = true
    for index in (0..<trail.count).reversed() {
      let literal = trail[index]
      guard isSeen[literal.variable] else { continue }
      isSeen[literal.variable] = false
      guard levels[literal.variable] > 0 else { continue }
      let reason = Int(reasons[literal.variable])
      guard reason >= 0 else {
        clause.append(!literal)
        continue
      }
      for place in 0..<arena.size(reason) where arena.literal(reason, place).variable != literal.variable {
        isSeen[arena.literal(reason, place).variable] = true
      }
    }
    isSeen[assumption.variable] = false
    for index in 0..<trail.count { isSeen[trail[index].variable] = false }
    proof.append(clause)
  }

  /// Drops the worse half of the learned clauses, and what holds anyway.
  ///
  /// Only at the start, where no clause is a reason.
  private mutating func forget() {
    var ranks: [(clause: Int, activity: Float)] = []
    var clause = 0
    while clause < arena.end {
      if arena.levels(clause) > 2, arena.size(clause) > 2 { ranks.append((clause, arena.activity(clause))) }
      clause = arena.next(after: clause)
    }
    ranks.sort { ($0.activity, $0.clause) < ($1.activity, $1.clause) }
    let dropped = Set(ranks.prefix(ranks.count / 2).map(\.clause))
    var kept = ClauseArena()
    learnedCount = 0
    clause = 0
    while clause < arena.end {
      let isKept = !dropped.contains(clause) && reduced(clause)
      if isKept, learned.count > 1 {
        let copy = kept.append(learned, levels: arena.levels(clause))
        kept.setActivity(copy, arena.activity(clause))
        if arena.levels(clause) > 0 { learnedCount += 1 }
      }
      clause = arena.next(after: clause)
    }
    arena = kept
    watches.removeAll()
    clause = 0
    while clause < arena.end {
      attach(clause)
      clause = arena.next(after: clause)
    }
    // What was set without a decision needs no reason, and its clause may be gone.
    for index in 0..<trail.count { reasons[trail[index].variable] = -1 }
    learnedLimit += learnedLimit / 10
  }

  /// A clause without literals that never hold, in `learned`; false where it holds anyway.
  private mutating func reduced(_ clause: Int) -> Bool {
    learned.shorten(to: 0)
    for place in 0..<arena.size(clause) {
      let literal = arena.literal(clause, place)
      if value(literal) > 0 { return false }
      if value(literal) == 0 { learned.append(literal) }
    }
    return true
  }
}
