import EthosFEEL

/// What a condition can be in a box: whether it can hold, not hold, or fail to be evaluated there.
///
/// The grid takes conditions for facts of their own, so that it has boxes in which no case is: `f < 2` holds where `f` is
/// above 3, a text has no length. Each fact is taken for all that the box allows, by its least and greatest value, and
/// what is not understood can be anything: a box is called impossible only where it is proved to be.
struct ConditionReach {
  private let axes: [Axis]
  private let conditions: Conditions
  private let places: [FEELText: Int]

  init(axes: [Axis], conditions: Conditions) {
    self.axes = axes
    self.conditions = conditions
    var places: [FEELText: Int] = [:]
    for (index, axis) in axes.enumerated() where axis.kind != .condition { places[FEELText(axis.name)] = index }
    self.places = places
  }

  /// Whether no case is in a box because a condition cannot be there as the box has it.
  func isImpossible(_ box: GridBox) -> Bool {
    let sides = box.sides.suffix(conditions.keys.count)
    return zip(conditions.keys, sides).contains { key, side in
      guard side.count < 3, let subject = places[key.subject] else { return false }
      return !truth(key.tests, subject, box).atoms.contains(where: side.contains)
    }
  }

  // MARK: - Truths

  /// The results that a test may have, and whether it may have none because something went wrong.
  struct Truth: Equatable {
    var results: Set<Bool?>
    var mayFail = false

    static let unknown = Truth(results: [true, false, nil], mayFail: true)
    static let either = Truth(results: [true, false])

    static func always(_ result: Bool) -> Truth { Truth(results: [result]) }

    /// The atoms of a condition's axis, as `Conditions.atom` gives them.
    var atoms: [Int32] {
      var atoms: Set<Int32> = []
      for result in results {
        switch result {
        case true?: atoms.insert(0)
        case false?: atoms.insert(1)
        case nil: atoms.formUnion(mayFail ? [1, 2] : [1])
        }
      }
      return atoms.sorted()
    }

    var negated: Truth { Truth(results: Set(results.map(FEELTernary.not)), mayFail: mayFail) }

    func combined(_ other: Truth, _ combine: (Bool?, Bool?) -> Bool?) -> Truth {
      var all: Set<Bool?> = []
      for left in results { for right in other.results { all.insert(combine(left, right)) } }
      return Truth(results: all, mayFail: mayFail || other.mayFail)
    }
  }

  private func truth(_ tests: FEELUnaryTests, _ subject: Int, _ box: GridBox) -> Truth {
    func any(_ list: [FEELUnaryTest]) -> Truth {
      list.reduce(.always(false)) { $0.combined(truth($1, subject, box), FEELTernary.or) }
    }
    switch tests {
    case .any: return .always(true)
    case .tests(let list): return any(list)
    case .not(let list): return any(list).negated
    }
  }

  private func truth(_ test: FEELUnaryTest, _ subject: Int, _ box: GridBox) -> Truth {
    let value = extent(axis: subject, box)
    switch test.kind {
    case .comparison(let sign, let bound): return compare(sign, value, extent(bound, subject, box))
    case .interval(let interval):
      // Of ends in the wrong order, or of one alone, nothing is said.
      guard let low = interval.low, let high = interval.high else { return .unknown }
      let (lowest, highest) = (extent(low, subject, box), extent(high, subject, box))
      guard compare(.lessOrEqual, lowest, highest) == .always(true) else { return .unknown }
      return compare(interval.isLowClosed ? .greaterOrEqual : .greater, value, lowest)
        .combined(compare(interval.isHighClosed ? .lessOrEqual : .less, value, highest), FEELTernary.and)
    case .expression(let expression):
      if expression.usesInput { return truth(expression, subject, box) }
      return compare(.equal, value, extent(expression, subject, box))
    }
  }

  private func truth(_ expression: FEELExpression, _ subject: Int, _ box: GridBox) -> Truth {
    switch expression.kind {
    case .comparison(let sign, let left, let right):
      return compare(sign, extent(left, subject, box), extent(right, subject, box))
    case .and(let left, let right):
      return truth(left, subject, box).combined(truth(right, subject, box), FEELTernary.and)
    case .or(let left, let right):
      return truth(left, subject, box).combined(truth(right, subject, box), FEELTernary.or)
    case .invocation(let function, let arguments):
      guard case .name(let name) = function.kind, ["starts with", "ends with", "contains"].contains(name),
        texts(function, arguments, subject, box) == 2
      else { return .unknown }
      return .either
    default: return .unknown
    }
  }

  /// How many arguments a function that no fact hides has, where all are texts.
  private func texts(
    _ function: FEELExpression, _ arguments: [FEELArgument], _ subject: Int, _ box: GridBox
  ) -> Int? {
    guard case .name(let name) = function.kind, places[FEELText(name)] == nil, FEELBuiltin.isSettled(name),
      arguments.allSatisfy({ $0.name == nil && extent($0.value, subject, box).isText })
    else { return nil }
    return arguments.count
  }

  // MARK: - Values

  /// All that a value can be.
  private enum Extent {
    case text
    case ordered(Reach)
    case unknown

    var isText: Bool { if case .text = self { true } else { false } }
  }

  /// The values of one kind between two ends, which a nil end is without.
  private struct Reach {
    var kind: OrderKey.Kind
    var low: FEELNumber?
    var high: FEELNumber?
    var isLowIn = true
    var isHighIn = true
    /// Whether it is a constant.
    var isLiteral = false

    /// Whether all of it is below all of another.
    func isBelow(_ other: Reach) -> Bool {
      guard let high, let low = other.low else { return false }
      return high < low || high == low && !(isHighIn && other.isLowIn)
    }

    /// Whether nothing of it is above anything of another.
    func isNotAbove(_ other: Reach) -> Bool {
      guard let high, let low = other.low else { return false }
      return high <= low
    }

    var isPoint: Bool { low != nil && low == high }
  }

  private func extent(_ expression: FEELExpression, _ subject: Int, _ box: GridBox) -> Extent {
    switch expression.kind {
    case .input: return extent(axis: subject, box)
    case .name(let name): return places[FEELText(name)].map { extent(axis: $0, box) } ?? .unknown
    case .string: return .text
    case .number(let number): return .ordered(Reach(kind: .number, low: number, high: number, isLiteral: true))
    case .temporal(let value):
      guard let key = OrderKey(value) else { return .unknown }
      return .ordered(Reach(kind: key.kind, low: key.number, high: key.number, isLiteral: true))
    case .arithmetic(let sign, let left, let right):
      // What is rounded keeps its order, and may reach an end that it did not.
      guard case .ordered(let one) = extent(left, subject, box), case .ordered(let other) = extent(right, subject, box),
        one.kind == .number, other.kind == .number, let low = one.low, let high = one.high, let otherLow = other.low,
        let otherHigh = other.high
      else { return .unknown }
      switch sign {
      case .plus:
        guard let least = low + otherLow, let most = high + otherHigh else { return .unknown }
        return .ordered(Reach(kind: .number, low: least, high: most))
      case .minus:
        guard let least = low - otherHigh, let most = high - otherLow else { return .unknown }
        return .ordered(Reach(kind: .number, low: least, high: most))
      case .times, .divided, .power: return .unknown
      }
    case .invocation(let function, let arguments):
      guard case .name("string length") = function.kind, texts(function, arguments, subject, box) == 1 else {
        return .unknown
      }
      return .ordered(Reach(kind: .number, low: .zero, high: nil))
    default: return .unknown
    }
  }

  /// All that a box allows a fact to be; nothing is known where it may be missing.
  private func extent(axis index: Int, _ box: GridBox) -> Extent {
    let axis = axes[index]
    guard case .fact(let type, _) = axis.kind, !box.sides[index].isEmpty else { return .unknown }
    // Atoms are in order, what is no place in it comes last: the ends of ranges speak for what lies between.
    let ends = box.sides[index].ranges.flatMap { [$0.low, $0.high] }
    if type == .string {
      let isText = ends.allSatisfy { atom in
        switch axis.atoms[Int(atom)] {
        case .otherText, .value(.string): true
        case .value, .gap, .null, .holds: false
        }
      }
      return isText ? .text : .unknown
    }
    var found: Reach?
    for atom in ends {
      guard let reach = reach(axis.atoms[Int(atom)], type) else { return .unknown }
      guard let known = found else {
        found = reach
        continue
      }
      guard known.kind == reach.kind, let joined = ConditionReach.joined(known, reach) else { return .unknown }
      found = joined
    }
    return found.map(Extent.ordered) ?? .unknown
  }

  private func reach(_ atom: Atom, _ type: FEELType) -> Reach? {
    switch atom {
    case .value(let value):
      return OrderKey(value).map { Reach(kind: $0.kind, low: $0.number, high: $0.number) }
    case .gap(let low, let high):
      let (lowKey, highKey) = (low.flatMap(OrderKey.init), high.flatMap(OrderKey.init))
      guard (low == nil) == (lowKey == nil), (high == nil) == (highKey == nil),
        let kind = lowKey?.kind ?? highKey?.kind ?? (type == .number ? .number : nil)
      else { return nil }
      return Reach(kind: kind, low: lowKey?.number, high: highKey?.number, isLowIn: false, isHighIn: false)
    case .otherText, .null, .holds: return nil
    }
  }

  /// From the lower low to the higher high.
  private static func joined(_ one: Reach, _ other: Reach) -> Reach? {
    var result = one
    switch (one.low, other.low) {
    case (let mine?, let theirs?):
      if theirs < mine { (result.low, result.isLowIn) = (theirs, other.isLowIn) }
      if theirs == mine { result.isLowIn = one.isLowIn || other.isLowIn }
    default: result.low = nil
    }
    switch (one.high, other.high) {
    case (let mine?, let theirs?):
      if mine < theirs { (result.high, result.isHighIn) = (theirs, other.isHighIn) }
      if theirs == mine { result.isHighIn = one.isHighIn || other.isHighIn }
    default: result.high = nil
    }
    return result
  }

  // MARK: - Comparing

  private func compare(_ sign: FEELComparison, _ left: Extent, _ right: Extent) -> Truth {
    if left.isText, right.isText { return sign == .equal || sign == .notEqual ? .either : .unknown }
    guard case .ordered(let one) = left, case .ordered(let other) = right, one.kind == other.kind else {
      return .unknown
    }
    switch one.kind {
    case .number, .date, .months, .days: break
    case .time, .dateTime:
      // A fact may have a zone: a constant without one takes it, and is equal to none. Two facts may have two.
      guard one.isLiteral || other.isLiteral else { return .unknown }
    case .zonedTime, .zonedDateTime: return .unknown
    }
    switch sign {
    case .equal: return equal(one, other)
    case .notEqual: return equal(one, other).negated
    case .less: return less(one, other)
    case .greater: return less(other, one)
    case .lessOrEqual: return less(other, one).negated
    case .greaterOrEqual: return less(one, other).negated
    }
  }

  private func equal(_ one: Reach, _ other: Reach) -> Truth {
    if one.isBelow(other) || other.isBelow(one) { return .always(false) }
    return !one.kind.isMoment && one.isPoint && other.isPoint ? .always(true) : .either
  }

  private func less(_ one: Reach, _ other: Reach) -> Truth {
    if one.isBelow(other) { return .always(true) }
    return other.isNotAbove(one) ? .always(false) : .either
  }
}
