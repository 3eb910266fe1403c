import EthosTestSupport
import Foundation
import Testing

/// Text that another wrote is read by bytes or scalars: what compares whole characters passes over a quote or a slash
/// that a mark stands beside.
///
/// This finds the standard library's own ways in the sources.
@Suite struct SourceRuleTests {
  /// What may stay: a part of the line, and why.
  private static let allowed: [(line: String, reason: String)] = [
    (#"body.names.contains("partial")"#, "a set of names, compared whole"),
    (#"names.contains("*") ||"#, "a list of names, compared whole"),
    (#"choices.contains("retired")"#, "a list of our own words"),
    (#"parts.contains("")"#, "a list of parts, one of which is empty"),
    (#"known.contains("\($0.code) \($0.message)")"#, "a set of messages, compared whole"),
    ("utf8.firstRange(of: ", "bytes"),
    ("firstRange(of: Array(", "bytes"),
    (#"number.description.split(separator: ".")"#, "the digits of a number"),
    ("rest.contains(\"`\")", "scalars"),
    (#"text.replacing("\\", with: "\\e")"#, "the manual page: our own help"),
    (#"text.split(separator: "\n"#, "the manual page: our own help"),
  ]

  @Test func `no source compares characters of a text`() throws {
    let sources = Fixtures.tests.deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    let ways = try Regex(
      #"\.(hasPrefix|hasSuffix|trimmingPrefix)\(|\.(replacing|contains)\("|\.(firstRange|ranges)\(of: ["A-Z]|\.split\(separator: ""#
    )
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      // The runner of the standard's tests reads those alone.
      if file.path.contains("DMNTCK/") || file.path.contains("dmn-tck/") { continue }
      count += 1
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      where line.contains(ways) && !line.contains("unicodeScalars") && !line.contains("///")
        && !Self.allowed.contains(where: { line.contains($0.line) })
      {
        Issue.record(
          "\(file.lastPathComponent): \(line): ask by bytes (`begins(with:)`, `ends(with:)`, `holds`, `parts(at:)`, `cut(around:)`, `replacingScalar`), or say in this test why not"
        )
      }
    }
    #expect(count > 500)
  }

  /// What may stand in a command that is printed to be typed without `shellWord`: what has no sign of a shell by its own
  /// grammar (ids, kinds, days), and what was quoted before.
  private static let plain = [
    "key", "id", "short", "rawValue", "effective", "eve", "answers", "sourceField", "charterPath", "head", "tip",
    "root",
    "threshold", "quotedKeys", "quotedFacts", "quotedApprove", "quotedBecause",
  ]

  @Test func `no source prints a command with a word that is not quoted`() throws {
    let sources = Fixtures.tests.deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    let command = try Regex(#"["`](ethos|git) [a-z][^"`:]*"#)
    let word = try Regex(#"\\\((?!shellWord)([^()]*)\)"#)
    let quoted = try Regex(#"\\\(shellWord\((?:[^()]|\([^()]*\))*\)\)"#)
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      where !line.contains("///") && !line.contains("reflogMessage") {
        for printed in line.matches(of: command) {
          count += 1
          // What is quoted may be made of several words.
          let text = String(line[printed.range]).replacing(quoted, with: "")
          for found in text.matches(of: word) {
            let name = String(text[found.range].dropFirst(2).dropLast()).split(separator: ".").last.map(String.init)
            guard let name, !Self.plain.contains(name) else { continue }
            Issue.record("\(file.lastPathComponent): `\(name)` is no word of a shell in \(line)")
          }
        }
      }
    }
    #expect(count > 100)
  }
}
