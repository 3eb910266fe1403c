/// The bytes of one file with its path and the map from offsets to lines.
///
/// Building the line map costs one pass over the bytes. Lines end at LF, CR LF or CR.
package struct SourceText: Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// The offset of the first byte of each line.
  package let lineStarts: [Int]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    lineStarts = bytes.withUnsafeBufferPointer { bytes in
      var starts = [0]
      for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D {
        let next = index + 1
        if bytes[index] == 0x0A || next == bytes.count || bytes[next] != 0x0A { starts.append(next) }
      }
      return starts
    }
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The text of a span; bytes that are not UTF-8 are replaced.
  package func text(_ span: Span) -> String {
    let start = min(max(span.start, 0), bytes.count)
    let end = min(max(span.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The line (from 0) that holds an offset.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The line and the column (both from 1; columns count Unicode scalars) of an offset.
  package func position(at offset: Int) -> (line: Int, column: Int) {
    let clamped = min(max(offset, 0), bytes.count)
    let line = line(at: clamped)
    var column = 1
    // A continuation byte (10xxxxxx) begins no scalar.
    for index in lineStarts[line]..<clamped where bytes[index] & 0xC0 != 0x80 { column += 1 }
    return (line + 1, column)
  }

  package func location(_ span: Span) -> Location {
    let start = position(at: span.start)
    let end = position(at: span.end)
    return Location(
      file: path, span: span, line: start.line, column: start.column, endLine: end.line, endColumn: end.column)
  }
}
