import EthosText

/// A table as it was named: parts with points between them, each by itself in quotes or not.
package struct SQLTable: Sendable {
  let parts: [String]

  package init(_ text: String) throws(CaseProblem) {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    var wasQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar != "\"" {
          part.unicodeScalars.append(scalar)
        } else if scalars.first == "\"" {
          part.unicodeScalars.append("\"")
          scalars.removeFirst()
        } else {
          isQuoted = false
        }
      } else if scalar == "\"", part.isEmpty, !wasQuoted {
        (isQuoted, wasQuoted) = (true, true)
      } else if scalar == "." {
        parts.append(part)
        (part, wasQuoted) = ("", false)
      } else if wasQuoted {
        throw SQLTable.problem(text)
      } else {
        part.unicodeScalars.append(scalar)
      }
    }
    parts.append(part)
    guard !isQuoted, !parts.contains("") else { throw SQLTable.problem(text) }
    self.parts = parts
  }

  private static func problem(_ text: String) -> CaseProblem {
    CaseProblem(
      "`\(text)` is no name of a table",
      help: "write `cases` or `schema.cases`; a part that has a point stands in double quotes")
  }

  func text(_ dialect: SQLDialect) throws(CaseProblem) -> String {
    var quoted: [String] = []
    for part in parts { quoted.append(try dialect.identifier(part)) }
    return quoted.joined(separator: ".")
  }
}
