import EthosFEEL

extension FactAxis {
  /// The values of its domain, where there are no more than so many; a missing fact is none.
  ///
  /// Nil where there are more, or no end of them.
  func values(atMost most: Int) -> [FEELValue]? {
    var values: [FEELValue] = []
    for atom in atoms {
      switch atom {
      case .null: continue
      // A second has moments without end.
      case .value(let value) where OrderKey(value)?.kind.isMoment == true: return nil
      case .value(let value): values.append(value)
      case .otherText, .holds: return nil
      case .gap(let low?, let high?):
        guard let step, let from = OrderKey(low), let to = OrderKey(high)?.number, !from.kind.isMoment else {
          return nil
        }
        var next = StepGrid.next(above: from.number, step: step)
        while let number = next, number < to {
          guard values.count < most, let value = OrderKey(kind: from.kind, number: number).value else { return nil }
          values.append(value)
          next = number + step
        }
      case .gap: return nil
      }
      guard values.count <= most else { return nil }
    }
    return values
  }
}
