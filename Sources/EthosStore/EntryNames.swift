import EthosGit
import EthosModel
import EthosSyntax
import EthosText

/// What is wrong with the names of a folder, as one thing that programs and people may take for another.
///
/// An identity is read by more programs than this one, on file systems that fold case, and by people who see what a font
/// shows. So every entry of a folder counts: what looks like a part of the identity and is none is as wrong as what is
/// there twice.
struct EntryNames {
  /// The path of the folder from the root; empty for the root itself.
  private let folder: String
  private let entries: [TreeEntry]

  static func diagnostics(folder: RepositoryPath, _ entries: [TreeEntry]) -> [Diagnostic] {
    guard let path = folder.string else { return [] }
    return EntryNames(folder: path, entries: entries).diagnostics
  }

  private var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    var seen: [String: TreeEntry] = [:]
    for entry in entries {
      if let one = folder.isEmpty ? rootDiagnostic(entry) : diagnostic(entry) { found.append(one) }
      // The root is shared with whatever else the repository holds.
      guard !folder.isEmpty || EntryNames.isRoot(entry.name) else { continue }
      let folded = EntryNames.folded(entry.shown)
      guard let first = seen.updateValue(entry, forKey: folded) else { continue }
      found.append(
        make(
          "name-collision", .error, entry,
          "`\(place(first))` and `\(place(entry))` are one name to some file systems and to who reads them",
          help: "give one of them another name, or remove it: \(removal(entry))"))
    }
    return found
  }

  // MARK: - In a folder of the identity

  private func diagnostic(_ entry: TreeEntry) -> Diagnostic? {
    if let reason = EntryNames.fault(entry) {
      return make(
        "name-invalid", .error, entry, "the name `\(place(entry))` \(reason)",
        help: "rename it with letters that can be seen, or remove it: \(removal(entry))")
    }
    guard entry.mode == .file || entry.mode == .executable, !entry.nameBytes.ends(in: ".yaml") else { return nil }
    let stranger = EntryNames.stranger(entry.shown)
    return make(
      "not-a-document", stranger == .other ? .note : .warning, entry,
      "`\(place(entry))` is no file of the identity: it does not end in `.yaml`, and is not read", help: stranger.help)
  }

  /// What a file is that lies in a folder of the identity and is none of its files.
  private enum Stranger {
    /// It may have been meant as one.
    case misnamed
    /// What an editor or a merge left behind.
    case leftover
    /// Cases, most likely.
    case data
    case other

    var help: String {
      switch self {
      case .misnamed: "rename it to end in `.yaml`, or move it elsewhere"
      case .leftover: "remove it, or name its ending in `.gitignore`: an editor or a merge left it behind"
      case .data: "move it out of the repository: recorded cases are kept elsewhere, and the decision names them"
      case .other: "what is kept here is not read"
      }
    }
  }

  private static func stranger(_ name: String) -> Stranger {
    let name = Array(folded(name).utf8)
    func ends(_ endings: [String]) -> Bool { endings.contains { name.ends(in: $0) } }
    if ends(["~", ".orig", ".rej", ".bak", ".old", ".save", ".swp", ".swo", ".tmp"]) || name.starts(with: ".#".utf8)
      || name.first == UInt8(ascii: "#")
    {
      return .leftover
    }
    if ends([".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xls", ".ods", ".gz", ".zst", ".zip"]) {
      return .data
    }
    // `risk.yaml.disabled` and `risk.yaml.txt` were meant as one, too.
    let isNamedSo = String(decoding: name, as: UTF8.self).parts(at: ".").dropFirst().contains {
      ["yml", "yaml", "json"].contains($0)
    }
    return isNamedSo ? .misnamed : .other
  }

  /// Why a name cannot be trusted to be what it looks like; nil where it can.
  private static func fault(_ entry: TreeEntry) -> String? {
    guard let name = entry.name else { return "is not UTF-8" }
    let bytes = entry.nameBytes
    if bytes == [0x2E] || bytes == [0x2E, 0x2E] { return "means another folder" }
    if folded(name) == ".git" { return "is git's own" }
    if name.unicodeScalars.contains(where: isInvisible) { return "holds characters that cannot be seen" }
    if bytes.first == 0x20 || bytes.last == 0x20 || bytes.last == 0x2E {
      return "begins or ends with a blank or a point"
    }
    return bytes.contains(0x5C) ? "holds a backslash, which separates folders elsewhere" : nil
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .surrogate, .unassigned:
      return true
    default: return false
    }
  }

  // MARK: - At the root

  private func rootDiagnostic(_ entry: TreeEntry) -> Diagnostic? {
    if EntryNames.isRoot(entry.name) {
      let isCharter = entry.nameBytes.elementsEqual(Kind.charterPath.utf8)
      switch entry.mode {
      // Links and submodules are told of where files are read.
      case .symbolicLink, .submodule: return nil
      case .tree where isCharter:
        return make(
          "not-a-file", .error, entry, "`\(Kind.charterPath)` is a folder, and the charter is a file",
          help: "remove it, and bring the charter back: `git log -- \(Kind.charterPath)`")
      case .file where !isCharter, .executable where !isCharter:
        return make(
          "not-a-folder", .error, entry, "`\(place(entry))` is a file, and the identity keeps a folder there",
          help: "remove it: \(removal(entry))")
      default: return nil
      }
    }
    if let name = entry.name, name == "." || name == ".." || EntryNames.folded(name) == ".git" {
      return make(
        "name-invalid", .error, entry, "the name `\(place(entry))` means another folder", help: "make the tree anew")
    }
    guard let meant = EntryNames.lookalike(of: entry.shown) else { return nil }
    return make(
      "name-lookalike", .error, entry,
      "`\(place(entry))` looks like `\(meant)`, which the identity is read from, and is something else",
      help: "move what it holds to `\(meant)`, or give it another name: \(removal(entry))")
  }

  /// The name at the root of an identity that another one can be taken for.
  static func lookalike(of name: String) -> String? {
    let roots = IdentityFile.roots
    guard !isRoot(name) else { return nil }
    let shown = visible(name)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: shown)
    let folded = folded(String(text))
    if folded == "ethos.yml" { return Kind.charterPath }
    let letters = Array(folded.unicodeScalars)
    return roots.first { root in
      folded == root || letters.contains { !$0.isASCII } && matches(letters, Array(root.unicodeScalars))
    }
  }

  /// The scalars of a name that can be seen, those of other widths and styles as the plain letters that they stand for.
  private static func visible(_ name: String) -> [Unicode.Scalar] {
    var scalars = name.unicodeScalars.filter { !isInvisible($0) && !isMark($0) }.map { scalar -> Unicode.Scalar in
      switch scalar.value {
      // The full width forms of ASCII.
      case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
      // Mathematical alphabets: thirteen times A–Z and a–z.
      case 0x1D400...0x1D6A3: Unicode.Scalar(0x61 + (scalar.value - 0x1D400) % 26) ?? scalar
      case 0x24B6...0x24E9: Unicode.Scalar(0x61 + (scalar.value - 0x24B6) % 26) ?? scalar
      default: scalar
      }
    }
    func isEdge(_ scalar: Unicode.Scalar?) -> Bool { scalar?.value == 0x20 || scalar?.value == 0x2E }
    while isEdge(scalars.last) { scalars.removeLast() }
    while scalars.first?.value == 0x20 { scalars.removeFirst() }
    return scalars
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  /// Whether letters of other scripts stand in a name for letters of a root: each for one, and for less than half.
  private static func matches(_ letters: [Unicode.Scalar], _ root: [Unicode.Scalar]) -> Bool {
    guard letters.count == root.count else { return false }
    let foreign = letters.count { !$0.isASCII }
    return foreign * 2 < letters.count && zip(letters, root).allSatisfy { !$0.isASCII || $0 == $1 }
  }

  // MARK: - Words

  /// A name without its case; equal for two that are canonically equivalent, as texts are compared so.
  static func folded(_ name: String) -> String { name.uppercased().lowercased() }

  private static func isRoot(_ name: String?) -> Bool {
    name.map { name in IdentityFile.roots.contains { Array($0.utf8) == Array(name.utf8) } } ?? false
  }

  private func place(_ entry: TreeEntry) -> String {
    let shown = visibleText(entry.shown)
    return folder.isEmpty ? shown : "\(folder)/\(shown)"
  }

  /// How to take an entry out of what is committed next.
  private func removal(_ entry: TreeEntry) -> String {
    let isPlain = entry.nameBytes.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
        || [0x20, 0x2D, 0x2E, 0x5F].contains(byte)
    }
    // Any other name cannot be typed as it is shown.
    guard isPlain else { return "`git ls-files -z | od -c` shows the bytes of its name" }
    return "`git rm -r --cached -- '\(folder.isEmpty ? "" : "\(folder)/")\(entry.shown)'`"
  }

  private func make(
    _ code: Diagnostic.Code, _ severity: Diagnostic.Severity, _ entry: TreeEntry, _ message: String, help: String
  ) -> Diagnostic {
    let path = folder.isEmpty ? entry.shown : "\(folder)/\(entry.shown)"
    return Diagnostic(
      code, severity, message, at: SourceText(path: path, bytes: []).location(Span(0, 0)), help: help)
  }
}

extension TreeEntry {
  /// The name to be shown: what is not UTF-8 is replaced.
  fileprivate var shown: String { String(decoding: nameBytes, as: UTF8.self) }
}

extension [UInt8] {
  fileprivate func ends(in suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
