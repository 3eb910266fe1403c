import EthosFEEL
import EthosTestSupport
import EthosText
import Foundation
import Testing

/// Laws that hold for every tree and every text.
@Suite struct FEELPropertyTests {
  private static let names = FEELNames(["a", "loan amount", "x-y", "f", "i", "i j", "k", "p", "q"])

  @Test func `print and parse are inverse`() throws {
    var generator = FEELTreeGenerator(seed: 11)
    for round in 0..<600 * soakFactor {
      let tree = generator.tree(round % 5)
      let text = tree.description
      let again = FEELParser.expression(text, names: FEELPropertyTests.names)
      guard case .success(let read) = again else {
        Issue.record("\(text): \(again)")
        continue
      }
      #expect(read == tree, "\(text) became \(read)")
      #expect(read.hashValue == tree.hashValue)
    }
  }

  @Test func `print and parse of unary tests are inverse`() throws {
    var generator = FEELTreeGenerator(seed: 12)
    for round in 0..<500 * soakFactor {
      let tests = generator.tests(round % 4)
      let text = tests.description
      let again = FEELParser.unaryTests(text, names: FEELPropertyTests.names)
      guard case .success(let read) = again else {
        Issue.record("\(text): \(again)")
        continue
      }
      #expect(read == tests, "\(text) became \(read)")
    }
  }

  @Test func `a value is the value of its text`() throws {
    var generator = FEELTreeGenerator(seed: 13)
    let scope = FEELScope(variables: ["a": .number(FEELNumber(3)), "loan amount": .string("x"), "x-y": .boolean(true)])
    for round in 0..<500 * soakFactor {
      let value = FEELEvaluator().value(of: generator.tree(round % 5), in: scope).value
      guard !value.description.contains("function"), value.description != "f" else { continue }
      let again = FEELParser.expression(value.description, names: .none).map {
        FEELEvaluator().value(of: $0, in: .empty).value
      }
      #expect(again == .success(value), "\(value)")
    }
  }

  @Test func `no text makes the parser or the evaluator fail`() {
    var random = SeededGenerator(seed: 14)
    var trees = FEELTreeGenerator(seed: 15)
    let pieces = [
      "(", ")", "[", "]", "{", "}", "..", ".", ",", ":", "\"", "@\"", "?", "-", "**", "<", ">=", "!=", "and", "or",
      "in ",
      "not(", "for i in ", " return ", "if ", " then ", " else ", "function(", "1e9", "99999999999999999999", "é",
      "\u{0}",
      "/*", "//", "\\u", "some ", " satisfies ", "instance of ", "list<", "partial", "0.0001", "@\"P1D\"", "\u{10FFFF}",
    ]
    var limits = FEELLimits.standard
    limits.steps = 20_000
    let evaluator = FEELEvaluator(limits: limits)
    onSmallStack {
      for round in 0..<600 * soakFactor {
        var scalars = Array(trees.tree(round % 5).description.unicodeScalars)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0...scalars.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: scalars.insert(contentsOf: random.pick(pieces).unicodeScalars, at: place)
          case 1: scalars.removeSubrange(place..<min(scalars.count, place + 3))
          default: scalars.insert(contentsOf: scalars.prefix(place), at: place)
          }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        let text = String(view)
        if case .success(let tree) = FEELParser.expression(text, names: .none) {
          let evaluation = evaluator.value(of: tree, in: .empty)
          _ = evaluation.value.description
          _ = evaluation.value.hashValue
        }
        if case .success(let tests) = FEELParser.unaryTests(text, names: .none) {
          _ = evaluator.satisfies(tests, input: .number(.one), in: .empty)
        }
      }
    }
  }
}

/// Runs a body on a thread with the small stack that worker threads have.
func onSmallStack(_ body: @escaping () -> Void) {
  let done = DispatchSemaphore(value: 0)
  nonisolated(unsafe) let body = body
  let thread = Thread {
    body()
    done.signal()
  }
  thread.stackSize = 512 * 1_024
  thread.start()
  done.wait()
}
