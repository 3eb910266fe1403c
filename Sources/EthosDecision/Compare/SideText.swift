import EthosFEEL
import EthosModel

/// Says what a set of atoms is, as FEEL unary tests in the thresholds that the tables use.
enum SideText {
  /// A box as the end of a sentence: `where risk score is > 60 and country risk is "high"`, or `in any case`.
  static func sentence(_ box: GridBox, _ axes: [Axis]) -> String {
    let terms = zip(axes, box.sides).filter { $1 != AtomSet(all: $0.atomCount) }.map { axis, side in
      axis.kind == .condition ? "`\(axis.name)` \(text(side, axis))" : "`\(axis.name)` is `\(text(side, axis))`"
    }
    return terms.isEmpty ? "in any case" : "where \(terms.joined(separator: " and "))"
  }

  static func text(_ set: AtomSet, _ axis: Axis) -> String {
    if axis.kind == .condition {
      let words = set.atoms.map { atom in
        switch axis.atoms[Int(atom)] {
        case .holds(true?): "holds"
        case .holds(false?): "does not hold"
        default: "cannot be evaluated"
        }
      }
      return words.joined(separator: " or ")
    }
    let null = axis.atoms.lastIndex(of: .null).map(Int32.init)
    let isNullIn = null.map { set.contains($0) } ?? false
    let values = null.map { set.subtracting(AtomSet($0, $0)) } ?? set
    let last = Int32(axis.atomCount) - 1 - (null == nil ? 0 : 1)
    var parts: [String] = []
    if axis.atoms.contains(.otherText), values.contains(Int32(axis.atoms.firstIndex(of: .otherText) ?? 0)) {
      // Any other text too: said by what it is not. `not` also holds where the fact is missing.
      var missing = (0...last).filter { !values.contains($0) }.map { value(axis.atoms[Int($0)]) }
      if null != nil, !isNullIn { missing.append("null") }
      return "not(\(missing.joined(separator: ", ")))"
    } else if isOrdered(axis) {
      parts = values.ranges.map { interval($0, axis, last) }
    } else {
      parts = values.atoms.map { value(axis.atoms[Int($0)]) }
    }
    if isNullIn { parts.append("null") }
    return parts.joined(separator: ", ")
  }

  /// The value of an atom that is one.
  private static func value(_ atom: Atom) -> String {
    if case .value(let value) = atom { value.description } else { "" }
  }

  private static func isOrdered(_ axis: Axis) -> Bool {
    axis.atoms.contains { if case .gap = $0 { true } else { false } }
      || axis.atoms.contains { if case .value(let value) = $0 { OrderKey(value) != nil } else { false } }
  }

  /// One range of atoms; an end at the end of the domain is not said.
  private static func interval(_ range: AtomSet.Range, _ axis: Axis, _ last: Int32) -> String {
    var low: (text: String, isClosed: Bool)?
    var high: (text: String, isClosed: Bool)?
    switch axis.atoms[Int(range.low)] {
    case .value(let value): low = (value.description, true)
    case .gap(let end?, _): low = (end.description, false)
    default: break
    }
    switch axis.atoms[Int(range.high)] {
    case .value(let value): high = (value.description, true)
    case .gap(_, let end?): high = (end.description, false)
    default: break
    }
    if range.low == range.high, case .value(let value) = axis.atoms[Int(range.low)] { return value.description }
    if range.low == 0 { low = nil }
    if range.high == last { high = nil }
    switch (low, high) {
    case (nil, nil): return "not(null)"
    case (let low?, nil): return "\(low.isClosed ? ">=" : ">") \(low.text)"
    case (nil, let high?): return "\(high.isClosed ? "<=" : "<") \(high.text)"
    case (let low?, let high?):
      return "\(low.isClosed ? "[" : "(")\(low.text)..\(high.text)\(high.isClosed ? "]" : ")")"
    }
  }
}
