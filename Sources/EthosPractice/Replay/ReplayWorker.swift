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
  private let lanes: [RuleLane]
  private var special: SpecialCase
  private let counts = CountTable()
  private var segments: SegmentNumbers
  private var tally = ReplayTally()
  private var facts: [UInt64: [(name: String, text: String)]] = [:]

  private var ordinal = 0
  private var rows = 0
  private var lines = 0

  /// Whether a record was malformed.
  package var hasMalformed: Bool { tally.malformedCount > 0 }

  package init(_ plan: ReplayPlan) {
    self.plan = plan
    slots = .allocate(capacity: max(plan.fields.count, 1))
    memory = FieldMemory(plan.coders)
    lanes = plan.sides.map { RuleLane($0) }
    special = SpecialCase(plan)
    segments = SegmentNumbers(columns: plan.segments.count)
  }

  deinit { slots.deallocate() }

  /// Decides the cases of a piece. Returns how many records it has.
  package func run(_ piece: CasePiece) throws -> Int {
    switch piece {
    case .skipped(let record):
      (ordinal, rows, lines) = (record.ordinal, 0, 0)
      malformed(record.isUnclosed ? .unclosedQuote : .length)
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
    var p = start
    while p < end {
      if columns > 1, p.pointee == Byte.lineFeed || p.pointee == Byte.carriageReturn {
        // A line that is empty is no record.
        if p.pointee == Byte.carriageReturn, p + 1 < end, p[1] == Byte.lineFeed { p += 1 }
        p += 1
        lines += 1
        continue
      }
      let line = lines
      let begin = p
      var fault: RecordFault?
      let bad = check.isClean ? nil : check.fault(begin, csvEnd(begin, end, cursor))
      let fields = cursor.record(&p, end, slots, columns, &lines, &fault)
      fault = bad ?? fault
      if p - begin > CaseLimits.record { fault = .length }
      if fault == nil, fields != columns { fault = .fieldCount(fields) }
      if let fault { malformed(fault, line: line) } else { try decide(line) }
      rows += 1
    }
  }

  /// The end of a record, found before reading it changes its bytes.
  private func csvEnd(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ cursor: CSVCursor
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
      if let fault { malformed(fault, line: line) } else { try decide(line) }
      rows += 1
    }
    if isLast, !isClosed {
      malformed(.truncated)
      rows += 1
    }
  }

  // MARK: - One case

  @inline(__always)
  private func decide(_ line: Int) throws {
    let wrong = memory.decode(slots)
    guard wrong < 0 else { return unreadable(wrong, line) }
    var before = lanes[0].number(memory.places)
    var after = lanes[1].number(memory.places)
    var key = ReplayWorker.incomplete
    if before >= 0, after >= 0 {
      key = UInt64(before) << 24 | UInt64(after)
    } else {
      switch special.decide(&before, &after, memory.places, slots) {
      case .decided: key = UInt64(before) << 24 | UInt64(after)
      case .missing(let inputs):
        for input in inputs {
          let position = ReplayTally.Position(piece: ordinal, row: rows)
          tally.missing[input, default: ReplayTally.Missing(count: 0, first: position)].count += 1
        }
      case .malformed(let coder, let reason):
        return malformed(coder, reason, line)
      }
    }
    let position = UInt64(ordinal) << 32 | UInt64(rows)
    if counts.add(key, at: position), plan.showsCases { facts[key] = shown() }
    for (column, field) in plan.segments.enumerated() {
      let number = try segments.number(column, slots[field], plan.segmentNames[column])
      _ = counts.add(UInt64(number) << 48 | key, at: position)
    }
  }

  /// The key of cases that lack a fact.
  private static let incomplete: UInt64 = 0xFFFF_FFFF_FFFF

  private func shown() -> [(name: String, text: String)] {
    plan.coders.compactMap { coder in coder.column.map { (coder.input, slots[$0].text) } }
  }

  // MARK: - What is wrong

  private func unreadable(_ coder: Int, _ line: Int) {
    malformed(coder, "is no \(plan.coders[coder].type)", line)
  }

  private func malformed(_ coder: Int, _ reason: String, _ line: Int) {
    let coder = plan.coders[coder]
    note(
      "`\(coder.input)` \(reason)", line, column: coder.column.map { plan.fields[$0] },
      value: coder.column.map { slots[$0].text })
  }

  private func malformed(_ fault: RecordFault, line: Int? = nil) {
    note(fault.text(fields: plan.fields.count), line ?? lines, column: nil, value: nil)
  }

  private func note(_ reason: String, _ line: Int, column: String?, value: String?) {
    tally.malformedCount += 1
    guard tally.malformed.count < CaseLimits.described else { return }
    tally.malformed.append(
      ReplayTally.Malformed(
        position: ReplayTally.Position(piece: ordinal, row: rows), line: line, column: column, reason: reason,
        value: plan.showsCases ? value : nil))
  }

  // MARK: - The end

  /// What was counted.
  package func finished() -> ReplayTally {
    var tally = tally
    for entry in counts.entries {
      let key = entry.key & ReplayWorker.incomplete
      var count = ReplayTally.Count(
        segment: segments.segment(Int(entry.key >> 48)), count: entry.count,
        first: ReplayTally.Position(piece: Int(entry.first >> 32), row: Int(entry.first & 0xFFFF_FFFF)),
        facts: facts[entry.key])
      if key != ReplayWorker.incomplete {
        count.verdicts = (
          special.verdicts[0][Int32(key >> 24)], special.verdicts[1][Int32(key & 0xFF_FFFF)]
        )
      }
      tally.counts.append(count)
    }
    return tally
  }
}

/// Looks for bytes that no text has, in a whole block at once: nearly none has any.
private struct ByteCheck {
  private let hasNUL: Bool
  private let isASCII: Bool

  init(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) {
    hasNUL = memchr(start, 0, end - start) != nil
    var all: UInt64 = 0
    var p = UnsafeRawPointer(start)
    let last = UnsafeRawPointer(end)
    while p + 8 <= last {
      all |= p.loadUnaligned(as: UInt64.self)
      p += 8
    }
    while p < last {
      all |= UInt64(p.load(as: UInt8.self))
      p += 1
    }
    isASCII = all & 0x8080_8080_8080_8080 == 0
  }

  var isClean: Bool { !hasNUL && isASCII }

  func fault(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) -> RecordFault? {
    if hasNUL, memchr(start, 0, end - start) != nil { return .nul }
    if !isASCII, !UTF8Check.isValid(UnsafeBufferPointer(start: start, count: end - start)) { return .encoding }
    return nil
  }
}
