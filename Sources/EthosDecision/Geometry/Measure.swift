import BigInt
import EthosModel

/// Measures boxes as parts of the declared space, over the axes that matter.
///
/// An axis that no box cuts is in both parts of the fraction and is left out, so that it may be without a bound.
struct Measure {
  private let axes: [Axis]
  private let constrained: [Int]
  private let total: BigUInt
  /// The atoms that count: where a fact may be missing, only cases that have it are measured.
  let hasMissing: Bool

  /// The measure for these boxes, or why there is none.
  static func make(_ axes: [Axis], _ boxes: [GridBox]) -> Result<Measure, Reason> {
    let constrained = axes.indices.filter { axis in
      boxes.contains { $0.sides[axis] != AtomSet(all: axes[axis].atomCount) }
    }
    var total = BigUInt(1)
    for axis in constrained {
      guard let weight = axes[axis].weight(AtomSet(all: axes[axis].atomCount)), weight > 0 else {
        return .failure(Reason(text: FactAxis.reason(axes[axis])))
      }
      total *= weight
    }
    let hasMissing = constrained.contains { axes[$0].atoms.contains(.null) }
    return .success(Measure(axes: axes, constrained: constrained, total: total, hasMissing: hasMissing))
  }

  struct Reason: Error {
    var text: String
  }

  /// The measure of one box.
  func weight(_ box: GridBox) -> BigUInt {
    var result = BigUInt(1)
    for axis in constrained { result *= axes[axis].weight(box.sides[axis]) ?? 0 }
    return result
  }

  /// The share of a measure in the whole space.
  func share(_ weight: BigUInt) -> ShareOfSpace {
    ShareOfSpace(numerator: String(weight), denominator: String(total), percent: Measure.percent(weight, of: total))
  }

  /// The same in percent; nil where it is all, or more.
  func percentBelowAll(_ weight: BigUInt) -> String? { weight < total ? Measure.percent(weight, of: total) : nil }

  static func percent(_ part: BigUInt, of total: BigUInt) -> String {
    if part == 0 { return "0 %" }
    if part == total { return "100 %" }
    // Tenths of a percent, rounded half up; never rounded to nothing or to all.
    let tenths = (part * 2000 + total) / (total * 2)
    if tenths == 0 { return "< 0.1 %" }
    if tenths >= 1000 { return "> 99.9 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
