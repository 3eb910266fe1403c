import EthosModel
import EthosTestSupport
import Foundation
import Testing

/// What an identity declares is held by every command.
@Suite struct DeclaredTests {
  private static let decision = """
    id: d
    title: D
    question: What?
    serves: [keep-our-word]
    inputs:
      - {name: x, type: number}
    outputs:
      - {name: out, type: string, allowed: '"no", "yes"'}
    hitPolicy: first
    rules: |
      | id | x   | out |
      |----|-----|-----|
      | r1 | > 5 | no  |
      | r2 | -   | yes |
    examples:
      - {given: {x: 9}, expect: {out: no}}

    """

  private func bench(_ decision: String = decision) throws -> Bench {
    let bench = try Bench()
    try bench.run("init", "--template", "minimal")
    try bench.git("rm", "-rq", "decisions", "--ignore-unmatch")
    try write(decision, "decisions/d.yaml", bench)
    try bench.git("add", "-A")
    try bench.git("-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "-qm", "A decision", "-m", "Why not.")
    return bench
  }

  private func write(_ text: String, _ path: String, _ bench: Bench) throws {
    let folder = URL(filePath: "\(bench.work)/\(path)").deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: "\(bench.work)/\(path)", atomically: true, encoding: .utf8)
  }

  /// What makes a decision unusable, each in another way.
  static let broken = [
    decision.replacing("| yes |", with: "| \"yess\" |"), decision.replacing("| yes |", with: "| 7 |"),
    decision.replacing("| yes |", with: "| yess |"), decision.replacing("> 5", with: "> five"),
    decision.replacing("hitPolicy: first", with: "hitPolicy: fist"),
    decision.replacing("out, type: string", with: "out"),
    decision.replacing("expect: {out: no}", with: "expect: {out: on}"), decision + "default: {uot: yes}\n",
  ]

  @Test(arguments: broken.indices) func `a decision with errors decides nothing, in any command`(number: Int) throws {
    let bench = try bench(Self.broken[number])
    try write("x,out,day\n1,yes,2026-11-02\n9,no,2026-11-02\n", "../cases.csv", bench)
    try bench.run("check", status: 1)
    let commands: [[String]] = [
      ["decide", "d", "x=9"], ["test", "d"], ["test"],
      ["replay", "../cases.csv", "--decision", "d", "--from", "HEAD", "--to", "HEAD"],
      ["audit", "../cases.csv", "--decision", "d", "--at", "HEAD"], ["export", "dmn", "d"],
      ["export", "sql", "--decision", "d", "--dialect", "sqlite", "--from", "HEAD", "--to", "HEAD"],
      ["export", "prompt", "--at", "HEAD"],
      ["export", "bundle", "--at", "HEAD"],
    ]
    for command in commands {
      let result = try bench.ethos.run(command)
      #expect(result.status == 2, "\(command): \(result.output)\(result.errors)")
      #expect(result.output.isEmpty, "\(command): \(result.output)")
      #expect(result.errors.contains("decisions/d.yaml"), "\(command): \(result.errors)")
    }
    // It does not come into force, by any of the ways.
    let release = try bench.ethos.run(["release", "--dry-run"])
    #expect(release.status != 0 && release.errors.contains("decisions/d.yaml"), "\(release.errors)")
    try write(Self.broken[number].replacing("What?", with: "What else?"), "decisions/d.yaml", bench)
    try bench.run("propose", "p", "--because", "x", status: 2)
  }

  @Test func `one that is whole decides in all of them`() throws {
    let bench = try bench()
    try write("x,out,day\n1,yes,2026-11-02\n9,no,2026-11-02\n", "../cases.csv", bench)
    try bench.run("check", status: 0)
    try bench.run("decide", "d", "x=9")
    try bench.run("test")
    try bench.run("replay", "../cases.csv", "--decision", "d", "--from", "HEAD", "--to", "HEAD")
    try bench.run("export", "dmn", "d")
    try bench.run("export", "prompt", "--at", "HEAD")
  }

  @Test func `a commit of plain git with such a decision is not ratified`() throws {
    let bench = try bench()
    try bench.git("switch", "-qc", "proposals/p")
    try write(Self.broken[0], "decisions/d.yaml", bench)
    try bench.git("add", "-A")
    try bench.git("-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "-qm", "Typo", "-m", "Because.")
    let result = try bench.ethos.run(["ratify", "p", "--dry-run"])
    #expect(result.status == 2 && result.errors.contains("answer-not-allowed"), "\(result.output)\(result.errors)")
  }

  @Test func `files that are nobody's are named, and committed by nobody unasked`() throws {
    let bench = try bench()
    let strangers = [
      "values/courage.yml", "value/thrift.yaml", "values/keep-our-word.yaml.orig", "values/keep-our-word.yaml~",
      "values/.keep-our-word.yaml.swp", "decisions/cases.csv", "limits/notes.txt",
    ]
    for path in strangers { try write("id: it\ntitle: It\n", path, bench) }
    try write(Self.decision.replacing("What?", with: "What else?"), "decisions/d.yaml", bench)
    let check = try bench.run("check", "--all", status: 1)
    let status = try bench.run("status")
    let propose = try bench.run("propose", "p", "--because", "x")
    for path in strangers {
      #expect(check.output.contains(path), "\(path): \(check.output)")
      #expect(status.output.contains(path), "\(path): \(status.output)")
      #expect(propose.output.contains(path), "\(path): \(propose.output)")
    }
    #expect(try bench.git("show", "--name-only", "--format=", "HEAD") == "decisions/d.yaml\n")
    // Nothing of the identity is left to propose, and none of the others was taken.
    try bench.run("propose", "p", "--because", "x", status: 1)
    #expect(FileManager.default.fileExists(atPath: "\(bench.work)/values/courage.yml"))
    // What git ignores is named by nobody.
    try write("*.orig\n*~\n*.swp\n*.csv\n*.txt\n*.yml\nvalue/\n", ".gitignore", bench)
    let quiet = try bench.run("check", status: 0)
    for path in strangers { #expect(!quiet.output.contains(path), "\(path): \(quiet.output)") }
  }

  // MARK: - Names

  /// Every field that names something, by the kind and the names on the way to it, with a file in which it names
  /// nothing and the code that is found.
  ///
  /// A field of the schema that may name something and is not here fails the test.
  private static let naming: [String: (file: String, text: String, code: String)] = {
    func of(_ kind: Kind, _ text: String, _ code: String) -> (String, String, String) {
      let path = kind.folder.map { "\($0)/it.yaml" } ?? Kind.charterPath
      return (path, (kind == .charter ? "" : "id: it\n") + text, code)
    }
    let charter = "ethos: 1\norganisation: T\nbranch: main\n"
    let value = "title: It\nstatement: We try.\nserves: [keep-our-word]\n"
    let limit = "title: It\natMost: 1\n"
    let exception = "title: It\nuntil: 2030-01-01\n"
    let cycle = "title: It\nfrom: 2020-01-01\nuntil: 2020-12-31\n"
    let system = "title: It\n"
    func decision(_ text: String, _ old: String = "", _ new: String = "") -> (String, String, String) {
      var whole = DeclaredTests.decision.replacing("id: d", with: "id: it")
      if !old.isEmpty { whole = whole.replacing(old, with: new) }
      return ("decisions/it.yaml", whole + text, "")
    }
    func coded(_ item: (String, String, String), _ code: String) -> (String, String, String) { (item.0, item.1, code) }
    return [
      "charter.timeZone": of(.charter, charter + "timeZone: Europe/Zurick\n", "unknown-time-zone"),
      "charter.defaultOwner": of(.charter, charter + "defaultOwner: nobody\n", "owner-unknown"),
      "charter.signatures": of(.charter, charter + "signatures: never\n", "unknown-choice"),
      "charter.recorders.office": of(.charter, charter + "recorders: [nobody]\n", "unknown-office"),
      "charter.recorders.level": of(.charter, charter + "recorders: [{office: lead, level: big}]\n", "unknown-choice"),
      "charter.authority.change": of(
        .charter, charter + "authority: [{change: [valeu], level: critical, quorum: {anyone: 1}}]\n", "unknown-kind"),
      "charter.authority.level": of(
        .charter, charter + "authority: [{change: [value], level: big, quorum: {anyone: 1}}]\n", "unknown-choice"),
      "charter.authority.quorum": of(
        .charter, charter + "authority: [{change: ['*'], level: critical, quorum: {nobody: 1}}]\n", "unknown-office"),
      "charter.authority.veto": of(
        .charter, charter + "authority: [{change: ['*'], level: critical, quorum: {anyone: 1}, veto: [nobody]}]\n",
        "unknown-office"),
      "charter.severity": of(.charter, charter + "severity: {value-rewordedd: minor}\n", "unknown-change"),
      "charter.severity.*": of(.charter, charter + "severity: {value-reworded: big}\n", "unknown-choice"),
      "charter.forbidOutdated": of(.charter, charter + "forbidOutdated: big\n", "unknown-choice"),
      "value.owner": of(.value, value + "owner: nobody\n", "owner-unknown"),
      "value.rank": of(.value, value + "rank: top\n", "unknown-rank"),
      "value.outranks": of(.value, value + "outranks: [nothing]\n", "unresolved-reference"),
      "value.serves": of(.value, "title: It\nstatement: We.\nserves: [nothing]\n", "unresolved-reference"),
      "value.friction.limit": of(
        .value, value + "friction: [{accept: a, limit: limit/nothing}]\n", "unresolved-reference"),
      "value.status": of(.value, value + "status: gone\n", "unknown-choice"),
      "limit.owner": of(.limit, limit + "owner: nobody\n", "owner-unknown"),
      "limit.serves": of(.limit, limit + "serves: [nothing]\n", "unresolved-reference"),
      "limit.status": of(.limit, limit + "status: gone\n", "unknown-choice"),
      "exception.of": of(.exception, exception + "of: decision/nothing\n", "unresolved-reference"),
      "exception.outcome": of(.exception, exception + "of: decision/d\noutcome: {uot: yes}\n", "exception-invalid"),
      "exception.owner": of(.exception, exception + "of: decision/d\nowner: nobody\n", "owner-unknown"),
      "exception.benefits": of(.exception, exception + "of: decision/d\nbenefits: [nobody]\n", "unknown-beneficiary"),
      "exception.status": of(.exception, exception + "of: decision/d\nstatus: gone\n", "unknown-choice"),
      "cycle.offices.person": of(.cycle, cycle + "offices: {lead: nobody}\n", "unresolved-reference"),
      "cycle.offices.deputy": of(
        .cycle, cycle + "offices: {lead: [{person: me, deputy: nobody}]}\n", "unresolved-reference"),
      "system.owner": of(.system, system + "owner: nobody\n", "owner-unknown"),
      "system.status": of(.system, system + "status: gone\n", "unknown-choice"),
      "system.implements": of(.system, system + "implements: [decision/nothing]\n", "unresolved-reference"),
      "system.builtFor": of(.system, system + "builtFor: release/nothing/1\n", "unresolved-reference"),
      "decision.owner": coded(decision("owner: nobody\n"), "owner-unknown"),
      "decision.serves": coded(decision("", "[keep-our-word]", "[nothing]"), "unresolved-reference"),
      "decision.status": coded(decision("status: gone\n"), "unknown-choice"),
      "decision.enforcement": coded(decision("enforcement: lax\n"), "unknown-choice"),
      "decision.uses.*": coded(decision("uses: {cap: limit/nothing}\n"), "unresolved-reference"),
      "decision.inputs.type": coded(decision("", "x, type: number", "x, type: nubmer"), "unknown-choice"),
      "decision.outputs.type": coded(decision("", "out, type: string", "out, type: text"), "unknown-choice"),
      "decision.outputs.strictest": coded(
        decision("", "type: string, allowed", "type: string, strictest: lax, allowed"), "unknown-choice"),
      "decision.hitPolicy": coded(decision("", "hitPolicy: first", "hitPolicy: fist"), "unknown-choice"),
      "decision.rules": coded(decision("", "| id | x   |", "| id | y   |"), "unknown-column"),
      "decision.default": coded(decision("default: {uot: yes}\n"), "unknown-name"),
      "decision.assert.never": coded(decision("assert: [{never: {uot: yes}}]\n"), "unknown-name"),
      "decision.assert.always": coded(decision("assert: [{always: {uot: yes}}]\n"), "unknown-name"),
      "decision.assert.when": coded(decision("assert: [{never: {out: yes}, when: {y: 1}}]\n"), "unknown-name"),
      "decision.examples.given": coded(decision("", "given: {x: 9}", "given: {y: 9}"), "unknown-name"),
      "decision.examples.expect": coded(decision("", "expect: {out: no}", "expect: {uot: no}"), "unknown-name"),
      "decision.cases.columns": coded(
        decision("cases: {name: c, sha256: 00, columns: {y: a}}\n"), "unknown-name"),
      "decision.cases.translate": coded(
        decision("cases: {name: c, sha256: 00, translate: {y: {a: b}}}\n"), "unknown-name"),
      "decision.cases.outcomes": coded(
        decision("cases: {name: c, sha256: 00, outcomes: {y: a}}\n"), "unknown-name"),
    ]
  }()

  /// Fields whose words are the identity's own: the column of a file, what is recorded of cases, what offices are called.
  private static let free: Set<String> = [
    "cycle.offices", "exception.when", "decision.uses", "decision.cases.translate.*",
  ]

  /// The fields of a kind that name something, by their types: choices, offices, ids, references, and mappings by name.
  private static func named(_ kind: Kind) -> [String] {
    func walk(_ type: FieldType, _ path: String) -> [String] {
      switch type {
      case .choice, .office, .id, .reference, .release, .rules: [path]
      case .sequence(let item), .set(let item): walk(item, path)
      case .items(_, let fields, _, _), .record(let fields): fields.flatMap { walk($0.type, "\(path).\($0.name)") }
      case .map(let item):
        if case .items = item { [path] + walk(item, path) } else { [path] + walk(item, "\(path).*") }
      case .identifier, .line, .prose, .expression, .number, .quantity, .boolean, .day, .period, .plain: []
      }
    }
    return Schema.of(kind).fields.flatMap { walk($0.type, "\(kind.rawValue).\($0.name)") }
  }

  @Test func `every field of the schema that names something has its case`() {
    let fields = Set(Kind.allCases.flatMap(Self.named)).subtracting(Self.free)
    #expect(fields.subtracting(Self.naming.keys).sorted() == [])
  }

  @Test func `a field that names nothing is an error`() throws {
    let bench = try bench()
    try write("id: me\nname: Me\nemails: [me@x.example]\n", "people/me.yaml", bench)
    for (field, item) in Self.naming.sorted(by: { $0.key < $1.key }) {
      let path = "\(bench.work)/\(item.file)"
      let before = try? String(contentsOfFile: path, encoding: .utf8)
      try write(item.text, item.file, bench)
      let check = try bench.run("check", status: 1)
      #expect(check.output.contains("error[\(item.code)]"), "\(field): \(check.output)")
      if let before { try write(before, item.file, bench) } else { try FileManager.default.removeItem(atPath: path) }
    }
  }
}
