import EthosFuzzTargets
import EthosTestSupport
import Foundation
import Testing

/// What the fuzzers of `make soak` do, without libFuzzer: every kept input, and seeded changes of them.
///
/// An input that fails stops the process. It is then in the file `ethos-fuzz-TARGET` of the folder for temporary files.
@Suite(.serialized, .timeLimit(.minutes(15))) struct FuzzTargetTests {
  @Test(arguments: FuzzTarget.allCases)
  func `every input of the corpus is survived`(target: FuzzTarget) throws {
    let corpus = try Corpus(target)
    #expect(!corpus.inputs.isEmpty && !corpus.words.isEmpty)
    run(target, corpus.inputs.lazy.map(\.bytes))
  }

  @Test(arguments: FuzzTarget.allCases)
  func `changed inputs are survived`(target: FuzzTarget) throws {
    var mutation = Mutation(of: try Corpus(target), seed: 41)
    run(target, (0..<500 * soakFactor).lazy.map { _ in mutation.next() })
  }

  @Test(arguments: FuzzTarget.allCases)
  func `inputs without any form are survived`(target: FuzzTarget) {
    var random = SeededGenerator(seed: 42)
    let inputs: [[UInt8]] = [[], [0], [0xFF, 0xFE], Array(repeating: 0x28, count: 8_192)]
    run(
      target,
      inputs
        + (0..<50 * soakFactor).map { _ in
          (0..<Int.random(in: 1...200, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        })
  }

  private func run(_ target: FuzzTarget, _ inputs: some Sequence<[UInt8]>) {
    let file = FileManager.default.temporaryDirectory.appending(path: "ethos-fuzz-\(target.rawValue)")
    for input in inputs {
      try? Data(input).write(to: file)
      withSmallStack { target.run(input) }
    }
    try? FileManager.default.removeItem(at: file)
  }
}
