import EthosFEEL

/// Finds a case in a box: for every fact a value that people would take as an example.
struct Witness {
  let axes: [Axis]
  /// What formulas are likely to tell apart.
  var formulas = FormulaValues()

  /// A plain value of an atom: the value itself, a whole number in a gap, a text that nothing mentions.
  static func value(_ atom: Atom, _ axis: Axis) -> FEELValue? {
    switch atom {
    case .null: return .null
    case .value(let value): return value
    case .otherText:
      // Neither a text that a test mentions nor one that is not allowed. There are more texts than these.
      var text = "other"
      var number = 2
      while axis.knownTexts.contains(FEELText(text)) {
        text = "other \(number)"
        number += 1
      }
      return .string(text)
    case .holds: return nil
    case .gap(let low, let high): return between(low, high, axis)
    }
  }

  /// Another value of an atom, where it has several: as often as not one that a formula is likely to tell apart.
  private func value(_ atom: Atom, _ axis: Axis, _ random: inout SplitMix64) -> FEELValue? {
    if random.next() % 2 == 0, let value = formulaValue(atom, axis, &random) { return value }
    return Witness.randomValue(atom, axis, &random)
  }

  private func formulaValue(_ atom: Atom, _ axis: Axis, _ random: inout SplitMix64) -> FEELValue? {
    guard case .fact(let type, let step) = axis.kind else { return nil }
    switch atom {
    case .otherText:
      guard !formulas.texts.isEmpty else { return nil }
      let text = FEELValue.string(formulas.texts[Int(random.next() % UInt64(formulas.texts.count))])
      return axis.atoms.contains(.value(text)) ? nil : text
    case .gap(let low, let high):
      let keys =
        type == .number
        ? formulas.numbers.map { OrderKey(kind: .number, number: $0) } : formulas.moments
      guard !keys.isEmpty else { return nil }
      let key = keys[Int(random.next() % UInt64(keys.count))]
      let (lowKey, highKey) = (low.flatMap(OrderKey.init), high.flatMap(OrderKey.init))
      guard let kind = lowKey?.kind ?? highKey?.kind ?? Witness.anyValue(type).flatMap(OrderKey.init)?.kind,
        kind == key.kind, Witness.isInside(key.number, lowKey?.number, highKey?.number),
        StepGrid.contains(key.number, step: step ?? key.step)
      else { return nil }
      return key.value
    case .null, .value, .holds: return nil
    }
  }

  private static func randomValue(_ atom: Atom, _ axis: Axis, _ random: inout SplitMix64) -> FEELValue? {
    guard case .gap(let low, let high) = atom, case .fact(_, let step) = axis.kind,
      let start = between(low, high, axis), let key = OrderKey(start)
    else { return value(atom, axis) }
    // Steps near and far from the plain value; what leaves the gap is not taken.
    let unit =
      step ?? key.step ?? [FEELNumber.one, FEELNumber("0.1"), FEELNumber("0.001")][Int(random.next() % 3)] ?? .one
    let size = [1, 10, 100, 10_000, 1_000_000][Int(random.next() % 5)]
    let count = Int(random.next() % UInt64(2 * size + 1)) - size
    guard let shift = unit * FEELNumber(count), let number = key.number + shift,
      isInside(number, low.flatMap(OrderKey.init)?.number, high.flatMap(OrderKey.init)?.number)
    else { return start }
    return OrderKey(kind: key.kind, number: number).value ?? start
  }

  private static func isInside(_ number: FEELNumber, _ low: FEELNumber?, _ high: FEELNumber?) -> Bool {
    (low.map { $0 < number } ?? true) && (high.map { number < $0 } ?? true)
  }

  private static func between(_ low: FEELValue?, _ high: FEELValue?, _ axis: Axis) -> FEELValue? {
    guard case .fact(let type, let step) = axis.kind else { return nil }
    let (lowKey, highKey) = (low.flatMap(OrderKey.init), high.flatMap(OrderKey.init))
    guard let kind = lowKey?.kind ?? highKey?.kind else { return anyValue(type) }
    // Numbers have 34 digits: between two neighbours there is none, and rounding must not step out of the gap.
    func value(_ number: FEELNumber?) -> FEELValue? {
      guard let number, isInside(number, lowKey?.number, highKey?.number) else { return nil }
      return OrderKey(kind: kind, number: number).value
    }
    let ends = OrderKey.ends(kind)
    let (lowest, highest) = (lowKey?.number ?? ends?.low, highKey?.number ?? ends?.high)
    let unit = kind.isMoment ? OrderKey.plainStep(kind) : step ?? .one
    switch (lowest, highest) {
    case (let low?, let high?):
      for unit in [unit, step ?? unit] {
        if let next = StepGrid.next(above: low, step: unit), next < high { return value(next) }
      }
      guard let sum = low + high else { return nil }
      return value(sum.divided(by: FEELNumber(2)))
    case (let low?, nil): return value(StepGrid.next(above: low, step: unit))
    case (nil, let high?):
      guard let rest = high.modulo(unit), let floor = high - rest else { return nil }
      return value(rest == .zero ? floor - unit : floor)
    case (nil, nil): return anyValue(type)
    }
  }

  /// A value where nothing is cut at all.
  private static func anyValue(_ type: FEELType) -> FEELValue? {
    switch type {
    case .number: .number(.zero)
    case .date: FEELDate(year: 2025, month: 1, day: 1).map(FEELValue.date)
    case .time: .time(.midnight)
    case .dateAndTime: FEELDateTime("2025-01-01T00:00:00").map(FEELValue.dateTime)
    case .daysAndTimeDuration: .daysDuration(FEELDaysDuration(seconds: 0))
    case .yearsAndMonthsDuration: .monthsDuration(0)
    case .string: .string("other")
    case .boolean: .boolean(false)
    case .any, .null, .list, .range, .context, .function, .named: nil
    }
  }

  /// The facts of the first atom of each side.
  func facts(_ box: GridBox) -> [(name: String, value: FEELValue)]? {
    facts(
      box, value: { atom, axis in Witness.value(atom, axis) },
      choose: { side, axis in
        // A case with all its facts says more than one that misses some.
        side.atoms.first { axis.atoms[Int($0)] != .null && Witness.value(axis.atoms[Int($0)], axis) != nil } ?? side.low
      })
  }

  /// Whether no value at all is in a box: between two numbers of 34 digits there may be none.
  func isEmpty(_ box: GridBox) -> Bool {
    zip(axes, box.sides).contains { axis, side in
      axis.kind == .fact(.number, step: nil)
        && side.atoms.allSatisfy { atom in
          guard case .gap(_?, _?) = axis.atoms[Int(atom)] else { return false }
          return Witness.value(axis.atoms[Int(atom)], axis) == nil
        }
    }
  }

  /// The facts of a random atom of each side, with a random value in it.
  func facts(_ box: GridBox, _ random: inout SplitMix64) -> [(name: String, value: FEELValue)]? {
    var values = SplitMix64(seed: random.next())
    return facts(
      box, value: { atom, axis in value(atom, axis, &values) },
      choose: { side, _ in
        let ranges = side.ranges
        let range = ranges[Int(random.next() % UInt64(ranges.count))]
        return range.low + Int32(random.next() % UInt64(range.high - range.low + 1))
      })
  }

  private func facts(
    _ box: GridBox, value: (Atom, Axis) -> FEELValue?, choose: (AtomSet, Axis) -> Int32
  ) -> [(name: String, value: FEELValue)]? {
    var facts: [(name: String, value: FEELValue)] = []
    // Where a fact may have no value at all there is no case.
    guard !box.sides.contains(where: \.isEmpty) else { return nil }
    for (axis, side) in zip(axes, box.sides) where axis.kind != .condition {
      let atom = axis.atoms[Int(choose(side, axis))]
      guard let found = value(atom, axis) else { return nil }
      facts.append((axis.name, found))
    }
    return facts
  }
}

/// Random numbers that are the same in every run for a seed (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
/// number generators").
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 to below another, which is above 0.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
