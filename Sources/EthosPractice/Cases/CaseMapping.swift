import EthosDecision
import EthosModel
import EthosText

/// How the columns of a file of cases become the facts of a decision.
package struct CaseMapping: Sendable {
  /// The column of an input, where it is not the one of its name; nil where the cases lack the fact.
  package var columns: [(input: String, column: String?)]
  /// Which text of an input stands for which value.
  package var translations: [String: [String: String]]
  package var usesDecimalComma: Bool

  package init(
    columns: [(input: String, column: String?)] = [], translations: [String: [String: String]] = [:],
    usesDecimalComma: Bool = false
  ) {
    self.columns = columns
    self.translations = translations
    self.usesDecimalComma = usesDecimalComma
  }

  /// Reads what was typed as `column=input`.
  ///
  /// Nothing before the sign says that the cases lack the fact.
  package static func typed(_ texts: [String]) throws(CaseProblem) -> [(input: String, column: String?)] {
    var columns: [(input: String, column: String?)] = []
    for text in texts {
      guard let sign = text.unicodeScalars.lastIndex(of: "=") else {
        throw CaseProblem("`\(text)` maps nothing", help: "write `--map \"column=input\"`")
      }
      let column = Prose.collapsed(String(text[..<sign]))
      let input = Prose.collapsed(String(text[text.unicodeScalars.index(after: sign)...]))
      guard !columns.contains(where: { $0.input == input }) else {
        throw CaseProblem("`\(input)` is mapped twice", help: "give each input one column")
      }
      columns.append((input, column.isEmpty ? nil : column))
    }
    return columns
  }

  /// The same with what was typed, which goes before what the decision's file says.
  package func overridden(by typed: [(input: String, column: String?)]) -> CaseMapping {
    var result = self
    result.columns.removeAll { known in typed.contains { $0.input == known.input } }
    result.columns += typed
    return result
  }

  /// The column of each input of one side, by its place in the file; nil where the cases lack the fact and need not have it.
  func places(of inputs: [DecisionTable.Input], in names: [String], file: String) throws(CaseProblem) -> [Int?] {
    var places: [Int?] = []
    var used: [Int: String] = [:]
    for input in inputs {
      let mapped = columns.first { $0.input == input.name }
      let name = mapped.map(\.column) ?? input.name
      guard let name, mapped != nil || names.contains(name) else {
        guard mapped != nil || input.isNullable else { throw missing(input, names, file) }
        places.append(nil)
        continue
      }
      let place = try CaseMapping.place(of: name, in: names, file: file)
      if let other = used.updateValue(input.name, forKey: place) {
        throw CaseMapping.twice(name, other, input.name)
      }
      places.append(place)
    }
    // Cases of which nothing at all is read are a file of another kind, or one that is parted by another sign.
    if !inputs.isEmpty, places.allSatisfy({ $0 == nil }), !inputs.contains(where: { says(lacking: $0.name) }) {
      throw missing(inputs[0], names, file)
    }
    return places
  }

  /// Whether it says that the cases lack a fact.
  func says(lacking input: String) -> Bool { columns.contains { $0.input == input && $0.column == nil } }

  /// Refuses what is mapped and is no input, and columns that the file does not have.
  func check(_ inputs: [DecisionTable.Input], in names: [String], file: String) throws(CaseProblem) {
    for (input, column) in columns {
      guard inputs.contains(where: { $0.name == input }) else { throw unknown(input, inputs) }
      if let column { _ = try CaseMapping.place(of: column, in: names, file: file) }
    }
  }

  /// The place of a column that has to be there.
  static func place(of column: String, in names: [String], file: String) throws(CaseProblem) -> Int {
    guard let place = names.firstIndex(of: column) else {
      throw CaseProblem(
        "`\(file)` has no column `\(column)`",
        help: nearestName(to: column, among: names).map { "did you mean `\($0)`?" }
          ?? "its columns are \(list(names))")
    }
    guard names.lastIndex(of: column) == place else {
      throw CaseProblem("`\(file)` has the column `\(column)` twice", help: "give its columns different names")
    }
    return place
  }

  private func unknown(_ input: String, _ inputs: [DecisionTable.Input]) -> CaseProblem {
    CaseProblem(
      "`\(input)` is no input of the decision",
      help: nearestName(to: input, among: inputs.map(\.name)).map { "did you mean `\($0)`?" }
        ?? "the inputs are \(CaseMapping.list(inputs.map(\.name)))")
  }

  private static func twice(_ column: String, _ first: String, _ second: String) -> CaseProblem {
    CaseProblem(
      "the column `\(column)` is mapped twice: to `\(first)` and to `\(second)`",
      help: "give each input a column of its own, or none: `--map \"=\(second)\"`")
  }

  private func missing(_ input: DecisionTable.Input, _ names: [String], _ file: String) -> CaseProblem {
    let near = nearestName(to: input.name, among: names)
    let column = near ?? "COLUMN"
    return CaseProblem(
      "`\(file)` has no column for `\(input.name)`, which the decision needs",
      help: "name it: `--map \"\(column)=\(input.name)\"`"
        + (near == nil ? "; its columns are \(CaseMapping.list(names))" : "")
        + "; where the cases lack this fact say so: `--map \"=\(input.name)\"`")
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(20).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}

extension CaseMapping {
  /// The column of each input where no header says which there are: the one that is mapped, else that of its name; nil
  /// where the cases lack the fact.
  ///
  /// One column may give an input of each side, where it was renamed between them.
  func columns(
    of inputs: [DecisionTable.Input], sides: [[DecisionTable.Input]]
  ) throws(CaseProblem) -> [String?] {
    for (input, _) in columns where !inputs.contains(where: { $0.name == input }) {
      throw unknown(input, inputs)
    }
    var found: [String?] = []
    for input in inputs {
      let mapped = columns.first { $0.input == input.name }
      let column = mapped.map(\.column) ?? input.name
      let other = column.flatMap { column in
        inputs.indices.first { place in
          place < found.count && found[place] == column
            && sides.contains { side in
              [input, inputs[place]].allSatisfy { one in side.contains { $0.name == one.name } }
            }
        }
      }
      if let column, let other {
        throw CaseMapping.twice(column, inputs[other].name, input.name)
      }
      found.append(column)
    }
    return found
  }
}
