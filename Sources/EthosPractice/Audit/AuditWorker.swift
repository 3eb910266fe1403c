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
  /// Kinds of cases by what they are told apart by: the answer, the day's rules and quarter, the reason, the
  /// exception, the verdicts.
  private var kinds: [[Int32]: Int] = [:]
  private var counted: [(key: [Int32], count: Int, first: ReplayTally.Position)] = []
  /// Cases by the number of their group and, below, their kind.
  private var segmentCounts: [UInt64: Int] = [:]
  private var days: [Int64: (side: Int32, quarter: Int32)] = [:]
  /// Where an exception from the rules may accept a departure: by the rules, the verdict and the answer, whether it is one.
  private var departures: [[Int32]: Bool] = [:]
  private var frictions: [[FrictionMeter]]
  private let bounds: [[(direction: Friction.Direction, number: FEELNumber)?]]
  private let hasFrictions: Bool

  package var hasMalformed: Bool { tally.malformedCount > 0 }

  package init(_ plan: AuditPlan) {
    self.plan = plan
    reader = RecordReader(format: plan.cases.format, fields: plan.cases.fields)
    memory = FieldMemory(plan.cases.coders)
    lanes = plan.cases.sides.map { RuleLane($0) }
    special = SpecialCase(plan.cases)
    segments = SegmentNumbers(columns: plan.cases.segments.count)
    frictions = plan.frictions.map { $0.map { _ in FrictionMeter() } }
    bounds = plan.frictions.map { side in
      side.map { friction in
        guard let direction = friction.direction, let bound = friction.bound.flatMap({ FEELNumber($0) }) else {
          return nil
        }
        return (direction, bound)
      }
    }
    hasFrictions = plan.frictions.contains { $0.contains { $0.field != nil } }
  }

  package func run(_ piece: CasePiece) throws -> Int {
    ordinal = piece.ordinal
    let (rows, lines) = try reader.read(piece, self)
    tally.pieces.append(ReplayTally.Piece(ordinal: ordinal, rows: rows, lines: lines))
    return rows
  }

  // MARK: - One case

  func decide(_ row: Int, _ line: Int) throws {
    let wrong = memory.decode(reader.slots)
    guard wrong < 0 else { return malformed(wrong, "is no \(plan.cases.coders[wrong].type)", row, line) }
    guard let actual = try actual(row, line), let day = day(row, line) else { return }
    var numbers = lanes.map { $0.number(memory.places) }
    let position = ReplayTally.Position(piece: ordinal, row: row)
    if numbers.contains(where: { $0 < 0 }) {
      switch try special.decide(&numbers, memory.places, reader.slots) {
      case .malformed(let coder, let reason): return malformed(coder, reason, row, line)
      case .decided(let missing):
        // What a state that was not in force then would have needed is no fault of the case.
        guard day.side >= 0, numbers[Int(day.side)] == SpecialCase.missing else { break }
        for input in missing {
          tally.missing[input, default: ReplayTally.Missing(count: 0, first: position)].count += 1
        }
      }
    }
    let hasReason = plan.reasonField.map { reader.slots[$0].count > 0 } ?? false
    let exception = exception(actual, day, numbers)
    let key = [actual, day.side, day.quarter, hasReason ? 1 : 0, exception] + numbers
    if hasFrictions, day.side >= 0 { measure(Int(day.side)) }
    if let place = kinds[key] {
      counted[place].count += 1
    } else {
      kinds[key] = counted.count
      counted.append((key, 1, position))
    }
    guard !plan.cases.segments.isEmpty else { return }
    let place = kinds[key] ?? 0
    for (column, field) in plan.cases.segments.enumerated() {
      let number = try segments.number(column, reader.slots[field], plan.cases.segmentNames[column])
      segmentCounts[UInt64(number) << 32 | UInt64(place), default: 0] += 1
    }
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
      actuals.append(plan.outcome(plan.outputFields.map { reader.slots[$0].text }))
    }
    if number >= 0, actuals[Int(number)] != nil { return number }
    note(
      "is no answer that the decision gives", row, line, column: plan.outputFields.first.map { plan.cases.fields[$0] },
      value: plan.outputFields.map { reader.slots[$0].text }.joined(separator: ", "))
    return nil
  }

  /// The state in force on the day of a case, and the quarter; nil where that is no day.
  private func day(_ row: Int, _ line: Int) -> CaseDay? {
    guard let field = plan.dayField else {
      return CaseDay(side: Int32(plan.fixed), quarter: .min, day: nil)
    }
    let slot = reader.slots[field]
    // Of a moment the day counts, as it is written.
    let isMoment = slot.count > 10 && (slot.start[10] == UInt8(ascii: "T") || slot.start[10] == Byte.space)
    guard let number = CalendarDay.days(slot.start, isMoment ? 10 : slot.count) else {
      note("is no day such as 2026-02-01", row, line, column: plan.cases.fields[field], value: slot.text)
      return nil
    }
    if let known = days[number] { return CaseDay(side: known.side, quarter: known.quarter, day: number) }
    let day = Day(daysSinceEpoch: Int(number))
    let first = Day(year: day.year, month: (day.month - 1) / 3 * 3 + 1, day: 1) ?? day
    let found = (side: Int32(plan.side(on: day) ?? -1), quarter: Int32(first.daysSinceEpoch))
    days[number] = found
    return CaseDay(side: found.side, quarter: found.quarter, day: number)
  }

  /// The day of a case: the state in force, the quarter, and the day itself, where it has one.
  private struct CaseDay {
    var side: Int32
    var quarter: Int32
    var day: Int64?
  }

  /// The first exception that accepts what was decided in a case, if it departs from the rules in force; negative where none
  /// does.
  private func exception(_ actual: Int32, _ day: CaseDay, _ numbers: [Int32]) -> Int32 {
    guard day.side >= 0, let outcome = actuals[Int(actual)] else { return -1 }
    let side = Int(day.side)
    guard !plan.exceptions[side].isEmpty, numbers[side] >= 0 else { return -1 }
    let key = [day.side, numbers[side], actual]
    let departs = departures[key] ?? (special.verdicts[side][numbers[side]].outcome != outcome)
    departures[key] = departs
    guard departs else { return -1 }
    let on = day.day.map { Day(daysSinceEpoch: Int($0)) }
    let found = plan.exceptions[side].firstIndex { $0.covers(outcome, on: on, reader.slots, plan.cases.coders) }
    return found.map(Int32.init) ?? -1
  }

  /// Takes what the log measured of the frictions that the values in force accept.
  private func measure(_ side: Int) {
    for (place, friction) in plan.frictions[side].enumerated() {
      guard let field = friction.field else { continue }
      let text = reader.slots[field].text
      let number = text.isEmpty ? nil : plan.number(text)
      frictions[side][place].add(number, isEmpty: text.isEmpty, bound: bounds[side][place])
    }
  }

  // MARK: - What is wrong

  private func malformed(_ coder: Int, _ reason: String, _ row: Int, _ line: Int) {
    let coder = plan.cases.coders[coder]
    note(
      "`\(coder.input)` \(reason)", row, line, column: coder.column.map { plan.cases.fields[$0] },
      value: coder.column.map { reader.slots[$0].text })
  }

  func malformed(_ fault: RecordFault, _ row: Int, _ line: Int) {
    note(fault.text(fields: plan.cases.fields.count), row, line, column: nil, value: nil)
  }

  private func note(_ reason: String, _ row: Int, _ line: Int, column: String?, value: String?) {
    tally.malformedCount += 1
    guard tally.malformed.count < CaseLimits.described else { return }
    tally.malformed.append(
      ReplayTally.Malformed(
        position: ReplayTally.Position(piece: ordinal, row: row), line: line, column: column, reason: reason,
        value: plan.cases.showsCases ? value : nil))
  }

  // MARK: - The end

  package func finished() -> AuditTally {
    var tally = tally
    let kinds = counted.map { entry in
      AuditTally.Kind(
        actual: actuals[Int(entry.key[0])] ?? .failed, inForce: entry.key[1] < 0 ? nil : Int(entry.key[1]),
        verdicts: entry.key[5...].enumerated().map { side, number in
          number < 0 ? nil : special.verdicts[side][number]
        },
        quarter: entry.key[2] == .min ? nil : Day(daysSinceEpoch: Int(entry.key[2])), hasReason: entry.key[3] == 1,
        exception: entry.key[4] < 0 ? nil : Int(entry.key[4]))
    }
    for (entry, kind) in zip(counted, kinds) {
      tally.counts.append(AuditTally.Count(kind: kind, count: entry.count, first: entry.first))
    }
    for (key, count) in segmentCounts {
      guard let segment = segments.segment(Int(key >> 32)) else { continue }
      tally.segments.append(
        AuditTally.Segment(
          column: segment.column, value: segment.value, kind: kinds[Int(key & 0xFFFF_FFFF)], count: count))
    }
    tally.frictions = frictions
    return tally
  }
}
