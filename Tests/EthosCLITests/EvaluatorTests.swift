import EthosTestSupport
import Testing

/// Random pairs of decisions, decided case by case by a program that shares nothing with ethos (`Tests/Oracle/oracle.py`),
/// and what every command says of them: `diff`, `check`, `test`, `replay`, exported SQL, fingerprints and merges.
@Suite struct EvaluatorTests {
  @Test func `a second evaluator agrees with every answer`() throws {
    let bench = try Bench()
    // `make soak` asks 50,000 beside this.
    let pairs = 300
    let found = try bench.ethos.run(
      program: "/usr/bin/env",
      [
        "python3", "\(EthosProcess.projectFolder)/Tests/Oracle/oracle.py", EthosProcess.binary, "--pairs", "\(pairs)",
        "--every", "10", "--jobs", "1",
      ])
    guard found.status != 127 else {
      print("skipped: there is no python3, so that nothing was decided a second time")
      return
    }
    #expect(found.status == 0, "\(found.output)\(found.errors)")
    // It has to have asked something.
    #expect(found.output.contains("\(pairs) pairs") && found.output.contains(" shares"), "\(found.output)")
  }
}
