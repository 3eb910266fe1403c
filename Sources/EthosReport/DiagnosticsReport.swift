package import EthosText

/// What is wrong, or worth knowing, in the files of an identity.
package struct DiagnosticsReport: Sendable {
  /// In the order in which they are printed: by file and place.
  package let diagnostics: [Diagnostic]
  private let sources: [String: SourceText]

  /// A report on these diagnostics; the lines that they are about are shown from the sources, where those are given.
  package init(_ diagnostics: [Diagnostic], sources: some Sequence<SourceText> = []) {
    self.diagnostics = diagnostics.sorted(by: Diagnostic.precedes)
    self.sources = Dictionary(sources.map { ($0.path, $0) }) { first, _ in first }
  }

  package var report: Report { Report(blocks, json: json) }

  package func count(_ severity: Diagnostic.Severity) -> Int { diagnostics.count { $0.severity == severity } }

  // MARK: - For people

  package var blocks: [Block] {
    var blocks: [Block] = []
    for diagnostic in diagnostics {
      append(diagnostic, to: &blocks)
      blocks.blank()
    }
    blocks.paragraph(summary)
    return blocks
  }

  private func append(_ diagnostic: Diagnostic, to blocks: inout [Block]) {
    let label = Label.severity(diagnostic.severity)
    blocks.paragraph("\("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", label): \(diagnostic.message)")
    if let location = diagnostic.location {
      blocks.append(.excerpt(sources[location.file].map { Excerpt(location, in: $0) } ?? Excerpt(location)))
    }
    if let help = diagnostic.help { blocks.paragraph("\("help", .note): \(help)") }
  }

  /// How many there are of each severity: `2 errors, 1 warning`.
  package var summary: Inline {
    let counts = Diagnostic.Severity.allCases.reversed().compactMap { severity -> Inline? in
      let count = count(severity)
      return count == 0 ? nil : Inline(counted(count, severity.rawValue), .severity(severity))
    }
    return counts.isEmpty ? "No findings." : .list(counts)
  }

  // MARK: - For programs

  /// The document `ethos.check.v1`.
  package var json: JSON {
    ["schema": "ethos.check.v1", "diagnostics": .array(diagnostics.map(DiagnosticsReport.json))]
  }

  /// One diagnostic as an element of `diagnostics[]`.
  package static func json(_ diagnostic: Diagnostic) -> JSON {
    let location = diagnostic.location
    return [
      "code": .string(diagnostic.code.rawValue),
      "severity": .string(diagnostic.severity.rawValue),
      "message": .string(diagnostic.message),
      "file": .optional(location?.file),
      "line": location.map { .number($0.line) } ?? .null,
      "column": location.map { .number($0.column) } ?? .null,
      "endLine": location.map { .number($0.endLine) } ?? .null,
      "endColumn": location.map { .number($0.endColumn) } ?? .null,
      "help": .optional(diagnostic.help),
    ]
  }
}
