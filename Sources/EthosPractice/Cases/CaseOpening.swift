import EthosModel
import EthosText

/// The beginning of a file of cases: how it is written, and what its columns are.
struct CaseOpening {
  private let name: String
  private let separator: UInt8?
  private let limit: Int
  private let source: CaseBlocks.Source
  private(set) var format = CaseFormat.csv(separator: Byte.comma)
  private(set) var columns: [String] = []
  private(set) var headerLines = 0
  /// What was read behind the header.
  private(set) var rest: [UInt8] = []
  private(set) var isAtEnd = false
  private(set) var bytesRead = 0

  init(name: String, separator: UInt8?, limit: Int, source: @escaping CaseBlocks.Source) throws {
    self.name = name
    self.separator = separator
    self.limit = limit
    self.source = source
  }

  mutating func open() throws {
    try read(65_536)
    if let foreign = ForeignFile(rest, name: name) {
      throw CaseProblem("`\(name)` is \(foreign.kind), and no text of cases in UTF-8", help: foreign.help)
    }
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
    let lowered = name.lowercased()
    let isNamedCSV = lowered.ends(with: ".csv") || lowered.ends(with: ".tsv")
    let blank: Set<UInt8> = [Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn]
    guard let first = rest.first(where: { !blank.contains($0) }) else {
      throw CaseProblem("`\(name)` is empty", help: "a file of cases begins with the names of its columns")
    }
    if !isNamedCSV, separator == nil, first == Byte.openBracket || first == Byte.openBrace {
      try openJSON(first)
    } else {
      try openCSV()
    }
  }

  private mutating func read(_ count: Int) throws {
    var buffer = [UInt8](repeating: 0, count: count)
    while !isAtEnd {
      let read = try buffer.withUnsafeMutableBytes { try source($0) }
      if read == 0 { isAtEnd = true }
      rest += buffer[..<read]
      bytesRead += read
      if rest.count >= count { break }
    }
  }

  // MARK: - JSON

  private mutating func openJSON(_ first: UInt8) throws {
    format = first == Byte.openBracket ? .jsonArray : .jsonLines
    if first == Byte.openBracket, let bracket = rest.firstIndex(of: Byte.openBracket) {
      headerLines = rest[..<bracket].count { $0 == Byte.lineFeed }
      rest.removeFirst(bracket + 1)
    }
    // Which record comes first means nothing: what is wrong in one is told as in any other. What a record lacks it may
    // leave out: keys are looked for in all that was read so far.
    _ = try firstRecord()
    var known: Set<String> = []
    var (hasRecord, hasObject) = (false, false)
    for record in records() {
      let isBlank = record.allSatisfy { JSONCursor.isBlank($0) || $0 == Byte.comma || $0 == Byte.closeBracket }
      hasRecord = hasRecord || !isBlank
      guard let keys = keys(record.drop { $0 != Byte.openBrace }) else { continue }
      hasObject = true
      for key in keys where known.insert(key).inserted { columns.append(key) }
      if columns.count > CaseLimits.columns { break }
    }
    guard hasRecord else { throw CaseProblem("`\(name)` has no cases: it is an empty list") }
    guard hasObject else {
      throw CaseProblem("the first case of `\(name)` is no JSON object", help: "write a case as `{\"name\": value, …}`")
    }
  }

  /// The records that were read so far, the last one only where the file ends with it.
  private func records() -> [ArraySlice<UInt8>] {
    var records: [ArraySlice<UInt8>] = []
    var start = rest.startIndex
    var scanner = RecordScanner(format)
    while start < rest.endIndex,
      let length = rest[start...].withUnsafeBufferPointer({ scanner.boundary($0, isFirst: true) })
    {
      records.append(rest[start..<start + length])
      start += length
      scanner.reset()
    }
    if isAtEnd, start < rest.endIndex { records.append(rest[start...]) }
    return records
  }

  /// The keys of a record; nil where it is no object.
  private func keys(_ record: ArraySlice<UInt8>) -> [String]? {
    var bytes = Array(record) + [UInt8](repeating: 0, count: CaseLimits.slack)
    return bytes.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { start in
        var start = start
        let end = start + record.count
        JSONCursor(columns: []).skipBlank(&start, end)
        return JSONCursor.keys(start, end)
      }
    }
  }

  /// The end of the first record, reading on until it is there.
  private mutating func firstRecord() throws -> Int {
    while true {
      var scanner = RecordScanner(format)
      if let end = rest.withUnsafeBufferPointer({ scanner.boundary($0, isFirst: true) }) { return end }
      guard !isAtEnd else { return rest.count }
      guard rest.count <= limit else {
        throw CaseProblem("the first record of `\(name)` is longer than \(limit) bytes")
      }
      try read(rest.count * 2)
    }
  }

  // MARK: - CSV

  private mutating func openCSV() throws {
    // Lines that say nothing may stand before the header.
    while let byte = rest.first, byte == Byte.lineFeed || byte == Byte.carriageReturn {
      if byte == Byte.lineFeed || rest.dropFirst().first != Byte.lineFeed { headerLines += 1 }
      rest.removeFirst()
    }
    let named = takeSeparatorLine()
    let separator = separator ?? named
    format = .csv(separator: separator ?? Byte.comma)
    // Where a header's line ends does not depend on its separator, unless a quote stands behind one; both are tried.
    if separator == nil { format = .csv(separator: try detectedSeparator()) }
    let end = try firstRecord()
    guard case .csv(let separator) = format else { return }
    var header = Array(rest[..<end]) + [UInt8](repeating: 0, count: CaseLimits.slack)
    let fields = header.withUnsafeMutableBufferPointer { buffer -> CSVHeader? in
      buffer.baseAddress.flatMap { CSVHeader($0, $0 + end, separator: separator) }
    }
    guard let fields, fields.names.count <= CaseLimits.columns else {
      throw CaseProblem(
        "the header of `\(name)` cannot be read", help: "its first line names the columns, as RFC 4180 has it")
    }
    columns = fields.names.map(Prose.collapsed)
    headerLines += fields.lines
    rest.removeFirst(end)
  }

  /// The separator that a first line `sep=;` names, as Excel writes and reads it; the line is no header.
  private mutating func takeSeparatorLine() -> UInt8? {
    let line = rest.prefix { $0 != Byte.lineFeed && $0 != Byte.carriageReturn }
    let bare = line.filter { $0 != Byte.quote }
    guard bare.count == 5, bare.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8).map({ $0 | 0x20 }) else {
      return nil
    }
    rest.removeFirst(line.count)
    if rest.first == Byte.carriageReturn { rest.removeFirst() }
    if rest.first == Byte.lineFeed { rest.removeFirst() }
    headerLines += 1
    return bare[4]
  }

  /// The separator that parts the header into most columns; a comma where none does.
  private func detectedSeparator() throws -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in rest {
      if byte == Byte.quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == Byte.lineFeed || byte == Byte.carriageReturn { break }
      if byte == Byte.comma || byte == Byte.semicolon || byte == Byte.tab { counts[byte, default: 0] += 1 }
    }
    return [Byte.comma, Byte.semicolon, Byte.tab].max { counts[$0] ?? 0 < counts[$1] ?? 0 } ?? Byte.comma
  }
}
