import EthosTestSupport
import Foundation
import Testing

/// What has errors comes into force by no way, also where they stand in files that a change does not touch.
@Suite struct ComingIntoForceTests {
  /// What makes something wrong elsewhere, as files: an empty text removes one.
  private static let breaking: [(what: String, files: [String: String], code: String)] = [
    ("a limit that a decision uses is gone", ["limits/risk.yaml": ""], "unresolved-reference"),
    (
      "it is retired",
      [
        "limits/risk.yaml":
          "id: risk\ntitle: Risk\natMost: 60\nstatus: retired\nsince: 2026-11-02\nbecause: Nobody asks.\n"
      ],
      "missing-limit"
    ),
    ("it has another id", ["limits/risk.yaml": "id: danger\ntitle: Risk\natMost: 60\n"], "unresolved-reference"),
    (
      "an owner that no cycle has", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 500\nowner: chef\n"],
      "owner-unknown"
    ),
  ]

  private func bank(_ files: [String: String]) throws -> GuardedBank {
    let bank = try GuardedBank()
    for (path, text) in files {
      if text.isEmpty {
        try FileManager.default.removeItem(atPath: "\(bank.work)/\(path)")
      } else {
        try bank.bench.write(text, to: path)
      }
    }
    return bank
  }

  @Test(arguments: breaking.indices)
  func `a proposal that makes something wrong elsewhere is said to at once, and not ratified`(number: Int) throws {
    let (what, files, code) = Self.breaking[number]
    let bank = try bank(files)
    let omar = bank.person("omar")
    let proposed = try bank.bench.run("propose", "p", "--because", "It is time.", as: omar)
    #expect(proposed.errors.contains("it cannot be ratified so"), "\(what): \(proposed.errors)")
    try bank.approve("p", "jane", "ada", "ruth")
    let review = try bank.bench.run("review", "p", status: 1, as: omar)
    #expect(review.output.contains("it cannot be ratified"), "\(what): \(review.output)")
    #expect(try bank.bench.json("review", "p", status: 1)["canRatify"] as? Bool == false)
    let before = try bank.bench.state()
    let refused = try bank.bench.run("ratify", "p", status: 2, as: omar)
    #expect(
      refused.errors.contains("[\(code)]") && refused.errors.contains("ethos propose p"), "\(what): \(refused.errors)")
    #expect(try bank.bench.state() == before)
    // What plain git brought in is released by nobody.
    try bank.force("p", reviews: ["jane", "ada", "ruth"], by: "omar")
    guard code != "owner-unknown" else { return }
    let release = try bank.bench.run("release", status: 2, as: bank.person("jane"))
    #expect(release.errors.contains("decisions/loan.yaml"), "\(what): \(release.errors)")
    let query = ["export", "sql", "--decision", "loan", "--dialect", "sqlite", "--from", "main", "--to", "main"]
    for command in [["export", "bundle", "--at", "main"], ["export", "prompt", "--at", "main"], query] {
      let export = try bank.bench.ethos.run(command)
      #expect(export.status == 2 && export.output.isEmpty, "\(what): \(export.output)")
      #expect(export.errors.contains("decisions/loan.yaml"), "\(what): \(export.errors)")
    }
  }

  @Test func `one that takes along what leaned on it is ratified and released`() throws {
    let bank = try bank([
      "limits/risk.yaml": "",
      "decisions/loan.yaml": (GuardedBank.files["decisions/loan.yaml"] ?? "")
        .replacing("uses: {most: limit/risk}\n", with: "").replacing("> most ", with: "> 60   "),
    ])
    let omar = bank.person("omar")
    let proposed = try bank.bench.run("propose", "p", "--because", "It is time.", as: omar)
    #expect(proposed.errors.isEmpty, "\(proposed.errors)")
    try bank.approve("p", "jane", "ada", "ruth", "eve")
    try bank.bench.run("ratify", "p", as: omar)
    let release = try bank.bench.run("release", as: bank.person("jane"))
    #expect(release.errors.isEmpty, "\(release.errors)")
    try bank.bench.run("verify")
    try bank.bench.run("export", "bundle", "--at", "main")
    try bank.bench.run("export", "prompt", "--at", "main")
  }

  @Test func `an identity that began with errors goes on, and none are added`() throws {
    let odd = "id: odd\ntitle: Odd\natMost: 1\nowner: chef\n"
    let bank = try GuardedBank(["limits/odd.yaml": odd])
    let (omar, jane) = (bank.person("omar"), bank.person("jane"))
    try bank.propose("p", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 400\n"], by: "omar")
    try bank.approve("p", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "p", as: omar)
    let release = try bank.bench.run("release", as: jane)
    #expect(release.errors.contains("the release holds 1 error that was there before"), "\(release.errors)")
    // What is handed on has none, whoever knew of them.
    let export = try bank.bench.run("export", "bundle", "--at", "main", status: 2)
    #expect(export.errors.contains("[owner-unknown]") && export.output.isEmpty, "\(export.errors)")
    try bank.propose("q", ["limits/odder.yaml": odd.replacing("odd", with: "odder")], by: "omar")
    try bank.approve("q", "jane", "ada", "ruth")
    let refused = try bank.bench.run("ratify", "q", status: 2, as: omar)
    #expect(refused.errors.contains("limits/odder.yaml") && !refused.errors.contains("limits/odd.yaml"))
    // Who puts right what was wrong is held up by nothing.
    try bank.propose("r", ["limits/odd.yaml": odd.replacing("chef", with: "chief")], by: "omar")
    try bank.approve("r", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "r", as: omar)
    try bank.bench.run("export", "bundle", "--at", "main")
  }

  // MARK: - Files that cannot be read

  @Test func `a file that cannot be read is named by whoever misses what is in it`() throws {
    let bank = try bank(["limits/risk.yaml": "id: risk\ntitle: [Risk\n"])
    let list = try bank.bench.run("list", "limit")
    #expect(list.output.contains("Largest loan") && list.errors.contains("`limits/risk.yaml` cannot be read"))
    #expect(try bank.bench.run("list", "value").errors.isEmpty)
    for command in [["show", "limit/risk"], ["show", "limit/danger"], ["decide", "loan", "score=9"], ["test"]] {
      let result = try bank.bench.ethos.run(command)
      #expect(result.status == 2 && result.output.isEmpty, "\(command): \(result.output)")
      #expect(result.errors.contains("limits/risk.yaml") && result.errors.contains("ethos check"), "\(result.errors)")
    }
    try bank.bench.run("show", "limit/loan")
    #expect(try bank.bench.run("show", "value/lown", status: 1).errors.contains("there is no `value/lown`"))
    // The commit that is asked for can be read.
    try bank.bench.run("why", "limit/risk")
    try bank.push([:])
    let why = try bank.bench.run("why", "limit/risk", status: 2)
    #expect(why.errors.contains("limits/risk.yaml") && why.errors.contains("cannot be read"), "\(why.errors)")
    try bank.bench.run("why", "limit/loan")
  }

  @Test func `status says of what cannot be read that it cannot, and nothing else`() throws {
    for text in ["id: risk\ntitle: [Risk\n", "id: risk\ntitle: Risk\natMost: 5o\n"] {
      let bank = try bank(["limits/risk.yaml": text])
      let errors = (try bank.bench.json("check", status: 1)["diagnostics"] as? [[String: Any]] ?? [])
        .filter { $0["severity"] as? String == "error" }.count
      let status = try bank.bench.run("status").output
      #expect(status.contains("limits/risk.yaml cannot be read: see ethos check"), "\(status)")
      #expect(status.contains("\(errors) error"), "\(errors): \(status)")
      #expect(!status.contains("loosened") && !status.contains("no meaning"), "\(status)")
      #expect(status.contains("correct the errors first"))
      try bank.bench.run("propose", "p", "--because", "x", status: 2)
    }
    let whole = try bank(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 70\n"])
    let status = try whole.bench.run("status").output
    #expect(status.contains("loosened") && !status.contains("cannot be read") && !status.contains("errors"))
    // A field that cannot be read is not said to be unset.
    let part = try bank(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 5o\n"]).bench
    #expect(try part.run("show", "limit/risk").errors.contains("cannot be read as a whole"))
    try part.run("show", "limit/risk.atMost", status: 2)
    #expect(try whole.bench.run("show", "limit/risk").errors.isEmpty)
  }
}
