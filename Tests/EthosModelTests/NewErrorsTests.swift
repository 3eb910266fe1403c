import EthosModel
import EthosText
import Testing

/// Which errors a change brings, and which files an identity does not tell of.
@Suite struct NewErrorsTests {
  private func state(_ files: [String: EntryKey]) -> Snapshot {
    Snapshot(documents: files.map { Document(key: $0.value, path: $0.key, fields: Record()) })
  }

  private func error(
    _ code: Diagnostic.Code, _ file: String?, _ message: String = "it is wrong",
    _ severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      code, severity, message, at: file.map { SourceText(path: $0, bytes: []).location(Span(0, 0)) })
  }

  private let risk = EntryKey(.limit, "risk")

  @Test func `an error is the same by its code, its file and the entry in that file`() {
    let one = state(["limits/a.yaml": risk])
    let old = [error("c", "limits/a.yaml", "day 1")]
    func new(_ errors: [Diagnostic], _ after: Snapshot? = nil) -> [Diagnostic] {
      NewErrors.among(errors, of: after ?? one, since: old, of: one)
    }
    #expect(new([error("c", "limits/a.yaml", "day 2")]) == [])
    #expect(new([error("d", "limits/a.yaml")]).count == 1)
    #expect(new([error("c", "limits/b.yaml")]).count == 1)
    #expect(new([error("c", nil)]).count == 1)
    // Another entry in the same file has errors of its own.
    #expect(new([error("c", "limits/a.yaml")], state(["limits/a.yaml": EntryKey(.limit, "loan")])).count == 1)
    #expect(new([error("d", "limits/a.yaml", "it is odd", .warning)]) == [])
  }

  @Test func `one more of a kind is new, and it is the one that nobody said before`() {
    let one = state(["limits/a.yaml": risk])
    let old = [error("c", "limits/a.yaml", "first")]
    let both = [error("c", "limits/a.yaml", "first"), error("c", "limits/a.yaml", "second")]
    #expect(NewErrors.among(both, of: one, since: old, of: one).map(\.message) == ["second"])
    #expect(NewErrors.among(old, of: one, since: both, of: one) == [])
    // Two spellings of one name are two files.
    let accents = [error("c", "limits/e\u{301}.yaml"), error("c", "limits/\u{e9}.yaml")]
    #expect(NewErrors.among(accents, of: one, since: [accents[0]], of: one).count == 1)
  }

  @Test func `a file that gave no entry is known by its path, and one that gave one is not among them`() {
    let snapshot = Snapshot(
      documents: [Document(key: risk, path: "limits/risk.yaml", fields: Record(), hasErrors: true)],
      diagnostics: [
        error("yaml-syntax", "limits/loan.yaml", "first"), error("yaml-syntax", "limits/loan.yaml", "second"),
        error("wrong-type", "limits/risk.yaml"), error("yaml-syntax", "values/candour.yaml"),
        error("hidden", "limits/odd.yaml", "a note", .warning), error("not-a-document", "limits/x.yml"),
      ])
    #expect(snapshot.unreadableFiles(of: .limit).map(\.path) == ["limits/loan.yaml"])
    #expect(snapshot.unreadableFiles().map(\.path) == ["limits/loan.yaml", "values/candour.yaml"])
    #expect(
      snapshot.unreadableFile(of: EntryKey(.limit, "loan"))?.message == "`limits/loan.yaml` cannot be read: first")
    #expect(snapshot.unreadableFile(of: risk) == nil)
    #expect(snapshot.unreadableFile(of: EntryKey(.limit, "an")) == nil)
    #expect(snapshot.unreadableFile(of: EntryKey(.decision, "loan")) == nil)
  }

  @Test func `a folder that cannot be looked into hides what is in it, and no other`() {
    let snapshot = Snapshot(documents: [], diagnostics: [error("object-unreadable", "limits")])
    #expect(snapshot.unreadableFile(of: risk)?.path == "limits")
    #expect(snapshot.unreadableFile(of: EntryKey(.value, "candour")) == nil)
    let whole = Snapshot(documents: [], diagnostics: [error("tree-too-large", nil)])
    #expect(whole.unreadableFile(of: risk)?.message == "the identity cannot be read: it is wrong")
  }
}
