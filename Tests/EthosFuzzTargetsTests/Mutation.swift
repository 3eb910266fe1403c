import EthosTestSupport

/// Makes new inputs from those of a corpus: bytes changed, parts removed, repeated and moved between inputs, words
/// put in.
struct Mutation {
  private var random: SeededGenerator
  private let corpus: Corpus

  init(of corpus: Corpus, seed: UInt64) {
    random = SeededGenerator(seed: seed)
    self.corpus = corpus
  }

  mutating func next() -> [UInt8] {
    var bytes = random.pick(corpus.inputs).bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) { change(&bytes) }
    return Array(bytes.prefix(8_192))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &random) }
    case 1: bytes.removeSubrange(part(of: bytes))
    case 2: bytes.insert(contentsOf: bytes[part(of: bytes)], at: place)
    case 3:
      let other = random.pick(corpus.inputs).bytes
      bytes.insert(contentsOf: other[part(of: other)], at: place)
    case 4:
      let part = part(of: bytes)
      bytes.replaceSubrange(part, with: random.pick(corpus.words))
    default: bytes.insert(contentsOf: random.pick(corpus.words), at: place)
    }
  }

  private mutating func part(of bytes: [UInt8]) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &random)
    return start..<Int.random(in: start...min(bytes.count, start + 40), using: &random)
  }
}
