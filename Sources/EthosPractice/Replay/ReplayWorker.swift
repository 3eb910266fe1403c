import EthosDecision
import EthosFEEL
import Glibc

/// Decodes, decides and counts cases, a piece of the file at a time; each thread has its own.
///
/// The way of a case: its fields become places of facts, mostly through a small memory of the texts that came before; on
/// each side the rules that hold are the intersection of one mask for each fact; the pair of answers is counted. No text
/// is made. What the masks cannot decide, a fact that is missing or refused, a condition that is no cut, or an answer that
/// is an expression, goes to `SpecialCase`.
package final class ReplayWorker {
  private let plan: ReplayPlan
  private let slots: UnsafeMutablePointer<FieldSlot>
  private let memory: FieldMemory
  private let lanes: RuleLanes
  private var special: SpecialCase
  private let counts: CountTable
  private var segments: SegmentNumbers
  private var tally = ReplayTally()
  private var facts: [UInt64: [(name: String, text: String)]] = [:]

  private let hasSegments: Bool
  private var ordinal = 0
  private var rows = 0
  private var lines = 0

  /// Whether a record was malformed.
  package var hasMalformed: Bool { tally.malformedCount > 0 }

  package init(_ plan: ReplayPlan) {
    self.plan = plan
    slots = .allocate(capacity: max(plan.fields.count, 1))
    memory = FieldMemory(plan.coders)
    lanes = RuleLanes(plan.sides)
    special = SpecialCase(plan)
    counts = CountTable(width: plan.sides.map { $0.soundBit + 8 }.max() ?? 1)
    hasSegments = !plan.segments.isEmpty
    segments = SegmentNumbers(columns: plan.segments.count)
  }

  deinit { slots.deallocate() }

  /// Decides the cases of a piece. Returns how many records it has.
  package func run(_ piece: CasePiece) throws -> Int {
    switch piece {
    case .skipped(let record):
      (ordinal, rows, lines) = (record.ordinal, 0, 0)
      malformed(
        record.isUnclosed ? .unclosedQuote : .length, ReplayTally.Position(piece: ordinal, row: 0), 0)
      (rows, lines) = (1, record.lines)
    case .records(var block):
      (ordinal, rows, lines) = (block.ordinal, 0, 0)
      let (count, isLast) = (block.count, block.isLast)
      try block.bytes.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        switch plan.format {
        case .csv(let separator): try separated(start, start + count, CSVCursor(separator: separator))
        case .jsonLines, .jsonArray: try objects(start, start + count, isLast: isLast)
        }
      }
    }
    tally.pieces.append(ReplayTally.Piece(ordinal: ordinal, rows: rows, lines: lines))
    return rows
  }

  // MARK: - Records

  private func separated(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ cursor: CSVCursor
  ) throws {
    let columns = plan.fields.count
    let check = ByteCheck(start, end)
    // What changes with every record is kept out of the object.
    var (row, line) = (0, 0)
    defer { (rows, lines) = (row, line) }
    var p = start
    while p < end {
      if columns > 1, p.pointee == Byte.lineFeed || p.pointee == Byte.carriageReturn {
        // A line that is empty is no record.
        if p.pointee == Byte.carriageReturn, p + 1 < end, p[1] == Byte.lineFeed { p += 1 }
        p += 1
        line += 1
        continue
      }
      let (begin, first) = (p, line)
      var fault: RecordFault?
      let bad = check.isClean ? nil : check.fault(begin, csvEnd(begin, end))
      let fields = cursor.record(&p, end, slots, columns, &line, &fault)
      if p - begin > CaseLimits.record { fault = .length }
      if fault != nil || bad != nil || fields != columns {
        malformed(bad ?? fault ?? .fieldCount(fields), ReplayTally.Position(piece: ordinal, row: row), first)
      } else {
        try decide(row, first)
      }
      row += 1
    }
  }

  /// The end of a record, found before reading it changes its bytes.
  private func csvEnd(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var scanner = RecordScanner(plan.format)
    return scanner.boundary(UnsafeBufferPointer(start: start, count: end - start), isFirst: true).map { start + $0 }
      ?? end
  }

  private func objects(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, isLast: Bool
  ) throws {
    let cursor = JSONCursor(columns: plan.fields)
    let check = ByteCheck(start, end)
    var p = start
    var isClosed = plan.format == .jsonLines
    while true {
      let blank = p
      cursor.skipBlank(&p, end)
      if plan.format == .jsonArray, p < end {
        if p.pointee == Byte.comma, rows > 0 || ordinal > 0 {
          p += 1
          cursor.skipBlank(&p, end)
        } else if p.pointee == Byte.closeBracket {
          isClosed = true
          p += 1
          cursor.skipBlank(&p, end)
        }
      }
      lines += UnsafeBufferPointer(start: blank, count: p - blank).count { $0 == Byte.lineFeed }
      guard p < end else { break }
      var scanner = RecordScanner(plan.format)
      let bytes = UnsafeBufferPointer(start: UnsafePointer(p), count: end - p)
      let stop = scanner.boundary(bytes, isFirst: true).map { p + $0 } ?? end
      let line = lines
      let lineEnds = UnsafeBufferPointer(start: p, count: stop - p).count { $0 == Byte.lineFeed }
      var fault = check.isClean ? nil : check.fault(p, stop)
      if stop - p > CaseLimits.record { fault = .length }
      if fault == nil {
        fault = cursor.record(&p, stop, slots)
        cursor.skipBlank(&p, stop)
        if fault == nil, p < stop { fault = .syntax }
        if fault == .truncated {
          if isLast, stop == end { isClosed = true } else { fault = .syntax }
        }
      }
      p = stop
      lines += lineEnds
      if let fault {
        malformed(fault, ReplayTally.Position(piece: ordinal, row: rows), line)
      } else {
        try decide(rows, line)
      }
      rows += 1
    }
    if isLast, !isClosed {
      malformed(.truncated, ReplayTally.Position(piece: ordinal, row: rows), lines)
      rows += 1
    }
  }

  // MARK: - One case

  @inline(__always)
  private func decide(_ row: Int, _ line: Int) throws {
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
    var (before, after) = (before, after)
    switch special.decide(&before, &after, memory.places, slots) {
    case .decided: break
    case .missing(let inputs):
      for input in inputs {
        tally.missing[input, default: ReplayTally.Missing(count: 0, first: position)].count += 1
      }
      (before, after) = (ReplayWorker.incomplete, ReplayWorker.incomplete)
    case .malformed(let coder, let reason): return malformed(coder, reason, position, line)
    }
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

  private func malformed(_ fault: RecordFault, _ position: ReplayTally.Position, _ line: Int) {
    note(fault.text(fields: plan.fields.count), position, line, column: nil, value: nil)
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

/// Looks for bytes that no text has, in a whole block at once: nearly none has any.
private struct ByteCheck {
  private let hasNUL: Bool
  private let isText: Bool

  init(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) {
    hasNUL = memchr(start, 0, end - start) != nil
    isText = UTF8Check.isValid(UnsafeBufferPointer(start: start, count: end - start))
  }

  var isClean: Bool { !hasNUL && isText }

  func fault(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) -> RecordFault? {
    if hasNUL, memchr(start, 0, end - start) != nil { return .nul }
    if !isText, !UTF8Check.isValid(UnsafeBufferPointer(start: start, count: end - start)) { return .encoding }
    return nil
  }
}
