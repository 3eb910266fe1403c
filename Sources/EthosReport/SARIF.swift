package import EthosText

extension DiagnosticsReport {
  /// The findings as a SARIF log (OASIS, "Static Analysis Results Interchange Format", version 2.1.0), which code
  /// hosting and editors read; `version` is the version of this tool.
  package func sarif(version: String) -> JSON {
    let codes = Set(diagnostics.map(\.code.rawValue)).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    let index = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    return [
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "ethos",
              "semanticVersion": .string(version),
              "rules": .array(codes.map { ["id": .string($0)] }),
            ]
          ],
          // Columns count Unicode scalars (SARIF 2.1.0, 3.14.17).
          "columnKind": "unicodeCodePoints",
          "results": .array(diagnostics.map { DiagnosticsReport.result($0, ruleIndex: index[$0.code.rawValue] ?? -1) }),
        ]
      ],
    ]
  }

  private static func result(_ diagnostic: Diagnostic, ruleIndex: Int) -> JSON {
    let message = diagnostic.message + (diagnostic.help.map { "\nhelp: \($0)" } ?? "")
    let location = diagnostic.location.map { location -> JSON in
      [
        "physicalLocation": [
          "artifactLocation": ["uri": .string(uri(location.file)), "uriBaseId": "%SRCROOT%"],
          "region": [
            "startLine": .number(location.line), "startColumn": .number(location.column),
            "endLine": .number(location.endLine), "endColumn": .number(location.endColumn),
          ],
        ]
      ]
    }
    return .members([
      "ruleId": .string(diagnostic.code.rawValue),
      "ruleIndex": .number(ruleIndex),
      "level": .string(diagnostic.severity.rawValue),
      "message": ["text": .string(message)],
      "locations": location.map { .array([$0]) },
    ])
  }

  /// A path as a relative URI reference (RFC 3986): what is not unreserved is percent-encoded.
  ///
  /// A colon is too, since what stands before one would be a scheme.
  private static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    var result = String.UnicodeScalarView()
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: result.append(Unicode.Scalar(byte))
      default: result.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
    }
    return String(result)
  }
}
