import EthosDMN
package import EthosFEEL
package import EthosText

/// One folder of the TCK: models, and files of cases for them.
package struct TCKFolder: Sendable {
  package var name: String
  package var verdicts: [TCKVerdict]

  package var passed: Int { count(.passed) }
  package var failed: Int { count(.failed) }
  package var errors: Int { count(.error) }

  private func count(_ outcome: TCKVerdict.Outcome) -> Int { verdicts.count { $0.outcome == outcome } }

  /// Whether no case has an expectation that is not met.
  ///
  /// The TCK counts cases.
  package var cases: (passed: Int, all: Int) {
    let all = Set(verdicts.map(\.caseID))
    let bad = Set(verdicts.filter { $0.outcome != .passed }.map(\.caseID))
    return (all.count - bad.count, all.count)
  }

  /// Runs every file of cases of a folder on its models, which come by file name and may import each other.
  package static func run(
    _ name: String, models: [String: SourceText], tests: [SourceText], now: FEELDateTime?, zones: FEELZones?
  ) -> TCKFolder {
    var folder = TCKFolder(name: name, verdicts: [])
    var read: [String: DMNModel] = [:]
    for (file, source) in models { read[file] = DMNReader.read(source).model }
    for source in tests {
      let (file, diagnostics) = TCKFile.read(source)
      guard let file, let model = read[file.model] else {
        let problem = diagnostics.first?.message ?? "there is no model `\(visibleText(file?.model ?? ""))`"
        folder.verdicts.append(
          TCKVerdict(
            caseID: source.path, name: "", outcome: .error, expected: "", actual: "", problems: [problem]))
        continue
      }
      let library = read.filter { $0.key != file.model }.sorted { $0.key < $1.key }.map(\.value)
      let run = TCKRun(DMNProgram(model, library: library), now: now, zones: zones)
      for test in file.cases {
        folder.verdicts += run.verdicts(test).map { verdict in
          var verdict = verdict
          verdict.caseID = "\(source.path)#\(verdict.caseID)"
          return verdict
        }
      }
    }
    return folder
  }
}
