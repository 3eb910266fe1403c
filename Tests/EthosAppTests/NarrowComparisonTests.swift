import EthosApp
import EthosDiff
import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// A comparison that reads what changed and what that touches finds what one finds that reads everything.
@Suite struct NarrowComparisonTests {
  /// An identity of limits, decisions over decisions, values, exceptions and systems, changed at random.
  private struct Identity {
    private var random: SeededGenerator
    private let size: Int
    private(set) var files: [String: String] = ["ethos.yaml": "ethos: 1\norganisation: Test\n"]

    init(seed: UInt64, size: Int) {
      random = SeededGenerator(seed: seed)
      self.size = size
      for number in 0..<size {
        for kind in ["limit", "decision", "value", "exception", "system"] { write(kind, number) }
      }
    }

    mutating func change() {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let kind = ["limit", "limit", "decision", "decision", "value", "exception", "system"].randomElement(
          using: &random)
        write(kind ?? "limit", Int.random(in: 0..<size, using: &random))
      }
      guard Int.random(in: 0..<3, using: &random) == 0 else { return }
      let path = files.keys.sorted().randomElement(using: &random) ?? ""
      guard let text = files[path], path != "ethos.yaml" else { return }
      files[path] = nil
      // A file that moves, or goes.
      if Bool.random(using: &random) {
        files[path.replacing("/", with: "/moved/", maxReplacements: 1)] = text
      }
    }

    private mutating func write(_ kind: String, _ number: Int) {
      func any() -> Int { Int.random(in: 0..<size, using: &random) }
      let head = "id: \(kind.first ?? "x")\(number)\ntitle: The \(kind) \(number), edition \(any())\n"
      let text: String
      switch kind {
      case "limit": text = "atMost: \(Int.random(in: 10...90, using: &random))\n"
      case "value": text = "friction:\n  - {accept: slower, limit: limit/l\(any())}\n"
      case "exception": text = "of: decision/d\(any())\nuntil: 2030-12-31\n"
      case "system": text = "implements: [decision/d\(any())]\n"
      default:
        // A decision leans on a limit, and mostly on a decision of a lower number.
        let lower = number > 0 ? Int.random(in: 0..<number, using: &random) : nil
        let used = lower.map { ", class: decision/d\($0).route" } ?? ""
        let column = lower == nil ? "" : " class | "
        let cell = lower == nil ? "" : " refer | "
        let any = lower == nil ? "" : " - | "
        text = """
          question: What of \(number)?
          uses: {cap: limit/l\(Int.random(in: 0..<size, using: &random))\(used)}
          inputs:
            - {name: score, type: number, allowed: "[0..100]", step: 1}
          outputs:
            - {name: route, type: string, allowed: '"refer", "approve"', strictest: first}
          hitPolicy: first
          rules: |
            | id | score | \(column)route |
            |----|-------|\(lower == nil ? "" : "-------|")-------|
            | r1 | > cap | \(cell)refer |
            | r2 | > \(Int.random(in: 50...99, using: &random)) | \(any)refer |
            | r3 | - | \(any)approve |

          """
      }
      let name = "\(kind.first ?? "x")\(number).yaml"
      for path in files.keys where path.hasPrefix("\(kind)s/") && path.hasSuffix("/\(name)") { files[path] = nil }
      files["\(kind)s/\(size > 20 ? "" : "\(number % 5)/")\(name)"] = head + text
    }
  }

  private static func workspace(_ repository: TestRepository) throws -> Workspace {
    let opened = try Repository.open(at: repository.path, search: .exact, environment: Git.environment)
    return try Workspace(
      store: IdentityStore(opened),
      environment: AppEnvironment(
        variables: ["HOME": Git.home], workingDirectory: repository.path,
        now: Instant(seconds: Git.seconds, offsetMinutes: Git.offsetMinutes)))
  }

  /// What a change set says.
  private static func text(_ changes: ChangeSet) -> Set<String> {
    Set(
      changes.changes.map {
        "\($0.kind.id) \($0.level) \($0.entry).\($0.field) \($0.before?.summaryText ?? "") "
          + "\($0.after?.summaryText ?? "") \($0.causes) \($0.behaviour.map { "\($0)" } ?? "")"
      } + changes.touches.map { "touch \($0.changed) \($0.touched) \($0.through)" }
        + changes.renames.map { "rename \($0.before) \($0.after)" } + changes.unmoved.map { "unmoved \($0)" })
  }

  @Test(arguments: 0..<(8 * soakFactor))
  func `nothing is missed`(seed: Int) throws {
    let repository = try TestRepository()
    var identity = Identity(seed: UInt64(seed), size: 12)
    try repository.commit(identity.files, "Begin")
    var commits = [try repository.git("rev-parse", "HEAD")]
    for number in 0..<6 {
      let old = identity.files
      identity.change()
      for path in old.keys where identity.files[path] == nil { try repository.git("rm", "-q", path) }
      try repository.commit(identity.files.filter { old[$0.key] != $0.value }, "Change \(number)")
      commits.append(try repository.git("rev-parse", "HEAD"))
    }
    var found = 0
    for (first, second) in zip(commits, commits.dropFirst()) + [(commits[0], commits[6]), (commits[6], commits[2])] {
      // A workspace for each: the second of them finds what the first one kept.
      let workspace = try Self.workspace(repository)
      let store = workspace.store
      let trees = try [first, second].map { try store.repository.commit(#require(ObjectID(hex: $0))).tree }
      let changed = try store.changedFiles(before: trees[0], after: trees[1])
      let narrow = try #require(
        try workspace.narrowSides((trees[0], changed.before), (trees[1], changed.after)))
      let full = try trees.map { try store.snapshot(ofTree: $0) }
      let severity = Severity(charter: full[0].charter)
      let expected = try Behaviour.changes(from: full[0], to: full[1], severity: severity)
      let changes = try Behaviour.changes(from: narrow.before, to: narrow.after, severity: severity)
      #expect(Self.text(changes).symmetricDifference(Self.text(expected)) == [], "\(first) \(second)")
      found += changes.touches.count
    }
    #expect(found > 0)
  }

  @Test func `what was found once is not read again, and a damaged memory does no harm`() throws {
    let repository = try TestRepository()
    var identity = Identity(seed: 1, size: 60)
    try repository.commit(identity.files, "Begin")
    let old = identity.files
    for _ in 0..<6 { identity.change() }
    for path in old.keys where identity.files[path] == nil { try repository.git("rm", "-q", path) }
    try repository.commit(identity.files.filter { old[$0.key] != $0.value }, "Change")
    func compared() throws -> (text: Set<String>, reads: Int) {
      let workspace = try Self.workspace(repository)
      let result = try workspace.compare("HEAD~1", "HEAD")
      return (Self.text(result.changes), workspace.repository.reads.blobs)
    }
    let first = try compared()
    let second = try compared()
    #expect(first.text == second.text)
    #expect(first.reads >= 300)
    #expect(second.reads < first.reads * 2 / 3)
    let folder = try #require(try Self.workspace(repository).store.memory.ownFolder())
    let path = "\(folder)/uses.sqlite"
    let made = try FileSystem.read(path, limit: 1 << 24)
    var random = SeededGenerator(seed: 9)
    for _ in 0..<12 {
      var damaged = made
      for _ in 0..<30 {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      try FileSystem.write(damaged, to: path, temporaryFolder: folder)
      #expect(try compared().text == first.text)
    }
  }
}
