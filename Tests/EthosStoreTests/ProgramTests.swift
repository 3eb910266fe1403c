import EthosStore
import EthosTestSupport
import Testing

@Suite struct ProgramTests {
  private static func program(_ name: String) -> Program { Program(name, environment: ["PATH": "/usr/bin:/bin"]) }

  @Test func `more than any pipe holds goes through whole`() throws {
    var generator = SeededGenerator(seed: 7)
    let bytes = (0..<4_000_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let outcome = try Self.program("tee").run(["/dev/stderr"], input: bytes)
    #expect(outcome.status == 0)
    #expect(outcome.output == bytes)
    #expect(outcome.errors == bytes)
  }

  @Test func `arguments reach a program as they are, and nothing of our environment does`() throws {
    let outcome = try Self.program("printf").run(["%s|", "a b", "$HOME", "'", ""])
    #expect(String(decoding: outcome.output, as: UTF8.self) == "a b|$HOME|'||")
    let environment = try Program("/usr/bin/env", environment: ["A": "1"]).run([])
    #expect(String(decoding: environment.output, as: UTF8.self) == "A=1\n")
  }

  @Test func `a program that reads nothing and fails is heard`() throws {
    let outcome = try Self.program("sh").run(
      ["-c", "echo why >&2; exit 7"], input: [UInt8](repeating: 0, count: 200_000))
    #expect(outcome.status == 7)
    #expect(outcome.complaint == "why")
    #expect(try Self.program("sh").run(["-c", "kill -9 $$"]).status == 128 + 9)
  }

  @Test func `a program that is not there is an error that names it`() {
    for name in ["no-such-program", "/no/such/program"] {
      #expect { try Self.program(name).run([]) } throws: { "\($0)".contains(name) }
    }
  }
}
