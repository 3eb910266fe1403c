import EthosFEEL

extension FactAxis {
  /// Collects the constants of a fact and lays out its atoms.
  struct Builder {
    struct Parts {
      var step: FEELNumber?
      var order: OrderKey.Kind?
      var keys: [FEELNumber] = []
      var texts: [FEELText: Int32] = [:]
      var atoms: [Atom] = []
      var atomOfPlace: [Int32] = []
      var otherText: Int32 = -1
      var nullAtom: Int32 = -1
      var zoneAtom: Int32 = -1
    }

    private let type: FEELType
    private let step: FEELNumber?
    private var keys: [OrderKey] = []
    private var texts: [FEELText] = []
    private var knownTexts: Set<FEELText> = []

    init(type: FEELType, step: FEELNumber?) {
      self.type = type
      self.step = step
    }

    mutating func add(_ constants: [FEELValue]) {
      for constant in constants {
        if case .string(let text) = constant {
          if knownTexts.insert(FEELText(text)).inserted { texts.append(FEELText(text)) }
        } else if let key = OrderKey(constant) {
          keys.append(key)
        }
      }
    }

    func finished(isNullable: Bool) -> Parts {
      var parts = Parts()
      switch type {
      case .boolean: parts.atoms = [.value(.boolean(false)), .value(.boolean(true))]
      case .string:
        for text in texts {
          parts.texts[text] = Int32(parts.atoms.count)
          parts.atoms.append(.value(.string(text.string)))
        }
        parts.otherText = Int32(parts.atoms.count)
        parts.atoms.append(.otherText)
      default: layOut(&parts)
      }
      if isNullable {
        parts.nullAtom = Int32(parts.atoms.count)
        parts.atoms.append(.null)
      }
      return parts
    }

    /// Points and the gaps between them, in order; without those that no multiple of the step is in.
    private func layOut(_ parts: inout Parts) {
      let kind = FactAxis.orderKind(type, keys)
      parts.order = kind
      guard let kind else {
        parts.atoms = [.gap(nil, nil)]
        return
      }
      let own = OrderKey(kind: kind, number: .zero).step
      parts.step = step ?? own
      parts.keys = Set(keys.filter { $0.kind == kind }.map(\.number)).sorted()
      for index in 0...parts.keys.count {
        let low = index > 0 ? parts.keys[index - 1] : nil
        let high = index < parts.keys.count ? parts.keys[index] : nil
        func value(_ number: FEELNumber?) -> FEELValue? { number.flatMap { OrderKey(kind: kind, number: $0).value } }
        let ends = OrderKey.ends(kind)
        if StepGrid.hasValue(above: low ?? ends?.low, below: high ?? ends?.high, step: parts.step) {
          parts.atomOfPlace.append(Int32(parts.atoms.count))
          parts.atoms.append(.gap(value(low), value(high)))
        } else {
          parts.atomOfPlace.append(-1)
        }
        guard let high else { continue }
        if StepGrid.contains(high, step: parts.step), let point = value(high) {
          parts.atomOfPlace.append(Int32(parts.atoms.count))
          parts.atoms.append(.value(point))
        } else {
          parts.atomOfPlace.append(-1)
        }
      }
      // Where constants have a zone, a value in a zone that has a name cannot be compared with them.
      guard let named = FactAxis.namedZone(kind), !parts.keys.isEmpty else { return }
      parts.zoneAtom = Int32(parts.atoms.count)
      parts.atoms.append(.value(named))
    }
  }

  /// A value in a zone that has a name, for kinds of which the constants have an offset.
  private static func namedZone(_ kind: OrderKey.Kind) -> FEELValue? {
    switch kind {
    case .zonedTime: FEELTime("12:00:00@Etc/UTC").map(FEELValue.time)
    case .zonedDateTime: FEELDateTime("2025-01-01T12:00:00@Etc/UTC").map(FEELValue.dateTime)
    case .number, .date, .months, .days, .time, .dateTime: nil
    }
  }

  /// The kind by which values of a type are put in order; for times the kind of the constants, where it is one.
  fileprivate static func orderKind(_ type: FEELType, _ keys: [OrderKey]) -> OrderKey.Kind? {
    switch type {
    case .number: .number
    case .date: .date
    case .yearsAndMonthsDuration: .months
    case .daysAndTimeDuration: .days
    case .time: keys.contains { $0.kind == .zonedTime } ? .zonedTime : .time
    case .dateAndTime: keys.contains { $0.kind == .zonedDateTime } ? .zonedDateTime : .dateTime
    case .any, .null, .boolean, .string, .list, .range, .context, .function, .named: nil
    }
  }
}

/// The multiples of a step.
enum StepGrid {
  static func contains(_ number: FEELNumber, step: FEELNumber?) -> Bool {
    guard let step else { return true }
    return number.modulo(step) == .zero
  }

  /// The least multiple above a number.
  static func next(above number: FEELNumber, step: FEELNumber) -> FEELNumber? {
    guard let rest = number.modulo(step), let floor = number - rest else { return nil }
    return floor + step
  }

  /// Whether an open interval has a value.
  static func hasValue(above low: FEELNumber?, below high: FEELNumber?, step: FEELNumber?) -> Bool {
    guard let step, let low, let high else { return true }
    guard let next = next(above: low, step: step) else { return true }
    return next < high
  }
}
