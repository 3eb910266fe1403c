import EthosFEEL
import EthosModel

/// The sums of other decisions that a decision uses: each is an axis of the grid, and no fact of a case.
extension SpaceBuilder {
  /// The axes that stand for the sums that a decision uses, by the names that it gives them.
  mutating func useScores(_ decision: Decision, _ side: inout Side, _ number: Int) -> [FEELText: Int] {
    var found: [FEELText: Int] = [:]
    for use in decision.uses {
      guard case .output(let key, let output) = use.source,
        let place = side.scores.firstIndex(where: { $0.key == key })
      else { continue }
      let name = FEELText("\(key).\(output)")
      let index = names[name] ?? declared.count
      if names[name] == nil {
        names[name] = index
        declared.append([
          number: FactDeclaration(name: use.name, type: .number, step: nil, isNullable: false, domain: .always)
        ])
      }
      side.scores[place].axis = index
      found[FEELText(use.name)] = index
    }
    return found
  }

  /// A sum is compared with constants in a column of its own, and nothing else: then its axis says all of it.
  func requirePlain(_ decision: Decision, _ scores: Set<FEELText>, _ known: Int) throws(NotReducible) {
    func names(_ names: some Sequence<String>) -> Bool { names.contains { scores.contains(FEELText($0)) } }
    let isPlain =
      decision.table.rules.allSatisfy { rule in
        !rule.answers.contains { names($0.names) }
          && !zip(decision.table.inputs, rule.tests).contains { input, tests in
            !scores.contains(FEELText(input.name)) && names(tests.names)
          }
      } && !decision.table.outputs.contains { $0.fallback.map { names($0.names) } ?? false }
      && !conditions.keys[known...].contains { scores.contains($0.subject) }
    guard isPlain else {
      throw NotReducible(reason: "a sum of another decision is used in an expression")
    }
  }

  /// The sums with the rules that each side adds up; sides but the first are after.
  func scoreAxes(_ sides: [Side], _ facts: [FactAxis], _ layout: SideLayout) throws(NotReducible) -> [ScoreAxis] {
    var axes: [ScoreAxis] = []
    for (number, side) in sides.enumerated() {
      for score in side.scores {
        guard let axis = score.axis else { continue }
        let place = axes.firstIndex { $0.axis == axis } ?? axes.count
        if place == axes.count { axes.append(ScoreAxis(axis: axis, fact: facts[axis])) }
        let laidOut = try layout.score(side, score.layer)
        if number > 0 { axes[place].after = laidOut } else { axes[place].before = laidOut }
      }
    }
    return axes
  }
}
