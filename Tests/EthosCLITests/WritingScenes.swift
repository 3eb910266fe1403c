import EthosTestSupport
import Foundation
import Testing

/// Every command that writes, each in a repository in which it has something to do.
struct WritingScene: Sendable, CustomTestStringConvertible {
  let name: String
  let prepare: @Sendable (Bench) throws -> Void
  let command: [String]

  var testDescription: String { name }

  static let all: [WritingScene] = [
    .init("set", { _ in }, ["set", "limit/client-risk.atMost", "41"]),
    .init(
      "set of a proposal", propose, ["set", "limit/client-risk.title", "T", "--proposal", "p", "--because", "Why."]),
    .init(
      "format", { try $0.write("id: other\ntitle: Other\r\natMost: 1\r\n", to: "limits/other.yaml") }, ["format"]),
    .init(
      "format of several files",
      {
        for name in ["a", "b", "c"] {
          try $0.write("id: \(name)\ntitle: Other\r\natMost: 1\r\n", to: "limits/\(name).yaml")
        }
      }, ["format"]),
    .init("retire", { _ in }, ["retire", "limit/client-risk", "--because", "Why."]),
    .init(
      "import", { try $0.write("# Values\n\n## Trust {#trust}\n\nWe trust people.\n", to: "values.md") },
      ["import", "markdown", "values.md", "--owner", "lead"]),
    .init("propose", edit, ["propose", "p", "--because", "Why."]),
    .init(
      "propose again",
      {
        try propose($0)
        try $0.run("set", "value/care.title", "More care")
      }, ["propose", "p", "--because", "Why."]),
    .init(
      "classify",
      {
        try $0.run("set", "value/care.statement", "We should take care.")
        try $0.run("propose", "p", "--because", "Why.")
      }, ["classify", "value/care.statement", "weakened", "--because", "Why."]),
    .init("approve", propose, ["approve", "p", "--because", "Fine."]),
    .init("object", propose, ["object", "p", "--because", "No."]),
    .init("abstain", propose, ["abstain", "p"]),
    .init("comment", propose, ["comment", "p", "--because", "Hm."]),
    .init(
      "collect",
      {
        try propose($0)
        try $0.run("approve", "p")
      }, ["collect", "p"]),
    .init("merge", twoBranches, ["merge", "other"]),
    .init("ratify", propose, ["ratify", "p"]),
    .init(
      "ratify from the branch in force",
      {
        try propose($0)
        try $0.git("switch", "-q", "main")
      }, ["ratify", "p"]),
    .init(
      "withdraw",
      {
        try propose($0)
        try $0.run("comment", "p", "--because", "Hm.")
        // What is packed is deleted in another file than what is not.
        try $0.git("pack-refs", "--all")
      }, ["withdraw", "p", "--because", "Why."]),
    .init("adopt", breach, ["adopt", "HEAD", "--because", "It was right."]),
    .init("reaffirm", { _ in }, ["reaffirm", "limit/client-risk", "--because", "Why."]),
    .init("release", { _ in }, ["release", "--cycle", "first", "--title", "A test"]),
    .init("release --approve", { _ in }, ["release", "--approve", "--cycle", "first"]),
    .init("undo of a proposal", propose, ["undo"]),
    .init(
      "undo of a ratification",
      {
        try propose($0)
        try $0.run("ratify", "p")
      }, ["undo"]),
  ]

  /// The commands that write files or git's configuration alone, outside of what a record is made of, and `recover`, which
  /// every scene ends with.
  static let others: Set<String> = ["init", "hook", "driver", "recover"]

  private init(_ name: String, _ prepare: @escaping @Sendable (Bench) throws -> Void, _ command: [String]) {
    self.name = name
    self.prepare = prepare
    self.command = command
  }

  private static let edit: @Sendable (Bench) throws -> Void = { bench in
    try bench.run("set", "limit/client-risk.atMost", "41")
  }

  private static let propose: @Sendable (Bench) throws -> Void = { bench in
    try edit(bench)
    try bench.run("propose", "p", "--because", "It is a test.")
  }

  private static let twoBranches: @Sendable (Bench) throws -> Void = { bench in
    for (branch, field, value) in [("other", "title", "Appetite"), ("mine", "atMost", "41")] {
      try bench.git("switch", "-q", "-c", branch, "main")
      try bench.run("set", "limit/client-risk.\(field)", value)
      try bench.git("commit", "-q", "-a", "-m", "Change it", "-m", "It is a test.")
    }
  }

  private static let breach: @Sendable (Bench) throws -> Void = { bench in
    let row = "  - {change: [\"*\"], level: critical, quorum: {lead: 1}, selfApproval: true}\n"
    try bench.write(try bench.read("ethos.yaml") + "authority:\n" + row, to: "ethos.yaml")
    try bench.git("commit", "-q", "-a", "--amend", "-m", "Begin")
    try edit(bench)
    try bench.git("commit", "-q", "-a", "-m", "Change it", "-m", "It is a test.")
  }

  /// A small open identity with one limit, one value and one cycle, in a repository.
  static func found(_ bench: Bench) throws {
    try bench.write("ethos: 1\norganisation: Test\ndefaultOwner: lead\n", to: "ethos.yaml")
    try bench.write("id: client-risk\ntitle: Client risk\natMost: 60\n", to: "limits/client-risk.yaml")
    try bench.write("id: care\ntitle: Care\nstatement: We must take care.\n", to: "values/care.yaml")
    try bench.write(
      "id: first\ntitle: First\nfrom: 2020-01-01\noffices:\n  lead: jane-doe\n", to: "cycles/first.yaml")
    try bench.write("id: jane-doe\nname: Jane Doe\nemails: [jane@northgate.example]\n", to: "people/jane-doe.yaml")
    try bench.git("init", "-qb", "main")
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", "Begin")
  }

  /// A repository in which the command has something to do.
  func model() throws -> Bench {
    let bench = try Bench()
    try Self.found(bench)
    try prepare(bench)
    return bench
  }
}

extension Bench {
  /// Everything of a repository that somebody may have wanted: references, HEAD, the index and all files of the work
  /// tree.
  ///
  /// What `undo` and `recover` keep beside is left out.
  func everything() throws -> String {
    let references = try git("for-each-ref", "--format=%(refname) %(objectname)").split(separator: "\n")
    let kept = references.filter { !$0.hasPrefix("refs/ethos/") }.joined(separator: "\n")
    let head = try String(contentsOfFile: "\(work)/.git/HEAD", encoding: .utf8)
    let files = try ethos.shell(
      "git -C '\(work)' ls-files -co | sort -u | while read f; do [ ! -e \"$f\" ] || echo \"$f $(sha256sum < \"$f\")\"; done"
    ).output
    return [kept, head, try git("ls-files", "-s"), files].joined(separator: "\n")
  }

  /// The lock files that keep git or other writers out.
  func locks() throws -> [String] {
    let found = try FileManager.default.subpathsOfDirectory(atPath: "\(work)/.git")
    return found.filter { $0.hasSuffix(".lock") && !$0.hasPrefix("ethos/") }.sorted()
  }
}
