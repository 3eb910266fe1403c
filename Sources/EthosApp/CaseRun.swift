import EthosPractice
import Synchronization

/// Runs the threads that go through one file of cases.
struct CaseRun {
  private let file: CaseFile
  private let request: CaseRequest
  private let progress: @Sendable (CaseProgress) -> Void

  init(_ file: CaseFile, _ request: CaseRequest, _ progress: @escaping @Sendable (CaseProgress) -> Void) {
    self.file = file
    self.request = request
    self.progress = progress
  }

  /// What the threads share: the file, and what they came to.
  private struct Shared<Tally: Sendable> {
    var blocks: CaseBlocks
    var cases = 0
    var isStopped = false
    var failure: (any Error)?
    var tallies: [Tally] = []
  }

  /// Opens the file, and reads its header.
  func blocks() throws -> CaseBlocks {
    let file = file
    return try CaseBlocks(name: file.name, separator: try separator()) { try file.read($0) }
  }

  /// How columns become facts: as was typed, else as the decision's file says.
  func mapping(_ state: ReplayState) throws -> CaseMapping {
    var mapping = state.mapping.overridden(by: try CaseMapping.typed(request.maps))
    mapping.usesDecimalComma = request.usesDecimalComma
    return mapping
  }

  func replay(before: ReplayState, after: ReplayState) throws -> ReplayResult {
    let blocks = try blocks()
    let plan = try ReplayPlan(
      blocks, file: file.name, sides: [before.side, after.side], mapping: try mapping(after), by: request.by,
      showsCases: request.showsCases)
    let tallies = try run(blocks) { ReplayWorker(plan) }
    let result = ReplayResult(tallies, plan: plan, headerLines: blocks.headerLines)
    try check(result.described)
    return result
  }

  /// Lets every thread take the next piece of the file until there is none.
  func run<Worker: CaseWorker & SendableMetatype>(
    _ blocks: CaseBlocks, _ worker: @escaping @Sendable () -> Worker
  ) throws -> [Worker.Tally] {
    let shared = Mutex(Shared<Worker.Tally>(blocks: blocks))
    let (isStrict, progress, size) = (request.isStrict, progress, file.size)
    Workers.run(request.threads ?? Workers.count) { _ in
      let worker = worker()
      do {
        while let piece = try shared.withLock({ try $0.isStopped ? nil : $0.blocks.next() }) {
          let cases = try worker.run(piece)
          let done = shared.withLock { shared in
            shared.cases += cases
            // Blocks are taken in order: what stands before the first malformed record was taken by somebody.
            if isStrict, worker.hasMalformed { shared.isStopped = true }
            return CaseProgress(cases: shared.cases, bytes: shared.blocks.bytesRead, size: size)
          }
          progress(done)
        }
      } catch {
        shared.withLock { shared in
          shared.failure = shared.failure ?? error
          shared.isStopped = true
        }
      }
      let tally = worker.finished()
      shared.withLock { $0.tallies.append(tally) }
    }
    let (tallies, failure) = shared.withLock { ($0.tallies, $0.failure) }
    if let failure { throw failure }
    return tallies
  }

  /// Stops at the first malformed record, where that was asked for.
  func check(_ malformed: [MalformedCase]) throws {
    guard request.isStrict, let first = malformed.first else { return }
    throw Failure.no(
      "line \(first.line) of `\(file.name)` is malformed: \(first.reason)",
      help: "correct it, or leave out `--strict` to count such records and go on")
  }

  private func separator() throws -> UInt8? {
    guard let text = request.separator else { return nil }
    let bytes = Array((text == "tab" || text == "\\t" ? "\t" : text).utf8)
    guard bytes.count == 1, bytes[0] == 0x09 || (0x20..<0x7F).contains(bytes[0]), bytes[0] != 0x22, bytes[0] != 0x2E
    else {
      throw Failure.usage("`\(text)` is no separator", help: "write `,`, `;`, `|` or `tab`")
    }
    if request.usesDecimalComma, bytes[0] == 0x2C {
      throw Failure.usage("a comma cannot part columns and decimals", help: "leave out one of the two options")
    }
    return bytes[0]
  }
}
