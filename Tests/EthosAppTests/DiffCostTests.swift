import EthosApp
import EthosDiff
import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

@Suite struct DiffCostTests {
  /// An identity of many values in folders, and a workspace on it.
  private static func workspace(_ repository: TestRepository) throws -> Workspace {
    let opened = try Repository.open(at: repository.path, search: .exact, environment: Git.environment)
    return try Workspace(
      store: IdentityStore(opened),
      environment: AppEnvironment(
        variables: ["HOME": Git.home], workingDirectory: repository.path,
        now: Instant(seconds: Git.seconds, offsetMinutes: Git.offsetMinutes)))
  }

  private static func value(_ index: Int, _ word: String) -> String {
    "id: v\(index)\ntitle: Value \(index)\nstatement: We \(word) hold to number \(index).\n"
  }

  @Test func `a comparison of two revisions reads the changed blobs and the charter`() throws {
    let repository = try TestRepository()
    var files = ["ethos.yaml": "ethos: 1\norganisation: Test\n"]
    for index in 0..<200 { files["values/\(index % 10)/v\(index).yaml"] = Self.value(index, "must") }
    files["decisions/readme.txt"] = "not of the identity\n"
    try repository.commit(files, "Begin")
    let changed = [3, 50, 51, 199]
    var edits: [String: String] = [:]
    for index in changed { edits["values/\(index % 10)/v\(index).yaml"] = Self.value(index, "should") }
    try repository.commit(edits, "Change")

    let workspace = try Self.workspace(repository)
    let before = workspace.repository.reads
    let result = try workspace.compare("HEAD~1", "HEAD")
    let reads = workspace.repository.reads
    #expect(result.changes.entries.map(\.id) == ["v199", "v3", "v50", "v51"])
    // Both sides of each changed file, and the charter once: it is the same blob on both sides.
    #expect(reads.blobs - before.blobs == 2 * changed.count + 1)
    // Of the trees: the roots (also to find the charter), `values`, and the four of its ten folders that differ.
    #expect(reads.trees - before.trees <= 2 * (2 + 1 + 4))
  }

  @Test func `equal revisions read no blob`() throws {
    let repository = try TestRepository()
    try repository.commit(
      ["ethos.yaml": "ethos: 1\norganisation: Test\n", "values/a.yaml": Self.value(1, "must")], "Begin")
    let workspace = try Self.workspace(repository)
    let before = workspace.repository.reads
    #expect(try workspace.compare("HEAD", "HEAD").changes.isEmpty)
    #expect(workspace.repository.reads.blobs == before.blobs)
  }

  @Test func `a changed limit reads what may lean on it, and says what it touches`() throws {
    let repository = try TestRepository()
    try repository.commit(
      [
        "ethos.yaml": "ethos: 1\norganisation: Test\n",
        "limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 60\n",
        "values/a.yaml": "id: a\ntitle: A\nfriction:\n  - {accept: slower, limit: limit/risk}\n",
        "people/jane.yaml": "id: jane\nname: Jane\n",
      ], "Begin")
    try repository.commit(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"], "Lower")
    let workspace = try Self.workspace(repository)
    let before = workspace.repository.reads
    let result = try workspace.compare("HEAD~1", "HEAD")
    #expect(result.changes.changes.map(\.kind.id) == ["limit-tightened"])
    #expect(result.changes.touches.map(\.touched) == [EntryKey(.value, "a")])
    // The limit twice, the charter and the value; the person is not read.
    #expect(workspace.repository.reads.blobs - before.blobs == 4)
  }
}
