import EthosTestSupport
import Foundation
import Testing

/// A push that breaks what says who may do what, another that uses it, and a third that puts it back.
@Suite struct DoubtfulCharterTests {
  struct Break: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What becomes of the charter; nil where it goes.
    var charter: @Sendable (String) -> String?
  }

  static let breaks: [Break] = [
    Break(testDescription: "a tab") { $0 + "\n\tbroken: yes\n" },
    Break(testDescription: "no charter") { _ in nil },
    Break(testDescription: "no authority") { charter in
      charter.split(separator: "\n").filter { !$0.contains("authority:") && !$0.contains("change:") }
        .joined(separator: "\n") + "\n"
    },
    Break(testDescription: "another format") { $0.replacing("ethos: 1", with: "ethos: 2") },
    Break(testDescription: "another authority") {
      $0.replacing("{chief: 1, board: 2}", with: "{anyone: 1}")
    },
    Break(testDescription: "a charter by another case") { _ in nil },
  ]

  /// Three pushes by eve: the break, a limit of 99, and the charter as it was.
  ///
  /// Gives the short ids of all.
  private static func pushed(_ bank: GuardedBank, _ how: Break) throws -> [String] {
    let charter = String(decoding: try Data(contentsOf: URL(filePath: "\(bank.work)/ethos.yaml")), as: UTF8.self)
    var ids: [String] = []
    func push(_ files: String, at moment: String) throws {
      try bank.shell("\(files) git add -A && git commit -q -m 'Small things' -m 'Because.'", at: moment)
      ids.append(try bank.shell("git rev-parse --short=10 HEAD"))
    }
    if let text = how.charter(charter) {
      try bank.bench.write(text, to: "ethos.yaml")
      try push("", at: "2026-10-01T09:00:00Z")
    } else if how.testDescription == "a charter by another case" {
      try push("git mv ethos.yaml ETHOS.yaml &&", at: "2026-10-01T09:00:00Z")
    } else {
      try push("git rm -q ethos.yaml &&", at: "2026-10-01T09:00:00Z")
    }
    try bank.bench.write("id: risk\ntitle: Risk\natMost: 99\n", to: "limits/risk.yaml")
    try push("", at: "2026-10-01T09:10:00Z")
    try bank.bench.write(charter, to: "ethos.yaml")
    try push("rm -f ETHOS.yaml;", at: "2026-10-01T09:20:00Z")
    return ids
  }

  private static func named(_ bank: GuardedBank) throws -> [String] {
    let result = try bank.person("ada").run("verify", "--format", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)")
    return try #require(document["findings"] as? [[String: Any]]).filter { $0["severity"] as? String == "breach" }
      .compactMap { ($0["commit"] as? String).map { String($0.prefix(10)) } }
  }

  @Test(arguments: breaks) func `each change in between is named, and its charter gives nobody anything`(
    _ how: Break
  ) throws {
    let bank = try GuardedBank.signed()
    let ids = try Self.pushed(bank, how)
    let named = try Set(Self.named(bank))
    #expect(named.isSuperset(of: ids[..<2]), "\(how): \(named) of \(ids)")
    // Adopting the break alone leaves the limit in breach.
    try Self.adopt(bank, ids[0], as: "fix")
    #expect(try Self.named(bank).contains(ids[1]), "\(how)")
  }

  @Test(arguments: breaks) func `adopting every commit that is named, as it is advised, mends it`(_ how: Break) throws {
    let bank = try GuardedBank.signed()
    _ = try Self.pushed(bank, how)
    for round in 0..<4 {
      guard let first = try Self.named(bank).first else { break }
      try Self.adopt(bank, first, as: "mend-\(round)")
    }
    #expect(try bank.breaches("--again") == [], "\(how)")
    #expect(try bank.shell("git show main:limits/risk.yaml").contains("99"))
  }

  @Test(arguments: breaks) func `who is put in office in between is not`(_ how: Break) throws {
    let bank = try GuardedBank.signed()
    let charter = String(decoding: try Data(contentsOf: URL(filePath: "\(bank.work)/ethos.yaml")), as: UTF8.self)
    guard let text = how.charter(charter) else { return }
    try bank.bench.write(text, to: "ethos.yaml")
    try bank.bench.write(
      try #require(GuardedBank.files["cycles/second.yaml"]).replacing("jane", with: "eve"), to: "cycles/second.yaml")
    try bank.shell("git add -A && git commit -q -m Tidy -m 'Because.'", at: "2026-10-01T09:00:00Z")
    try bank.bench.write(charter, to: "ethos.yaml")
    try bank.shell("git add -A && git commit -q -m Tidy -m 'Because.'", at: "2026-10-01T09:20:00Z")
    // A change that eve agrees to as chief and as one of the board, with the others of it.
    try bank.propose("raise", GuardedBank.risk(90), by: "omar")
    try bank.approve("raise", "eve", "ada", "ruth")
    let refused = try bank.person("eve").run("ratify", "raise")
    #expect(refused.status == 1, "\(refused.output)")
    try bank.force("raise", reviews: ["eve", "ada", "ruth"])
    let merge = try bank.shell("git rev-parse --short=10 HEAD")
    #expect(try Self.named(bank).contains(merge))
  }

  /// Adopts a commit by the command that is advised, with the approvals of those who held the authority.
  private static func adopt(_ bank: GuardedBank, _ commit: String, as name: String) throws {
    try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", name, as: bank.person("omar"))
    try bank.approve(name, "jane", "ada", "ruth")
    let ratified = try bank.person("ada").run("ratify", name)
    #expect(ratified.status == 0, "\(ratified.errors)")
  }
}
