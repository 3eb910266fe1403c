import BigInt
import EthosFEEL

extension FactAxis {
  /// The axis as the search sees it.
  var axis: Axis {
    Axis(name: name, kind: .fact(type, step: step), atoms: atoms, weights: weights, knownTexts: knownTexts)
  }

  /// How many values each atom has, or how long it is; nil where the domain has no bound.
  ///
  /// With a step the multiples in an atom are counted; without one a single value weighs nothing beside a range. A
  /// missing fact has no natural weight and gets none.
  private var weights: [BigUInt]? {
    let isDense = step == nil && atoms.contains { if case .gap = $0 { true } else { false } }
    // A day begins and ends.
    let ends = type == .time && isLocal ? OrderKey.ends(.time) : nil
    let scale = isDense ? atoms.map(Self.exponent).min() ?? 0 : 0
    var weights: [BigUInt] = []
    for atom in atoms {
      switch atom {
      case .null: weights.append(0)
      case .value: weights.append(isDense ? 0 : 1)
      case .holds, .otherText: return nil
      case .gap(let low, let high):
        guard let low = low.flatMap(OrderKey.init)?.number ?? ends?.low,
          let high = high.flatMap(OrderKey.init)?.number ?? ends?.high,
          let weight = step.map({ Self.multiples(between: low, high, step: $0) }) ?? Self.length(low, high, scale)
        else { return nil }
        weights.append(weight)
      }
    }
    return weights.contains { $0 > 0 } ? weights : nil
  }

  /// Why the domain has no measure, as the end of a sentence.
  static func reason(_ axis: Axis) -> String {
    if axis.kind == .condition { return "`\(axis.name)` is a condition, and no fact with a domain" }
    for atom in axis.atoms {
      switch atom {
      case .otherText: return "`\(axis.name)` may be any text"
      case .gap(_, nil): return "`\(axis.name)` has no upper bound"
      case .gap(nil, _): return "`\(axis.name)` has no lower bound"
      case .null, .value, .gap, .holds: continue
      }
    }
    return "the domain of `\(axis.name)` has no measure"
  }

  /// The multiples of a step in an open interval.
  private static func multiples(between low: FEELNumber, _ high: FEELNumber, step: FEELNumber) -> BigUInt? {
    guard let first = StepGrid.next(above: low, step: step), first < high, let distance = high - first,
      let count = distance.divided(by: step), let floor = integerPart(count)
    else { return 0 }
    // The upper end is not in; where it is a multiple itself it is not counted.
    return StepGrid.contains(high, step: step) ? floor : floor + 1
  }

  /// The length of an interval in units of a power of ten.
  private static func length(_ low: FEELNumber, _ high: FEELNumber, _ scale: Int) -> BigUInt? {
    let (from, to) = (integer(low, scale), integer(high, scale))
    return from <= to ? (to - from).magnitude : nil
  }

  private static func integer(_ number: FEELNumber, _ scale: Int) -> BigInt {
    let magnitude = BigInt(BigUInt(String(number.coefficient)) ?? 0) * BigInt(10).power(max(0, number.exponent - scale))
    return number.isNegative ? -magnitude : magnitude
  }

  private static func integerPart(_ number: FEELNumber) -> BigUInt? {
    let digits = number.description.split(separator: ".").first.map(String.init) ?? "0"
    return BigUInt(digits)
  }

  private static func exponent(_ atom: Atom) -> Int {
    switch atom {
    case .gap(let low, let high): [low, high].compactMap { $0.flatMap(OrderKey.init)?.number.exponent }.min() ?? 0
    case .value(let value): OrderKey(value)?.number.exponent ?? 0
    case .null, .otherText, .holds: 0
    }
  }
}
