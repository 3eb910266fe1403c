package import EthosGovernance
import EthosModel
import EthosRecord
package import EthosText

/// What a verification found, for people and for programs.
package struct FindingsReport: Sendable {
  package var findings: [Finding]

  package init(_ findings: [Finding]) { self.findings = findings }

  /// The findings as list items: the breaches first.
  package var items: [Item] {
    (findings.filter { $0.severity == .breach } + findings.filter { $0.severity == .note }).map(item)
  }

  private func item(_ finding: Finding) -> Item {
    var text: Inline = "\(finding.code, .changed) \(finding.message)"
    if let commit = finding.commit { text += " \(commit.short, .reference)" }
    if let tag = finding.tag { text += " \(tag, .reference)" }
    var blocks: [Block] = []
    blocks.facts(
      [Fact("rule", Inline(finding.rule))]
        + [("needed", finding.needed), ("agreed", finding.signed), ("missing", finding.missing)].flatMap {
          name, lines in
          lines.enumerated().map { Fact($0 == 0 ? name : "", Inline($1)) }
        } + finding.help.enumerated().map { Fact($0 == 0 ? "to mend" : "", Inline($1)) })
    return Item(finding.severity == .breach ? .warning : .bullet, text, blocks)
  }

  package var json: JSON { .array(findings.map(FindingsReport.json)) }

  private static func json(_ finding: Finding) -> JSON {
    func texts(_ lines: [String]) -> JSON { .array(lines.map { .string($0) }) }
    return .members([
      "code": .string(finding.code), "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message),
      "commit": finding.commit.map { .string($0.hex) } ?? .null, "tag": finding.tag.map { .string($0) } ?? .null,
      "commitments": texts(finding.entries.map(\.description)), "rule": .string(finding.rule),
      "needed": texts(finding.needed), "signed": texts(finding.signed), "missing": texts(finding.missing),
      "help": texts(finding.help),
    ])
  }
}
