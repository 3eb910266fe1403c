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
  /// Kinds of cases by what they are told apart by: the answer, the day's rules and quarter, the reason, the verdicts.
  private var kinds: [[Int32]: Int] = [:]
  private var counted: [(key: [Int32], count: Int, first: ReplayTally.Position)] = []
  /// Cases by the number of their group and, below, their kind.
  private var segmentCounts: [UInt64: Int] = [:]
  private var days: [Int64: (side: Int32, quarter: Int32)] = [:]

  package var hasMalformed: Bool { tally.malformedCount > 0 }

  package init(_ plan: AuditPlan) {
    self.plan = plan
    reader = RecordReader(format: plan.cases.format, fields: plan.cases.fields)
    memory = FieldMemory(plan.cases.coders)
    lanes = plan.cases.sides.map { RuleLane($0) }
    special = SpecialCase(plan.cases)
    segments = SegmentNumbers(columns: plan.cases.segments.count)
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
    let key = [actual, day.side, day.quarter, hasReason ? 1 : 0] + numbers
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
  private func day(_ row: Int, _ line: Int) -> (side: Int32, quarter: Int32)? {
    guard let field = plan.dayField else { return (Int32(plan.cases.sides.count - 1), .min) }
    let slot = reader.slots[field]
    // Of a moment the day counts, as it is written.
    let isMoment = slot.count > 10 && (slot.start[10] == UInt8(ascii: "T") || slot.start[10] == Byte.space)
    guard let number = CalendarDay.days(slot.start, isMoment ? 10 : slot.count) else {
      note("is no day such as 2026-02-01", row, line, column: plan.cases.fields[field], value: slot.text)
      return nil
    }
    if let known = days[number] { return known }
    let day = Day(daysSinceEpoch: Int(number))
    let first = Day(year: day.year, month: (day.month - 1) / 3 * 3 + 1, day: 1) ?? day
    let found = (side: Int32(plan.side(on: day) ?? -1), quarter: Int32(first.daysSinceEpoch))
    days[number] = found
    return found
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
        verdicts: entry.key[4...].enumerated().map { side, number in
          number < 0 ? nil : special.verdicts[side][number]
        },
        quarter: entry.key[2] == .min ? nil : Day(daysSinceEpoch: Int(entry.key[2])), hasReason: entry.key[3] == 1)
    }
    for (entry, kind) in zip(counted, kinds) {
      tally.counts.append(AuditTally.Count(kind: kind, count: entry.count, first: entry.first))
    }
    for (key, count) in segmentCounts {
      guard let segment = segments.segment(Int(key >> 32)) else { continue }
      let kind = kinds[Int(key & 0xFFFF_FFFF)]
      let agrees = kind.inForce.flatMap { kind.verdicts[$0] }.map { $0.outcome == kind.actual }
      tally.segments[
        AuditTally.Segment(column: segment.column, value: segment.value, agrees: agrees), default: 0] += count
    }
    return tally
  }
}
