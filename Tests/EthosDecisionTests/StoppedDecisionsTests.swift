import EthosDecision
import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

/// Which decisions decide no more after a change.
@Suite struct StoppedDecisionsTests {
  private static let files = [
    "limits/most.yaml": "id: most\ntitle: Most\natMost: 5\n",
    "decisions/d.yaml": decision("d", "uses: {most: limit/most}", "> most"),
    "decisions/e.yaml": decision("e", "uses: {other: decision/d.out}", "> 5"),
    "decisions/f.yaml": decision("f", "", "> 5"),
  ]

  private static func decision(_ id: String, _ uses: String, _ condition: String) -> String {
    DecisionText.text(
      inputs: ["name: x, type: number"], outputs: ["name: out, type: number"],
      rules: """
        | id | x | out |
        |----|---|-----|
        | r1 | \(condition) | 1 |
        | r2 | - | 2 |
        """, more: uses
    ).replacing("id: d", with: "id: \(id)")
  }

  private func read(_ files: [String: String]) -> Snapshot {
    let results = files.map { DocumentReader.read(SourceText(path: $0.key, text: $0.value)) }
    return Snapshot(documents: results.compactMap(\.document), diagnostics: results.flatMap(\.diagnostics))
  }

  private func stopped(_ edit: (inout [String: String]) -> Void) -> [DecisionObstacle] {
    var files = Self.files
    edit(&files)
    return DecisionCheck.stopped(from: read(Self.files), to: read(files))
  }

  @Test func `what a decision leans on is gone, retired, renamed, or cannot be read`() {
    let edits: [(inout [String: String]) -> Void] = [
      { $0["limits/most.yaml"] = nil },
      { $0["limits/most.yaml", default: ""] += "status: retired\nsince: 2026-01-01\nbecause: It ended.\n" },
      { $0["limits/most.yaml"] = "id: least\ntitle: Most\natMost: 5\n" },
      { $0["limits/most.yaml"] = "id: most\ntitle: [Most\n" },
      { $0["limits/most.yaml"] = "id: most\ntitle: Most\natMost: 5o\n" },
    ]
    for (number, edit) in edits.enumerated() {
      let found = stopped(edit)
      // The one that uses it, and the one that uses that.
      #expect(Set(found.map(\.decision.id)) == ["d"] && found.count == 2, "\(number): \(found)")
      #expect(found.allSatisfy { !$0.diagnostics.isEmpty })
    }
    #expect(stopped { $0["decisions/d.yaml"] = nil }.count == 1)
    #expect(stopped { $0["decisions/d.yaml", default: ""] += "\nstatus: retired\nsince: 2026-01-01\n" }.count == 1)
  }

  @Test func `what can still decide, was meant to end, or did not decide before is none of them`() {
    #expect(stopped { _ in }.isEmpty)
    #expect(stopped { $0["limits/most.yaml"] = "id: most\ntitle: Most\natMost: 6\n" }.isEmpty)
    #expect(stopped { $0["decisions/e.yaml"] = nil }.isEmpty)
    #expect(
      stopped { $0["decisions/e.yaml", default: ""] += "\nstatus: retired\nsince: 2026-01-01\nbecause: It ended.\n" }
        .isEmpty)
    var broken = Self.files
    broken["limits/most.yaml"] = nil
    let before = read(broken)
    broken["decisions/f.yaml"] = nil
    #expect(DecisionCheck.stopped(from: before, to: read(broken)).isEmpty)
    #expect(DecisionCheck.obstacles(before).count == 2)
  }

  @Test func `a file that cannot be read is named by what uses it`() {
    let found = stopped { $0["limits/most.yaml"] = "id: most\ntitle: [Most\n" }
    for obstacle in found {
      #expect(obstacle.message.contains("`limits/most.yaml` cannot be read"), "\(obstacle.message)")
      #expect(obstacle.diagnostics.allSatisfy { $0.location?.file == "limits/most.yaml" })
    }
    #expect(stopped { $0["limits/most.yaml"] = nil }.allSatisfy { $0.message.contains("there is no `limit/most`") })
  }
}
