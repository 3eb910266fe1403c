package import EthosDecision
import EthosFEEL
import EthosModel

/// Everything that is fixed before the first case is read: columns, facts, and both revisions of the decision.
package struct ReplayPlan: Sendable {
  package let file: String
  let format: CaseFormat
  /// The columns of the file.
  let columns: [String]
  /// The columns that are read from JSON records, in the order of their fields; all of those of a table.
  let fields: [String]
  let coders: [FactCoder]
  let sides: [RuleSide]
  /// The columns by which cases are grouped, as fields.
  let segments: [Int]
  package let segmentNames: [String]
  /// Whether the values of malformed and witness cases are kept.
  let showsCases: Bool

  /// The field of a column that is read beside the facts.
  func field(of column: String) -> Int? { fields.firstIndex(of: column) }

  /// The column that holds a fact, or else the one of a name.
  func column(of name: String) -> Int? {
    if let coder = coders.first(where: { $0.input == name }) { return coder.column }
    return field(of: name)
  }

  /// The sides that can read the file, by their places among those that were given.
  package let kept: [Int]
  /// Those that cannot, with the reason.
  package let left: [(side: Int, problem: CaseProblem)]
  /// Facts that no column feeds, by the places of the kept sides that ask for them.
  package let unfed: [UnfedFact]

  /// Puts columns and facts together; throws where a column is not there, or an input has none.
  package init(
    _ blocks: CaseBlocks, file: String, sides: [DecisionSide], mapping: CaseMapping, by: [String] = [],
    showsCases: Bool = false
  ) throws(CaseProblem) {
    try self.init(
      blocks, file: file, sides: sides, mappings: sides.map { _ in mapping }, typed: [TypedMapping(mapping)],
      needs: { _ in true }, by: by, showsCases: showsCases)
  }

  /// The same where each side has its own columns.
  ///
  /// A side that cannot read the file is left out, unless it is needed.
  package init(
    _ blocks: CaseBlocks, file: String, sides: [DecisionSide], mappings: [CaseMapping], typed: [TypedMapping],
    without: [Int: CaseProblem] = [:], needs: (Int) -> Bool, by: [String] = [], reading more: [String] = [],
    showsCases: Bool = false
  ) throws(CaseProblem) {
    self.file = file
    format = blocks.format
    columns = blocks.columns
    self.showsCases = showsCases
    segmentNames = by
    var read: [SideReading] = []
    var places: [[Int?]] = []
    var kept: [Int] = []
    var left: [(side: Int, problem: CaseProblem)] = []
    var inputs: [[DecisionTable.Input]] = sides.map { _ in [] }
    var failure: CaseProblem?
    for (number, side) in sides.enumerated() {
      do throws(CaseProblem) {
        let one = try SideReading(side)
        inputs[number] = one.inputs
        if let problem = without[number] { throw problem }
        places.append(try mappings[number].places(of: one.inputs, in: blocks.columns, file: file))
        read.append(one)
        kept.append(number)
      } catch {
        if needs(number) { failure = failure ?? error }
        left.append((number, error))
      }
    }
    // What was typed wrong is told before what it leads to.
    for one in typed {
      let asked = one.side.map { inputs[$0] } ?? inputs.flatMap(\.self)
      try one.mapping.check(asked, in: blocks.columns, file: file)
    }
    if let failure { throw failure }
    if kept.isEmpty, let last = left.last { throw last.problem }
    self.kept = kept
    self.left = left
    var used = places.flatMap { $0.compactMap(\.self) }
    var segments: [Int] = []
    for name in by {
      let place = try CaseMapping.place(of: name, in: blocks.columns, file: file)
      segments.append(place)
      used.append(place)
    }
    for name in more { used.append(try CaseMapping.place(of: name, in: blocks.columns, file: file)) }
    // Of a JSON record only what is asked for becomes a field.
    var fieldOfColumn: [Int: Int] = [:]
    if case .csv = blocks.format {
      fields = blocks.columns
      for column in blocks.columns.indices { fieldOfColumn[column] = column }
    } else {
      var fields: [String] = []
      for column in used where fieldOfColumn[column] == nil {
        fieldOfColumn[column] = fields.count
        fields.append(blocks.columns[column])
      }
      self.fields = fields
    }
    self.segments = segments.compactMap { fieldOfColumn[$0] }
    let mine = kept.map { mappings[$0] }
    var made = CoderSet()
    let (coders, ready) = made.ready(read, mine) { side, name in
      read[side].inputs.firstIndex { $0.name == name }.flatMap { places[side][$0] }.flatMap { fieldOfColumn[$0] }
    }
    self.coders = coders
    self.sides = ready
    var unfed: [UnfedFact] = []
    for (side, one) in read.enumerated() {
      for (input, place) in zip(one.inputs, places[side]) where place == nil {
        let isSaid = mine[side].says(lacking: input.name)
        if let known = unfed.firstIndex(where: { $0.fact == input.name && $0.isSaid == isSaid }) {
          unfed[known].sides.append(side)
        } else {
          unfed.append(UnfedFact(fact: input.name, sides: [side], isSaid: isSaid))
        }
      }
    }
    self.unfed = unfed
  }
}

/// Columns of inputs as somebody typed them: what they name has to be there.
package struct TypedMapping: Sendable {
  package var mapping: CaseMapping
  /// The one side that they are for; nil for all of them.
  package var side: Int?

  package init(_ mapping: CaseMapping, side: Int? = nil) {
    self.mapping = mapping
    self.side = side
  }
}

/// A fact that no column feeds: every case is decided as if it were missing.
package struct UnfedFact: Sendable, Hashable {
  package var fact: String
  /// The sides that ask for it, by their places.
  package var sides: [Int]
  /// Whether it was said that the cases lack it.
  package var isSaid: Bool
}
