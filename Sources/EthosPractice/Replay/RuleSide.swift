import EthosDecision
import EthosFEEL
import EthosModel

/// One revision of the decision, made ready to decide cases by the places of their facts.
struct RuleSide: Sendable {
  /// Why a place of a fact decides nothing.
  enum Place { static let refused: Int32 = -1 }

  let side: DecisionSide
  let decision: Decision
  /// The facts that it asks for, in the order of its axes, and those of the reference evaluation where there is no grid.
  let inputs: [DecisionTable.Input]
  /// For each axis its coder.
  let coders: [Int]
  /// Whether every case is put to the reference evaluation, because the tables are no grid.
  let compiled: CompiledDecision?
  let words: Int
  /// For each axis and place the rules that accept it, and one more bit where the place is one of the domain.
  let masks: [UInt64]
  /// Where the masks of an axis begin, in places.
  let offsets: [Int]
  /// For each axis and place its atom; negative where the side refuses it.
  let atoms: [Int32]
  let openRules: [UInt64]
  let refusals: [UInt64]
  /// Whether a case is decided by the least bit of its set.
  let answersByFirstRule: Bool
  /// For each axis the masks of its values, each once: what a missing fact may be.
  let choices: [[[UInt64]]]
  /// The number of the bit that stands for a case whose facts are all there and allowed.
  var soundBit: Int { compiled?.ruleCount ?? 0 }

  init(_ side: DecisionSide, _ decision: Decision, inputs: [DecisionTable.Input], coders: [Int], all: [FactCoder]) {
    self.side = side
    self.decision = decision
    self.inputs = inputs
    self.coders = coders
    compiled = nil
    words = 1
    masks = []
    offsets = []
    atoms = []
    openRules = []
    refusals = []
    answersByFirstRule = false
    choices = []
  }

  init(
    _ side: DecisionSide, _ decision: Decision, inputs: [DecisionTable.Input], coders: [Int], all: [FactCoder],
    compiled: CompiledDecision
  ) {
    self.side = side
    self.decision = decision
    self.inputs = inputs
    self.coders = coders
    self.compiled = compiled
    let sound = compiled.ruleCount
    let words = sound / 64 + 1
    var masks: [UInt64] = []
    var offsets: [Int] = []
    var atoms: [Int32] = []
    var choices: [[[UInt64]]] = []
    func wide(_ mask: [UInt64], isSound: Bool) -> [UInt64] {
      var mask = mask + Array(repeating: 0, count: words - mask.count)
      if isSound { mask[sound / 64] |= 1 << UInt64(sound % 64) }
      return mask
    }
    for (axis, coder) in coders.enumerated() {
      offsets.append(atoms.count)
      // Where two tables that are used ask for the same fact and allow other values, an atom of the one may be refused by
      // the other: such a value is not allowed either.
      let refused = compiled.refusedAtoms(ofFact: axis)
      for atom in all[coder].atoms(compiled, fact: axis).map({ refused.contains($0) ? RuleSide.Place.refused : $0 }) {
        atoms.append(atom)
        masks += atom < 0 ? wide([], isSound: false) : wide(compiled.mask(ofFact: axis, atom: atom), isSound: true)
      }
      var seen: Set<[UInt64]> = []
      choices.append(
        compiled.valueAtoms(ofFact: axis).map { wide(compiled.mask(ofFact: axis, atom: $0), isSound: true) }
          .filter { seen.insert($0).inserted })
    }
    self.words = words
    self.masks = masks
    self.offsets = offsets
    self.atoms = atoms
    self.choices = choices
    openRules = wide(compiled.openRules, isSound: false)
    refusals = wide(compiled.refusals, isSound: false)
    answersByFirstRule = compiled.answersByFirstRule
  }

  /// For each place of a fact the first one that no side tells apart from it.
  static func alike(_ sides: [RuleSide], coder number: Int, of coder: FactCoder) -> [Int] {
    var known: [[UInt64]: Int] = [:]
    return (0..<coder.placeCount).map { place in
      guard place > 0 else { return 0 }
      var key: [UInt64] = []
      for side in sides {
        for axis in side.coders.indices where side.coders[axis] == number {
          let start = side.offsets[axis] + place
          key.append(side.atoms[start] < 0 ? 0 : 1)
          key += side.masks[start * side.words..<(start + 1) * side.words]
        }
      }
      if let first = known[key] { return first }
      known[key] = place
      return place
    }
  }
}
