import EthosReport
import EthosText
import Testing

@Suite struct DiagnosticsReportTests {
  private static let limit = SourceText(
    path: "limits/client-risk.yaml", text: "id: client-risk\ntitle:\tRisk\natMots: 60\n")
  private static let other = SourceText(path: "values/a b.yaml", text: "id: a\nstatement: |\n  One.\n  Two.\n")

  private static let report = DiagnosticsReport(
    [
      Diagnostic(
        "stated-not-practised", .warning, "nothing serves or enacts `value/a`", at: other.location(Span(6, 31))),
      Diagnostic(
        "unknown-key", .error, "`atMots` is no key of a limit", at: limit.location(Span(28, 34)),
        help: "did you mean `atMost`?"),
      Diagnostic("tab", .note, "a tab stands before `Risk`", at: limit.location(Span(22, 27))),
      Diagnostic("no-charter", .error, "there is no `ethos.yaml`", help: "type `ethos init`"),
    ], sources: [limit, other])

  @Test func `findings at 80 columns`() {
    #expect(
      TextRenderer(width: 80).text(Self.report.report) == """
        error[no-charter]: there is no `ethos.yaml`
        help: type `ethos init`

        note[tab]: a tab stands before `Risk`
         --> limits/client-risk.yaml:2:7
          |
        2 | title:    Risk
          |       ^^^^^^^^

        error[unknown-key]: `atMots` is no key of a limit
         --> limits/client-risk.yaml:3:1
          |
        3 | atMots: 60
          | ^^^^^^
        help: did you mean `atMost`?

        warning[stated-not-practised]: nothing serves or enacts `value/a`
         --> values/a b.yaml:2:1
          |
        2 | statement: |
          | ^^^^^^^^^^^^

        2 errors, 1 warning, 1 note

        """)
  }

  @Test func `findings at 40 columns`() {
    #expect(
      TextRenderer(width: 40).text(Self.report.report) == """
        error[no-charter]: there is no
        `ethos.yaml`
        help: type `ethos init`

        note[tab]: a tab stands before `Risk`
         --> limits/client-risk.yaml:2:7
          |
        2 | title:    Risk
          |       ^^^^^^^^

        error[unknown-key]: `atMots` is no key
        of a limit
         --> limits/client-risk.yaml:3:1
          |
        3 | atMots: 60
          | ^^^^^^
        help: did you mean `atMost`?

        warning[stated-not-practised]: nothing
        serves or enacts `value/a`
         --> values/a b.yaml:2:1
          |
        2 | statement: |
          | ^^^^^^^^^^^^

        2 errors, 1 warning, 1 note

        """)
  }

  @Test func `findings as Markdown`() {
    #expect(
      MarkdownRenderer().text(Self.report.report) == #"""
        **error\[no-charter\]**: there is no \`ethos.yaml\`

        help: type \`ethos init\`

        note\[tab\]: a tab stands before \`Risk\`

        at `limits/client-risk.yaml:2:7`

        ```text
          |
        2 | title:    Risk
          |       ^^^^^^^^
        ```

        **error\[unknown-key\]**: \`atMots\` is no key of a limit

        at `limits/client-risk.yaml:3:1`

        ```text
          |
        3 | atMots: 60
          | ^^^^^^
        ```

        help: did you mean \`atMost\`?

        **warning\[stated-not-practised\]**: nothing serves or enacts \`value/a\`

        at `values/a b.yaml:2:1`

        ```text
          |
        2 | statement: |
          | ^^^^^^^^^^^^
        ```

        **2 errors**, **1 warning**, 1 note

        """#)
  }

  @Test func `the document for programs`() {
    let json = Self.report.report.json
    expectJSON(json["schema"], "ethos.check.v1")
    guard case .array(let diagnostics)? = json["diagnostics"] else {
      Issue.record("no diagnostics")
      return
    }
    expectJSON(
      diagnostics[0],
      [
        "code": "no-charter", "severity": "error", "message": "there is no `ethos.yaml`", "file": .null, "line": .null,
        "column": .null, "endLine": .null, "endColumn": .null, "help": "type `ethos init`",
      ])
    expectJSON(
      diagnostics[2],
      [
        "code": "unknown-key", "severity": "error", "message": "`atMots` is no key of a limit",
        "file": "limits/client-risk.yaml", "line": .number(3), "column": .number(1), "endLine": .number(3),
        "endColumn": .number(7), "help": "did you mean `atMost`?",
      ])
  }

  @Test func `findings as SARIF`() {
    let sarif = DiagnosticsReport(Array(Self.report.diagnostics.suffix(1))).sarif(version: "0.1.0")
    #expect(
      sarif.text() == """
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
          "version": "2.1.0",
          "runs": [
            {
              "tool": {
                "driver": {
                  "name": "ethos",
                  "semanticVersion": "0.1.0",
                  "rules": [
                    {
                      "id": "stated-not-practised"
                    }
                  ]
                }
              },
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "ruleId": "stated-not-practised",
                  "ruleIndex": 0,
                  "level": "warning",
                  "message": {
                    "text": "nothing serves or enacts `value/a`"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "values/a%20b.yaml",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 2,
                          "startColumn": 1,
                          "endLine": 4,
                          "endColumn": 6
                        }
                      }
                    }
                  ]
                }
              ]
            }
          ]
        }

        """)
  }

  @Test func `a finding without a place has no location in SARIF`() {
    guard case .array(let runs)? = Self.report.sarif(version: "0.1.0")["runs"],
      case .array(let results)? = runs[0]["results"]
    else {
      Issue.record("no results")
      return
    }
    #expect(results[0]["locations"] == nil)
    expectJSON(results[0]["message"], ["text": "there is no `ethos.yaml`\nhelp: type `ethos init`"])
    expectJSON(.array(results.compactMap { $0["ruleIndex"] }), [.number(0), .number(2), .number(3), .number(1)])
    expectJSON(.array(results.compactMap { $0["level"] }), ["error", "note", "error", "warning"])
  }

  @Test func `no findings are said`() {
    #expect(TextRenderer().text(DiagnosticsReport([]).report) == "No findings.\n")
  }

  @Test func `a finding in a file that is not at hand still says where`() {
    let report = DiagnosticsReport([Diagnostic("x", .error, "y", at: Self.limit.location(Span(0, 2)))])
    #expect(
      TextRenderer().text(report.report) == "error[x]: y\n  --> limits/client-risk.yaml:1:1\n\n1 error\n")
    #expect(
      MarkdownRenderer().text(report.report)
        == "**error\\[x\\]**: y\n\nat `limits/client-risk.yaml:1:1`\n\n**1 error**\n")
  }

  @Test func `a mark in a long line is still seen`() {
    let source = SourceText(
      path: "a", text: String(repeating: "x", count: 5_000) + "WRONG" + String(repeating: "y", count: 5_000))
    let report = DiagnosticsReport(
      [Diagnostic("x", .error, "y", at: source.location(Span(5_000, 5_005)))], sources: [source])
    #expect(
      TextRenderer(width: 40).text(report.report) == """
        error[x]: y
         --> a:1:5001
          |
        1 | …xxxxxxxxxxxxxxxxxxWRONGyyyyyyyyyyy…
          |                    ^^^^^

        1 error

        """)
  }

  @Test func `a place outside its source is no trap`() {
    let location = Location(file: "a", span: Span(900, 990), line: 70, column: 9, endLine: 71, endColumn: 1)
    let report = DiagnosticsReport(
      [Diagnostic("x", .error, "y", at: location)], sources: [SourceText(path: "a", text: "one\n")])
    #expect(TextRenderer().text(report.report).contains("--> a:70:9"))
  }
}
