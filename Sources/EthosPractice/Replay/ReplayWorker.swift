import EthosDecision
import EthosFEEL
import Glibc

/// Decodes, decides and counts cases, a piece of the file at a time; each thread has its own.
///
/// The way of a case: its fields become places of facts, mostly through a small memory of the texts that came before; on
/// each side the rules that hold are the intersection of one mask for each fact; the pair of answers is counted. No text
/// is made. What the masks cannot decide, a fact that is missing or refused, a condition that is no cut, or an answer that
/// is an expression, goes to `SpecialCase`.
package final class ReplayWorker: CaseWorker, RecordHandler {
  private let plan: ReplayPlan
  private let reader: RecordReader
  private var slots: UnsafeMutablePointer<FieldSlot> { reader.slots }
  private let memory: FieldMemory
  private let lanes: RuleLanes
  private var special: SpecialCase
  private let counts: CountTable
  private var segments: SegmentNumbers
  private var tally = ReplayTally()
  private var facts: [UInt64: [(name: String, text: String)]] = [:]

  private let hasSegments: Bool
  private var ordinal = 0

  /// Whether a record was malformed.
  package var hasMalformed: Bool { tally.malformedCount > 0 }

  package init(_ plan: ReplayPlan) {
    self.plan = plan
    reader = RecordReader(format: plan.format, fields: plan.fields)
    memory = FieldMemory(plan.coders)
    lanes = RuleLanes(plan.sides)
    special = SpecialCase(plan)
    counts = CountTable(width: plan.sides.map { $0.soundBit + 8 }.max() ?? 1)
    hasSegments = !plan.segments.isEmpty
    segments = SegmentNumbers(columns: plan.segments.count)
  }

  /// Decides the cases of a piece.
  ///
  /// Returns how many records it has.
  package func run(_ piece: CasePiece) throws -> Int {
    ordinal = piece.ordinal
    let (rows, lines) = try reader.read(piece, self)
    tally.pieces.append(ReplayTally.Piece(ordinal: ordinal, rows: rows, lines: lines))
    return rows
  }

  // MARK: - One case

  @inline(__always)
  func decide(_ row: Int, _ line: Int) throws {
    let wrong = memory.decode(slots)
    let (before, after) = wrong < 0 ? lanes.numbers(memory.places) : (RuleLane.special, RuleLane.special)
    guard before >= 0, after >= 0 else { return try decideSpecially(before, after, wrong, row, line) }
    let position = UInt64(ordinal) << 32 | UInt64(row)
    if counts.add(before, after, at: position) || hasSegments { try note(before, after, position) }
  }

  @inline(never)
  private func decideSpecially(_ before: Int32, _ after: Int32, _ wrong: Int, _ row: Int, _ line: Int) throws {
    let position = ReplayTally.Position(piece: ordinal, row: row)
    guard wrong < 0 else {
      return malformed(wrong, "is no \(plan.coders[wrong].type)", position, line)
    }
    var numbers = [before, after]
    switch try special.decide(&numbers, memory.places, slots) {
    case .decided(let missing):
      for input in missing {
        tally.missing[input, default: ReplayTally.Missing(count: 0, first: position)].count += 1
      }
    case .malformed(let coder, let reason): return malformed(coder, reason, position, line)
    }
    // A fact that one side needs is missing for both.
    let isIncomplete = numbers.contains(SpecialCase.missing)
    let (before, after) =
      isIncomplete ? (ReplayWorker.incomplete, ReplayWorker.incomplete) : (numbers[0], numbers[1])
    let place = UInt64(ordinal) << 32 | UInt64(row)
    if counts.add(before, after, at: place) || hasSegments { try note(before, after, place) }
  }

  /// The number of both answers of cases that lack a fact.
  private static let incomplete: Int32 = 0xFF_FFFF

  /// Keeps what a first case is, and counts it in its groups.
  @inline(never)
  private func note(_ before: Int32, _ after: Int32, _ position: UInt64) throws {
    let key = UInt64(before) << 24 | UInt64(after)
    if plan.showsCases, facts[key] == nil { facts[key] = shown() }
    for (column, field) in plan.segments.enumerated() {
      let number = try segments.number(column, slots[field], plan.segmentNames[column])
      _ = counts.add(UInt64(number) << 48 | key, at: position)
    }
  }

  private func shown() -> [(name: String, text: String)] {
    plan.coders.compactMap { coder in coder.column.map { (coder.input, slots[$0].text) } }
  }

  // MARK: - What is wrong

  private func malformed(_ coder: Int, _ reason: String, _ position: ReplayTally.Position, _ line: Int) {
    let coder = plan.coders[coder]
    note(
      "`\(coder.input)` \(reason)", position, line, column: coder.column.map { plan.fields[$0] },
      value: coder.column.map { slots[$0].text })
  }

  func malformed(_ fault: RecordFault, _ row: Int, _ line: Int) {
    note(
      fault.text(fields: plan.fields.count), ReplayTally.Position(piece: ordinal, row: row), line, column: nil,
      value: nil)
  }

  private func note(_ reason: String, _ position: ReplayTally.Position, _ line: Int, column: String?, value: String?) {
    tally.malformedCount += 1
    guard tally.malformed.count < CaseLimits.described else { return }
    tally.malformed.append(
      ReplayTally.Malformed(
        position: position, line: line, column: column, reason: reason, value: plan.showsCases ? value : nil))
  }

  // MARK: - The end

  /// What was counted.
  package func finished() -> ReplayTally {
    var tally = tally
    for entry in counts.entries {
      let (before, after) = (Int32(entry.key >> 24 & 0xFF_FFFF), Int32(entry.key & 0xFF_FFFF))
      var count = ReplayTally.Count(
        segment: segments.segment(Int(entry.key >> 48)), count: entry.count,
        first: ReplayTally.Position(piece: Int(entry.first >> 32), row: Int(entry.first & 0xFFFF_FFFF)),
        facts: facts[entry.key])
      if before != ReplayWorker.incomplete {
        count.verdicts = (special.verdicts[0][before], special.verdicts[1][after])
      }
      tally.counts.append(count)
    }
    return tally
  }
}
