import EthosDecision
import EthosFEEL
import EthosText

/// Holds the cases of a log to every state of the rules; each thread has its own.
package final class AuditWorker: CaseWorker, RecordHandler {
  private let plan: AuditPlan
  private let reader: RecordReader
  private let memory: FieldMemory
  private let lanes: [RuleLane]
  private var special: SpecialCase
  private var segments: SegmentNumbers
  private var tally = AuditTally()
  private var ordinal = 0

  /// Answers as they are written, with what they are; nil where the decision knows no such answer.
  private var actualTexts = ByteStrings()
  private var actuals: [Outcome?] = []
  private var scratch: [UInt8] = []
  /// The verdict of each side on the case at hand.
  private var numbers: [Int32]
  /// Kinds of cases by what they are told apart by: the answer, the day's rules and quarter, the reason, the exception,
  /// the verdicts.
  ///
  /// They are found by the bytes of these numbers.
  private var kinds = ByteStrings()
  private var key: [Int32]
  private var counted: [Counted] = []
  /// Cases by the number of their group and, below, their kind.
  private var segmentCounts: [UInt64: Int] = [:]
  private var crossedCounts: [UInt64: Int] = [:]
  /// Groups of several columns: the number of the columns before, and that of the last.
  private var crossings: [UInt64: Int] = [:]
  private var days: [Int64: (state: Int32, quarter: Int32)] = [:]
  /// What the condition says of cases, by the texts that decide it.
  private var conditionTexts = ByteStrings()
  private var conditions: [Bool?] = []
  /// Where an exception from the rules may accept a departure: by the rules, the verdict and the answer, whether it is one.
  private var departures: [[Int32]: Bool] = [:]
  private var frictions: [[FrictionMeter]]
  private var measured: [[MeasuredTexts]]
  private let bounds: [[(direction: Friction.Direction, number: FEELNumber)?]]
  private let hasFrictions: Bool
  private let hasSegments: Bool

  private struct Counted {
    var key: [Int32]
    var count = 0
    var first: ReplayTally.Position
    var isDeparture: Bool
    var facts: [(name: String, text: String)]
  }

  package var hasMalformed: Bool { tally.malformedCount > 0 }

  package init(_ plan: AuditPlan) {
    self.plan = plan
    let lists = plan.answers.areLists ? Set(plan.outputFields) : []
    reader = RecordReader(format: plan.cases.format, fields: plan.cases.fields, lists: lists)
    memory = FieldMemory(plan.cases.coders)
    lanes = plan.cases.sides.map { RuleLane($0) }
    special = SpecialCase(plan.cases, leavesRefused: true)
    segments = SegmentNumbers(columns: plan.cases.segments.count)
    numbers = Array(repeating: 0, count: lanes.count)
    key = Array(repeating: 0, count: Place.count + lanes.count)
    frictions = plan.frictions.map { $0.map { _ in FrictionMeter() } }
    measured = plan.frictions.map { $0.map { _ in MeasuredTexts() } }
    bounds = plan.frictions.map { side in
      side.map { friction in
        guard let direction = friction.direction, let bound = friction.bound.flatMap({ FEELNumber($0) }) else {
          return nil
        }
        return (direction, bound)
      }
    }
    hasFrictions = plan.frictions.contains { $0.contains { $0.field != nil } }
    hasSegments = !plan.cases.segments.isEmpty
  }

  /// The places of the numbers that tell kinds apart; the verdicts follow.
  private enum Place {
    static let (actual, state, quarter, reason, exception) = (0, 1, 2, 3, 4)
    static let count = 5
  }

  package func run(_ piece: CasePiece) throws -> Int {
    ordinal = piece.ordinal
    let (rows, lines) = try reader.read(piece, self)
    tally.pieces.append(ReplayTally.Piece(ordinal: ordinal, rows: rows, lines: lines))
    return rows
  }

  // MARK: - One case

  func decide(_ row: Int, _ line: Int) throws {
    // What one state cannot read is its own: another may read it otherwise.
    _ = memory.decode(reader.slots)
    guard let day = day(row, line), isMeant(day.day), let actual = try actual(row, line) else { return }
    var isSpecial = false
    for side in lanes.indices {
      numbers[side] = lanes[side].number(memory.places)
      isSpecial = isSpecial || numbers[side] < 0
    }
    let position = ReplayTally.Position(piece: ordinal, row: row)
    if isSpecial, try !settle(day, position, line) { return }
    key[Place.actual] = actual
    key[Place.state] = day.state
    key[Place.quarter] = day.quarter
    key[Place.reason] = plan.reasonField.map { reader.slots[$0].count > 0 } ?? false ? 1 : 0
    key[Place.exception] = exception(actual, day)
    for side in numbers.indices { key[Place.count + side] = numbers[side] }
    if hasFrictions, day.state >= 0 { measure(Int(day.state)) }
    let place = key.withUnsafeBytes { bytes in
      bytes.bindMemory(to: UInt8.self).baseAddress.map { Int(kinds.insert($0, bytes.count)) } ?? 0
    }
    if place == counted.count { begin(position) }
    counted[place].count += 1
    if counted[place].isDeparture, plan.question.lists {
      tally.listed.append(
        AuditTally.Listed(kind: place, position: position, line: line, day: day.day, facts: shown()))
    }
    if hasSegments { try group(place) }
  }

  /// Settles what the masks do not decide; whether the case counts.
  private func settle(_ day: CaseDay, _ position: ReplayTally.Position, _ line: Int) throws -> Bool {
    switch try special.decide(&numbers, memory.places, reader.slots) {
    case .malformed(let coder, let reason):
      malformed(coder, reason, position.row, line)
      return false
    case .decided:
      for (side, refusal) in special.refusals.enumerated() where tally.refusals[side] == nil {
        guard let refusal else { continue }
        tally.refusals[side] = (position, "`\(plan.cases.coders[refusal.coder].input)` \(refusal.reason)")
      }
      guard day.state >= 0 else { return true }
      // What a state that was not in force then would have needed is no fault of the case.
      let side = Int(day.state)
      if numbers[side] == SpecialCase.missing {
        for input in special.missing[side] {
          tally.missing[input, default: ReplayTally.Missing(count: 0, first: position)].count += 1
        }
      } else if let refusal = special.refusals[side] {
        describe(refusal.coder, refusal.reason + " under the rules in force", position.row, line)
      }
      return true
    }
  }

  private func begin(_ position: ReplayTally.Position) {
    let made = kind(key)
    let departs = made.departs || made.isRefused
    counted.append(
      Counted(key: key, first: position, isDeparture: departs, facts: departs ? shown() : []))
  }

  /// The facts of a case, where they are shown.
  private func shown() -> [(name: String, text: String)] {
    guard plan.cases.showsCases else { return [] }
    var shown: [(name: String, text: String)] = []
    for coder in plan.cases.coders {
      guard let column = coder.column, !shown.contains(where: { $0.name == coder.input }) else { continue }
      shown.append((coder.input, reader.slots[column].text))
    }
    return shown
  }

  private func group(_ place: Int) throws {
    var crossing = 0
    for (column, field) in plan.cases.segments.enumerated() {
      let number = try segments.number(column, reader.slots[field], plan.cases.segmentNames[column])
      segmentCounts[UInt64(number) << 32 | UInt64(place), default: 0] += 1
      guard plan.crossed > 1, column < plan.crossed else { continue }
      let pair = UInt64(crossing) << 32 | UInt64(number)
      crossing = crossings[pair] ?? crossings.count + 1
      crossings[pair] = crossing
      guard crossings.count <= CaseLimits.crossings else {
        throw CaseProblem(
          "the columns that cases are grouped by have more than \(CaseLimits.crossings) values together",
          help: "group by fewer columns, or by columns with fewer values")
      }
    }
    if crossing > 0 { crossedCounts[UInt64(crossing) << 32 | UInt64(place), default: 0] += 1 }
  }

  /// Whether a case is asked about.
  private func isMeant(_ day: Int64?) -> Bool {
    if let since = plan.question.since, let day, day < Int64(since.daysSinceEpoch) {
      tally.excluded += 1
      return false
    }
    guard let condition = plan.condition else { return true }
    scratch.removeAll(keepingCapacity: true)
    for field in condition.fields {
      scratch.append(contentsOf: reader.slots[field].bytes)
      scratch.append(0)
    }
    if conditions.count >= 1 << 16 {
      conditionTexts = ByteStrings()
      conditions = []
    }
    let number = Int(conditionTexts.insert(scratch))
    if number == conditions.count { conditions.append(condition.holds(reader.slots)) }
    switch conditions[number] {
    case true?: return true
    case false?: tally.excluded += 1
    case nil: tally.unsettled += 1
    }
    return false
  }

  /// The number of what was decided; nil where that is no answer of the decision.
  private func actual(_ row: Int, _ line: Int) throws(CaseProblem) -> Int32? {
    scratch.removeAll(keepingCapacity: true)
    for field in plan.outputFields {
      scratch.append(contentsOf: reader.slots[field].bytes)
      scratch.append(0)
    }
    let count = scratch.count
    let number = scratch.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { actualTexts.insert($0, count) } ?? -1
    }
    if Int(number) == actuals.count {
      guard actuals.count < CaseLimits.answers else {
        throw CaseProblem(
          "the column of what was decided has more than \(CaseLimits.answers) different texts",
          help: "name the column of the answer: `--outcome \"column=output\"`")
      }
      let outcome = plan.answers.outcome(plan.outputFields.map { reader.slots[$0].text })
      actuals.append(outcome.map(plan.answers.comparable))
    }
    if number >= 0, actuals[Int(number)] != nil { return number }
    note(
      "is no answer that the decision gives", row, line, column: plan.outputFields.first.map { plan.cases.fields[$0] },
      value: plan.outputFields.map { reader.slots[$0].text }.joined(separator: ", "))
    tally.malformedCount += 1
    return nil
  }

  /// The state in force on the day of a case, and the quarter; nil where that is no day.
  private func day(_ row: Int, _ line: Int) -> CaseDay? {
    guard let field = plan.dayField else {
      return CaseDay(state: Int32(plan.fixed ?? -1), quarter: .min, day: nil)
    }
    let slot = reader.slots[field]
    // Of a moment the day counts, as it is written.
    let isMoment = slot.count > 10 && (slot.start[10] == UInt8(ascii: "T") || slot.start[10] == Byte.space)
    guard let number = CalendarDay.days(slot.start, isMoment ? 10 : slot.count) else {
      note("is no day such as 2026-02-01", row, line, column: plan.cases.fields[field], value: slot.text)
      tally.malformedCount += 1
      return nil
    }
    if let known = days[number] { return CaseDay(state: known.state, quarter: known.quarter, day: number) }
    let day = Day(daysSinceEpoch: Int(number))
    let first = Day(year: day.year, month: (day.month - 1) / 3 * 3 + 1, day: 1) ?? day
    let found = (state: plan.state(on: day).code, quarter: Int32(first.daysSinceEpoch))
    days[number] = found
    return CaseDay(state: found.state, quarter: found.quarter, day: number)
  }

  /// The day of a case: the state in force, the quarter, and the day itself, where it has one.
  private struct CaseDay {
    var state: Int32
    var quarter: Int32
    var day: Int64?
  }

  /// The first exception that accepts what was decided in a case, if it departs from the rules in force; negative where none
  /// does.
  private func exception(_ actual: Int32, _ day: CaseDay) -> Int32 {
    guard day.state >= 0 else { return -1 }
    let side = Int(day.state)
    guard !plan.exceptions[side].isEmpty, numbers[side] >= 0, let outcome = actuals[Int(actual)] else { return -1 }
    let key = [day.state, numbers[side], actual]
    let departs = departures[key] ?? (plan.answers.comparable(special.verdicts[side][numbers[side]].outcome) != outcome)
    departures[key] = departs
    guard departs else { return -1 }
    let on = day.day.map { Day(daysSinceEpoch: Int($0)) }
    let found = plan.exceptions[side].firstIndex { $0.covers(outcome, on: on, reader.slots, plan.cases.coders) }
    return found.map(Int32.init) ?? -1
  }

  /// Takes what the log measured of the frictions that the values in force accept.
  private func measure(_ side: Int) {
    for place in measured[side].indices {
      guard let field = plan.frictions[side][place].field else { continue }
      measured[side][place].add(reader.slots[field])
      if measured[side][place].isFull { empty(side, place) }
    }
  }

  private func empty(_ side: Int, _ place: Int) {
    measured[side][place].empty { text, cases in
      let number = text.isEmpty ? nil : plan.number(text)
      frictions[side][place].add(number, isEmpty: text.isEmpty, cases: cases, bound: bounds[side][place])
    }
  }

  // MARK: - What is wrong

  private func malformed(_ coder: Int, _ reason: String, _ row: Int, _ line: Int) {
    tally.malformedCount += 1
    describe(coder, reason, row, line)
  }

  private func describe(_ coder: Int, _ reason: String, _ row: Int, _ line: Int) {
    let coder = plan.cases.coders[coder]
    note(
      "`\(coder.input)` \(reason)", row, line, column: coder.column.map { plan.cases.fields[$0] },
      value: coder.column.map { reader.slots[$0].text })
  }

  func malformed(_ fault: RecordFault, _ row: Int, _ line: Int) {
    tally.malformedCount += 1
    note(fault.text(fields: plan.cases.fields.count), row, line, column: nil, value: nil)
  }

  private func note(_ reason: String, _ row: Int, _ line: Int, column: String?, value: String?) {
    guard tally.malformed.count < CaseLimits.described else { return }
    tally.malformed.append(
      ReplayTally.Malformed(
        position: ReplayTally.Position(piece: ordinal, row: row), line: line, column: column, reason: reason,
        value: plan.cases.showsCases ? value : nil))
  }

  // MARK: - The end

  private func kind(_ key: [Int32]) -> AuditTally.Kind {
    let numbers = key[Place.count...]
    let inForce = StateInForce(code: key[Place.state])
    var isRefused = false
    if case .side(let side) = inForce { isRefused = key[Place.count + side] == SpecialCase.refused }
    return AuditTally.Kind(
      actual: actuals[Int(key[Place.actual])] ?? .failed, inForce: inForce,
      verdicts: numbers.enumerated().map { side, number in
        guard number >= 0 else { return nil }
        var verdict = special.verdicts[side][number]
        verdict.outcome = plan.answers.comparable(verdict.outcome)
        return verdict
      }, isRefused: isRefused,
      quarter: key[Place.quarter] == .min ? nil : Day(daysSinceEpoch: Int(key[Place.quarter])),
      hasReason: key[Place.reason] == 1, exception: key[Place.exception] < 0 ? nil : Int(key[Place.exception]))
  }

  package func finished() -> AuditTally {
    for side in measured.indices { for place in measured[side].indices { empty(side, place) } }
    var tally = tally
    tally.counts = counted.map {
      AuditTally.Count(kind: kind($0.key), count: $0.count, first: $0.first, facts: $0.facts)
    }
    for (key, count) in segmentCounts {
      guard let segment = segments.segment(Int(key >> 32)) else { continue }
      tally.segments.append(
        AuditTally.Segment(values: [segment], kind: Int(key & 0xFFFF_FFFF), count: count))
    }
    var parents: [Int: UInt64] = [:]
    for (pair, number) in crossings { parents[number] = pair }
    for (key, count) in crossedCounts {
      var values: [(column: Int, value: [UInt8])] = []
      var number = Int(key >> 32)
      while let pair = parents[number] {
        if let segment = segments.segment(Int(pair & 0xFFFF_FFFF)) { values.insert(segment, at: 0) }
        number = Int(pair >> 32)
      }
      tally.crossed.append(AuditTally.Segment(values: values, kind: Int(key & 0xFFFF_FFFF), count: count))
    }
    tally.frictions = frictions
    return tally
  }
}
