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

  /// Puts columns and facts together; throws where a column is not there, or an input has none.
  package init(
    _ blocks: CaseBlocks, file: String, sides: [DecisionSide], mapping: CaseMapping, by: [String] = [],
    reading more: [String] = [], showsCases: Bool = false
  ) throws(CaseProblem) {
    self.file = file
    format = blocks.format
    columns = blocks.columns
    self.showsCases = showsCases
    segmentNames = by
    let read = try SideReading.all(sides)
    let inputs = SideReading.inputs(of: read)
    let places = try mapping.places(of: inputs, in: blocks.columns, file: file)
    var used = places.compactMap(\.self)
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
    var made = CoderSet()
    for (input, place) in zip(inputs, places) {
      made.columns[input.name] = place.flatMap { fieldOfColumn[$0] }
    }
    let (coders, ready) = made.ready(read, mapping)
    self.coders = coders
    self.sides = ready
  }
}
