import EthosModel
import EthosSyntax
import EthosText
import Foundation
import Testing

/// The published releases of the Model Spec, and what is true of them by reading them with other means.
@Suite struct ModelSpecTests {
  @Test func scratch() throws {
    let releases = try ["2025-02-12", "2025-04-11", "2025-09-12"].map { try ModelSpecTests.outline($0) }
    for (before, after) in zip(releases, releases.dropFirst()) {
      let a = Dictionary(uniqueKeysWithValues: before.headings.map { ($0.id, $0) })
      let b = Dictionary(uniqueKeysWithValues: after.headings.map { ($0.id, $0) })
      let both = a.keys.filter { b[$0] != nil }
      print(a.count, b.count, "both", both.count)
      print("added", b.keys.filter { a[$0] == nil }.count, "gone", a.keys.filter { b[$0] == nil }.count)
      print("retitled", both.filter { a[$0]!.title != b[$0]!.title })
      let bytes = both.filter { a[$0]!.body != b[$0]!.body }
      let meaning = bytes.filter { Prose.canonical(a[$0]!.body) != Prose.canonical(b[$0]!.body) }
      print("bytes", bytes.count, "canonical", meaning.count, bytes.filter { !meaning.contains($0) })
    }
    for r in releases { print(r.diagnostics, r.hasPreamble) }
    for r in releases {
      for h in r.headings {
        let c = Prose.canonical(h.body); if Prose.canonical(c) != c { print("NOT IDEMPOTENT", h.id) }
      }
    }
  }

  static func outline(_ release: String) throws -> MarkdownOutline {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/model-spec/\(release).md")
    return MarkdownOutline.read(SourceText(path: "\(release).md", bytes: [UInt8](try Data(contentsOf: url))))
  }
}
