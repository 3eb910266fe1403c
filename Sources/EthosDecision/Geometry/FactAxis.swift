import BigInt
import EthosFEEL

/// Cuts the domain of one fact into atoms: at every constant that a test of either side mentions.
///
/// Every test that is a cut is constant on each atom. Numbers with a step have no atom without a value, so that `> 17`
/// and `>= 18` are one and the same set under step 1.
struct FactAxis {
  let name: String
  let type: FEELType
  let step: FEELNumber?
  /// The kind of the constants, where values of the fact can be put in order.
  private let order: OrderKey.Kind?
  private let keys: [FEELNumber]
  private let texts: [FEELText: Int32]
  private(set) var atoms: [Atom]
  /// For each place in the order, the atom there: `2i` is the gap before the i-th constant, `2i + 1` that constant.
  ///
  /// Negative where the domain has no value.
  private let atomOfPlace: [Int32]
  private let otherText: Int32
  private let nullAtom: Int32
  /// The atom of values that cannot be compared with the constants, whose zone they would have to know; see
  /// `MomentForms`.
  ///
  /// Negative where there is none.
  private let zoneAtom: Int32

  /// The domain of a fact on the sides that have it: what is allowed, as cuts.
  init(
    name: String, type: FEELType, step: FEELNumber?, isNullable: Bool, constants: [FEELValue], domains: [Cut]
  ) {
    var builder = Builder(type: type, step: step)
    builder.add(constants + domains.flatMap(\.constants))
    self = FactAxis(builder.finished(isNullable: isNullable), name: name, type: type)
    restrict(to: domains)
  }

  private init(_ parts: Builder.Parts, name: String, type: FEELType) {
    self.name = name
    self.type = type
    step = parts.step
    order = parts.order
    keys = parts.keys
    texts = parts.texts
    atoms = parts.atoms
    atomOfPlace = parts.atomOfPlace
    otherText = parts.otherText
    nullAtom = parts.nullAtom
    zoneAtom = parts.zoneAtom
  }

  /// Leaves out what no side allows.
  ///
  /// Missing facts are kept: whether they are allowed is said apart.
  private mutating func restrict(to domains: [Cut]) {
    guard !domains.isEmpty, !domains.contains(.always) else { return }
    let kept = domains.reduce(AtomSet.empty) { $0.union(truth(of: $1).holds) }.union(null)
    guard kept != all else { return }
    self = FactAxis(self, keeping: kept)
  }

  private init(_ axis: FactAxis, keeping kept: AtomSet) {
    let atoms = kept.atoms
    var place: [Int32: Int32] = [:]
    for (index, atom) in atoms.enumerated() { place[atom] = Int32(index) }
    name = axis.name
    type = axis.type
    step = axis.step
    order = axis.order
    keys = axis.keys
    // A text that is not allowed is no other text.
    texts = axis.texts.mapValues { place[$0] ?? -1 }
    self.atoms = atoms.map { axis.atoms[Int($0)] }
    atomOfPlace = axis.atomOfPlace.map { $0 < 0 ? -1 : place[$0] ?? -1 }
    otherText = place[axis.otherText] ?? -1
    nullAtom = place[axis.nullAtom] ?? -1
    zoneAtom = place[axis.zoneAtom] ?? -1
  }

  /// Whether its values can be put in order, so that constants are thresholds.
  var isOrdered: Bool { order != nil }
  /// Whether it is a time of day that is compared by the local clock.
  var isLocal: Bool { order == .time }
  var all: AtomSet { AtomSet(all: atoms.count) }
  /// The atom of the missing fact, where it may be missing.
  var null: AtomSet { nullAtom < 0 ? .empty : AtomSet(nullAtom, nullAtom) }
  private var present: AtomSet { all.subtracting(null) }

  // MARK: - Values

  /// The atom of a value; nil where the domain has none for it.
  func atom(of value: FEELValue) -> Int32? {
    let atom: Int32
    switch value {
    case .null: atom = nullAtom
    case .string(let text): atom = texts[FEELText(text)] ?? (type == .string ? otherText : -1)
    case .boolean(let value): atom = Int32(atoms.firstIndex(of: .value(.boolean(value))) ?? -1)
    default:
      guard let key = OrderKey(value), key.kind == order ?? key.kind, isOnGrid(key.number) else { return nil }
      guard order != nil else { return atoms.firstIndex(of: .gap(nil, nil)).map(Int32.init) }
      let place = place(of: key.number)
      atom = atomOfPlace[place.isConstant ? 2 * place.index + 1 : 2 * place.index]
    }
    return atom < 0 ? nil : atom
  }

  /// The constants at which its order is cut, and the texts that are told apart.
  var constants: [FEELNumber] { keys }
  var mentionedTexts: [String] { texts.keys.map(\.string).sorted(by: FEELText.precedes) }
  var knownTexts: Set<FEELText> { Set(texts.keys) }
  /// The atom of a text that no test mentions; negative where it is not allowed.
  var atomOfOtherText: Int32 { otherText }

  /// The atoms of the gaps and points of a finer order, which has all constants of this one.
  func atoms(among numbers: [FEELNumber]) -> [Int32] {
    guard order != nil else { return Array(repeating: 0, count: 2 * numbers.count + 1) }
    var found: [Int32] = []
    for number in numbers {
      let place = place(of: number)
      found.append(atomOfPlace[2 * place.index])
      found.append(atomOfPlace[place.isConstant ? 2 * place.index + 1 : 2 * place.index])
    }
    return found + [atomOfPlace[2 * keys.count]]
  }

  private func isOnGrid(_ number: FEELNumber) -> Bool {
    guard let step else { return true }
    return number.modulo(step) == .zero
  }

  /// The index of the constant at or behind a number.
  private func place(of number: FEELNumber) -> (index: Int, isConstant: Bool) {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < number { low = middle + 1 } else { high = middle }
    }
    return (low, low < keys.count && keys[low] == number)
  }

  /// The atoms from one place in the order to another, both in.
  private func atoms(from first: Int, to last: Int) -> AtomSet {
    guard first <= last else { return .empty }
    var (low, high) = (first, last)
    while low <= high, atomOfPlace[low] < 0 { low += 1 }
    while high >= low, atomOfPlace[high] < 0 { high -= 1 }
    // INVARIANT: atoms rise with their place.
    return low <= high ? AtomSet(atomOfPlace[low], atomOfPlace[high]) : .empty
  }

  // MARK: - Tests

  /// What a test says of each atom; on the rest it is null without having failed.
  struct Truth: Hashable {
    var holds: AtomSet
    var refuted: AtomSet
    var fails: AtomSet
  }

  /// The atoms on which a plain comparison or range holds, where it fails on none; nil where `truth(of:)` is to be asked.
  func plainly(_ cut: Cut) -> AtomSet? {
    switch cut {
    case .compare(.equal, let value):
      switch value {
      case .string: type == .string ? atom(of: value).map { AtomSet($0, $0) } ?? .empty : nil
      case .boolean: type == .boolean ? atom(of: value).map { AtomSet($0, $0) } ?? .empty : nil
      default: plainly(from: value, isLowClosed: true, to: value, isHighClosed: true)
      }
    case .compare(.less, let value): plainly(from: nil, isLowClosed: false, to: value, isHighClosed: false)
    case .compare(.lessOrEqual, let value): plainly(from: nil, isLowClosed: false, to: value, isHighClosed: true)
    case .compare(.greater, let value): plainly(from: value, isLowClosed: false, to: nil, isHighClosed: false)
    case .compare(.greaterOrEqual, let value): plainly(from: value, isLowClosed: true, to: nil, isHighClosed: false)
    case .within(let low?, let isLowClosed, let high?, let isHighClosed):
      plainly(from: low, isLowClosed: isLowClosed, to: high, isHighClosed: isHighClosed)
    default: nil
    }
  }

  private func plainly(
    from low: FEELValue?, isLowClosed: Bool, to high: FEELValue?, isHighClosed: Bool
  ) -> AtomSet? {
    guard zoneAtom < 0 else { return nil }
    // INVARIANT: every constant of a test was given when the axis was made.
    var (first, last) = (0, atomOfPlace.count - 1)
    if let low {
      guard let key = OrderKey(low), key.kind == order else { return nil }
      first = 2 * place(of: key.number).index + (isLowClosed ? 1 : 2)
    }
    if let high {
      guard let key = OrderKey(high), key.kind == order else { return nil }
      last = 2 * place(of: key.number).index + (isHighClosed ? 1 : 0)
    }
    return atoms(from: first, to: last)
  }

  func truth(of cut: Cut) -> Truth {
    var truth = plainTruth(of: cut)
    if cut.isTainted { truth.fails = all.subtracting(truth.holds).subtracting(truth.refuted) }
    return truth
  }

  /// The truth of a test when no constant in it went wrong.
  private func plainTruth(of cut: Cut) -> Truth {
    switch cut {
    case .always: return Truth(holds: all, refuted: .empty, fails: .empty)
    case .constant(true?): return Truth(holds: all, refuted: .empty, fails: .empty)
    case .constant(false?): return Truth(holds: .empty, refuted: all, fails: .empty)
    case .constant(nil): return Truth(holds: .empty, refuted: .empty, fails: .empty)
    case .failing: return Truth(holds: .empty, refuted: .empty, fails: all)
    case .compare(let sign, let value): return truth(of: sign, value)
    case .tainted(let part): return plainTruth(of: part)
    case .item(let value):
      guard value != .null, !isComparable(value) else { return equality(value) }
      return Truth(holds: .empty, refuted: all, fails: .empty)
    case .within(let low, let isLowClosed, let high, let isHighClosed):
      let lower = low.map { truth(of: isLowClosed ? .greaterOrEqual : .greater, $0) }
      let upper = high.map { truth(of: isHighClosed ? .lessOrEqual : .less, $0) }
      return both([lower, upper].compactMap(\.self))
    case .anyOf(let parts):
      return parts.map(plainTruth).reduce(Truth(holds: .empty, refuted: all, fails: .empty)) { left, right in
        let holds = left.holds.union(right.holds)
        return Truth(
          holds: holds, refuted: left.refuted.intersection(right.refuted),
          fails: left.fails.union(right.fails).subtracting(holds))
      }
    case .allOf(let parts): return both(parts.map(plainTruth))
    case .not(let part):
      let inner = plainTruth(of: part)
      return Truth(holds: inner.refuted, refuted: inner.holds, fails: inner.fails)
    }
  }

  private func both(_ parts: [Truth]) -> Truth {
    parts.reduce(Truth(holds: all, refuted: .empty, fails: .empty)) { left, right in
      let refuted = left.refuted.union(right.refuted)
      return Truth(
        holds: left.holds.intersection(right.holds), refuted: refuted,
        fails: left.fails.union(right.fails).subtracting(refuted))
    }
  }

  private func truth(of sign: FEELComparison, _ value: FEELValue) -> Truth {
    switch sign {
    case .equal: return equality(value)
    case .notEqual:
      let equal = equality(value)
      return Truth(holds: equal.refuted, refuted: equal.holds, fails: equal.fails)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    if value == .null { return Truth(holds: .empty, refuted: .empty, fails: .empty) }
    guard let key = OrderKey(value), key.kind == order else {
      return Truth(holds: .empty, refuted: .empty, fails: present)
    }
    let place = place(of: key.number)
    // INVARIANT: every constant of a test was given when the axis was made.
    let constant = 2 * place.index + 1
    let holds =
      switch sign {
      case .less: atoms(from: 0, to: constant - 1)
      case .lessOrEqual: atoms(from: 0, to: constant)
      case .greater: atoms(from: constant + 1, to: atomOfPlace.count - 1)
      default: atoms(from: constant, to: atomOfPlace.count - 1)
      }
    let fails = zoneAtom < 0 ? AtomSet.empty : AtomSet(zoneAtom, zoneAtom)
    return Truth(holds: holds, refuted: present.subtracting(holds).subtracting(fails), fails: fails)
  }

  private func equality(_ value: FEELValue) -> Truth {
    if value == .null { return Truth(holds: null, refuted: present, fails: .empty) }
    guard isComparable(value) else { return Truth(holds: .empty, refuted: null, fails: present) }
    let holds = atom(of: value).map { AtomSet($0, $0) } ?? .empty
    return Truth(holds: holds, refuted: all.subtracting(holds), fails: .empty)
  }

  private func isComparable(_ value: FEELValue) -> Bool {
    switch value {
    case .string: type == .string
    case .boolean: type == .boolean
    default: OrderKey(value).map { $0.kind == order } ?? false
    }
  }
}
