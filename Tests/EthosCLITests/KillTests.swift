import EthosTestSupport
import Foundation
import Testing

/// Killed at any instant, the repository is as before or as after, and no edit of the user's is lost.
@Suite(.serialized) struct KillTests {
  /// 200 rounds of each command in `make soak`, a tenth of that in `make test`.
  private static let rounds = 20 * soakFactor

  private struct Scene: Sendable {
    var prepare: @Sendable (Bench) throws -> Void
    var command: [String]
  }

  private static let scenes: [String: Scene] = [
    "set": Scene(prepare: { _ in }, command: ["set", "limit/client-risk.atMost", "41"]),
    "propose": Scene(
      prepare: { bench in try bench.run("set", "limit/client-risk.atMost", "41") },
      command: ["propose", "killed", "--because", "It is a test."]),
    "ratify": Scene(
      prepare: { bench in
        try bench.run("set", "limit/client-risk.atMost", "41")
        try bench.run("propose", "killed", "--because", "It is a test.")
      }, command: ["ratify", "killed"]),
    "undo": Scene(
      prepare: { bench in
        try bench.run("set", "limit/client-risk.atMost", "41")
        try bench.run("propose", "killed", "--because", "It is a test.")
      }, command: ["undo"]),
    "merge": Scene(
      prepare: { bench in
        for (branch, value) in [("other", "title=Appetite"), ("mine", "atMost=41")] {
          let parts = value.split(separator: "=").map(String.init)
          try bench.git("switch", "-q", "-c", branch, "main")
          try bench.run("set", "limit/client-risk.\(parts[0])", parts[1])
          try bench.git("commit", "-q", "-a", "-m", "Change it", "-m", "It is a test.")
        }
      }, command: ["merge", "other"]),
    "release": Scene(prepare: { _ in }, command: ["release", "--cycle", "first", "--title", "A test"]),
  ]

  @Test(arguments: ["set", "propose", "ratify", "merge", "release", "undo"])
  func `a killed command leaves the repository as before or as after`(_ name: String) throws {
    let scene = try #require(Self.scenes[name])
    let model = try Bench()
    try Self.found(model)
    try scene.prepare(model)
    // How long the command takes when it is left alone says when to kill it.
    let begin = Date()
    try Self.withCopy(of: model) { bench in
      let result = try bench.ethos.run(scene.command)
      #expect(result.status == 0, "\(result.errors)")
    }
    let length = Date().timeIntervalSince(begin)
    var random = SystemRandomNumberGenerator()
    var killed = 0
    for _ in 0..<Self.rounds {
      try Self.withCopy(of: model) { bench in
        try bench.write("mine: not of the identity\n", to: "notes.txt")
        let before = try bench.state()
        let running = try bench.ethos.start(scene.command)
        usleep(UInt32(Double.random(in: 0...max(length, 0.02), using: &random) * 1_000_000))
        kill(running.process.processIdentifier, SIGKILL)
        let result = running.finish()
        if result.signal == SIGKILL { killed += 1 }
        // Whatever comes next completes or drops what was begun.
        try bench.run("status")
        let now = try bench.state()
        #expect(try bench.git("fsck", "--strict", "--no-dangling") == "")
        #expect(try bench.read("notes.txt") == "mine: not of the identity\n")
        if now != before {
          // As after: the command has been done, and git finds nothing half done.
          let status = try bench.git("status", "--porcelain")
          let expected =
            ["set", "undo"].contains(name) ? " M limits/client-risk.yaml\n?? notes.txt\n" : "?? notes.txt\n"
          #expect(status == expected, "\(name): \(status)")
        }
        // And it can be done (again) without anybody mending anything.
        let again = try bench.ethos.run(scene.command)
        #expect([0, 1, 2].contains(again.status), "\(again.errors)")
        #expect(try bench.git("fsck", "--strict", "--no-dangling") == "")
      }
    }
    #expect(killed > 0, "no run was killed in time")
  }

  /// A small open identity with one limit and one cycle.
  static func found(_ bench: Bench) throws {
    try bench.write("ethos: 1\norganisation: Test\ndefaultOwner: lead\n", to: "ethos.yaml")
    try bench.write("id: client-risk\ntitle: Client risk\natMost: 60\n", to: "limits/client-risk.yaml")
    try bench.write(
      "id: first\ntitle: First\nfrom: 2020-01-01\noffices:\n  lead: jane-doe\n", to: "cycles/first.yaml")
    try bench.write("id: jane-doe\nname: Jane Doe\nemails: [jane@northgate.example]\n", to: "people/jane-doe.yaml")
    try bench.git("init", "-qb", "main")
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", "Begin")
  }

  static func withCopy(of model: Bench, _ body: (Bench) throws -> Void) throws {
    try body(try model.copy())
  }

  @Test(arguments: ["ratify", "release"])
  func `of two processes at once one wins and the other is told`(_ name: String) throws {
    let scene = try #require(Self.scenes[name])
    let model = try Bench()
    try Self.found(model)
    try scene.prepare(model)
    for _ in 0..<(5 * soakFactor) {
      try Self.withCopy(of: model) { bench in
        let running = try (0..<2).map { _ in try bench.ethos.start(scene.command) }
        let results = running.map { $0.finish() }
        #expect(results.filter { $0.status == 0 }.count == 1, "\(results)")
        let loser = try #require(results.first { $0.status != 0 })
        #expect([1, 2].contains(loser.status))
        #expect(!loser.errors.isEmpty)
        #expect(try bench.git("fsck", "--strict", "--no-dangling") == "")
        #expect(try bench.git("status", "--porcelain") == "")
      }
    }
  }
}
