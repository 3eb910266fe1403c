import EthosDecision
package import EthosFEEL
package import EthosModel
package import EthosPractice
import EthosText

/// A limit tried out: which of its values the log follows, all else as it is.
package struct LimitSweep: Sendable {
  package var limit: EntryKey
  package var unit: String?
  /// The state whose other rules hold.
  package var state: String
  /// What was tried, rising, and the place of what the limit is.
  package var values: [FEELNumber]
  package var current: Int
  /// Which of the values the log speaks for, by their places.
  package var judgement: ReleaseJudgement

  /// The values that agree with most cases.
  package var most: [Int] {
    let best = judgement.agree.map(\.count).max() ?? 0
    return judgement.agree.indices.filter { judgement.agree[$0].of > 0 && judgement.agree[$0].count == best }
  }

  /// Whether the best value is the least or the greatest of those that were tried, so that a better one may lie beyond.
  package var isAtEnd: Bool { most.contains(0) || most.contains(values.count - 1) }
}

extension Workspace {
  /// Holds a log to a state of the rules with one limit at many values: as typed, `limit/id=from..to` or
  /// `limit/id=from..to/step`, else around what it is, and then finer around the best.
  func sweep(
    _ text: String, _ request: AuditRequest, of state: ReplayState, mapping: CaseMapping, name: String?
  ) throws -> LimitSweep {
    guard request.cases.path != "-" else {
      throw Failure.usage("a limit is tried out by reading the log again", help: "put the log into a file")
    }
    let (name, range) =
      text.unicodeScalars.firstIndex(of: "=").map { sign in
        (String(text[..<sign]), String(text[text.unicodeScalars.index(after: sign)...]))
      } ?? (text, nil)
    let written = name.unicodeScalars.contains("/") ? name : "limit/\(name)"
    guard let key = try? Reference(parsing: written).key, key.kind == .limit else {
      throw Failure.usage("`\(name)` is no limit", help: "write `--sweep limit/ID`")
    }
    var graph = state.side.graph
    guard graph.leans(state.side.key, on: key) else {
      throw Failure.cannot(
        "`\(state.side.key)` does not use `\(key)` at `\(state.name)`",
        help: "see what it uses: `ethos show \(state.side.key)`")
    }
    guard case .number(let current)? = graph.limit(key) else {
      throw Failure.cannot("`\(key)` is no number at `\(state.name)`", help: "only numbers are tried out")
    }
    var sweep = LimitSweep(
      limit: key, unit: graph.snapshot[key]?.meaning["unit"]?.text, state: state.name, values: [], current: 0,
      judgement: ReleaseJudgement(agree: []))
    if let range {
      sweep.values = try SweepRange(typed: range, current).values
      try judge(&sweep, current, request, state, mapping)
      return sweep
    }
    // First wide, then finer around the best, until the steps are those in which the limit is written.
    var next: SweepRange? = SweepRange(around: current)
    while let tried = next {
      sweep.values = tried.values
      try judge(&sweep, current, request, state, mapping)
      next = tried.finer(around: sweep.most.map { sweep.values[$0] }, current)
    }
    return sweep
  }

  private func judge(
    _ sweep: inout LimitSweep, _ current: FEELNumber, _ request: AuditRequest, _ state: ReplayState,
    _ mapping: CaseMapping
  ) throws {
    if !sweep.values.contains(current) { sweep.values.append(current) }
    sweep.values.sort()
    sweep.current = sweep.values.firstIndex(of: current) ?? 0
    let file = try CaseFile(request.cases.path, in: environment.workingDirectory)
    var cases = request.cases
    cases.by = []
    let run = CaseRun(file, cases, environment.caseProgress)
    let blocks = try run.blocks()
    let sides = sweep.values.map {
      DecisionSide(state.side.graph.moving(sweep.limit, to: .number($0)), state.side.key)
    }
    var log = try columns(request, state, state.name)
    log.system = nil
    let plan = try AuditPlan(
      blocks, file: file.name, sides: sides, log: log, inForce: [], fixed: sweep.current,
      mappings: sides.map { _ in mapping },
      question: AuditQuestion(condition: request.condition, since: request.since.flatMap { Day($0) }))
    let tallies = try run.run(blocks) { AuditWorker(plan) }
    sweep.judgement = AuditResult(tallies, plan: plan, headerLines: blocks.headerLines).judgement
  }
}

/// Values that a limit is tried at.
private struct SweepRange {
  private var low: FEELNumber
  private var high: FEELNumber
  private var step: FEELNumber

  /// Most values of one pass.
  private static let most = 200
  private static let parts = 32

  init(typed text: String, _ current: FEELNumber) throws {
    let parts = text.parts(at: "/")
    let ends = parts[0].unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
    // `0.5..0.9`: two points part the ends.
    let numbers = SweepRange.ends(parts[0])
    let step = parts.count == 2 ? FEELNumber(parts[1]) : SweepRange.unit(current)
    guard ends.count >= 3, parts.count <= 2, let numbers, let step, step > .zero, numbers.low < numbers.high else {
      throw Failure.usage("`\(text)` is no range", help: "write `--sweep limit/ID=30..50` or `=30..50/0.5`")
    }
    (low, high) = numbers
    self.step = step
    guard values.count <= SweepRange.most else {
      throw Failure.usage(
        "`\(text)` has more than \(SweepRange.most) values",
        help: "make the range smaller or the step larger: `=FROM..TO/STEP`")
    }
  }

  private static func ends(_ text: String) -> (low: FEELNumber, high: FEELNumber)? {
    let scalars = Array(text.unicodeScalars)
    for place in scalars.indices.dropLast() where scalars[place] == "." && scalars[place + 1] == "." {
      let left = String(String.UnicodeScalarView(scalars[..<place]))
      let right = String(String.UnicodeScalarView(scalars[(place + 2)...]))
      if let low = FEELNumber(left), let high = FEELNumber(right) { return (low, high) }
    }
    return nil
  }

  /// Around a value: wide enough that it may be far off.
  init(around current: FEELNumber) {
    let unit = SweepRange.unit(current)
    step = unit
    // 1, 2, 5, 10, … units, up to a fiftieth of the value.
    let wanted = current.magnitude.divided(by: FEELNumber(50)) ?? unit
    let factors = [2, 5, 10].map(FEELNumber.init)
    var scale = unit
    outer: while true {
      for factor in factors {
        guard let next = scale * factor, next <= wanted else { break outer }
        step = next
      }
      guard let larger = scale * FEELNumber(10) else { break }
      scale = larger
    }
    let reach = step * FEELNumber(SweepRange.parts) ?? step
    low = current - reach ?? current
    high = current + reach ?? current
  }

  private init(low: FEELNumber, high: FEELNumber, step: FEELNumber) {
    (self.low, self.high, self.step) = (low, high, step)
  }

  /// The unit of the last digit that a value is written with, one at most.
  private static func unit(_ value: FEELNumber) -> FEELNumber {
    value.exponent < 0 ? FEELNumber("1E\(value.exponent)") ?? .one : .one
  }

  var values: [FEELNumber] {
    var values: [FEELNumber] = []
    var value = low
    while value <= high, values.count <= SweepRange.most {
      values.append(value)
      guard let next = value + step else { break }
      value = next
    }
    return values
  }

  /// The same between the neighbours of the best values, a tenth as coarse; nil where it is fine enough already.
  func finer(around best: [FEELNumber], _ current: FEELNumber) -> SweepRange? {
    let unit = SweepRange.unit(current)
    guard step > unit, let least = best.min(), let greatest = best.max(), let low = least - step,
      let high = greatest + step, let tenth = step.divided(by: FEELNumber(10))
    else { return nil }
    let next = SweepRange(low: low, high: high, step: max(tenth, unit))
    return next.values.count <= SweepRange.most ? next : nil
  }
}
