import EthosTestSupport
import Foundation
import Testing

/// A small bank that needs its chief executive and one more of its board for a release, and what tests do with it.
enum ReleasingBank {
  static func founded() throws -> Bench {
    let bench = try Bench()
    try bench.git("init", "-q", "-b", "main")
    try bench.write(
      """
      ethos: 1
      organisation: Small Bank
      branch: main
      defaultOwner: chief
      authority:
        - {change: ["*"], level: critical, quorum: {chief: 1, board: 1}}
      """, to: "ethos.yaml")
    for id in ["jane", "ada", "omar"] {
      try bench.write("id: \(id)\nname: \(id)\nemails: [\(id)@bank.example]\n", to: "people/\(id).yaml")
    }
    try bench.write(
      "id: first\ntitle: First\nfrom: 2020-01-01\noffices: {chief: jane, board: [jane, ada]}\n", to: "cycles/first.yaml"
    )
    try bench.write("id: risk\ntitle: Risk\natMost: 75\n", to: "limits/risk.yaml")
    try bench.git("add", "-A")
    try bench.git("commit", "-q", "-m", "Found it", "-m", "There was nothing.")
    return bench
  }

  static func person(_ id: String, _ bench: Bench, at now: String = EthosProcess.now) -> EthosProcess {
    bench.ethos.acting(as: id, "\(id)@bank.example", at: now)
  }

  /// The bank with two releases that were made as they should be.
  static func released() throws -> Bench {
    let bench = try founded()
    for value in ["75", "60"] {
      if value != "75" {
        try bench.write("id: risk\ntitle: Risk\natMost: \(value)\n", to: "limits/risk.yaml")
        try bench.git("commit", "-qam", "Lower it", "-m", "The losses of 2025.")
      }
      try bench.run("release", "--approve", "--words", "It is time.", as: person("ada", bench))
      try bench.run("release", "--title", "Risk \(value)", as: person("jane", bench))
    }
    return bench
  }

  /// The codes of what is found of one release.
  static func found(_ name: String, _ bench: Bench) throws -> [String] {
    let findings = try #require(try bench.json("releases", name)["findings"] as? [[String: Any]])
    return findings.compactMap { $0["code"] as? String }
  }

  /// The codes of what the list shows.
  static func listed(_ bench: Bench) throws -> [String] {
    let findings = try #require(try bench.json("releases")["findings"] as? [[String: Any]])
    return findings.compactMap { $0["code"] as? String }
  }

  /// Makes a release's tag again by hand, with an edit of its message.
  static func retag(
    _ name: String, _ bench: Bench, target: String? = nil, by person: String = "jane", on day: String = "2026-11-02",
    edit: (String) -> String
  ) throws {
    let message = try bench.git("tag", "-l", "--format=%(contents)", name)
    let process = ReleasingBank.person(person, bench)
      .with("GIT_COMMITTER_DATE", "\(day)T09:00:00+01:00")
    let edited = edit(message.trimmingCharacters(in: .newlines)) + "\n"
    let result = try process.run(
      program: "/usr/bin/env",
      ["git", "tag", "-f", "-a", "--cleanup=verbatim", "-F", "-", name, target ?? "\(name)^{commit}"], input: edited)
    #expect(result.status == 0, "\(result.errors)")
  }
}
