import EthosText

/// What one pass over the bytes tells before any YAML is read.
struct ByteScan {
  /// Whether every byte is ASCII, so that characters and bytes count alike.
  private(set) var isASCII = true
  private(set) var hasCarriageReturn = false
  /// Whether nothing stands against reading the file as YAML.
  private(set) var isReadable = true

  /// Costs one pass.
  ///
  /// Reports size, encoding, byte-order mark, control and hidden characters, and carriage returns.
  init(_ source: SourceText, limits: SyntaxLimits, into findings: inout Findings) {
    let bytes = source.bytes
    guard bytes.count <= limits.maximumFileSize else {
      findings.add(
        "file-too-large", "the file has \(bytes.count) bytes, and the limit is \(limits.maximumFileSize)",
        at: Span(0, 0), help: "divide it, or keep data elsewhere and name it here")
      isReadable = false
      return
    }
    guard !ByteScan.reportByteOrderMark(bytes, into: &findings) else {
      isReadable = false
      return
    }
    var firstReturn: Int?
    var stop: (code: Diagnostic.Code, message: String, at: Int, help: String)?
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let byte = buffer[index]
        if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x09 {
          index += 1
        } else if byte >= 0x80 {
          isASCII = false
          let length = ByteScan.sequenceLength(buffer, at: index)
          guard length > 0 else {
            stop = (
              "not-utf8", "the file is no UTF-8: byte \(index) begins no character", index,
              "save it with the encoding UTF-8"
            )
            return
          }
          index += length
        } else if byte == 0x0D {
          if firstReturn == nil { firstReturn = index }
          index += 1
        } else {
          // As git has it, a file with a zero byte near its beginning is binary; an odd byte before that says less.
          let zero = buffer.prefix(8_000).firstIndex(of: 0)
          stop = ByteScan.problem(ofControl: zero == nil ? byte : 0, at: zero ?? index)
          return
        }
      }
    }
    if let stop {
      findings.add(stop.code, stop.message, at: Span(stop.at, stop.at + 1), help: stop.help)
      isReadable = false
      return
    }
    reportHidden(source, into: &findings)
    if let firstReturn {
      hasCarriageReturn = true
      findings.add(
        "carriage-return", "lines end with a carriage return",
        at: Span(firstReturn, firstReturn + 1), help: "`ethos format` makes them line feeds", severity: .warning)
    }
  }

  /// Reports what stands in the file and is seen by nobody, a run of it at once.
  private func reportHidden(_ source: SourceText, into findings: inout Findings) {
    guard !isASCII else { return }
    for run in Unseen.runs(in: String(decoding: source.bytes, as: UTF8.self)) {
      let text = source.text(Span(run.lowerBound, run.upperBound))
      guard !text.utf8.allSatisfy({ $0 == 0x0D }) else { continue }
      findings.add(
        "hidden-character", HiddenText.message(text), at: Span(run.lowerBound, run.upperBound), help: HiddenText.help,
        severity: .warning)
    }
  }

  private static func problem(
    ofControl byte: UInt8, at index: Int
  ) -> (code: Diagnostic.Code, message: String, at: Int, help: String) {
    if byte == 0 {
      return ("binary-file", "the file is binary: byte \(index) is zero", index, "an identity holds text in UTF-8")
    }
    let digits = String(byte, radix: 16, uppercase: true)
    return (
      "control-character", "the control character U+00\(byte < 16 ? "0" : "")\(digits) is not allowed in a file", index,
      "delete it"
    )
  }

  private static func reportByteOrderMark(_ bytes: [UInt8], into findings: inout Findings) -> Bool {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      findings.add(
        "byte-order-mark", "the file begins with a byte-order mark (EF BB BF)", at: Span(0, 3),
        help: "save it as UTF-8 without BOM, or remove the mark: `sed -i '1s/^\\xEF\\xBB\\xBF//' FILE`")
      return true
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      findings.add(
        "byte-order-mark", "the file is UTF-16, as its byte-order mark says", at: Span(0, 2),
        help: "save it as UTF-8 without BOM")
      return true
    }
    return false
  }

  /// The length of the well-formed sequence that begins at a byte of 0x80 or more (Unicode 15, table 3-7), or 0.
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < bytes.count && range.contains(bytes[index + offset])
    }
    switch bytes[index] {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }
}
