import EthosTestSupport
import Foundation
import Testing

/// A bank of five people for the tests of what its rules allow: what its leaders do by ethos, and what somebody with
/// write access does with plain git.
final class GuardedBank: Sendable {
  let bench: Bench
  /// What each person signs with; none where nothing is signed.
  private let keys: [String: SSHKeyPair]

  static let charter = """
    ethos: 1
    organisation: Small Bank
    branch: main
    defaultOwner: chief
    authority:
      - {change: [charter, cycle, person, limit, value, exception], level: critical, quorum: {chief: 1, board: 2}}
      - {change: [decision], level: critical, quorum: {lending: 1}}
      - {change: [release], level: critical, quorum: {chief: 1}}
      - {change: [system], level: critical, quorum: {owner: 1}}
      - {change: [value, limit], level: editorial, quorum: {anyone: 1}}
    """

  /// The files that it begins with.
  static let files: [String: String] = [
    "ethos.yaml": charter,
    "people/jane.yaml": "id: jane\nname: Jane Doe\nemails: [jane@bank.example, jane.doe@home.example]\n",
    "people/ada.yaml": "id: ada\nname: Ada Obi\nemails: [ada@bank.example]\n",
    "people/ruth.yaml": "id: ruth\nname: Ruth Klein\nemails: [ruth@bank.example]\n",
    "people/omar.yaml": "id: omar\nname: Omar Reyes\nemails: [omar@bank.example]\n",
    "people/eve.yaml": "id: eve\nname: Eve Ling\nemails: [eve@bank.example]\n",
    "cycles/first.yaml": """
    id: first
    title: First
    from: 2020-01-01
    until: 2025-12-31
    offices: {chief: jane, board: [jane, ada, ruth], lending: eve}
    """,
    "cycles/second.yaml": """
    id: second
    title: Second
    from: 2026-01-01
    offices:
      chief: [{person: omar, until: 2026-01-31}, {person: jane, from: 2026-02-01}]
      board: [jane, ada, ruth]
      lending: eve
    """,
    "limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 60\n",
    "limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 500\n",
    "values/candour.yaml": "id: candour\ntitle: Candour\nstatement: We must tell bad news first.\n",
    "decisions/loan.yaml": """
    id: loan
    title: Loans
    question: Do we lend?
    owner: lending
    uses: {most: limit/risk}
    inputs:
      - {name: score, type: number, allowed: "[0..100]", step: 1}
    outputs:
      - {name: answer, type: string, allowed: '"no", "yes"', strictest: first}
    hitPolicy: first
    rules: |
      | score  | answer |
      |--------|--------|
      | > most | no     |
      | -      | yes    |
    """,
  ]

  /// The bank, founded by its chief.
  ///
  /// With keys, everybody signs, and `people/` has the public halves.
  init(_ changed: [String: String] = [:], by person: String = "jane", keys: [String: SSHKeyPair] = [:]) throws {
    bench = try Bench()
    self.keys = keys
    try bench.git("init", "-q", "-b", "main")
    for (path, text) in GuardedBank.files { try bench.write(text, to: path) }
    for (id, key) in keys {
      let file = GuardedBank.files["people/\(id).yaml"] ?? ""
      try bench.write(file + "keys: [{key: \(key.publicKey)}]\n", to: "people/\(id).yaml")
    }
    for (path, text) in changed { try bench.write(text, to: path) }
    try shell(
      "git add -A && git commit -q -m 'Found it' -m 'There was nothing.'", by: person, at: "2026-01-05T09:00:00Z")
  }

  var work: String { bench.work }

  /// Ethos as a person, at a moment.
  func person(_ id: String, at moment: String = EthosProcess.now, key: SSHKeyPair? = nil) -> EthosProcess {
    let names = ["jane": "Jane Doe", "ada": "Ada Obi", "ruth": "Ruth Klein", "omar": "Omar Reyes", "eve": "Eve Ling"]
    let process = bench.ethos.acting(as: names[id] ?? id, "\(id)@bank.example", at: moment)
    guard let key = key ?? keys[id] else { return process }
    let settings = [
      ("gpg.format", "ssh"), ("user.signingKey", key.file), ("commit.gpgSign", "true"), ("tag.gpgSign", "true"),
    ]
    return settings.enumerated().reduce(process.with("GIT_CONFIG_COUNT", "\(settings.count)")) { process, setting in
      process.with("GIT_CONFIG_KEY_\(setting.offset)", setting.element.0)
        .with("GIT_CONFIG_VALUE_\(setting.offset)", setting.element.1)
    }
  }

  /// Runs a line of shell in the work folder as a person, with plain git's dates as they are asked for.
  @discardableResult
  func shell(
    _ line: String, by id: String = "eve", at moment: String = "2026-11-02T08:30:00Z", status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let process = person(id).with("GIT_AUTHOR_DATE", moment).with("GIT_COMMITTER_DATE", moment)
    let result = try process.shell("cd '\(work)' && \(line)")
    #expect(result.status == status, "\(line): \(result.output)\(result.errors)", sourceLocation: sourceLocation)
    if status != 0 { return result.errors }
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Writes files on a new proposal, and commits them as a person; the work tree is back on main then.
  func propose(
    _ name: String, _ files: [String: String], by id: String = "eve", at moment: String = EthosProcess.now,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (path, text) in files { try bench.write(text, to: path) }
    try bench.run(
      "propose", name, "--because", "It is time.", as: person(id, at: moment), sourceLocation: sourceLocation)
    try shell("git switch -q main", sourceLocation: sourceLocation)
  }

  func approve(_ name: String, _ people: String..., at moment: String = EthosProcess.now) throws {
    for id in people { try bench.run("approve", name, as: person(id, at: moment)) }
  }

  /// Merges a proposal and reviews of it with plain git, whatever the rules say.
  func force(
    _ name: String, reviews: [String] = [], message: String = "Merge it", tree: String? = nil, by id: String = "eve",
    at moment: String = "2026-11-02T08:30:00Z", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let parents = ["main", "proposals/\(name)"] + reviews.map { "reviews/\(name)/\($0)" }
    let arguments = parents.map { "-p \($0)" }.joined(separator: " ")
    let tree = tree ?? "proposals/\(name)^{tree}"
    try shell(
      "printf '%s' \"$MESSAGE\" > ../message && git update-ref refs/heads/main "
        .replacing("\"$MESSAGE\"", with: "'\(message.replacing("'", with: "'\\''"))'")
        + "$(git commit-tree \(keys.isEmpty ? "" : "-S") '\(tree)' \(arguments) -F ../message) && git reset -q --hard main",
      by: id, at: moment,
      sourceLocation: sourceLocation)
  }

  /// Puts files on main by a commit of its own.
  func push(_ files: [String: String], by id: String = "eve", message: String = "Change it") throws {
    for (path, text) in files { try bench.write(text, to: path) }
    try shell("git add -A && git commit -q -m '\(message)' -m 'It is time.'", by: id)
  }

  /// Puts another text in a commit and keeps its signature: the new object, at a reference.
  func forge(_ reference: String, replacing old: String, with new: String) throws {
    try shell(
      "git update-ref \(reference) $(git cat-file commit \(reference) | sed 's/\(old)/\(new)/' | "
        + "git hash-object -t commit -w --stdin)")
  }

  /// The codes of what is in breach, sorted, each once.
  func breaches(
    _ arguments: String..., as id: String = "ada", at moment: String = EthosProcess.now,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    try findings(arguments, as: id, at: moment, sourceLocation: sourceLocation).filter { $0.severity == "breach" }.map(
      \.code
    )
    .reduce(into: Set<String>()) { $0.insert($1) }.sorted()
  }

  struct Told: Equatable {
    var code: String
    var severity: String
    var message: String
    var missing: [String]
  }

  /// Everything that is found.
  ///
  /// The exit status says whether something is in breach.
  func findings(
    _ arguments: [String] = [], as id: String = "ada", at moment: String = EthosProcess.now,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [Told] {
    let result = try person(id, at: moment).run(["verify", "--format", "json"] + arguments)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)",
      sourceLocation: sourceLocation)
    let findings = try #require(document["findings"] as? [[String: Any]]).map { finding in
      Told(
        code: finding["code"] as? String ?? "", severity: finding["severity"] as? String ?? "",
        message: finding["message"] as? String ?? "", missing: finding["missing"] as? [String] ?? [])
    }
    let isClean = !findings.contains { $0.severity == "breach" }
    #expect(result.status == (isClean ? 0 : 1), sourceLocation: sourceLocation)
    return findings
  }
}
