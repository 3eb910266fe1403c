import EthosTestSupport
import Foundation
import Testing

/// Killed at any instant, the repository is as before or as after, or says that it is neither and is brought to either; no
/// edit of the user's is lost, and who only reads changes nothing.
@Suite(.serialized) struct KillTests {
  /// In `make test`, of each scene; in `make soak` every moment there is, some 2,500 in all.
  private static let moments = 2

  static func found(_ bench: Bench) throws { try WritingScene.found(bench) }

  static func withCopy(of model: Bench, _ body: (Bench) throws -> Void) throws {
    try body(try model.copy())
  }

  @Test func `every command that writes is among those that are killed`() throws {
    let bench = try Bench()
    let listed = try bench.run("--help").output.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("  "), let word = line.split(separator: " ").first, !word.hasPrefix("-") else { return nil }
      return String(word)
    }
    var writing: Set<String> = []
    for command in Set(listed) {
      let help = try bench.ethos.run([command, "--help"])
      if help.status == 0, help.output.contains("--dry-run") { writing.insert(command) }
    }
    #expect(writing.contains("propose") && writing.contains("undo"))
    #expect(writing.subtracting(WritingScene.all.map { $0.command[0] }).subtracting(WritingScene.others).isEmpty)
  }

  @Test(arguments: WritingScene.all)
  func `a killed command leaves the repository as before or as after, or is finished or taken back`(
    _ scene: WritingScene
  ) throws {
    let model = try scene.model()
    let before = try model.everything()
    var after = ""
    var moments: [KillMoment] = []
    try Self.withCopy(of: model) { bench in
      let result = try bench.ethos.run(scene.command)
      #expect(result.status == 0, "\(result.errors)")
      after = try bench.everything()
    }
    try Self.withCopy(of: model) { moments = try KillMoment.all(of: scene.command, in: $0) }
    #expect(after != before)
    #expect(moments.count >= 8)
    if soakFactor == 1 { moments = Array(moments.shuffled().prefix(Self.moments)) }
    for (round, moment) in moments.enumerated() {
      try Self.withCopy(of: model) { bench in
        let isConfirmed = try moment.run(scene.command, in: bench)
        let left = try bench.everything()
        let what = "\(scene.name) at \(moment)"
        if isConfirmed { #expect(left == after, "\(what)") }
        let locks = try bench.locks()
        let said = try Self.read(bench, round)
        #expect(try bench.everything() == left, "\(what)")
        #expect(try bench.locks() == locks, "\(what)")
        // What is neither is said, and so is what keeps git out.
        if left != before, left != after { #expect(said.contains("ethos recover"), "\(what)") }
        if !locks.isEmpty { #expect(said.contains("ethos recover"), "\(what), \(locks)") }
        let way = round.isMultiple(of: 2) ? [] : ["--back"]
        let recovered = try bench.ethos.run(["recover"] + way)
        #expect([0, 1].contains(recovered.status), "\(what): \(recovered.errors)")
        let now = try bench.everything()
        #expect(now == before || now == after, "\(what) \(way): \(said)\(recovered.output)")
        #expect(try bench.locks() == [], "\(what)")
        #expect(try bench.git("fsck", "--strict", "--no-dangling") == "", "\(what)")
        // And it can be done (again) without anybody mending anything.
        let again = try bench.ethos.run(scene.command)
        #expect(now == before ? again.status == 0 : [0, 1, 2].contains(again.status), "\(what): \(again.errors)")
        #expect(try bench.git("fsck", "--strict", "--no-dangling") == "", "\(what)")
      }
    }
  }

  /// What is begun again whole: each of these is killed at some instant and then simply run again.
  @Test(arguments: ["init", "hook install", "driver install"])
  func `a killed command that sets up is run again, and ends as if it had not been killed`(_ name: String) throws {
    let model = try Bench()
    let command: [String]
    switch name {
    case "init": command = ["init", ".", "--template", "minimal"]
    default:
      try Self.found(model)
      command = name.split(separator: " ").map(String.init)
    }
    func end(_ bench: Bench) throws -> String {
      let files = try FileManager.default.subpathsOfDirectory(atPath: "\(bench.work)/.git/hooks").sorted()
      let settings = try String(contentsOfFile: "\(bench.work)/.git/config", encoding: .utf8)
      return try bench.everything() + files.joined(separator: "\n") + settings
    }
    var moments: [KillMoment] = []
    var after = ""
    try Self.withCopy(of: model) { bench in
      moments = try KillMoment.all(of: command, in: bench)
      after = try end(bench)
    }
    if soakFactor == 1 { moments = Array(moments.shuffled().prefix(name == "init" ? 6 : 2)) }
    for moment in moments {
      try Self.withCopy(of: model) { bench in
        _ = try moment.run(command, in: bench)
        let again = try bench.ethos.run(command)
        // Once there is a history, what is missing of it is what `recover` is for.
        if again.status != 0, again.errors.contains("ethos recover") {
          try bench.run("recover")
        } else {
          let isThere = name == "init" && again.errors.contains("a history already")
          #expect(again.status == 0 || isThere, "\(name) at \(moment): \(again.errors)")
        }
        #expect(try end(bench) == after, "\(name) at \(moment)")
        #expect(try bench.git("fsck", "--strict", "--no-dangling") == "", "\(name) at \(moment)")
      }
    }
  }

  /// One of the commands that read, and what it says beside its answer.
  private static func read(_ bench: Bench, _ round: Int) throws -> String {
    let commands = [["status"], ["list"], ["check"], ["why", "limit/client-risk"], ["log"], ["verify"], ["diff"]]
    let result = try bench.ethos.run(commands[round % commands.count])
    #expect([0, 1, 3].contains(result.status), "\(result.errors)")
    return result.errors
  }

  /// What may be in the way of a writer: what others hold, and what cannot be written.
  private static let obstacles: [String: @Sendable (Bench) throws -> Void] = [
    "index.lock": { try $0.write("", to: ".git/index.lock") },
    "HEAD.lock": { try $0.write("", to: ".git/HEAD.lock") },
    "packed-refs.lock": { try $0.write("", to: ".git/packed-refs.lock") },
    "a lock of each branch": { bench in
      for name in try bench.git("for-each-ref", "--format=%(refname)").split(separator: "\n") {
        try bench.write("", to: ".git/\(name).lock")
      }
    },
    "a lock of a new branch": { try $0.write("", to: ".git/refs/heads/proposals/p.lock") },
    "an index that cannot be made": { try $0.write("", to: ".git/index.ethos/in-the-way") },
    "a log of HEAD that cannot be written": { bench in
      try FileManager.default.removeItem(atPath: "\(bench.work)/.git/logs/HEAD")
      try bench.write("", to: ".git/logs/HEAD/in-the-way")
    },
  ]

  @Test(arguments: WritingScene.all)
  func `a command that says that it could not has done nothing, and keeps nobody out`(_ scene: WritingScene) throws {
    let model = try scene.model()
    let before = try model.everything()
    for (name, obstacle) in Self.obstacles.sorted(by: { $0.key < $1.key }) {
      try Self.withCopy(of: model) { bench in
        try obstacle(bench)
        let result = try bench.ethos.run(scene.command)
        #expect([0, 2].contains(result.status), "\(scene.name), \(name): \(result.errors)")
        guard result.status != 0 else { return }
        #expect(try bench.everything() == before, "\(scene.name), \(name): \(result.errors)")
        // Nothing is left over, and a lock that others hold is in no reader's way.
        for round in 0..<7 { #expect(try !Self.read(bench, round).contains("interrupted")) }
        #expect(try bench.everything() == before)
      }
    }
  }

  @Test(arguments: ["ratify", "release"])
  func `of two processes at once one wins and the other is told`(_ name: String) throws {
    let scene = try #require(WritingScene.all.first { $0.name == name })
    let model = try scene.model()
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
