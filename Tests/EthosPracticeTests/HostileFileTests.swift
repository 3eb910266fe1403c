import EthosDecision
import EthosPractice
import EthosTestSupport
import Testing

/// Files that nobody would write: whatever is in them, reading ends, and says the same however the file is cut.
@Suite struct HostileFileTests {
  private let side = Replays.side(
    DecisionText.text(
      inputs: ["name: a, type: number, nullable: true", "name: b, type: string, nullable: true"],
      outputs: ["name: o, type: string"],
      rules: """
        | a     | b     | o   |
        |-------|-------|-----|
        | > 1.5 | -     | "x" |
        | -     | "1,5" | "y" |
        | -     | -     | "z" |
        """))

  private static let pieces = [
    "a", "b", ",", ";", "\t", "\"", "\"\"", "\n", "\r", "\r\n", "1", "1.5", "-", ".", "é", "\u{0}", "\u{FEFF}", "{",
    "}",
    "[", "]", ":", "\\", "\\u0061", "\\ud800", "null", "true", "{\"a\": 1, \"b\": \"x\"}", "a,b\n", "1,2\n", " ", "x",
    "99999999999999999999999", "0.00000000000000000001", "-0", "1e400", "\"a\":",
  ]

  @Test(arguments: 0..<4)
  func `any bytes are read to their end, alike in any blocks`(worker: Int) throws {
    var random = SeededGenerator(seed: 99 + UInt64(worker))
    for _ in 0..<(400 * soakFactor) {
      var bytes: [UInt8] = []
      let start = random.pick(["a,b\n", "a;b\r\n", "[", "{\"a\": 1, \"b\": \"2\"}\n", ""])
      bytes += start.utf8
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        if random.happens(3) { bytes.append(UInt8.random(in: 0...255, using: &random)) }
        bytes += random.pick(Self.pieces).utf8
      }
      let name = random.pick(["cases.csv", "cases"])
      func result(_ blockSize: Int, _ atOnce: Int, _ workers: Int) -> String {
        do {
          let result = try Replays.run(
            bytes, side, side, name: name, shows: true, blockSize: blockSize, atOnce: atOnce, workers: workers)
          let counted = result.transitions.reduce(0) { $0 + $1.cases } + result.incomplete + result.malformed
          #expect(counted == result.cases, "\(String(decoding: bytes, as: UTF8.self))")
          return "\(result)"
        } catch {
          return "\(error)"
        }
      }
      let whole = result(1 << 20, .max, 1)
      for (blockSize, atOnce, workers) in [(1, 1, 1), (3, 2, 3), (17, 64, 2)] {
        #expect(
          result(blockSize, atOnce, workers) == whole, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
    }
  }

  @Test func `a decision with an answer of its own for every case is refused`() throws {
    let side = Replays.side(
      DecisionText.text(
        inputs: ["name: a, type: number"], outputs: ["name: o, type: number"],
        rules: "| a | o |\n|---|---|\n| - | a |"))
    let cases = "a\n" + (0...CaseLimits.answers + 1).map { "\($0)\n" }.joined()
    let problem = #expect(throws: CaseProblem.self) { try Replays.run(Array(cases.utf8), side, side) }
    #expect(problem?.message.contains("too many to count") == true)
  }
}
