import EthosDecision
import EthosFEEL
import EthosModel
import EthosPractice
import EthosSyntax
import EthosText
import Synchronization

/// The input is a file of recorded cases, behind a byte that says how it is cut into blocks.
enum CaseFuzzing {
  private static let sides = [60, 55].map { side(cap: $0) }

  private static func side(cap: Int) -> DecisionSide {
    let text = """
      id: d
      title: D
      question: What?
      inputs:
        - {name: score, type: number, allowed: "[0..100]", step: 0.5}
        - {name: amount, type: number, nullable: true}
        - {name: country, type: string}
        - {name: exposed, type: boolean}
        - {name: opened, type: date}
      outputs:
        - {name: route, type: string, allowed: '"refer", "approve"', strictest: first}
      hitPolicy: first
      rules: |
        | score | amount | country | exposed | opened | route |
        |-------|--------|---------|---------|--------|-------|
        | > \(cap) | - | - | - | - | refer |
        | - | > 1000.25 | not("AT", "Zürich") | true | - | refer |
        | - | - | - | - | < @"2020-02-29" | refer |
        | - | - | - | - | - | approve |

      """
    let document = DocumentReader.read(SourceText(path: "decisions/d.yaml", text: text)).document
    let documents = [document].compactMap { $0 }
    require(documents.count == 1, "the decision can be read")
    return DecisionSide(DecisionGraph(Snapshot(documents: documents)), EntryKey(.decision, "d"))
  }

  static func run(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let file = Array(bytes.dropFirst())
    let name = first & 1 == 0 ? "cases.csv" : "cases"
    let whole = answer(file, name, blockSize: 1 << 20)
    require(answer(file, name, blockSize: Int(first >> 1) + 1) == whole, "a file says the same however it is cut")
  }

  private static func answer(_ file: [UInt8], _ name: String, blockSize: Int) -> String {
    let place = Mutex(0)
    do {
      var blocks = try CaseBlocks(name: name, blockSize: blockSize) { buffer in
        place.withLock { place in
          let count = min(buffer.count, file.count - place)
          for index in 0..<count { buffer[index] = file[place + index] }
          place += count
          return count
        }
      }
      let plan = try ReplayPlan(
        blocks, file: name, sides: sides, mapping: CaseMapping(), by: [], showsCases: true)
      let worker = ReplayWorker(plan)
      while let piece = try blocks.next() { _ = try worker.run(piece) }
      let result = ReplayResult([worker.finished()], plan: plan, headerLines: blocks.headerLines)
      let counted = result.transitions.reduce(0) { $0 + $1.cases } + result.incomplete + result.malformed
      require(counted == result.cases, "every record is decided, incomplete or malformed: \(result)")
      return "\(result)"
    } catch {
      return "\(error)"
    }
  }
}
