import EthosTestSupport
import Foundation
import Testing

/// Whatever happens to the index of the history, what is answered afterwards is right.
@Suite(.serialized) struct IndexKillTests {
  private static let rounds = soakFactor > 1 ? 20 * soakFactor : 8

  /// An identity with a history of some length, written by git, and two proposals beside the line.
  private static let model = Result<Bench, any Error> {
    let bench = try Bench()
    try KillTests.found(bench)
    var stream = ""
    for number in 1...1_500 {
      let text = "id: l\(number % 40)\ntitle: Limit \(number % 40)\natMost: \(number)\n"
      let message = "Set \(number)\n\nBecause of \(number)."
      stream += """
        commit refs/heads/main
        committer Jane Doe <jane@northgate.example> \(1_700_000_000 + number * 60) +0000
        data \(message.utf8.count)
        \(message)
        \(number == 1 ? "from refs/heads/main^0\n" : "")M 100644 inline limits/l\(number % 40).yaml
        data \(text.utf8.count)
        \(text)

        """
    }
    try bench.write(stream, to: "../stream")
    #expect(try bench.ethos.shell("git -C '\(bench.work)' fast-import --quiet < '\(bench.root)/stream'").status == 0)
    try bench.git("reset", "-q", "--hard", "main")
    return bench
  }

  private static let command = ["why", "limit/l7"]

  private static func right() throws -> String {
    try model.get().ethos.run(command + ["--no-index"]).output
  }

  /// Where the index lies: the bench has a home of its own, and one repository.
  private static func folder(_ bench: Bench) throws -> String {
    let repositories = "\(bench.ethos.home)/.local/state/ethos/repositories"
    let first = try #require(try FileManager.default.contentsOfDirectory(atPath: repositories).first)
    return "\(repositories)/\(first)"
  }

  @Test func `killed while it is made, it is made again or read right`() throws {
    let model = try Self.model.get()
    let right = try Self.right()
    let begin = Date()
    try KillTests.withCopy(of: model) { bench in
      let answer = try bench.ethos.run(Self.command)
      #expect(answer.output == right)
      #expect(try FileManager.default.fileExists(atPath: Self.folder(bench) + "/ledger.sqlite"))
    }
    let length = Date().timeIntervalSince(begin)
    var random = SystemRandomNumberGenerator()
    var killed = 0
    try KillTests.withCopy(of: model) { bench in
      for round in 0..<Self.rounds {
        if round.isMultiple(of: 2) {
          try? FileManager.default.removeItem(atPath: "\(bench.ethos.home)/.local")
        } else {
          // Growth is killed too: the index knows an older state.
          try bench.git("commit", "-q", "--allow-empty", "-m", "Nothing \(round)")
        }
        let running = try bench.ethos.start(Self.command)
        usleep(UInt32(Double.random(in: 0...length, using: &random) * 1_000_000))
        kill(running.process.processIdentifier, SIGKILL)
        if running.finish().signal == SIGKILL { killed += 1 }
        let answer = try bench.ethos.run(Self.command)
        #expect(answer.output == right)
        #expect(answer.errors.isEmpty)
      }
    }
    #expect(killed > 0, "no run was killed in time")
  }

  @Test func `several processes at once all answer right`() throws {
    let right = try Self.right()
    for _ in 0..<(3 * soakFactor) {
      try KillTests.withCopy(of: try Self.model.get()) { bench in
        let running = try (0..<4).map { _ in try bench.ethos.start(Self.command) }
        for result in running.map({ $0.finish() }) {
          #expect(result.status == 0)
          #expect(result.output == right)
        }
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: Self.folder(bench)).contains { $0.contains(".new") }
            == false)
      }
    }
  }

  @Test func `where the disk is full the history is read without it, and nothing half written stays`() throws {
    let right = try Self.right()
    try KillTests.withCopy(of: try Self.model.get()) { bench in
      // The system refuses to let a file grow beyond so many blocks of 512 bytes.
      for blocks in [0, 8, 64, 200] {
        let line = Self.command.map { "'\($0)'" }.joined(separator: " ")
        let result = try bench.ethos.shell("trap '' XFSZ; ulimit -f \(blocks); ethos \(line)")
        // Standard output is a file too, which may be as short.
        if blocks > 8 { #expect(result.output == right) }
        let left = (try? FileManager.default.subpathsOfDirectory(atPath: "\(bench.ethos.home)/.local")) ?? []
        #expect(!left.contains { $0.contains("ledger.sqlite") })
      }
      #expect(try bench.ethos.run(Self.command).output == right)
    }
  }

  @Test func `a damaged index is made anew and said to be`() throws {
    let right = try Self.right()
    try KillTests.withCopy(of: try Self.model.get()) { bench in
      #expect(try bench.ethos.run(Self.command).status == 0)
      let path = try Self.folder(bench) + "/ledger.sqlite"
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      var random = SeededGenerator(seed: 11)
      for _ in 0..<(soakFactor > 1 ? 10 * soakFactor : 4) {
        var damaged = whole
        for _ in 0..<2_000 {
          damaged[Int.random(in: 100..<damaged.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        try damaged.write(to: URL(fileURLWithPath: path))
        let answer = try bench.ethos.run(Self.command)
        #expect(answer.status == 0)
        #expect(answer.output == right)
      }
    }
  }
}
