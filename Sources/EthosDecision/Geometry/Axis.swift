import BigInt
package import EthosFEEL

/// One dimension of the space of cases: a fact, or a condition that cannot be cut into values.
package struct Axis: Sendable {
  package enum Kind: Hashable, Sendable {
    /// An input of the decision; numbers are multiples of the step where there is one.
    case fact(FEELType, step: FEELNumber?)
    /// A condition of a cell that is no test of one value against constants; it is taken as a fact of its own, which
    /// holds or not. What is equal for all its values is equal; what differs for some may not be reachable.
    case condition
  }

  /// The name of the fact, or the text of the condition.
  package let name: String
  package let kind: Kind
  /// The parts of the domain on which every test of either side is constant: numbers in order, then other values.
  package let atoms: [Atom]
  /// How many values an atom has, or how long it is, in a unit of the axis; nil where the domain has no bound.
  let weights: [BigUInt]?
  /// The texts that a test of either side mentions, also those that are not allowed; any other is an `otherText`.
  let knownTexts: Set<FEELText>

  init(name: String, kind: Kind, atoms: [Atom], weights: [BigUInt]?, knownTexts: Set<FEELText> = []) {
    self.knownTexts = knownTexts
    self.name = name
    self.kind = kind
    self.atoms = atoms
    self.weights = weights
  }

  package var atomCount: Int { atoms.count }

  /// The weight of a set of atoms; nil where the axis has none.
  func weight(_ set: AtomSet) -> BigUInt? {
    guard let weights else { return nil }
    var total = BigUInt(0)
    for range in set.ranges { for atom in range.low...range.high { total += weights[Int(atom)] } }
    return total
  }
}

/// A part of an axis on which every test is constant.
package enum Atom: Hashable, Sendable {
  /// The fact is missing.
  case null
  /// One value.
  case value(FEELValue)
  /// The values between two, neither in; nil where there is no end.
  case gap(FEELValue?, FEELValue?)
  /// Every text that no test mentions.
  case otherText
  /// A condition holds, or does not; nil where it cannot be evaluated.
  case holds(Bool?)
}
