import EthosDecision
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosText
import Testing

/// Reads identities of a few files for the tests of decisions.
enum Decisions {
  /// The graph of files by path.
  static func graph(_ files: [String: String]) -> DecisionGraph { DecisionGraph(snapshot(files)) }

  /// The identity of files by path.
  static func snapshot(_ files: [String: String]) -> Snapshot {
    let results = files.map { DocumentReader.read(SourceText(path: $0.key, text: $0.value)) }
    let problems = results.flatMap(\.diagnostics).filter { $0.severity == .error }
    #expect(problems.isEmpty, "\(problems.map(\.message))")
    return Snapshot(documents: results.compactMap(\.document))
  }

  /// One side of a comparison of a single decision `d`.
  static func side(_ text: String, with files: [String: String] = [:]) -> DecisionSide {
    DecisionSide(
      graph(files.merging(["decisions/d.yaml": text]) { $1 }), EntryKey(.decision, "d"))
  }
}
