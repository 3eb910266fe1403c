import EthosTestSupport
import Foundation
import Synchronization
import Testing

/// The bank of the template financial-services with its history, for the tests that play on with it.
enum NorthgateBank {
  /// Everybody whom a test lets act: the id in `people/`, and the name.
  ///
  /// The address is the first name at northgate.example.
  static let people = [
    "ada-obi": "Ada Obi", "arjun-mehta": "Arjun Mehta", "ingrid-solheim": "Ingrid Solheim", "jane-doe": "Jane Doe",
    "kenji-watanabe": "Kenji Watanabe", "leila-haddad": "Leila Haddad", "mei-lin": "Mei Lin",
    "omar-reyes": "Omar Reyes",
    "ruth-klein": "Ruth Klein", "samuel-okafor": "Samuel Okafor", "thabo-nkosi": "Thabo Nkosi",
  ]

  /// One act of the demonstration: who does it on which day.
  struct Act: Sendable {
    var person: String
    var day: String
    var arguments: [String]
  }

  /// The change of Templates/financial-services/DEMO.md.
  static let demo = [
    Act(person: "mei-lin", day: "2026-11-16", arguments: ["set", "limit/client-risk.atMost", "55"]),
    Act(
      person: "mei-lin", day: "2026-11-16",
      arguments: [
        "propose", "appetite-55", "--subject", "Lower the client risk appetite from 60 to 55 points", "--because",
        "Since April we referred 57 clients between 55 and 60 points, and a person declined 41 of them.", "--source",
        "Risk report 2026-10, table 3",
      ]),
    Act(
      person: "omar-reyes", day: "2026-11-17",
      arguments: ["approve", "appetite-55", "--because", "We have the count now, and it is our own."]),
    Act(
      person: "ada-obi", day: "2026-11-17",
      arguments: ["approve", "appetite-55", "--because", "It follows what our people already decide."]),
    Act(
      person: "kenji-watanabe", day: "2026-11-18",
      arguments: ["object", "appetite-55", "--because", "Let us wait for a full year."]),
    Act(
      person: "leila-haddad", day: "2026-11-18",
      arguments: ["approve", "appetite-55", "--because", "No country bears it alone."]),
    Act(
      person: "jane-doe", day: "2026-11-19",
      arguments: ["approve", "appetite-55", "--because", "Better a small step on evidence."]),
    Act(
      person: "ingrid-solheim", day: "2026-11-20",
      arguments: ["ratify", "appetite-55", "--answer", "kenji-watanabe=The board prefers what the referrals show."]),
    Act(
      person: "jane-doe", day: "2026-11-23",
      arguments: [
        "release", "--cycle", "renewal-2026", "--effective", "2026-12-01", "--title",
        "The appetite follows the evidence",
      ]),
  ]

  /// The bank as the story leaves it in September 2026.
  static func afterStory() throws -> Bench { try copy(of: story) }

  /// The bank with the change of the demonstration ratified and released.
  static func afterDemo() throws -> Bench { try copy(of: demonstrated) }

  // The history is replayed once; each test plays with a copy of its own.
  private static let story = Result<Bench, any Error> {
    let bench = try Bench()
    removedAtExit(bench)
    try bench.run("init", ".", "--template", "financial-services", "--story")
    return bench
  }

  private static let demonstrated = Result<Bench, any Error> {
    let bench = try afterStory()
    removedAtExit(bench)
    for act in demo {
      let result = try acting(act.person, on: act.day, in: bench.ethos).run(act.arguments)
      try #require(
        result.status == 0, "ethos \(act.arguments.joined(separator: " ")): \(result.output)\(result.errors)")
    }
    return bench
  }

  private static let folders = Mutex<[String]>([])

  private static func removedAtExit(_ bench: Bench) {
    let isFirst = folders.withLock { folders in
      folders.append(bench.root)
      return folders.count == 1
    }
    if isFirst {
      atexit {
        NorthgateBank.folders.withLock { for folder in $0 { try? FileManager.default.removeItem(atPath: folder) } }
      }
    }
  }

  private static func copy(of model: Result<Bench, any Error>) throws -> Bench { try model.get().copy() }

  /// The program in the hands of one of the bank's people, on a day.
  static func acting(_ person: String, on day: String, in process: EthosProcess) throws -> EthosProcess {
    let name = try #require(people[person])
    let first = name.prefix { $0 != " " }.lowercased()
    return process.acting(as: name, "\(first)@northgate.example", at: "\(day)T10:00:00+01:00")
  }
}
