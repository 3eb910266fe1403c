import EthosText

/// What a file is that is no text of cases, by the bytes that it begins with, and how cases are made of it.
struct ForeignFile {
  /// `a gzip file`, as a sentence has it.
  let kind: String
  let help: String

  /// What a file is; nil where its beginning may be text in UTF-8.
  init?(_ beginning: [UInt8], name: String) {
    let word = name == "standard input" ? "FILE" : shellWord(name)
    func begins(_ bytes: [UInt8]) -> Bool { beginning.starts(with: bytes) }
    func begins(_ text: String) -> Bool { beginning.starts(with: text.utf8) }
    func packed(_ kind: String, _ command: String) -> (String, String) {
      (kind, "unpack it on the way: `\(command) \(word) | ethos … -`, with `-` in the place of the file")
    }
    func columnar(_ kind: String, _ reader: String) -> (String, String) {
      (kind, "write it as CSV, for example by DuckDB: `duckdb -c \"COPY (FROM \(reader)) TO 'cases.csv' (HEADER)\"`")
    }
    let sheet = "save the sheet as CSV UTF-8 and give that file"
    let found: (kind: String, help: String)?
    if begins([0x1F, 0x8B]) {
      found = packed("a gzip file", "gzip -dc")
    } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
      found = packed("a Zstandard (zstd) file", "zstd -dc")
    } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
      found = packed("an xz file", "xz -dc")
    } else if begins("BZh"), beginning.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) {
      found = packed("a bzip2 file", "bzip2 -dc")
    } else if begins([0x04, 0x22, 0x4D, 0x18]) {
      found = packed("an LZ4 file", "lz4 -dc")
    } else if begins([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
      found = packed("a 7-Zip archive", "7z x -so")
    } else if begins([0x50, 0x4B, 0x03, 0x04]) || begins([0x50, 0x4B, 0x05, 0x06]) {
      found = ForeignFile.zip(beginning, name, packed("a zip archive", "unzip -p"), sheet)
    } else if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      found = ("an Excel spreadsheet of the old format (xls)", sheet)
    } else if begins("PAR1") {
      found = columnar("a Parquet file", "'\(name)'")
    } else if begins("ARROW1") {
      found = (
        "an Arrow (Feather) file",
        "write it as CSV: `python3 -c \"import pandas; pandas.read_feather('FILE').to_csv('cases.csv', index=False)\"`"
      )
    } else if begins("ORC") && !beginning.prefix(16).allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x0D })
    {
      found = ("an ORC file", "write it as CSV with the tool that made it, and give that file")
    } else if begins("Obj\u{1}") {
      found = ("an Avro file", "write it as JSON Lines: `avro-tools tojson \(word) > cases.jsonl`")
    } else if begins("SQLite format 3\0") {
      found = (
        "an SQLite database",
        "write its table as CSV: `sqlite3 -csv -header \(word) \"SELECT * FROM TABLE\" > cases.csv`"
      )
    } else if begins("%PDF-") {
      found = ("a PDF document", "ask for the table as CSV")
    } else if let encoding = ForeignFile.encoding(beginning) {
      found = (
        encoding,
        "save it as UTF-8, which spreadsheets call CSV UTF-8, or write `iconv -f \(encoding) -t UTF-8 \(word) > cases.csv`"
      )
    } else {
      found = nil
    }
    guard let found else { return nil }
    (kind, help) = found
  }

  /// Spreadsheets are zip archives with a table of contents of their own.
  private static func zip(
    _ beginning: [UInt8], _ name: String, _ plain: (String, String), _ sheet: String
  ) -> (String, String) {
    let text = String(decoding: beginning.prefix(4_096), as: UTF8.self)
    let lowered = name.lowercased()
    if [".xlsx", ".xlsm", ".xltx"].contains(where: { lowered.ends(with: $0) })
      || text.holds("[Content_Types].xml") && text.holds("xl/")
    {
      return ("an Excel spreadsheet (xlsx, a zip archive)", sheet)
    }
    if lowered.ends(with: ".ods") || text.holds("application/vnd.oasis.opendocument.spreadsheet") {
      return ("an OpenDocument spreadsheet (ods, a zip archive)", sheet)
    }
    return plain
  }

  /// The encoding of a text that is not in UTF-8: by its mark, or by every second or more of its bytes being NUL.
  private static func encoding(_ beginning: [UInt8]) -> String? {
    if beginning.starts(with: [0xFF, 0xFE, 0x00, 0x00]) || beginning.starts(with: [0x00, 0x00, 0xFE, 0xFF]) {
      return "UTF-32"
    }
    if beginning.starts(with: [0xFF, 0xFE]) || beginning.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    let sample = Array(beginning.prefix(64))
    guard sample.count >= 8 else { return nil }
    let zeros = (0..<4).map { rest in sample.indices.allSatisfy { $0 % 4 != rest || sample[$0] == 0 } }
    switch zeros {
    case [false, true, true, true]: return "UTF-32LE"
    case [true, true, true, false]: return "UTF-32BE"
    case [false, true, false, true]: return "UTF-16LE"
    case [true, false, true, false]: return "UTF-16BE"
    default: return nil
    }
  }
}
