/// List functions that answer one value (DMN 1.5, 10.3.4.4). The items are those of one list, or the arguments.
extension FEELCall {
  func aggregate() throws(Stop) -> FEELValue {
    let items = try items()
    switch builtin {
    case .count: return .number(FEELNumber(items.count))
    case .all, .any: return try quantified(items)
    case .min, .max: return try extreme(items)
    default: break
    }
    let numbers = try numbers(items)
    let count = FEELNumber(numbers.count)
    switch builtin {
    case .sum: return numbers.isEmpty ? .null : try result(try sum(numbers))
    case .product: return numbers.isEmpty ? .null : try result(try folded(numbers, .one) { $0 * $1 })
    case .mean: return numbers.isEmpty ? .null : try result(try sum(numbers).divided(by: count))
    case .median:
      guard !numbers.isEmpty else { return .null }
      let sorted = numbers.sorted()
      let middle = sorted.count / 2
      if sorted.count % 2 == 1 { return .number(sorted[middle]) }
      return try result((sorted[middle - 1] + sorted[middle])?.divided(by: FEELNumber(2)))
    case .stddev: return try deviation(numbers)
    case .mode: return mode(numbers)
    default: return .null
    }
  }

  /// The items of the one list that is given, or the arguments.
  private func items() throws(Stop) -> [FEELValue] {
    guard case .list(let all) = any(0) else { throw .null }
    var items = all
    if all.count == 1, case .list(let inner)? = all.first { items = inner }
    if all.count == 1, all[0].isNull { throw .null }
    guard run.charge(.list(items), span) else { throw .null }
    return items
  }

  private func numbers(_ items: [FEELValue]) throws(Stop) -> [FEELNumber] {
    var numbers: [FEELNumber] = []
    numbers.reserveCapacity(items.count)
    for item in items {
      switch item {
      case .number(let number): numbers.append(number)
      case .null: throw .null
      default: throw wrongType(0, "list of numbers", item)
      }
    }
    return numbers
  }

  private func folded(
    _ numbers: [FEELNumber], _ start: FEELNumber, _ combine: (FEELNumber, FEELNumber) -> FEELNumber?
  ) throws(Stop) -> FEELNumber {
    var total = start
    for number in numbers {
      guard let next = combine(total, number) else { throw outOfRange }
      total = next
    }
    return total
  }

  private func sum(_ numbers: [FEELNumber]) throws(Stop) -> FEELNumber {
    guard let total = FEELNumber.sum(numbers) else { throw outOfRange }
    return total
  }

  private var outOfRange: Stop {
    problem("number-out-of-range", "the result of `\(builtin.rawValue)` is no number that FEEL can hold")
  }

  private func quantified(_ items: [FEELValue]) throws(Stop) -> FEELValue {
    var result: Bool? = builtin == .all
    for item in items {
      let truth: Bool?
      switch item {
      case .boolean(let value): truth = value
      case .null: truth = nil
      default: throw wrongType(0, "list of booleans", item)
      }
      result = builtin == .all ? FEELTernary.and(result, truth) : FEELTernary.or(result, truth)
    }
    return .truth(result)
  }

  private func extreme(_ items: [FEELValue]) throws(Stop) -> FEELValue {
    guard var best = items.first else { return .null }
    if best.isNull { throw .null }
    if items.count == 1, FEELComparing.less(best, best, zones: scope.zones) == nil {
      throw problem("not-comparable", "values of the type \(best.kindName) have no order")
    }
    for item in items.dropFirst() {
      if item.isNull { throw .null }
      let isBetter =
        builtin == .min
        ? FEELComparing.less(item, best, zones: scope.zones) : FEELComparing.less(best, item, zones: scope.zones)
      guard let isBetter else { throw problem("not-comparable", "the items of the list have no common order") }
      if isBetter { best = item }
    }
    return best
  }

  /// The sample standard deviation.
  private func deviation(_ numbers: [FEELNumber]) throws(Stop) -> FEELValue {
    guard numbers.count > 1 else { return .null }
    guard let mean = try sum(numbers).divided(by: FEELNumber(numbers.count)) else { return .null }
    let squares = numbers.compactMap { number in (number - mean).flatMap { $0 * $0 } }
    guard squares.count == numbers.count else {
      throw problem("number-out-of-range", "the result of `stddev` is no number that FEEL can hold")
    }
    return try result(try sum(squares).divided(by: FEELNumber(numbers.count - 1))?.squareRoot)
  }

  private func mode(_ numbers: [FEELNumber]) -> FEELValue {
    var counts: [FEELNumber: Int] = [:]
    for number in numbers { counts[number, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return .list(counts.filter { $0.value == most }.keys.sorted().map { .number($0) })
  }
}
